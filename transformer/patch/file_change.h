#ifndef WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_
#define WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// One file before and after. Exactly one of: modified (both present), created (`before` absent),
/// deleted (`after` absent), renamed (`old_path` differs from `path`).
struct FileChange {
  std::string path;
  std::string old_path;  // equal to `path`, or empty, unless renamed
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool executable = false;

  bool created() const { return !before.has_value(); }
  bool deleted() const { return !after.has_value(); }
  bool renamed() const {
    return before.has_value() && after.has_value() && !old_path.empty() && old_path != path;
  }
  /// The bytes on either side; none where the file is absent.
  std::string_view BeforeBytes() const {
    return before ? std::string_view(*before) : std::string_view();
  }
  std::string_view AfterBytes() const {
    return after ? std::string_view(*after) : std::string_view();
  }
};

/// Git's unified diff of `change`, headers included, which `git apply` and `git am` take as they
/// are: text hunks where the changed text can travel through a mail, else a GIT binary patch. Empty
/// if nothing changes.
std::string GitDiff(const FileChange& change);
/// True if GitDiff is a binary patch, although the file may be text: plain `git am` drops a CR
/// before an LF, and neither mail nor people can read NULs.
bool NeedsBinaryPatch(const FileChange& change);

/// The same, always as text hunks (for people), CRs shown as ^M if `show_cr`. UTF-16 is decoded; of
/// a binary file only the sizes are told.
std::string TextDiff(const FileChange& change, bool show_cr, size_t context_lines = 3);

/// Lines added and removed.
struct DiffStat {
  size_t added = 0;
  size_t removed = 0;
};
DiffStat StatOf(const FileChange& change);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_FILE_CHANGE_H_
