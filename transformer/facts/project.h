#ifndef WINDLASS_TRANSFORMER_FACTS_PROJECT_H_
#define WINDLASS_TRANSFORMER_FACTS_PROJECT_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/go_file.h"
#include "transformer/facts/go_mod.h"
#include "transformer/facts/go_parts.h"
#include "transformer/facts/go_skim.h"
#include "transformer/facts/settings.h"
#include "transformer/facts/target.h"
#include "transformer/syntax/language.h"
#include "transformer/text/source_file.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Reads the bytes of a file by its path relative to the root. Called from several threads.
using FileReader = std::function<absl::StatusOr<std::string>(std::string_view path)>;

/// One file of a project as the walk and a skim know it.
struct ProjectFile {
  std::string path;  // slash-separated, relative to the root
  size_t size = 0;
  bool executable = false;
  bool has_cr = true;  // false only if it is known to hold no CR
  Language language = Language::kText;
  bool vendored = false;   // below vendor/, third_party/ or node_modules/: read, never edited
  bool generated = false;  // Go's "DO NOT EDIT" header: read, never edited
  bool excluded = false;   // by windlass.toml: read, never edited nor reported on
  std::shared_ptr<const GoSkim> skim;  // Go files only; shared between snapshots of one run

  bool editable() const { return !vendored && !generated && !excluded; }
};

/// A parsed Go file, kept alive as long as somebody holds it.
struct ParsedGo {
  std::unique_ptr<const SourceFile> source;
  std::unique_ptr<const Tree> tree;
  std::unique_ptr<const GoFile> go;
};

/// Parses a Go file, of which `parts` alone are seen if there are any (SpansOf). Fails as
/// Tree::Parse does.
absl::StatusOr<std::shared_ptr<const ParsedGo>> ParseGoParts(std::string_view path,
                                                             std::string bytes,
                                                             std::span<const Span> parts);

/// The Go files of one directory that share a package name (x and x_test are two packages).
struct GoPackage {
  std::string dir;  // "" at the root
  std::string name;
  /// Empty outside any module. Below vendor/ the path that importers write; for a package of
  /// nothing but external tests the path of what it tests, with "_test".
  std::string import_path;
  std::vector<const ProjectFile*> files;  // sorted by path, tests of the same package included
  /// In a folder that `./...` passes over: testdata, vendor, or a name that begins with '.' or '_'.
  bool passed_over = false;
};

/// A module: a go.mod and the packages below it, down to nested modules.
struct GoModule {
  std::string dir;         // "" at the root
  std::string path;        // of the module line; empty for files outside any module
  std::string go_version;  // "1.19"; "1.16" if go.mod has none
  std::vector<std::string> requires_;
  std::vector<GoMod::Replace> replaces;
  std::vector<GoPackage> packages;  // sorted by dir, name

  /// True if the module's go line is at least 1.`minor`.
  bool AtLeast(int minor) const;
  /// True if go.mod lists `module_path`, indirect ones too.
  bool Requires(std::string_view module_path) const;
};

/// What is known of a whole tree: an immutable snapshot. Files are read again when they are parsed,
/// so memory does not grow with the tree. A changed tree is a new Project; its files share the
/// skims of those that did not change.
class Project {
 public:
  /// `files` in any order, no path twice; Go files without a skim belong to no package. Reads every
  /// go.mod among them; one that cannot be read counts as empty. Without `settings` the defaults
  /// hold.
  Project(std::vector<ProjectFile> files, FileReader reader, std::vector<Target> targets,
          std::shared_ptr<const ProjectSettings> settings = nullptr);
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  std::span<const ProjectFile> files() const { return files_; }  // sorted by path
  const ProjectFile* Find(std::string_view path) const;
  /// Sorted by dir. Go files outside any module come in a module of their own with an empty path.
  std::span<const GoModule> modules() const { return modules_; }
  /// The module that holds the file; null outside any.
  const GoModule* ModuleOf(std::string_view path) const;
  /// The package of a Go file; null for other files.
  const GoPackage* PackageOf(std::string_view path) const;
  /// The package that an import of `import_path` in the file at `importer` means: one with files
  /// that are neither tests nor ignored, of the importer's own module if that holds it. Null if the
  /// project does not.
  const GoPackage* FindPackage(std::string_view import_path, std::string_view importer) const;
  const std::vector<Target>& targets() const { return targets_; }
  const ProjectSettings& settings() const { return *settings_; }

  absl::StatusOr<std::string> Read(std::string_view path) const { return reader_(path); }
  /// Reads and parses a Go file, or gives the one that is still alive; the last few stay alive
  /// here. Fails as the reader or Tree::Parse does, and remembers that. Thread-safe; the result may
  /// be read by several threads at once (reading never changes it).
  absl::StatusOr<std::shared_ptr<const ParsedGo>> ParseGo(std::string_view path) const;
  /// The same of one declaration, number `part` of `parts` (SplitGo of `bytes`, those of `file`),
  /// with the small types, constants and variables that it mentions.
  absl::StatusOr<std::shared_ptr<const ParsedGo>> ParseGoPart(const ProjectFile& file,
                                                              const std::string& bytes,
                                                              const std::vector<GoPart>& parts,
                                                              size_t part) const;

 private:
  class Cache;

  std::vector<ProjectFile> files_;
  FileReader reader_;
  std::vector<Target> targets_;
  std::shared_ptr<const ProjectSettings> settings_;
  std::vector<GoModule> modules_;
  const std::unique_ptr<Cache> cache_;
  const std::unique_ptr<Cache> part_cache_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PROJECT_H_
