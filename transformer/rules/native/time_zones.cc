// environment/time-zone: a Windows container has no table of time zones that Go can read, so
// time.LoadLocation fails unless the program brings one.
//
//   import _ "time/tzdata"

#include <map>

#include "transformer/rules/focus.h"
#include "transformer/rules/native/program_view.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// Where a file loads a time zone by name, if it does.
struct Load {
  Span span;
  bool found = false;
};

Load FindLoad(const Project& project, const ProjectFile& file) {
  Load load;
  if (!file.skim->Imports("time") || !file.skim->Mentions("LoadLocation")) {
    return load;
  }
  const auto parsed = project.ParseGo(file.path);
  if (!parsed.ok()) {
    return load;
  }
  const GoFile& go = *(*parsed)->go;
  EachNode((*parsed)->tree->root(), "call_expression", [&](Node call) {
    const auto callee = go.Callee(call);
    if (load.found || !callee || callee->path != "time" || callee->name != "LoadLocation") {
      return;
    }
    const auto name = GoStringValue(call.Field("arguments").NamedChild(0));
    if (!name || (!name->empty() && *name != "UTC" && *name != "Local")) {
      load = {call.span(), true};
    }
  });
  return load;
}

/// The file of the program that declares main.
const ProjectFile* MainFile(const GoPackage& program) {
  for (const ProjectFile* file : program.files) {
    if (!file->skim || file->skim->constraint.is_test || !file->editable() ||
        !BuiltForWindows(*file)) {
      continue;
    }
    for (const GoSkim::Decl& decl : file->skim->decls) {
      if (decl.kind == GoSkim::Decl::Kind::kFunc && decl.name == "main") {
        return file;
      }
    }
  }
  return nullptr;
}

}  // namespace

void TimeZones(const Rule&, const Project& project, SharedFacts&, std::vector<Finding>* out) {
  std::map<const ProjectFile*, Load> known;
  for (const GoPackage* program : ProgramsOf(project)) {
    if (!FolderInFocus(project, program->dir)) {
      continue;
    }
    const ProjectFile* main = MainFile(*program);
    const GoModule* module = main == nullptr ? nullptr : project.ModuleOf(main->path);
    const std::vector<const ProjectFile*> files = FilesOfProgram(project, *program);
    const bool brought = std::ranges::any_of(
        files, [](const ProjectFile* file) { return file->skim->Imports("time/tzdata"); });
    if (module == nullptr || brought || !module->AtLeast(15)) {
      continue;
    }
    for (const ProjectFile* file : files) {
      const auto at = known.find(file);
      const Load load = at != known.end() ? at->second : known[file] = FindLoad(project, *file);
      const auto parsed = load.found ? project.ParseGo(main->path) : project.ParseGo("");
      if (!load.found || !parsed.ok()) {
        continue;
      }
      Finding finding;
      finding.path = main->path;
      finding.span = (*parsed)->go->package_clause().span();
      finding.level = Level::kReview;
      finding.message = "Windows has no time zones that time.LoadLocation can read";
      finding.reason = Cat(file->path, " loads one; check that half a megabyte more is no matter");
      finding.also.push_back({file->path, load.span, "a time zone is loaded by its name"});
      finding.fix.emplace();
      finding.fix->imports[main->path].push_back({"time/tzdata", "_"});
      out->push_back(std::move(finding));
      break;
    }
  }
}

}  // namespace windlass
