#ifndef WINDLASS_TRANSFORMER_DRIVER_GO_TREE_H_
#define WINDLASS_TRANSFORMER_DRIVER_GO_TREE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/files.h"
#include "transformer/facts/target.h"
#include "transformer/patch/file_change.h"
#include "transformer/text/strings.h"

namespace windlass {

/// One question to the go command: does this module build (or pass its vet, or its tests)?
struct GoCheck {
  std::string module_dir;  // below the root, "" at the root
  Target target;
  std::string tool;  // "build", "vet" or "test"
  bool wine = false;

  /// "go vet for windows/amd64 in tools".
  std::string Name() const;
  friend auto operator<=>(const GoCheck&, const GoCheck&) = default;
};

struct GoOutcome {
  /// What fails: packages as wholes, tests of a package as "package:Test", or the first line of
  /// what is wrong with all of it.
  StringSet failing;
  bool unknown = false;  // modules are missing that the cache has not
  std::string output;

  bool ok() const { return failing.empty() && !unknown; }
  /// True if `what` of another outcome's failing fails here too, with its package if need be.
  bool Fails(const std::string& what) const {
    return failing.contains(what) || failing.contains(PackageOf(what));
  }
  static std::string PackageOf(const std::string& what) { return what.substr(0, what.find(':')); }
};

/// A scratch copy of a tree in which the go command may run. It never asks the network: what the
/// module cache lacks stays unknown. Removed when it goes out of scope.
class GoTree {
 public:
  /// Copies everything below `root` but .git. kNotFound: there is no go command.
  static absl::StatusOr<std::unique_ptr<GoTree>> Copy(const std::string& root,
                                                      std::vector<std::string> tags);

  /// Brings the copy to the state after `steps`, each relative to the one before.
  absl::Status Become(const std::vector<std::vector<FileChange>>& steps);
  /// With `packages`, asks about these alone.
  absl::StatusOr<GoOutcome> Run(const GoCheck& check, const StringSet& packages = {}) const;
  /// Whether Wine is installed. `why_not` gets a sentence if it is and runs no program of Go.
  bool FindWine(std::string* why_not);
  /// GOOS/GOARCH of the go command itself.
  const Target& host() const { return host_; }

 private:
  GoTree(ScratchFolder dir, std::vector<std::string> tags);

  ScratchFolder dir_;
  std::vector<std::string> tags_;
  Target host_;
  std::string wine_;  // the program
  std::vector<std::vector<FileChange>> steps_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_GO_TREE_H_
