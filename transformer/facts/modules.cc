#include "transformer/facts/modules.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace windlass {
namespace {

constexpr std::string_view kVersionWithoutGoLine = "1.16";
/// The one module whose packages do not begin with its path.
constexpr std::string_view kStandardLibrary = "std";

/// `path` without the folder `dir` and its slash, or nullopt if it is not below it.
std::optional<std::string_view> Below(std::string_view path, std::string_view dir) {
  if (dir.empty() || path == dir) {
    return path.substr(dir.size());
  }
  if (!path.starts_with(dir) || path[dir.size()] != '/') {
    return std::nullopt;
  }
  return path.substr(dir.size() + 1);
}

bool IsPassedOver(std::string_view dir) {
  while (!dir.empty()) {
    const size_t slash = std::min(dir.find('/'), dir.size());
    const std::string_view name = dir.substr(0, slash);
    if (name == "testdata" || name == "vendor" || name.starts_with('.') || name.starts_with('_')) {
      return true;
    }
    dir.remove_prefix(std::min(slash + 1, dir.size()));
  }
  return false;
}

std::string ImportPath(const GoModule& module, std::string_view dir) {
  const std::string_view below = Below(dir, module.dir).value_or(dir);
  if (const auto vendored = Below(below, "vendor"); vendored && !vendored->empty()) {
    return std::string(*vendored);
  }
  if (below.empty() || module.path == kStandardLibrary) {
    return below.empty() ? module.path : std::string(below);
  }
  return Cat(module.path, "/", below);
}

GoModule ReadModule(const ProjectFile& file, const FileReader& reader) {
  const absl::StatusOr<std::string> bytes = reader(file.path);
  GoMod mod = ParseGoMod(bytes.ok() ? std::string_view(*bytes) : std::string_view());
  GoModule module;
  module.dir = FolderOf(file.path);
  module.path = std::move(mod.module);
  module.go_version = mod.go_version.empty() ? kVersionWithoutGoLine : mod.go_version;
  for (GoMod::Require& require : mod.requires_) {
    module.requires_.push_back(std::move(require.path));
  }
  module.replaces = std::move(mod.replaces);
  return module;
}

void NamePackages(GoModule* module) {
  for (GoPackage& package : module->packages) {
    package.passed_over = IsPassedOver(Below(package.dir, module->dir).value_or(package.dir));
    if (module->path.empty()) {
      continue;
    }
    package.import_path = ImportPath(*module, package.dir);
    const bool external_tests = package.name.ends_with("_test") &&
                                std::ranges::all_of(package.files, [](const ProjectFile* file) {
                                  return file->skim->constraint.is_test;
                                });
    package.import_path += external_tests ? "_test" : "";
  }
}

}  // namespace

std::string_view FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::optional<std::string> FolderOfImport(const GoModule& module, std::string_view import_path) {
  std::optional<std::string_view> below = import_path;
  if (module.path != kStandardLibrary) {
    below = module.path.empty() ? std::nullopt : Below(import_path, module.path);
  }
  if (!below) {
    return std::nullopt;
  }
  return Cat(module.dir, module.dir.empty() || below->empty() ? "" : "/", *below);
}

const GoModule* InnermostModule(std::span<const GoModule> modules, std::string_view path) {
  for (std::string_view dir = FolderOf(path);; dir = FolderOf(dir)) {
    const auto found = std::ranges::lower_bound(modules, dir, std::ranges::less(), &GoModule::dir);
    if (found != modules.end() && found->dir == dir) {
      return &*found;
    }
    if (dir.empty()) {
      return nullptr;
    }
  }
}

std::vector<GoModule> FindModules(std::span<const ProjectFile> files, const FileReader& reader) {
  std::vector<GoModule> modules;
  bool outside = false;
  for (const ProjectFile& file : files) {
    if (file.language == Language::kGoMod) {
      modules.push_back(ReadModule(file, reader));
    }
  }
  std::ranges::sort(modules, {}, &GoModule::dir);
  // By place in `modules`, folder and name.
  std::map<std::tuple<size_t, std::string_view, std::string_view>, std::vector<const ProjectFile*>>
      packages;
  constexpr size_t kOutside = SIZE_MAX;
  for (const ProjectFile& file : files) {
    if (file.skim == nullptr || file.skim->package_name.empty()) {
      continue;
    }
    const GoModule* module = InnermostModule(modules, file.path);
    const size_t index =
        module == nullptr ? kOutside : static_cast<size_t>(module - modules.data());
    outside = outside || module == nullptr;
    packages[{index, FolderOf(file.path), file.skim->package_name}].push_back(&file);
  }
  GoModule loose;
  loose.go_version = kVersionWithoutGoLine;
  for (auto& [key, package_files] : packages) {
    const auto& [index, dir, name] = key;
    GoModule& module = index == kOutside ? loose : modules[index];
    GoPackage& package = module.packages.emplace_back();
    package.dir = dir;
    package.name = name;
    package.files = std::move(package_files);
  }
  if (outside) {
    modules.insert(modules.begin(), std::move(loose));
  }
  std::ranges::for_each(modules, [](GoModule& module) { NamePackages(&module); });
  return modules;
}

}  // namespace windlass
