#include "transformer/rules/shared_availability.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/go_imports.h"
#include "transformer/rules/pack.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// Names of packages in one file, and the import paths that they stand for.
using Imports = std::vector<std::pair<std::string, std::string>>;

void AddImports(const GoSkim& skim, Imports* imports) {
  for (const GoSkim::Import& import : skim.imports) {
    imports->emplace_back(
        import.name.empty() ? GuessImportNames(import.path).front() : std::string(import.name),
        std::string(import.path));
  }
}

/// The first name in `text` that came after the go line of `module`. `before`: the file as it was,
/// or null.
std::string NewerIn(std::string_view text, const Imports& imports, const GoSkim* before,
                    const GoModule& module, const Availability& available) {
  static const RE2& qualified = *new RE2(R"(\b([A-Za-z_]\w*)\.([A-Z]\w*))");
  re2::StringPiece rest(text.data(), text.size());
  std::string package;
  std::string name;
  while (RE2::FindAndConsume(&rest, qualified, &package, &name)) {
    const auto import = std::ranges::find(imports, package, [](const auto& i) { return i.first; });
    const int since = import == imports.end() ? 0 : available.Since(import->second, name);
    const bool known =
        since <= 1 || module.AtLeast(since) ||
        (before != nullptr && before->Mentions(name) && before->Imports(import->second));
    if (!known) {
      return Cat(package, ".", name, " came with Go 1.", std::to_string(since),
                 ", and go.mod says ", module.go_version);
    }
  }
  return {};
}

}  // namespace

const Availability& SharedAvailability(SharedFacts& shared) {
  return shared.Get<Availability>([](SharedFacts& facts) {
    auto table = std::make_unique<Availability>();
    if (const Pack* pack = facts.FindPack("syscalls")) {
      const auto text = [&](std::string_view name) {
        const auto found = pack->files.find(name);
        return found == pack->files.end() ? std::string_view() : std::string_view(found->second);
      };
      auto parsed = Availability::Parse(text("tables/availability.txt"), text("tables/modules.txt"),
                                        text("tables/since.txt"));
      if (parsed.ok()) {
        *table = *std::move(parsed);
      }
    }
    return std::unique_ptr<const Availability>(std::move(table));
  });
}

std::string NewerThanModule(const Fix& fix, SharedFacts& shared) {
  const Project& project = shared.project();
  for (const auto& [path, edits] : fix.edits) {
    const ProjectFile* file = project.Find(path);
    const GoModule* module = project.ModuleOf(path);
    if (file == nullptr || file->skim == nullptr || module == nullptr) {
      continue;
    }
    Imports imports;
    if (const auto wanted = fix.imports.find(path); wanted != fix.imports.end()) {
      for (const ImportRequest& request : wanted->second) {
        imports.emplace_back(
            request.name.empty() ? GuessImportNames(request.path).front() : request.name,
            request.path);
      }
    }
    AddImports(*file->skim, &imports);
    for (const Edit& edit : edits.edits()) {
      std::string newer =
          NewerIn(edit.text, imports, file->skim.get(), *module, SharedAvailability(shared));
      if (!newer.empty()) {
        return newer;
      }
    }
  }
  for (const NewFile& file : fix.new_files) {
    const GoModule* module = project.ModuleOf(file.path);
    if (module == nullptr || LanguageForPath(file.path) != Language::kGo) {
      continue;
    }
    Imports imports;
    AddImports(SkimGo(file.path, file.text), &imports);
    std::string newer = NewerIn(file.text, imports, nullptr, *module, SharedAvailability(shared));
    if (!newer.empty()) {
      return newer;
    }
  }
  return {};
}

}  // namespace windlass
