#ifndef WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_
#define WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "transformer/patch/file_change.h"

namespace windlass {

/// Writes `changes` below `root`: every new text is staged beside its target and fsynced before the
/// first rename; a file whose bytes are no longer `before` stops everything (kAborted) before
/// anything is renamed; links are never written through; modes are kept. On any error the tree is
/// as it was. (A journal for kills between renames belongs here: see DESIGN §7.)
absl::Status ApplyChanges(const std::string& root, const std::vector<FileChange>& changes);

/// OK if `root` is not in a git work tree or that tree has no uncommitted changes below `root`;
/// kFailedPrecondition naming the first dirty path otherwise.
absl::Status RequireCleanTree(const std::string& root);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_
