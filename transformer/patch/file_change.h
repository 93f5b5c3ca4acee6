#ifndef WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_
#define WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// One file before and after. Exactly one of: modified (both present), created (`before` absent),
/// deleted (`after` absent), renamed (`old_path` differs from `path`).
struct FileChange {
  std::string path;
  std::string old_path;  // equal to `path` unless renamed
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool executable = false;

  bool created() const { return !before.has_value(); }
  bool deleted() const { return !after.has_value(); }
};

/// Git's unified diff of `change`, headers included, which `git apply` and `git am` take as they
/// are: text hunks where the changed text can travel through a mail, else a GIT binary patch. Empty
/// if nothing changes.
std::string GitDiff(const FileChange& change);
/// The same, always as text hunks (for people), CRs shown as ^M if `show_cr`.
std::string TextDiff(const FileChange& change, bool show_cr, size_t context_lines = 3);

/// Lines added and removed.
struct DiffStat {
  size_t added = 0;
  size_t removed = 0;
};
DiffStat StatOf(const FileChange& change);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_
