#ifndef WINDLASS_TESTS_UNIT_TEMP_TREE_H_
#define WINDLASS_TESTS_UNIT_TEMP_TREE_H_

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace windlass {

/// A folder for one test, removed with it. Git commands in it see no configuration but its own.
class TempTree {
 public:
  TempTree() {
    std::string name = (std::filesystem::temp_directory_path() / "windlass-test-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~TempTree() {
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;

  const std::string& root() const { return root_; }
  std::string Path(std::string_view path) const { return root_ + "/" + std::string(path); }

  void Write(std::string_view path, std::string_view bytes, bool executable = false) const {
    const std::filesystem::path full = Path(path);
    std::filesystem::create_directories(full.parent_path());
    std::ofstream(full, std::ios::binary) << bytes;
    if (executable) {
      std::filesystem::permissions(full, std::filesystem::perms(0755));
    }
  }
  std::string Read(std::string_view path) const {
    std::ifstream in(Path(path), std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool Exists(std::string_view path) const {
    return std::filesystem::exists(std::filesystem::symlink_status(Path(path)));
  }

  /// Runs a shell command in the tree; a failure fails the test and shows the output.
  void Run(const std::string& command) const {
    std::string output;
    EXPECT_EQ(TryRun(command, &output), 0) << command << "\n" << output;
  }
  int TryRun(const std::string& command, std::string* output = nullptr) const {
    const std::string full = "cd '" + root_ +
                             "' && export HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent"
                             " GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null"
                             " GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@localhost"
                             " GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@localhost"
                             " && { " +
                             command + "; } 2>&1";
    FILE* pipe = popen(full.c_str(), "r");
    char buffer[4096];
    while (const size_t got = fread(buffer, 1, sizeof buffer, pipe)) {
      if (output != nullptr) {
        output->append(buffer, got);
      }
    }
    const int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  std::string root_;
};

}  // namespace windlass

#endif  // WINDLASS_TESTS_UNIT_TEMP_TREE_H_
