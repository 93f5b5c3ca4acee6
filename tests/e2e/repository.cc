#include "tests/e2e/repository.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace windlass::e2e {

Workspace::Workspace() {
  std::string pattern = (fs::temp_directory_path() / "windlass-e2e-XXXXXX").string();
  EXPECT_NE(mkdtemp(pattern.data()), nullptr) << pattern;
  root_ = pattern;
}

Workspace::~Workspace() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void Repository::CopyFrom(const fs::path& tree) const {
  fs::create_directories(directory_);
  fs::copy(tree, directory_, fs::copy_options::recursive);
}

void Repository::Write(const std::string& name, std::string_view bytes, unsigned mode) const {
  const fs::path file = directory_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  fs::permissions(file, static_cast<fs::perms>(mode));
}

std::string Repository::Read(const std::string& name) const {
  return ReadFile(directory_ / name);
}

bool Repository::Has(const std::string& name) const {
  return fs::exists(fs::symlink_status(directory_ / name));
}

void Repository::Init() const {
  fs::create_directories(directory_);
  ASSERT_TRUE(Succeeds(Git({"init", "--quiet", "--initial-branch=main"})));
  ASSERT_TRUE(Succeeds(Git({"add", "--all"})));
  ASSERT_TRUE(Succeeds(Git({"commit", "--quiet", "--message=As it was"})));
  ASSERT_TRUE(Succeeds(Git({"tag", "before"})));
  ASSERT_EQ(Status(), "");
}

Result Repository::Git(std::vector<std::string> args, std::string input) const {
  args.insert(args.begin(), "git");
  return Run({.argv = std::move(args),
              .directory = directory_,
              .environment = {{"GIT_CONFIG_GLOBAL", "/dev/null"},
                              {"GIT_CONFIG_NOSYSTEM", "1"},
                              {"GIT_CEILING_DIRECTORIES", directory_.parent_path().string()},
                              {"GIT_AUTHOR_NAME", "Maintainer"},
                              {"GIT_AUTHOR_EMAIL", "maintainer@depot.example"},
                              {"GIT_COMMITTER_NAME", "Maintainer"},
                              {"GIT_COMMITTER_EMAIL", "maintainer@depot.example"}},
              .input = std::move(input)});
}

std::string Repository::Status() const {
  const Result result = Git({"status", "--porcelain"});
  EXPECT_TRUE(Succeeds(result));
  return result.out;
}

std::map<std::string, std::string> Repository::Files() const {
  const Result result = Git({"-c", "core.quotePath=false", "ls-tree", "-r", "HEAD"});
  EXPECT_TRUE(Succeeds(result));
  std::map<std::string, std::string> files;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const size_t tab = line.find('\t');
    files[line.substr(tab + 1)] = line.substr(0, tab);
  }
  return files;
}

std::string ReadFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file << " is missing";
  return {std::istreambuf_iterator<char>(in), {}};
}

Result Windlass(std::vector<std::string> args, const fs::path& where) {
  args.insert(args.begin(), WINDLASS_BINARY);
  return Run({.argv = std::move(args), .directory = where});
}

std::vector<fs::path> Migrate(const Repository& repository, const fs::path& out,
                              std::vector<std::string> flags) {
  std::vector<std::string> args = {"migrate", repository.directory().string(), "-o", out.string()};
  args.insert(args.end(), flags.begin(), flags.end());
  EXPECT_TRUE(Succeeds(Windlass(args)));
  std::vector<fs::path> patches;
  std::error_code nothing_written;
  for (const auto& entry : fs::directory_iterator(out, nothing_written)) {
    if (entry.path().extension() == ".patch") {
      patches.push_back(entry.path());
    }
  }
  std::sort(patches.begin(), patches.end());
  return patches;
}

void Am(const Repository& repository, const std::vector<fs::path>& patches) {
  std::vector<std::string> args = {"am"};
  for (const fs::path& patch : patches) {
    args.push_back(patch.string());
  }
  ASSERT_TRUE(Succeeds(repository.Git(args)));
  ASSERT_EQ(repository.Status(), "");
}

}  // namespace windlass::e2e
