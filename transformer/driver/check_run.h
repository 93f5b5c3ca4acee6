#ifndef WINDLASS_TRANSFORMER_DRIVER_CHECK_RUN_H_
#define WINDLASS_TRANSFORMER_DRIVER_CHECK_RUN_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/driver/workspace.h"
#include "transformer/patch/report.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// What the chosen rules say of a tree as it stands.
struct CheckResult {
  std::vector<Finding> findings;  // sorted by FindingBefore
  std::vector<Skipped> skipped;   // files that could not be parsed within the budget, sorted
  size_t parsed = 0;
  std::vector<std::string> suppressing;  // files that hold windlass:ignore, sorted
};

/// Runs the rules for which `chosen` is true: first those over the whole project, then, in parallel
/// over files, those over single files. The result does not depend on the number of threads.
CheckResult CheckTree(const Workspace& workspace, const std::function<bool(const Rule&)>& chosen);

/// `result` as a report on the tree.
CheckReport ReportOn(const Workspace& workspace, CheckResult result);

/// Adds to `result` what is wrong with the windlass:ignore comments of the files that were looked
/// at: no reason, an unknown rule and, if every rule took part, those that suppress nothing.
void ReportSuppressions(const Workspace& workspace, bool every_rule, CheckResult* result);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_CHECK_RUN_H_
