#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PROGRAM_VIEW_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PROGRAM_VIEW_H_

#include <functional>
#include <vector>

#include "transformer/facts/project.h"

namespace windlass {

/// The programs of a project that are ours: packages called main which `./...` would build for
/// Windows, in the order of the project.
std::vector<const GoPackage*> ProgramsOf(const Project& project);

/// The files of `program` and of all that it imports within the project which Windows builds, tests
/// left out, sorted by path.
std::vector<const ProjectFile*> FilesOfProgram(const Project& project, const GoPackage& program);

/// Whether any build for Windows takes the file (cgo off).
bool BuiltForWindows(const ProjectFile& file);

/// Calls `visit` with every node of `kind` below `node`, outer ones first.
void EachNode(Node node, std::string_view kind, const std::function<void(Node)>& visit);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PROGRAM_VIEW_H_
