#ifndef WINDLASS_TRANSFORMER_FACTS_MODULES_H_
#define WINDLASS_TRANSFORMER_FACTS_MODULES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/project.h"

namespace windlass {

/// The modules and packages of `files`, which are sorted by path and outlive the result; see
/// Project::modules.
std::vector<GoModule> FindModules(std::span<const ProjectFile> files, const FileReader& reader);

/// The module of `modules` (sorted by dir) whose folder holds `path` and is the innermost such; one
/// with an empty path counts. Null if there is none.
const GoModule* InnermostModule(std::span<const GoModule> modules, std::string_view path);

/// Where a package of `module` with that import path would lie; nullopt if the module cannot hold
/// it.
std::optional<std::string> FolderOfImport(const GoModule& module, std::string_view import_path);

/// The folder of a slash path: "a/b" of "a/b/c.go", "" of "c.go".
std::string_view FolderOf(std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_MODULES_H_
