#ifndef WINDLASS_TRANSFORMER_DRIVER_GIT_H_
#define WINDLASS_TRANSFORMER_DRIVER_GIT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "transformer/patch/series.h"

struct git_repository;

namespace windlass {

/// The git repository around a root, read through libgit2.
class GitTree {
 public:
  /// Null (not an error) if `root` lies in no work tree.
  static std::unique_ptr<GitTree> Open(const std::string& root);
  ~GitTree();
  GitTree(const GitTree&) = delete;
  GitTree& operator=(const GitTree&) = delete;

  /// Where the root lies below the work tree: "" or "sub/dir/".
  const std::string& prefix() const { return prefix_; }
  /// Seconds since 1970 of the commit at HEAD; 0 without one.
  int64_t HeadTime() const;
  /// `bytes` of the file at `path` (relative to the root) as git would store them: clean filters,
  /// end-of-line attributes and core.autocrlf applied.
  std::string AsStored(std::string_view path, const std::string& bytes) const;
  /// Commits `series` on top of HEAD as a new branch, without touching HEAD, the index or any file.
  absl::Status CommitSeries(const std::string& branch, const PatchSeries& series) const;

 private:
  GitTree(git_repository* repository, std::string prefix)
      : repository_(repository), prefix_(std::move(prefix)) {}
  git_repository* repository_;
  std::string prefix_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_GIT_H_
