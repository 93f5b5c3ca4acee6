#ifndef WINDLASS_TRANSFORMER_DRIVER_UNIFIED_DIFF_H_
#define WINDLASS_TRANSFORMER_DRIVER_UNIFIED_DIFF_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace windlass {

/// Lines that a hunk finds on one side and leaves on the other, line ends included.
struct DiffHunk {
  size_t old_start = 1;
  size_t new_start = 1;
  std::string old_text;
  std::string new_text;
};

/// What a patch does to one file. An empty path: the file is absent on that side.
struct FileDiff {
  std::string old_path;
  std::string new_path;
  std::vector<DiffHunk> hunks;
};

/// Reads the output of `git diff`, `diff -u` or a mail of `git format-patch`; binary patches and
/// changes of modes alone are passed over. kInvalidArgument for a hunk that is cut short:
/// `name:line: what; what to do`.
absl::StatusOr<std::vector<FileDiff>> ParseUnifiedDiff(std::string_view text,
                                                       std::string_view name);

/// `text` with all hunks of `diff` applied (`reverse`: taken back), each where its lines stand
/// nearest to the place it names; nullopt if one does not fit.
std::optional<std::string> ApplyHunks(const FileDiff& diff, std::string_view text, bool reverse);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_UNIFIED_DIFF_H_
