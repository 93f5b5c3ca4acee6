#include "transformer/patch/change_log.h"

#include <utility>

namespace windlass {

void ChangeLog::Add(const std::vector<FileChange>& step) {
  for (const FileChange& change : step) {
    FileChange whole = change;
    if (whole.old_path.empty()) {
      whole.old_path = whole.path;
    }
    if (const auto it = files_.find(whole.old_path); it != files_.end()) {
      whole.before = it->second.before;
      whole.old_path = it->second.old_path;
      files_.erase(it);
    }
    files_.insert_or_assign(change.path, std::move(whole));
  }
}

std::vector<FileChange> ChangeLog::Files() const {
  std::vector<FileChange> files;
  for (const auto& [path, change] : files_) {
    if (change.before != change.after || change.path != change.old_path) {
      files.push_back(change);
    }
  }
  return files;
}

}  // namespace windlass
