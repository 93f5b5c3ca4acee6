#ifndef WINDLASS_TRANSFORMER_DRIVER_IGNORE_RULES_H_
#define WINDLASS_TRANSFORMER_DRIVER_IGNORE_RULES_H_

#include <memory>
#include <string>
#include <string_view>

#include "transformer/driver/gitignore.h"

struct git_repository;
struct git_index;

namespace windlass {

/// What git would ignore below one root: .gitignore files at every depth, .git/info/exclude and the
/// user's own excludes; what it tracks is never ignored. Outside a work tree only the .gitignore
/// files below the root count. All paths are relative to the root and slash-separated.
class IgnoreRules {
 public:
  /// One file of patterns and those that it overrides.
  struct Level {
    GitIgnore patterns;
    size_t folder_size;  // of the folder of the file, with its slash, below the work tree
    std::shared_ptr<const Level> above;
  };
  using Levels = std::shared_ptr<const Level>;

  /// Never fails: what cannot be opened as a repository is treated as lying outside of one, and so
  /// is a root that the repository around it ignores as a whole, since somebody named it.
  explicit IgnoreRules(const std::string& root);
  ~IgnoreRules();
  IgnoreRules(const IgnoreRules&) = delete;
  IgnoreRules& operator=(const IgnoreRules&) = delete;

  /// What holds in the root, but for its own .gitignore.
  const Levels& base() const { return base_; }
  /// `above` and the .gitignore, read from `folder_fd`, of the folder `folder` ("" or "a/b/").
  Levels Enter(const Levels& above, int folder_fd, std::string_view folder) const;

  /// What the patterns alone say of `path`.
  bool Matches(const Levels& levels, std::string_view path, bool is_folder) const;
  /// True if the index holds `path`, or for a folder, something below it.
  bool IsTracked(std::string_view path, bool is_folder) const;
  /// True if the index has a submodule at `path`.
  bool IsSubmodule(std::string_view path) const;

 private:
  void Open(const std::string& root);
  void Close();
  void AddExcludes();
  /// False if a folder between the work tree's top and the root, or the root, is ignored.
  bool AddAncestors();

  git_repository* repository_ = nullptr;
  git_index* index_ = nullptr;  // null outside a work tree
  std::string prefix_;          // of the root below the work tree: "" or "sub/dir/"
  Levels base_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_IGNORE_RULES_H_
