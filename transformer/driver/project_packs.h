#ifndef WINDLASS_TRANSFORMER_DRIVER_PROJECT_PACKS_H_
#define WINDLASS_TRANSFORMER_DRIVER_PROJECT_PACKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"

namespace windlass {

/// The nearest folder .windlass/packs in `dir` (a folder or a file) or above it, up to the top of
/// the git repository; empty if there is none.
std::string FindPackFolder(const std::string& dir);

/// Loads the packs in `folder` and adds them to `packs`, in the order of their commits. A family
/// that windlass has itself is kInvalidArgument, as is every mistake in a pack.
absl::Status AddProjectPacks(const std::string& folder, Packs* packs);

/// Lets the tables that packs of the project bring (tables/path_sinks.toml, path_sources.toml,
/// slash_apis.toml, functions.toml, with the columns of those in patches/paths/tables) have their
/// say on what is a path.
void AddPackTables(const Packs& packs, RunOptions* options);

/// Paths of the cases of a family in `folder`, sorted.
std::vector<std::string> CasesOf(const std::string& folder, const std::string& family);
/// Paths of all files in `folder`, cases aside, sorted.
std::vector<std::string> FilesOfPacks(const std::string& folder);

/// Writes a first rule FAMILY/NAME that works, with a case, into `folder`: a pack of its own or one
/// more rule of the pack that is there. Returns the paths written. kInvalidArgument for a name that
/// is none or is taken.
absl::StatusOr<std::vector<std::string>> WriteNewRule(const std::string& folder,
                                                      std::string_view id);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_PROJECT_PACKS_H_
