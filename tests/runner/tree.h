#ifndef WINDLASS_TESTS_RUNNER_TREE_H_
#define WINDLASS_TESTS_RUNNER_TREE_H_

#include <string>
#include <vector>

#include "transformer/driver/files.h"
#include "transformer/text/strings.h"

namespace windlass {

/// A temporary folder with some files, removed with everything in it.
class TempDir {
 public:
  explicit TempDir(const StringMap<std::string>& files = {}, const StringSet& executable = {});
  const std::string& path() const { return folder_.path(); }

 private:
  ScratchFolder folder_;
};

/// What a command did.
struct CommandResult {
  int exit_code = -1;
  std::string output;  // both streams
};

/// Runs `command` with sh in `dir`, without the user's git configuration and without network for
/// Go.
CommandResult RunIn(const std::string& dir, const std::string& command);

/// Reads every file below `dir` but those in .git.
StringMap<std::string> ReadTree(const std::string& dir);
/// Paths below `dir` with an executable bit.
StringSet ExecutablesIn(const std::string& dir);

/// Makes `dir` a git repository with one commit of all that is in it. Empty, or what went wrong.
std::string CommitAll(const std::string& dir);

}  // namespace windlass

#endif  // WINDLASS_TESTS_RUNNER_TREE_H_
