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
#include "transformer/facts/go_skim.h"
#include "transformer/facts/target.h"
#include "transformer/syntax/language.h"
#include "transformer/text/source_file.h"
#include "transformer/text/strings.h"

namespace windlass {

class PathFlow;  // transformer/facts/path_flow.h

/// Reads the bytes of a file by its path relative to the root. Called from several threads.
using FileReader = std::function<absl::StatusOr<std::string>(std::string_view path)>;

/// One file of a project as the walk and a skim know it.
struct ProjectFile {
  std::string path;  // slash-separated, relative to the root
  size_t size = 0;
  bool executable = false;
  Language language = Language::kText;
  bool vendored = false;   // below vendor/, third_party/ or node_modules/: read, never edited
  bool generated = false;  // Go's "DO NOT EDIT" header: read, never edited
  std::shared_ptr<const GoSkim> skim;  // Go files only

  bool editable() const { return !vendored && !generated; }
};

/// A parsed Go file, kept alive as long as somebody holds it.
struct ParsedGo {
  std::unique_ptr<const SourceFile> source;
  std::unique_ptr<const Tree> tree;
  std::unique_ptr<const GoFile> go;
};

/// The Go files of one directory that share a package name (x and x_test are two packages).
struct GoPackage {
  std::string dir;  // "" at the root
  std::string name;
  std::string import_path;                // empty outside any module
  std::vector<const ProjectFile*> files;  // sorted by path, tests of the same package included
};

/// A module: a go.mod and the packages below it, down to nested modules.
struct GoModule {
  std::string dir;         // "" at the root
  std::string path;        // of the module line; empty for files outside any module
  std::string go_version;  // "1.19"; "1.16" if go.mod has none
  std::vector<std::string> requires_;
  std::vector<GoPackage> packages;  // sorted by dir, name

  /// True if the module's go line is at least 1.`minor`.
  bool AtLeast(int minor) const;
  bool Requires(std::string_view module_path) const;
};

/// What is known of a whole tree: an immutable snapshot. Files are read again when they are parsed,
/// so memory does not grow with the tree.
class Project {
 public:
  /// `files` in any order; each Go file must carry its skim. `attributes` of the root…
  Project(std::vector<ProjectFile> files, FileReader reader, std::vector<Target> targets);
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  std::span<const ProjectFile> files() const { return files_; }  // sorted by path
  const ProjectFile* Find(std::string_view path) const;
  std::span<const GoModule> modules() const { return modules_; }  // sorted by dir
  const GoModule* ModuleOf(std::string_view path) const;
  const GoPackage* PackageOf(std::string_view path) const;
  const std::vector<Target>& targets() const { return targets_; }

  absl::StatusOr<std::string> Read(std::string_view path) const { return reader_(path); }
  /// Reads and parses a Go file, or gives the one that is still alive. Thread-safe; the result's
  /// tree may be read by several threads at once (reading never changes it).
  absl::StatusOr<std::shared_ptr<const ParsedGo>> ParseGo(std::string_view path) const;

 private:
  struct Cache;
  std::vector<ProjectFile> files_;
  FileReader reader_;
  std::vector<Target> targets_;
  std::vector<GoModule> modules_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PROJECT_H_
