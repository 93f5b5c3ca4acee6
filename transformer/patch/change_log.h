#ifndef WINDLASS_TRANSFORMER_PATCH_CHANGE_LOG_H_
#define WINDLASS_TRANSFORMER_PATCH_CHANGE_LOG_H_

#include <vector>

#include "transformer/patch/file_change.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Folds steps of changes into one: for each file its first state before and its last state after,
/// renames followed.
class ChangeLog {
 public:
  /// `step` relates to the state after the steps before it.
  void Add(const std::vector<FileChange>& step);
  /// Sorted by path; a file that came back to where it began is left out.
  std::vector<FileChange> Files() const;

 private:
  StringMap<FileChange> files_;  // by present path
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_CHANGE_LOG_H_
