#include "transformer/facts/declarations.h"

#include <algorithm>

namespace windlass {
namespace {

std::string KeyOf(const GoSkim::Decl& decl) {
  return decl.receiver.empty() ? std::string(decl.name) : Cat(decl.receiver, ".", decl.name);
}

/// Folders that `go build ./...` passes over.
bool IsPassedOver(std::string_view dir) {
  while (!dir.empty()) {
    const size_t slash = std::min(dir.find('/'), dir.size());
    const std::string_view element = dir.substr(0, slash);
    if (element == "testdata" || element.starts_with('_') || element.starts_with('.')) {
      return true;
    }
    dir.remove_prefix(std::min(slash + 1, dir.size()));
  }
  return false;
}

bool IsExported(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

}  // namespace

TargetSet TargetsOf(const FileConstraint& constraint, std::span<const Target> targets,
                    std::span<const std::string> tags) {
  TargetSet set = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    if (constraint.Includes(targets[i], tags)) {
      set |= TargetSet{1} << i;
    }
  }
  return set;
}

std::string TargetNames(TargetSet set, std::span<const Target> targets) {
  std::string names;
  for (size_t i = 0; i < targets.size(); ++i) {
    if ((set >> i & 1) == 0) {
      continue;
    }
    bool whole_system = true;
    bool first = true;
    for (size_t k = 0; k < targets.size(); ++k) {
      if (targets[k].goos == targets[i].goos) {
        whole_system = whole_system && (set >> k & 1) != 0;
        first = first && k >= i;
      }
    }
    if (whole_system && !first) {
      continue;
    }
    names += Cat(names.empty() ? "" : ", ", whole_system ? targets[i].goos : targets[i].Name());
  }
  return names;
}

PackageDecls::PackageDecls(const GoPackage& package, std::span<const Target> targets,
                           std::span<const std::string> tags, bool every)
    : package_(&package) {
  for (const ProjectFile* file : package.files) {
    const FileConstraint& constraint = file->skim->constraint;
    if (constraint.is_test || constraint.ignored || constraint.broken) {
      continue;
    }
    const TargetSet where = TargetsOf(constraint, targets, tags);
    files_.push_back({file, where});
    built_ |= where;
  }
  const bool plain = std::ranges::all_of(files_, [&](const File& f) { return f.where == built_; });
  const bool cgo =
      std::ranges::any_of(files_, [](const File& f) { return f.file->skim->imports_c; });
  const TargetSet all = (TargetSet{1} << targets.size()) - 1;
  if (!every && plain && !cgo && built_ == all) {
    return;  // nothing can be missing
  }
  for (const File& file : files_) {
    for (const GoSkim::Decl decl : file.file->skim->decls) {
      if (decl.name == "_" || (decl.name == "init" && decl.receiver.empty())) {
        continue;
      }
      Entry& entry = entries_[KeyOf(decl)];
      entry.name = decl.name;
      entry.receiver = decl.receiver;
      entry.where |= file.where;
      entry.is_type = entry.is_type || decl.kind == GoSkim::Decl::Kind::kType;
      entry.in_cgo = entry.in_cgo || file.file->skim->imports_c;
      if (entry.files.empty() || entry.files.back() != file.file) {
        entry.files.push_back(file.file);
      }
    }
  }
}

void PackageDecls::Restrict(std::string_view key, const BuildExpr& only, TargetSet where) {
  const auto found = entries_.find(key);
  if (found != entries_.end()) {
    found->second.only = only;
    found->second.where &= where;
  }
}

TargetSet PackageDecls::FileTargets(const ProjectFile* file) const {
  const auto found = std::ranges::find(files_, file, &File::file);
  return found == files_.end() ? 0 : found->where;
}

const PackageDecls::Entry* PackageDecls::Find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

ProjectDecls::ProjectDecls(const Project& project) : project_(&project) {
  for (const GoModule& module : project.modules()) {
    for (const GoPackage& package : module.packages) {
      const bool vendored = package.files.empty() || package.files.front()->vendored;
      if (!vendored && !IsPassedOver(package.dir)) {
        packages_.emplace_back(package, project.targets(), project.settings().tags);
      }
    }
  }
  for (size_t i = 0; i < packages_.size(); ++i) {
    const PackageDecls& decls = packages_[i];
    by_package_.emplace(&decls.package(), i);
    if (!decls.package().import_path.empty() && !decls.files().empty()) {
      by_path_[decls.package().import_path].push_back(i);
    }
    for (const PackageDecls::File& file : decls.files()) {
      by_file_.emplace(file.file, i);
    }
  }
  importers_.resize(packages_.size());
  for (const PackageDecls& decls : packages_) {
    for (const PackageDecls::File& file : decls.files()) {
      for (const GoSkim::Import& import : file.file->skim->imports) {
        if (const PackageDecls* imported = FindPackage(import.path, decls.package())) {
          importers_[static_cast<size_t>(imported - packages_.data())].push_back(file.file);
        }
      }
    }
  }
}

const PackageDecls* ProjectDecls::FindPackage(std::string_view import_path,
                                              const GoPackage& importer) const {
  const auto found = by_path_.find(import_path);
  if (found == by_path_.end()) {
    return nullptr;
  }
  const auto module_of = [&](const GoPackage& package) {
    return project_->ModuleOf(package.files.front()->path);
  };
  const std::vector<size_t>& same = found->second;
  const auto own = same.size() == 1 ? same.end() : std::ranges::find_if(same, [&](size_t i) {
    return module_of(packages_[i].package()) == module_of(importer);
  });
  return &packages_[own == same.end() ? same.front() : *own];
}

const PackageDecls* ProjectDecls::PackageOf(const ProjectFile& file) const {
  const auto found = by_file_.find(&file);
  return found == by_file_.end() ? nullptr : &packages_[found->second];
}

const std::vector<const ProjectFile*>& ProjectDecls::Importers(const GoPackage& package) const {
  static const auto& none = *new std::vector<const ProjectFile*>();
  const auto found = by_package_.find(&package);
  return found == by_package_.end() ? none : importers_[found->second];
}

namespace {

/// Files built on a target of `lacking` that mention `name`: of the package, and for exported
/// names of its importers.
std::vector<const ProjectFile*> UsersOf(const ProjectDecls& decls, const PackageDecls& package,
                                        const PackageDecls::Entry& entry, TargetSet lacking) {
  std::vector<const ProjectFile*> users;
  for (const PackageDecls::File& file : package.files()) {
    if ((file.where & lacking) != 0 && file.file->skim->Mentions(entry.name)) {
      users.push_back(file.file);
    }
  }
  if (!IsExported(entry.name) || package.package().name == "main") {
    return users;
  }
  for (const ProjectFile* file : decls.Importers(package.package())) {
    const PackageDecls* importer = decls.PackageOf(*file);
    if (importer != nullptr && (importer->FileTargets(file) & lacking) != 0 &&
        file->skim->Mentions(entry.name)) {
      users.push_back(file);
    }
  }
  return users;
}

/// Where the importers of `package` are built.
TargetSet ImportedOn(const ProjectDecls& decls, const PackageDecls& package) {
  TargetSet set = 0;
  for (const ProjectFile* file : decls.Importers(package.package())) {
    const PackageDecls* importer = decls.PackageOf(*file);
    set |= importer == nullptr ? 0 : importer->FileTargets(file);
  }
  return set;
}

}  // namespace

std::vector<MissingDecl> FindMissing(const ProjectDecls& decls, const PackageDecls& package) {
  std::vector<MissingDecl> missing;
  if (package.entries().empty()) {
    return missing;
  }
  const TargetSet meant = package.built() | ImportedOn(decls, package);
  for (const auto& [key, entry] : package.entries()) {
    const TargetSet lacking = meant & ~entry.where;
    if (lacking == 0 || entry.where == 0 || entry.in_cgo || key == "main") {
      continue;
    }
    if (!entry.receiver.empty()) {
      const PackageDecls::Entry* type = package.Find(entry.receiver);
      if (type == nullptr || (type->where & lacking) != lacking) {
        continue;
      }
    }
    std::vector<const ProjectFile*> users = UsersOf(decls, package, entry, lacking);
    if (!users.empty()) {
      missing.push_back({&package, &entry, lacking, std::move(users)});
    }
  }
  return missing;
}

}  // namespace windlass
