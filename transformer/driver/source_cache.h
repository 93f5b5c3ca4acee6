#ifndef WINDLASS_TRANSFORMER_DRIVER_SOURCE_CACHE_H_
#define WINDLASS_TRANSFORMER_DRIVER_SOURCE_CACHE_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "transformer/facts/project.h"
#include "transformer/patch/file_change.h"
#include "transformer/patch/report.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Sources for reports: files below a root as `changes` leave them, read when they are first asked
/// for, or whatever a reader gives. One thread.
class SourceCache {
 public:
  explicit SourceCache(std::string root, const std::vector<FileChange>& changes = {});
  explicit SourceCache(FileReader reader) : reader_(std::move(reader)) {}
  /// Null for a file that cannot be read. Valid as long as the cache.
  const SourceFile* Get(std::string_view path) const;
  SourceLookup Lookup() const {
    return [this](std::string_view path) { return Get(path); };
  }

 private:
  FileReader reader_;
  mutable StringMap<std::unique_ptr<SourceFile>> files_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_SOURCE_CACHE_H_
