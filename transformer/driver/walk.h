#ifndef WINDLASS_TRANSFORMER_DRIVER_WALK_H_
#define WINDLASS_TRANSFORMER_DRIVER_WALK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/report.h"

namespace windlass {

/// A regular file below the root.
struct WalkEntry {
  std::string path;  // slash-separated, relative to the root
  size_t size = 0;
  bool executable = false;
  bool vendored = false;
};

struct WalkResult {
  std::vector<WalkEntry> files;  // sorted by path
  std::vector<Skipped>
      skipped;  // links, submodules, unreadable, special files; not what git ignores
};

/// True for a path with a folder that holds what others wrote: vendor, third_party, node_modules.
bool IsVendored(std::string_view path);

/// Lists what a run looks at: regular files below `root`, without .git, what git's ignore rules
/// exclude (libgit2, inside a work tree), submodules, nested repositories, and what builds made
/// (folders of CMake and of `windlass build`). Never follows a link.
/// A `root` that is one file lists that file.
absl::StatusOr<WalkResult> Walk(const std::string& root);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_WALK_H_
