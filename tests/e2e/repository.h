#ifndef WINDLASS_TESTS_E2E_REPOSITORY_H_
#define WINDLASS_TESTS_E2E_REPOSITORY_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/process.h"

namespace windlass::e2e {

namespace fs = std::filesystem;

/// A directory of our own that goes away with the object.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  fs::path operator/(std::string_view name) const { return root_ / name; }

 private:
  fs::path root_;
};

/// A git repository in a directory, worked on with an identity of its own and without the
/// configuration of this machine.
class Repository {
 public:
  /// Nothing is done yet: the directory may be filled before Init.
  explicit Repository(fs::path directory) : directory_(std::move(directory)) {}

  const fs::path& directory() const { return directory_; }

  /// Copies a tree into the directory, modes and bytes as they are.
  void CopyFrom(const fs::path& tree) const;
  /// Writes a file, making its directories; `mode` as in chmod.
  void Write(const std::string& name, std::string_view bytes, unsigned mode = 0644) const;
  /// The bytes of a file; a missing one is a test failure and empty.
  std::string Read(const std::string& name) const;
  bool Has(const std::string& name) const;

  /// git init, then everything in one commit, tagged `before`.
  void Init() const;
  Result Git(std::vector<std::string> args, std::string input = {}) const;
  /// `git status --porcelain`, empty if clean.
  std::string Status() const;
  /// Each file of HEAD with its mode and object, as in `100644 blob 0123…`.
  std::map<std::string, std::string> Files() const;

 private:
  fs::path directory_;
};

/// The bytes of a file; a missing one is a test failure and empty.
std::string ReadFile(const fs::path& file);

/// windlass ARGS... in the directory `where`.
Result Windlass(std::vector<std::string> args, const fs::path& where = {});
/// `windlass migrate REPOSITORY -o OUT`: the patches in OUT, in order. A failure to run is a test
/// failure.
std::vector<fs::path> Migrate(const Repository& repository, const fs::path& out,
                              std::vector<std::string> flags = {});
/// `git am PATCHES...` without flags; failing to apply or leaving anything behind is a test
/// failure.
void Am(const Repository& repository, const std::vector<fs::path>& patches);

}  // namespace windlass::e2e

#endif  // WINDLASS_TESTS_E2E_REPOSITORY_H_
