#include "transformer/rules/native/program_view.h"

#include <algorithm>
#include <set>

namespace windlass {

bool BuiltForWindows(const ProjectFile& file) {
  return file.skim && !file.skim->constraint.ignored &&
         (file.skim->constraint.Includes({"windows", "amd64"}) ||
          file.skim->constraint.Includes({"windows", "arm64"}));
}

std::vector<const GoPackage*> ProgramsOf(const Project& project) {
  std::vector<const GoPackage*> out;
  for (const GoModule& module : project.modules()) {
    for (const GoPackage& package : module.packages) {
      const bool ours = !package.passed_over && package.name == "main" &&
                        std::ranges::any_of(package.files, [](const ProjectFile* file) {
                          return file->editable() && BuiltForWindows(*file);
                        });
      if (ours) {
        out.push_back(&package);
      }
    }
  }
  return out;
}

std::vector<const ProjectFile*> FilesOfProgram(const Project& project, const GoPackage& program) {
  std::set<const GoPackage*> seen = {&program};
  std::vector<const GoPackage*> queue = {&program};
  std::vector<const ProjectFile*> out;
  for (size_t i = 0; i < queue.size(); ++i) {
    for (const ProjectFile* file : queue[i]->files) {
      if (!BuiltForWindows(*file) || file->skim->constraint.is_test || file->vendored) {
        continue;
      }
      out.push_back(file);
      for (const GoSkim::Import& import : file->skim->imports) {
        const GoPackage* next = project.FindPackage(import.path, file->path);
        if (next != nullptr && seen.insert(next).second) {
          queue.push_back(next);
        }
      }
    }
  }
  std::ranges::sort(out, {}, &ProjectFile::path);
  return out;
}

void EachNode(Node node, std::string_view kind, const std::function<void(Node)>& visit) {
  if (node.Is(kind)) {
    visit(node);
  }
  for (const Node child : node.NamedChildren()) {
    EachNode(child, kind, visit);
  }
}

}  // namespace windlass
