#ifndef WINDLASS_TRANSFORMER_PATCH_DIFFSTAT_H_
#define WINDLASS_TRANSFORMER_PATCH_DIFFSTAT_H_

#include <string>
#include <vector>

#include "transformer/patch/file_change.h"

namespace windlass {

/// The statistics of `changes` as `git format-patch` writes them: one line a file, the sums, then
/// what is created, deleted and renamed. Text that travels as a binary patch is counted in lines.
std::string FormatDiffStat(const std::vector<FileChange>& changes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_DIFFSTAT_H_
