#ifndef WINDLASS_TRANSFORMER_DRIVER_CHECK_FILE_H_
#define WINDLASS_TRANSFORMER_DRIVER_CHECK_FILE_H_

#include <optional>
#include <vector>

#include "transformer/driver/workspace.h"
#include "transformer/patch/report.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// One file's share of a run.
struct FileCheck {
  std::vector<Finding> findings;  // sorted within each rule
  std::optional<Skipped> skipped;
  bool parsed = false;        // whole or in part
  bool may_suppress = false;  // as MaySuppress of its bytes
};

/// Runs `rules` over `file`. Only the declarations are parsed that tell by themselves that a rule
/// may find something; once one does, the whole file, and what the rules say of that counts.
FileCheck CheckOneFile(const Workspace& workspace, const ProjectFile& file,
                       std::vector<const Rule*> rules, SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_CHECK_FILE_H_
