#ifndef WINDLASS_TRANSFORMER_FACTS_DECLARATIONS_H_
#define WINDLASS_TRANSFORMER_FACTS_DECLARATIONS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
    // Both live as long as the skims of `files`.
    std::string_view name;      // without the receiver's type
    std::string_view receiver;  // of a method, else empty
    std::vector<const ProjectFile*> files;
    TargetSet where = 0;
    /// Some declaring file needs cgo, so that a build with cgo may well have the name.
    bool in_cgo = false;
    bool is_type = false;
    /// What the declaration is constrained to beside its files' constraints (Restrict).
    BuildExpr only;
  };

  /// With `every`, entries() is filled even where nothing can be missing.
  PackageDecls(const GoPackage& package, std::span<const Target> targets,
               std::span<const std::string> tags, bool every = false);

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

 private:
  const GoPackage* package_;
  TargetSet built_ = 0;
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
  /// The package that an import of `import_path` in a file of `importer` means, of its own module
  /// if that has it: one with a file that is no test; null for others.
  const PackageDecls* FindPackage(std::string_view import_path, const GoPackage& importer) const;
  const PackageDecls* PackageOf(const ProjectFile& file) const;
  /// Non-test files of the project that import `package`.
  const std::vector<const ProjectFile*>& Importers(const GoPackage& package) const;

 private:
  const Project* project_;
  std::vector<PackageDecls> packages_;
  StringMap<std::vector<size_t>> by_path_;  // modules of one name may have packages of one path
  std::unordered_map<const GoPackage*, size_t> by_package_;
  std::unordered_map<const ProjectFile*, size_t> by_file_;
  std::vector<std::vector<const ProjectFile*>> importers_;  // by package
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
