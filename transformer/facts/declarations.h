#ifndef WINDLASS_TRANSFORMER_FACTS_DECLARATIONS_H_
#define WINDLASS_TRANSFORMER_FACTS_DECLARATIONS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/project.h"

namespace windlass {

/// Some of a project's targets: bit i stands for the i-th.
using TargetSet = uint64_t;

/// The targets for which go build, given these build tags, takes a file with that constraint (cgo
/// off unless `tags` holds it).
TargetSet TargetsOf(const FileConstraint& constraint, std::span<const Target> targets,
                    std::span<const std::string> tags = {});
/// "windows/arm64, windows/amd64": the members of `set`, or just "windows" where every listed
/// architecture of a system is in.
std::string TargetNames(TargetSet set, std::span<const Target> targets);

/// What the files of one package declare on which target, told from their skims alone. Tests do
/// not count.
class PackageDecls {
 public:
  /// One name at package level, or one method ("Type.Name").
  struct Entry {
    std::string name;      // without the receiver's type
    std::string receiver;  // of a method, else empty
    std::vector<const ProjectFile*> files;
    TargetSet where = 0;
    /// Some declaring file needs cgo, so that a build with cgo may well have the name.
    bool in_cgo = false;
    bool is_type = false;
    /// What the declaration is constrained to beside its files' constraints (Restrict).
    BuildExpr only;
  };

  /// With `every`, entries() is filled even where nothing can be missing.
  PackageDecls(const GoPackage& package, std::span<const Target> targets, bool every = false,
               std::span<const std::string> tags = {});

  /// From now on `key` counts as declared only where `only` holds, which is on `where`: what a
  /// planned move will do.
  void Restrict(std::string_view key, const BuildExpr& only, TargetSet where);

  const GoPackage& package() const { return *package_; }
  /// Where any file of the package is built.
  TargetSet built() const { return built_; }
  /// Non-test files with the targets of each, ignored files left out.
  struct File {
    const ProjectFile* file;
    TargetSet where;
  };
  const std::vector<File>& files() const { return files_; }
  TargetSet FileTargets(const ProjectFile* file) const;
  /// By "Name" or "Type.Name"; empty for a package of which every file is built everywhere.
  const StringMap<Entry>& entries() const { return entries_; }
  const Entry* Find(std::string_view key) const;
  /// True if something is declared on a part of built() only.
  bool uneven() const { return uneven_; }

 private:
  const GoPackage* package_;
  TargetSet built_ = 0;
  bool uneven_ = false;
  std::vector<File> files_;
  StringMap<Entry> entries_;
};

/// The declarations of every package of a project, and who imports whom; immutable.
class ProjectDecls {
 public:
  explicit ProjectDecls(const Project& project);

  const Project& project() const { return *project_; }
  /// Every package that `go build ./...` would build, vendored ones aside, in the order of the
  /// project.
  const std::vector<PackageDecls>& packages() const { return packages_; }
  /// The package with that import path and at least one file that is no test; null for others.
  const PackageDecls* FindPackage(std::string_view import_path) const;
  const PackageDecls* PackageOf(const ProjectFile& file) const;
  /// Non-test files of the project that import `import_path`.
  std::span<const ProjectFile* const> Importers(std::string_view import_path) const;

 private:
  const Project* project_;
  std::vector<PackageDecls> packages_;
  std::map<std::string, size_t, std::less<>> by_path_;
  std::map<const ProjectFile*, size_t> by_file_;
  StringMap<std::vector<const ProjectFile*>> importers_;
};

/// A name that some targets lack although a file built there may refer to it. Skims decide, so a
/// parse may still find that nothing does.
struct MissingDecl {
  const PackageDecls* package = nullptr;
  const PackageDecls::Entry* entry = nullptr;
  TargetSet lacking = 0;
  std::vector<const ProjectFile*> users;  // non-test files that are built on a lacking target
};

/// Every such name of `package`, ordered by key. Methods come with their type: they are listed by
/// themselves only where the type exists.
std::vector<MissingDecl> FindMissing(const ProjectDecls& decls, const PackageDecls& package);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_DECLARATIONS_H_
