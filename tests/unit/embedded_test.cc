#include "transformer/rules/embedded.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "gtest/gtest.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> PatchesOnDisk() {
  const fs::path root = fs::path(WINDLASS_SOURCE_DIR) / "patches";
  std::map<std::string, std::string> files;
  if (!fs::exists(root)) {
    return files;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    const fs::path relative = entry.path().lexically_relative(root);
    const bool is_case =
        std::next(relative.begin()) != relative.end() && *std::next(relative.begin()) == "cases";
    if (!entry.is_regular_file() || is_case) {
      continue;
    }
    std::ifstream in(entry.path(), std::ios::binary);
    files[relative.generic_string()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return files;
}

TEST(EmbeddedPatchesTest, HoldsEveryByteOfTheCatalogueSorted) {
  std::map<std::string, std::string> embedded;
  for (const EmbeddedFile& file : EmbeddedPatches()) {
    embedded.emplace(file.path, file.bytes);
  }
  EXPECT_EQ(embedded.size(), EmbeddedPatches().size());
  EXPECT_EQ(embedded, PatchesOnDisk());
  EXPECT_TRUE(std::ranges::is_sorted(EmbeddedPatches(), {}, &EmbeddedFile::path));
}

}  // namespace
}  // namespace windlass
