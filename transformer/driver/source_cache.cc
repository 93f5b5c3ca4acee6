#include "transformer/driver/source_cache.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace windlass {
namespace {

absl::StatusOr<std::string> ReadBelow(const std::string& root, std::string_view path) {
  std::error_code error;
  const std::string full = std::filesystem::is_directory(root, error) ? Cat(root, "/", path) : root;
  std::ifstream in(full, std::ios::binary);
  if (!in) {
    return absl::NotFoundError(Absl(Cat(path, ": cannot be read")));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

SourceCache::SourceCache(std::string root, const std::vector<FileChange>& changes)
    : reader_([root = std::move(root)](std::string_view path) { return ReadBelow(root, path); }) {
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
  absl::StatusOr<std::string> bytes = reader_(path);
  std::unique_ptr<SourceFile> file;
  if (bytes.ok()) {
    file = std::make_unique<SourceFile>(std::string(path), *std::move(bytes));
  }
  return files_.emplace(path, std::move(file)).first->second.get();
}

}  // namespace windlass
