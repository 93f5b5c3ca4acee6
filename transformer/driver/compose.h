#ifndef WINDLASS_TRANSFORMER_DRIVER_COMPOSE_H_
#define WINDLASS_TRANSFORMER_DRIVER_COMPOSE_H_

#include <vector>

#include "transformer/driver/workspace.h"
#include "transformer/patch/file_change.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// Findings turned into changes of whole files.
struct Composition {
  std::vector<FileChange> changes;  // sorted by path
  /// Every input finding, in order. The fix of a taken one now holds all edits it needs, imports
  /// and alignment included (an edit shared by several findings stands in each); one that could not
  /// be taken has lost its fix and says why in `refusal`.
  std::vector<Finding> findings;
  size_t taken = 0;
};

/// Chooses among `findings` (sorted; all against the tree as it stands) those that fit together,
/// earlier span first, then earlier rule; adds and removes imports, realigns, and proves that every
/// changed file still parses as well as before. A finding that breaks a file is dropped, the others
/// stay.
Composition Compose(const Workspace& workspace, std::vector<Finding> findings);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_COMPOSE_H_
