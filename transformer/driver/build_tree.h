#ifndef WINDLASS_TRANSFORMER_DRIVER_BUILD_TREE_H_
#define WINDLASS_TRANSFORMER_DRIVER_BUILD_TREE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/transform.h"

namespace windlass {

/// What `windlass build` is to write.
struct BuildRequest {
  std::string out;      // folder for the transformed files; never below the source tree's own files
  std::string overlay;  // if set: only changed files go to `out`, and this file maps them for `go
                        // build -overlay`
  std::string
      depfile;  // if set: a Makefile rule that names every file and folder the result depends on
  std::string target;               // the target of that rule, as the build system spells it
  std::vector<std::string> inputs;  // what else the result depends on: configuration, packs
  std::string digest;  // if set: a file that changes if and only if a file of the result does,
                       // those that an overlay leaves where they are included
};

struct BuildCount {
  size_t written = 0;
  size_t unchanged =
      0;  // already there with the same bytes: their times stay, so nothing downstream rebuilds
  size_t removed = 0;  // written by an earlier run, not part of this one
};

/// Writes the tree at `root` as `migration` leaves it (all of it, or only what changes with an
/// overlay) into `request.out`. The source tree is never written; an `out` that is the root itself
/// is kInvalidArgument.
absl::StatusOr<BuildCount> WriteBuildTree(const std::string& root, const Migration& migration,
                                          const BuildRequest& request);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_BUILD_TREE_H_
