#ifndef WINDLASS_TRANSFORMER_DRIVER_REVIEW_H_
#define WINDLASS_TRANSFORMER_DRIVER_REVIEW_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"
#include "transformer/driver/tree_state.h"
#include "transformer/patch/file_change.h"
#include "transformer/patch/line_ranges.h"
#include "transformer/patch/report.h"

namespace windlass {

/// Which change `windlass review` looks at.
struct ReviewRequest {
  std::string base;                  // a revision; its merge base with the head counts
  std::string head;                  // a revision; empty: what is on disk
  bool staged = false;               // from HEAD (or `base`) to what is staged
  std::optional<std::string> patch;  // a unified diff, applied on disk already or not
};

/// What a change brings.
struct Review {
  CheckReport report;  // what was not there before; fixes are for the tree after the change
  /// What is different after the change from what is on disk, for SourceCache.
  std::vector<FileChange> head;
  StringMap<std::vector<LineRange>> shown;  // lines that a diff shows, by path
  std::string commit;                       // of the tree after the change; empty: none
  size_t known = 0;                         // findings that were there before
};

/// Findings over the tree before and the tree after, with the facts of each, and of the latter
/// those that the former lacks: compared by rule and content, so that code which moves, is renamed
/// or indented brings nothing. kInvalidArgument for a revision or patch that does not fit.
absl::StatusOr<Review> ReviewChange(const Packs& packs, const RunOptions& options,
                                    const ReviewRequest& request);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_REVIEW_H_
