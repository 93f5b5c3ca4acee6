#include "transformer/driver/transaction.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/temp_tree.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

FileChange Modified(std::string path, std::string before, std::string after) {
  return {path, path, std::move(before), std::move(after), false};
}
FileChange Created(std::string path, std::string after, bool executable = false) {
  return {path, path, std::nullopt, std::move(after), executable};
}
FileChange Deleted(std::string path, std::string before) {
  return {path, path, std::move(before), std::nullopt, false};
}
FileChange Renamed(std::string from, std::string to, std::string before, std::string after) {
  return {std::move(to), std::move(from), std::move(before), std::move(after), false};
}

/// Every name below the root with its mode and its bytes, link target or nothing. The record of the
/// last apply is left out.
std::map<std::string, std::string> Snapshot(const TempTree& tree) {
  std::map<std::string, std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(tree.root())) {
    const std::string path = entry.path().lexically_relative(tree.root()).generic_string();
    if (path.starts_with(".windlass")) {
      EXPECT_TRUE(path == ".windlass" || path.starts_with(".windlass/applied")) << path;
      continue;
    }
    struct stat info {};
    lstat(entry.path().c_str(), &info);
    std::string content = std::to_string(info.st_mode) + ":";
    if (entry.is_symlink()) {
      content += fs::read_symlink(entry.path()).string();
    } else if (entry.is_regular_file()) {
      content += tree.Read(path);
    }
    names[path] = content;
  }
  return names;
}

class TransactionTest : public testing::Test {
 protected:
  TransactionTest() {
    tree_.Write("a.go", "a old");
    tree_.Write("run.sh", "run old", true);
    tree_.Write("sub/b.go", "b old");
    tree_.Write("gone/deep/c.go", "c old");
  }
  std::vector<FileChange> AllKinds() const {
    return {Modified("a.go", "a old", "a new"),
            Created("new/deep/d.go", "d new"),
            Created("new/tool", "t new", true),
            Deleted("gone/deep/c.go", "c old"),
            Modified("run.sh", "run old", "run new"),
            Renamed("sub/b.go", "sub/b_unix.go", "b old", "b new")};
  }
  /// The transaction fails with `code` and leaves the tree as it was.
  void ExpectFailure(const std::vector<FileChange>& changes, absl::StatusCode code,
                     const std::string& message) {
    const auto before = Snapshot(tree_);
    const absl::Status status = ApplyChanges(tree_.root(), changes);
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(message));
    EXPECT_EQ(Snapshot(tree_), before);
  }

  TempTree tree_;
};

TEST_F(TransactionTest, DoesEveryKindOfChangeAndLeavesNothingBeside) {
  chmod(tree_.Path("a.go").c_str(), 0640);
  ASSERT_TRUE(ApplyChanges(tree_.root(), AllKinds()).ok());
  EXPECT_EQ(tree_.Read("a.go"), "a new");
  EXPECT_EQ(tree_.Read("run.sh"), "run new");
  EXPECT_EQ(tree_.Read("sub/b_unix.go"), "b new");
  EXPECT_EQ(tree_.Read("new/deep/d.go"), "d new");
  EXPECT_FALSE(tree_.Exists("sub/b.go"));
  EXPECT_FALSE(tree_.Exists("gone")) << "an empty folder goes too";
  EXPECT_EQ(fs::status(tree_.Path("a.go")).permissions(), fs::perms(0640));
  EXPECT_EQ(fs::status(tree_.Path("run.sh")).permissions(), fs::perms(0755));
  const mode_t mask = umask(0);
  umask(mask);
  EXPECT_EQ(fs::status(tree_.Path("new/tool")).permissions(), fs::perms(0777 & ~mask));
  EXPECT_EQ(fs::status(tree_.Path("new/deep/d.go")).permissions(), fs::perms(0666 & ~mask));
  EXPECT_EQ(Snapshot(tree_).size(), 8U);  // five files, three folders
}

TEST_F(TransactionTest, ARenamedFileMayMakeWayForANewOne) {
  ASSERT_TRUE(ApplyChanges(tree_.root(),
                           {Created("a.go", "new"), Renamed("a.go", "a_unix.go", "a old", "a old")})
                  .ok());
  EXPECT_EQ(tree_.Read("a.go"), "new");
  EXPECT_EQ(tree_.Read("a_unix.go"), "a old");
}

TEST_F(TransactionTest, ARootThatIsAFile) {
  ASSERT_TRUE(ApplyChanges(tree_.Path("a.go"), {Modified("a.go", "a old", "a new")}).ok());
  EXPECT_EQ(tree_.Read("a.go"), "a new");
}

TEST_F(TransactionTest, StopsWhenAFileHasChangedGoneOrCome) {
  for (const bool last : {false, true}) {
    std::vector<FileChange> changes = AllKinds();
    const auto add = [&](FileChange change) {
      std::vector<FileChange> all = changes;
      all.insert(last ? all.end() : all.begin(), std::move(change));
      return all;
    };
    tree_.Write("z.go", "is");
    ExpectFailure(add(Modified("z.go", "was", "new")), absl::StatusCode::kAborted,
                  "z.go: has changed since it was read");
    ExpectFailure(add(Modified("y.go", "was", "new")), absl::StatusCode::kAborted,
                  "y.go: has gone");
    ExpectFailure(add(Created("z.go", "new")), absl::StatusCode::kAborted, "z.go: has come");
    ExpectFailure(add(Renamed("nowhere", "x.go", "was", "new")), absl::StatusCode::kAborted,
                  "nowhere: has gone");
    ExpectFailure(add(Modified("sub", "x", "y")), absl::StatusCode::kFailedPrecondition,
                  "no regular file");
    ExpectFailure(add(Created("z.go/in.go", "new")), absl::StatusCode::kFailedPrecondition,
                  "a link or a file");
    ExpectFailure(add(Modified("a.go", "a old", "twice")), absl::StatusCode::kInvalidArgument,
                  "changed twice");
  }
}

TEST_F(TransactionTest, NeverWritesThroughLinksOrOutOfTheRoot) {
  const TempTree outside;
  outside.Write("secret", "secret");
  fs::create_symlink(outside.root(), tree_.Path("dir"));
  fs::create_symlink(outside.Path("secret"), tree_.Path("file"));
  fs::create_symlink(outside.Path("absent"), tree_.Path("dangling"));
  const auto refused = absl::StatusCode::kFailedPrecondition;
  ExpectFailure({Modified("dir/secret", "secret", "x")}, refused, "link");
  ExpectFailure({Created("dir/new", "x")}, refused, "link");
  ExpectFailure({Modified("file", "secret", "x")}, refused, "link");
  ExpectFailure({Created("dangling", "x")}, absl::StatusCode::kAborted, "has come");
  ExpectFailure({Created("../new", "x")}, refused, "leads out of the root");
  ExpectFailure({Created("sub/../../new", "x")}, refused, "leads out of the root");
  ExpectFailure({Created("/tmp/new", "x")}, refused, "leads out of the root");
  ExpectFailure({Created("", "x")}, refused, "leads out of the root");
  ExpectFailure({Created(".git/hooks/pre-commit", "x", true)}, refused, "git's own folder");
  ExpectFailure({Created("sub/.GIT/config", "x", true)}, refused, "git's own folder");
  EXPECT_EQ(Snapshot(outside).size(), 1U);
  EXPECT_EQ(outside.Read("secret"), "secret");
}

TEST_F(TransactionTest, LeavesOtherNamesOfAFileAlone) {
  fs::create_hard_link(tree_.Path("a.go"), tree_.Path("other"));
  ASSERT_TRUE(ApplyChanges(tree_.root(), {Modified("a.go", "a old", "a new")}).ok());
  EXPECT_EQ(tree_.Read("other"), "a old");
}

TEST_F(TransactionTest, RefusesReadOnlyFiles) {
  chmod(tree_.Path("a.go").c_str(), 0444);
  ExpectFailure(AllKinds(), absl::StatusCode::kFailedPrecondition, "a.go: is read-only");
}

TEST_F(TransactionTest, AFullDiskLeavesTheTreeAsItWas) {
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = old;
  small.rlim_cur = 4096;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  std::vector<FileChange> changes = AllKinds();
  changes.push_back(Created("z.go", std::string(5000, 'x')));
  ExpectFailure(changes, absl::StatusCode::kOutOfRange, "z.go: its new text cannot be written");
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
}

TEST_F(TransactionTest, TakesBackWhatWasDoneWhenALaterStepFails) {
  const auto interfere = [&](const std::string& command, absl::StatusCode code) {
    absl::StatusOr<Transaction> transaction = Transaction::Open(tree_.root());
    ASSERT_TRUE(transaction.ok());
    ASSERT_TRUE(transaction->Stage(AllKinds()).ok());
    tree_.Run(command);
    const absl::Status status = transaction->Commit();
    EXPECT_EQ(status.code(), code) << command << ": " << status;
    { const Transaction end = *std::move(transaction); }
    EXPECT_EQ(tree_.Read("a.go"), command.find("a.go") == std::string::npos ? "a old" : "a mine");
    EXPECT_EQ(tree_.Read("sub/b.go"), "b old");
    EXPECT_EQ(tree_.Read("gone/deep/c.go"), "c old");
    EXPECT_EQ(tree_.Read("run.sh"), "run old");
    EXPECT_FALSE(tree_.Exists("new/deep/d.go"));
    tree_.Run("test -z \"$(find . -name '.windlass*')\"");
  };
  // Creations come last, so all other steps are done by then.
  interfere("echo -n mine > new/tool", absl::StatusCode::kAborted);
  EXPECT_EQ(tree_.Read("new/tool"), "mine");
  tree_.Run("rm new/tool && rmdir new");
  interfere("echo -n 'a mine' > a.go", absl::StatusCode::kAborted);
  tree_.Write("a.go", "a old");
  interfere("rm a.go && ln -s a.mine a.go && echo -n 'a mine' > a.mine",
            absl::StatusCode::kAborted);
  EXPECT_TRUE(fs::is_symlink(tree_.Path("a.go")));
}

TEST_F(TransactionTest, WithoutCommitNothingHappens) {
  const auto before = Snapshot(tree_);
  {
    absl::StatusOr<Transaction> transaction = Transaction::Open(tree_.root());
    ASSERT_TRUE(transaction.ok());
    ASSERT_TRUE(transaction->Stage(AllKinds()).ok());
  }
  EXPECT_EQ(Snapshot(tree_), before);
}

TEST_F(TransactionTest, ManyFilesNeedFewDescriptors) {
  std::vector<FileChange> changes;
  for (int i = 0; i < 1200; ++i) {
    changes.push_back(Created("many/" + std::to_string(i % 50) + "/" + std::to_string(i), "x"));
  }
  ASSERT_TRUE(ApplyChanges(tree_.root(), changes).ok());
  EXPECT_EQ(tree_.Read("many/7/1157"), "x");
}

TEST(RequireCleanTreeTest, NamesTheFirstDirtyPath) {
  const TempTree tree;
  tree.Write("sub/a.go", "a");
  tree.Write("other/b.go", "b");
  EXPECT_TRUE(RequireCleanTree(tree.root()).ok()) << "no repository";
  tree.Run("git init -q .");
  EXPECT_FALSE(RequireCleanTree(tree.root()).ok()) << "nothing committed yet";
  tree.Run("git add . && git commit -qm base && echo /ignored > .git/info/exclude");
  tree.Write("ignored", "x");
  EXPECT_TRUE(RequireCleanTree(tree.root()).ok());

  tree.Write("other/b.go", "changed");
  const absl::Status status = RequireCleanTree(tree.root());
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr("other/b.go: not committed"));
  EXPECT_TRUE(RequireCleanTree(tree.Path("sub")).ok()) << "only what is below the root counts";
  EXPECT_TRUE(RequireCleanTree(tree.Path("sub/a.go")).ok());
  EXPECT_FALSE(RequireCleanTree(tree.Path("other/b.go")).ok());
  tree.Run("git add other");
  EXPECT_FALSE(RequireCleanTree(tree.root()).ok()) << "staged is not committed";
  tree.Run("git commit -qm more");
  EXPECT_TRUE(RequireCleanTree(tree.root()).ok());
  tree.Write("sub/new.go", "untracked");
  EXPECT_FALSE(RequireCleanTree(tree.Path("sub")).ok());
  tree.Run("rm sub/new.go sub/a.go");
  EXPECT_FALSE(RequireCleanTree(tree.Path("sub")).ok()) << "a missing file";
}

TEST(RequireCleanTreeTest, ABrokenRepositoryIsNotClean) {
  const TempTree tree;
  tree.Run("git init -q . && echo nonsense > .git/HEAD");
  EXPECT_FALSE(RequireCleanTree(tree.root()).ok());
}

}  // namespace
}  // namespace windlass
