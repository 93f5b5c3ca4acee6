#ifndef WINDLASS_TRANSFORMER_PATCH_SERIES_H_
#define WINDLASS_TRANSFORMER_PATCH_SERIES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/file_change.h"
#include "transformer/patch/report.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// One commit of a series: what changes and why.
struct PatchCommit {
  std::string family;
  Level level = Level::kSafe;
  std::string subject;            // at most 72 bytes, no trailing period
  std::string body;               // what, why, what to check; wrapped at 72
  std::vector<FileChange> files;  // sorted by path, each relative to the commit before
  std::vector<Finding> findings;  // that it fixes
};

/// Patches in order. Every prefix applies; equal input gives equal bytes.
struct PatchSeries {
  std::vector<PatchCommit> commits;
  int64_t date = 0;  // seconds since 1970 for every Date: line; the base commit's, else 0
};

/// "0001-paths-build-paths-with-filepath-join.patch".
std::string PatchFileName(const PatchSeries& series, size_t index);
/// The whole mail of commit `index`, in mbox form: plain `git am` and `git apply` take it without
/// flags, CRLF files, missing final newlines, new files and mode bits included.
std::string FormatPatch(const PatchSeries& series, size_t index);
/// The README.md that lies beside the patches: what each does, how to apply them, and what needs a
/// person. Places of `rest` (findings that were not patched) relate to the tree after the series,
/// which `sources` gives.
std::string FormatSummary(const PatchSeries& series, const std::vector<Finding>& rest,
                          const SourceLookup& sources);

/// The version of this windlass: "0.1.0".
std::string_view Version();

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_SERIES_H_
