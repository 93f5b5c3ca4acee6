#include "transformer/driver/source_cache.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace windlass {

SourceCache::SourceCache(std::string root, const std::vector<FileChange>& changes)
    : root_(std::move(root)) {
  for (const FileChange& change : changes) {
    if (change.after) {
      files_[change.path] = std::make_unique<SourceFile>(change.path, *change.after);
    }
  }
}

const SourceFile* SourceCache::Get(std::string_view path) const {
  const auto it = files_.find(path);
  if (it != files_.end()) {
    return it->second.get();
  }
  std::error_code error;
  const std::string full =
      std::filesystem::is_directory(root_, error) ? Cat(root_, "/", path) : root_;
  std::ifstream in(full, std::ios::binary);
  std::unique_ptr<SourceFile> file;
  if (in) {
    file = std::make_unique<SourceFile>(std::string(path),
                                        std::string(std::istreambuf_iterator<char>(in), {}));
  }
  return files_.emplace(path, std::move(file)).first->second.get();
}

}  // namespace windlass
