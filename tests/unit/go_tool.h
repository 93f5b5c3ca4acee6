#ifndef WINDLASS_TESTS_UNIT_GO_TOOL_H_
#define WINDLASS_TESTS_UNIT_GO_TOOL_H_

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace windlass {

/// A folder of its own for one test, removed with all it holds.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = testing::TempDir() + "/windlass-XXXXXX";
    path_ = mkdtemp(name.data()) == nullptr ? "" : name;
    EXPECT_FALSE(path_.empty()) << "no scratch folder below " << testing::TempDir();
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  void Write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }

 private:
  std::string path_;
};

/// What a shell command printed, errors too. Fails the test if the command does: Go, where a test
/// asks for it, is no option.
inline std::string Shell(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string output;
  char buffer[4096];
  for (size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, n);
  }
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
  return output;
}

}  // namespace windlass

#endif  // WINDLASS_TESTS_UNIT_GO_TOOL_H_
