#ifndef WINDLASS_TRANSFORMER_DRIVER_TREE_STATE_H_
#define WINDLASS_TRANSFORMER_DRIVER_TREE_STATE_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/file_change.h"
#include "transformer/text/strings.h"

namespace windlass {

/// A tree told by its difference from what is on disk: the texts of files that differ, nullopt for
/// those that it lacks. Paths are relative to the root of a run.
struct TreeState {
  StringMap<std::optional<std::string>> texts;
  std::string commit;  // in hexadecimal digits; empty: none
};

/// States of the tree at `root`, which must lie in a git work tree (else kFailedPrecondition).
/// Texts are as a checkout would write them.
class GitStates {
 public:
  static absl::StatusOr<GitStates> Open(const std::string& root);
  ~GitStates();
  GitStates(GitStates&& other) noexcept;
  GitStates& operator=(GitStates&&) = delete;

  /// The tree of a revision, such as "origin/main"; kInvalidArgument if git knows none of that
  /// name.
  absl::StatusOr<TreeState> At(const std::string& revision) const;
  /// What is staged.
  absl::StatusOr<TreeState> Staged() const;
  /// The newest commit that both revisions descend from; `a` if there is none. An empty `b` is
  /// HEAD.
  absl::StatusOr<std::string> MergeBase(const std::string& a, const std::string& b) const;
  /// The commit at HEAD; empty before the first.
  std::string Head() const;

 private:
  struct Repository;
  explicit GitStates(Repository* repository) : repository_(repository) {}
  Repository* repository_;
};

/// Takes a tree from one state to another. `read` gives texts on disk.
std::vector<FileChange> ChangesBetween(
    const TreeState& from, const TreeState& to,
    const std::function<std::optional<std::string>(std::string_view)>& read);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_TREE_STATE_H_
