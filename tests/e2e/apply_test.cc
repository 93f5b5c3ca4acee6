// `migrate --apply` and `--commit` write into the tree itself, or not at all.

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

class Apply : public testing::Test {
 protected:
  Apply() : repository_(work_ / "depot") {
    repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot");
    repository_.Init();
  }

  Result MigrateWith(std::vector<std::string> flags) const {
    flags.insert(flags.begin(), {"migrate", repository_.directory().string()});
    return Windlass(flags);
  }

  Workspace work_;
  Repository repository_;
};

TEST_F(Apply, GivesWhatTheSeriesGives) {
  const Repository patched(work_ / "patched");
  patched.CopyFrom(repository_.directory());
  Am(patched, Migrate(patched, work_ / "series"));
  ASSERT_TRUE(Succeeds(MigrateWith({"--apply"})));
  EXPECT_NE(repository_.Status(), "");
  ASSERT_TRUE(Succeeds(repository_.Git({"add", "--all"})));
  ASSERT_TRUE(Succeeds(repository_.Git({"commit", "--quiet", "--message=Applied"})));
  EXPECT_EQ(repository_.Files(), patched.Files());
}

TEST_F(Apply, UndoTakesItBack) {
  const auto before = repository_.Files();
  ASSERT_TRUE(Succeeds(MigrateWith({"--apply"})));
  const std::string folder = repository_.directory().string();
  ASSERT_TRUE(Succeeds(Windlass({"undo", folder})));
  EXPECT_EQ(repository_.Status(), "");
  EXPECT_EQ(repository_.Files(), before);
  const Result again = Windlass({"undo", folder});
  EXPECT_TRUE(Exits(3, again));
  EXPECT_NE(again.err.find("no --apply to take back"), std::string::npos) << again.err;
}

TEST_F(Apply, RefusesATreeWithChanges) {
  repository_.Write("README.md", "changed\n");
  const std::string before = repository_.Status();
  const Result result = MigrateWith({"--apply"});
  EXPECT_TRUE(Exits(3, result));
  EXPECT_NE(result.err.find("README.md"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("--allow-dirty"), std::string::npos) << result.err;
  EXPECT_EQ(repository_.Status(), before);
}

TEST_F(Apply, RefusesATreeWithUnknownFiles) {
  repository_.Write("internal/store/new.go", "package store\n");
  EXPECT_TRUE(Exits(3, MigrateWith({"--apply"})));
  EXPECT_EQ(repository_.Status(), "?? internal/store/new.go\n");
}

TEST_F(Apply, IgnoredFilesAreNoChange) {
  repository_.Write("state/tools/saw", "steel");
  EXPECT_TRUE(Succeeds(MigrateWith({"--apply"})));
}

TEST_F(Apply, AllowDirtyKeepsTheChange) {
  repository_.Write("README.md", "changed\n");
  ASSERT_TRUE(Succeeds(MigrateWith({"--apply", "--allow-dirty"})));
  EXPECT_EQ(repository_.Read("README.md"), "changed\n");
  EXPECT_EQ(repository_.Read("scripts/backup.sh").find('\r'), std::string::npos);
}

TEST_F(Apply, KeepsModes) {
  ASSERT_TRUE(Succeeds(MigrateWith({"--apply"})));
  const auto mode = fs::status(repository_.directory() / "scripts/backup.sh").permissions();
  EXPECT_EQ(mode & fs::perms::owner_exec, fs::perms::owner_exec);
}

TEST_F(Apply, CommitMakesABranchOfTheSeries) {
  const Repository patched(work_ / "patched");
  patched.CopyFrom(repository_.directory());
  const auto patches = Migrate(patched, work_ / "series");
  Am(patched, patches);
  ASSERT_TRUE(Succeeds(MigrateWith({"--commit", "windows"})));
  EXPECT_EQ(repository_.Status(), "");
  const Result count = repository_.Git({"rev-list", "--count", "main..windows"});
  EXPECT_EQ(count.out, std::to_string(patches.size()) + "\n") << count.err;
  ASSERT_TRUE(Succeeds(repository_.Git({"checkout", "--quiet", "windows"})));
  EXPECT_EQ(repository_.Files(), patched.Files());
}

TEST_F(Apply, OnlyTakesTheFamiliesThatAreNamed) {
  ASSERT_TRUE(Succeeds(MigrateWith({"--apply", "--only", "builds"})));
  ASSERT_TRUE(Succeeds(repository_.Git({"add", "--all"})));
  const Result changed = repository_.Git({"diff", "--cached", "--name-status"});
  EXPECT_NE(changed.out, "");
  EXPECT_EQ(changed.out.find("M\t"), std::string::npos) << changed.out;
  EXPECT_TRUE(Succeeds(Go(kOldGo, {"build", "./..."}, repository_.directory(), kWindowsArm)));
}

}  // namespace
}  // namespace windlass::e2e
