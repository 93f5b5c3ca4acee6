#ifndef WINDLASS_TRANSFORMER_DRIVER_ROOT_DIR_H_
#define WINDLASS_TRANSFORMER_DRIVER_ROOT_DIR_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/fd.h"

namespace windlass {

/// A folder below which files are reached without ever passing a symbolic link or leaving it, even
/// if somebody changes the tree meanwhile.
class RootDir {
 public:
  /// A `root` that is a file stands for the folder it is in.
  static absl::StatusOr<RootDir> Open(const std::string& root);

  /// Opens the folder that holds `path` (relative, slash-separated). kFailedPrecondition if the
  /// path leads out of the root, into .git or through a link. With `made`, folders that lack are
  /// made and added to it, outermost first.
  absl::StatusOr<Fd> OpenParent(std::string_view path,
                                std::vector<std::string>* made = nullptr) const;

 private:
  explicit RootDir(Fd fd) : fd_(std::move(fd)) {}
  Fd fd_;
};

/// The last component of `path`.
std::string BaseName(std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_ROOT_DIR_H_
