#ifndef WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_
#define WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_

#include <vector>

#include "transformer/patch/series.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// The commit of one family and level: `files` as git stores them, and a message that says what
/// changes, why, and what a reviewer should check, from the pack's title, its rules' summaries and
/// the findings' preconditions.
PatchCommit MakeCommit(const Pack& pack, Level level, std::vector<FileChange> files,
                       std::vector<Finding> findings);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_
