#ifndef WINDLASS_TRANSFORMER_DRIVER_WALK_H_
#define WINDLASS_TRANSFORMER_DRIVER_WALK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/report.h"

namespace windlass {

/// What a file system says of a file that changes when the file does; zero: nobody knows.
struct FileStamp {
  uint64_t size = 0;
  int64_t modified = 0;  // ns since 1970
  int64_t changed = 0;   // the same; nobody can set it
  uint64_t inode = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// A regular file below the root.
struct WalkEntry {
  std::string path;  // slash-separated, relative to the root
  size_t size = 0;
  bool executable = false;
  bool vendored = false;
  FileStamp stamp;
};

struct WalkResult {
  std::vector<WalkEntry> files;  // sorted by path
  std::vector<Skipped>
      skipped;  // links, submodules, unreadable, special files; not what git ignores
};

/// True for a path with a folder that holds what others wrote: vendor, third_party, node_modules,
/// Godeps.
bool IsVendored(std::string_view path);

/// Lists what a run looks at: regular files below `root`, without .git, what git's ignore rules
/// exclude (libgit2, inside a work tree), submodules, nested repositories, and what builds made
/// (folders of CMake and of `windlass build`). Never follows a link.
/// A `root` that is one file lists that file.
absl::StatusOr<WalkResult> Walk(const std::string& root);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_WALK_H_
