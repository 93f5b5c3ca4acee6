#ifndef WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_
#define WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_

#include <vector>

#include "transformer/patch/series.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// The commit of one family and level: `files` as git stores them, and a message that says what
/// changes, why, and what a reviewer should check, from the pack's title, its rules' summaries and
/// the findings' preconditions. `part` names the share of the family that it is, if it is not all.
/// The trailer Change-Id follows from the family, the level, the part and the files, so it outlives
/// a rebase.
PatchCommit MakeCommit(const Pack& pack, Level level, std::vector<FileChange> files,
                       std::vector<Finding> findings, const std::string& part = "");

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_MESSAGE_H_
