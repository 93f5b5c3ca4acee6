#include "transformer/driver/journal.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/temp_tree.h"
#include "transformer/driver/transaction.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

/// Every file below the root, git's own and the records aside, with its mode and bytes.
std::map<std::string, std::string> Files(const TempTree& tree) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(tree.root())) {
    const std::string path = entry.path().lexically_relative(tree.root()).generic_string();
    if (!path.starts_with(".git/") && path != ".git" && !path.starts_with(".windlass")) {
      const auto mode = static_cast<unsigned>(entry.symlink_status().permissions());
      files[path] =
          std::to_string(mode) + (entry.is_regular_file() ? ":" + tree.Read(path) : ":folder");
    }
  }
  return files;
}

FileChange Modified(const std::string& path, std::string before, std::string after) {
  return {path, path, std::move(before), std::move(after), false};
}

class JournalTest : public testing::TestWithParam<bool> {
 protected:
  JournalTest() {
    if (GetParam()) {
      tree_.Run("git init -q .");
    }
    tree_.Write("a.go", "a old");
    tree_.Write("bin/run.sh", std::string("\0\r\n run", 7), true);
    tree_.Write("sub/b.go", "b old");
    chmod(tree_.Path("a.go").c_str(), 0640);
  }
  std::vector<FileChange> AllKinds() const {
    return {Modified("a.go", "a old", "a new"),
            {"bin/run.sh", "bin/run.sh", std::string("\0\r\n run", 7), std::nullopt, false},
            {"new/deep/d.go", "new/deep/d.go", std::nullopt, "d new", false},
            {"sub/b_unix.go", "sub/b.go", "b old", "b new", false}};
  }
  TempTree tree_;
};

TEST_P(JournalTest, UndoTakesBackTheLastApplyAndNothingElse) {
  const auto before = Files(tree_);
  ASSERT_TRUE(ApplyChanges(tree_.root(), AllKinds()).ok());
  EXPECT_NE(Files(tree_), before);
  tree_.Write("mine.go", "made meanwhile");
  const auto paths = UndoApply(tree_.root());
  ASSERT_TRUE(paths.ok()) << paths.status();
  EXPECT_THAT(*paths,
              ElementsAre("a.go", "bin/run.sh", "new/deep/d.go", "sub/b.go", "sub/b_unix.go"));
  EXPECT_EQ(tree_.Read("mine.go"), "made meanwhile");
  fs::remove(tree_.Path("mine.go"));
  EXPECT_EQ(Files(tree_), before);
  EXPECT_FALSE(tree_.Exists(".windlass"));
  EXPECT_EQ(UndoApply(tree_.root()).status().code(), absl::StatusCode::kNotFound);
}

TEST_P(JournalTest, UndoStopsAtAFileThatWasChangedSince) {
  ASSERT_TRUE(ApplyChanges(tree_.root(), AllKinds()).ok());
  tree_.Write("sub/b_unix.go", "edited");
  const auto before = Files(tree_);
  const auto paths = UndoApply(tree_.root());
  EXPECT_EQ(paths.status().code(), absl::StatusCode::kAborted);
  EXPECT_THAT(std::string(paths.status().message()), HasSubstr("sub/b_unix.go: has changed since"));
  EXPECT_EQ(Files(tree_), before);
}

TEST_P(JournalTest, AFailedApplyKeepsTheRecordOfTheOneBefore) {
  ASSERT_TRUE(ApplyChanges(tree_.root(), {Modified("a.go", "a old", "a new")}).ok());
  EXPECT_FALSE(ApplyChanges(tree_.root(), {Modified("sub/b.go", "other", "x")}).ok());
  ASSERT_TRUE(UndoApply(tree_.root()).ok());
  EXPECT_EQ(tree_.Read("a.go"), "a old");
}

TEST_P(JournalTest, ARecordOfAnotherKindIsNotTrusted) {
  ASSERT_TRUE(ApplyChanges(tree_.root(), AllKinds()).ok());
  const auto journal = Journal::Open(tree_.root());
  ASSERT_TRUE(journal.ok());
  const auto before = Files(tree_);
  std::ofstream(journal->AppliedFolder() + "/journal.json") << "{\"schema\": 7}";
  EXPECT_EQ(UndoApply(tree_.root()).status().code(), absl::StatusCode::kDataLoss);
  std::ofstream(journal->AppliedFolder() + "/journal.json") << "nonsense";
  EXPECT_EQ(UndoApply(tree_.root()).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Files(tree_), before);
}

/// A process that applies `changes` and is killed after `microseconds`; true if it was in time.
bool ApplyAndKill(const std::string& root, const std::vector<FileChange>& changes,
                  useconds_t microseconds) {
  const pid_t child = fork();
  if (child == 0) {
    _exit(ApplyChanges(root, changes).ok() ? 0 : 1);
  }
  usleep(microseconds);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFEXITED(status);
}

TEST_P(JournalTest, AKillAtAnyMomentLeavesAllOldOrAllNew) {
  std::vector<FileChange> changes = AllKinds();
  for (int i = 0; i < 40; ++i) {
    const std::string path = "many/" + std::to_string(i % 7) + "/" + std::to_string(i);
    tree_.Write(path, "old " + path);
    changes.push_back(Modified(path, "old " + path, "new " + path));
  }
  const auto before = Files(tree_);
  ASSERT_TRUE(ApplyChanges(tree_.root(), changes).ok());
  const auto after = Files(tree_);
  ASSERT_TRUE(UndoApply(tree_.root()).ok());
  ASSERT_EQ(Files(tree_), before);
  int interrupted = 0;
  for (useconds_t wait = 50; wait < 4'000'000; wait += wait / 6) {
    const bool finished = ApplyAndKill(tree_.root(), changes, wait);
    const auto recovered = RecoverApply(tree_.root());
    ASSERT_TRUE(recovered.ok()) << recovered.status();
    interrupted += *recovered ? 1 : 0;
    const auto now = Files(tree_);
    ASSERT_TRUE(now == before || now == after) << "killed after " << wait << " us";
    if (now == after) {
      ASSERT_TRUE(UndoApply(tree_.root()).ok());
      ASSERT_EQ(Files(tree_), before);
    }
    if (finished) {
      break;
    }
  }
  EXPECT_GT(interrupted, 0) << "no kill came between the record and the last rename";
}

INSTANTIATE_TEST_SUITE_P(InAndOutOfGit, JournalTest, testing::Bool());

}  // namespace
}  // namespace windlass
