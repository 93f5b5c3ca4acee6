#ifndef WINDLASS_TRANSFORMER_DRIVER_READINESS_H_
#define WINDLASS_TRANSFORMER_DRIVER_READINESS_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/project.h"
#include "transformer/patch/migration_report.h"

namespace windlass {

/// For each package of `project` that `./...` names, in order, and each of its targets: the files
/// that a build takes, what `series` patched in them and what of `rest` is open.
std::vector<PackageReadiness> ReadinessOf(const Project& project, const PatchSeries& series,
                                          const std::vector<Finding>& rest);

/// Who owns what, from the CODEOWNERS file of a repository.
class CodeOwners {
 public:
  /// `text` in GitHub's syntax; lines that are none own nothing.
  explicit CodeOwners(std::string_view text = "");
  /// That of `project`, from the places where GitHub and GitLab look; without one nobody owns
  /// anything.
  static CodeOwners Of(const Project& project);

  /// The owners that the last fitting line names, separated by blanks; "" if none.
  std::string OwnerOf(std::string_view path) const;

 private:
  struct Line {
    std::string pattern;
    std::string owners;
  };
  std::vector<Line> lines_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_READINESS_H_
