#ifndef WINDLASS_TRANSFORMER_PATCH_SUGGESTIONS_H_
#define WINDLASS_TRANSFORMER_PATCH_SUGGESTIONS_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/file_change.h"
#include "transformer/patch/report.h"

namespace windlass {

/// Neighbouring lines that fixes replace, as reviewers' tools take them: whole lines, at least one
/// of them old.
struct SuggestedPlace {
  std::string path;
  size_t first_line = 1;           // of the old text
  size_t last_line = 1;            // the last that is replaced
  std::vector<std::string> lines;  // what stands there afterwards, without line ends
  std::vector<size_t> findings;    // that need it, ascending
};

/// How the fixes of a report reach a reviewer.
struct SuggestionPlan {
  std::vector<SuggestedPlace> places;  // by path and line
  std::vector<size_t> carried;         // findings whose whole fix is in `places`, ascending
  std::vector<size_t> rest;            // findings with a fix that is not
};

/// Whether a suggestion may replace these lines of a file.
using PlaceFilter = std::function<bool(std::string_view path, size_t first_line, size_t last_line)>;

/// Turns fixes into suggestions. A fix that creates or moves a file, or needs a place that
/// `allowed` denies, is left for a patch as a whole, and so is every fix that shares a place with
/// it: half a fix breaks a build.
SuggestionPlan PlanSuggestions(std::span<const Finding> findings, const SourceLookup& sources,
                               const PlaceFilter& allowed);

/// The changes of files that the fixes of `chosen` make together; findings come from one report,
/// so their fixes fit together.
std::vector<FileChange> ChangesOf(std::span<const Finding> findings, std::span<const size_t> chosen,
                                  const SourceLookup& sources);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_SUGGESTIONS_H_
