// Names of syscall, golang.org/x/sys/unix, log/syslog and the like in files that are built on
// Windows, where they do not exist.

#include "transformer/rules/focus.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/unix_package.h"
#include "transformer/text/parallel.h"

namespace windlass {

void UnixOnly(const Rule& rule, const Project& project, SharedFacts& shared,
              std::vector<Finding>* out) {
  (void)rule;
  const ProjectDecls& decls = SharedDecls(shared);
  const Availability& available = SharedAvailability(shared);
  const auto& packages = decls.packages();
  std::vector<std::vector<Finding>> slots(packages.size());
  ParallelFor(packages.size(), shared.threads(), [&](size_t i) {
    const GoPackage& package = packages[i].package();
    if (FolderInFocus(project, package.dir) &&
        UnixPackage::MayConcern(package, project, available)) {
      UnixPackage(package, shared).Run(&slots[i]);
    }
  });
  for (std::vector<Finding>& slot : slots) {
    std::move(slot.begin(), slot.end(), std::back_inserter(*out));
  }
}

}  // namespace windlass
