#include "transformer/driver/walk.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/temp_tree.h"

namespace windlass {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

WalkResult MustWalk(const std::string& root) {
  absl::StatusOr<WalkResult> result = Walk(root);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *std::move(result) : WalkResult();
}

std::vector<std::string> Files(const WalkResult& result) {
  std::vector<std::string> paths;
  for (const WalkEntry& entry : result.files) {
    paths.push_back(entry.path);
  }
  return paths;
}

std::map<std::string, std::string> SkippedBy(const WalkResult& result) {
  std::map<std::string, std::string> skipped;
  for (const Skipped& one : result.skipped) {
    skipped[one.path] = one.reason;
  }
  return skipped;
}

TEST(WalkTest, ListsRegularFilesSortedByPath) {
  const TempTree tree;
  tree.Write("b.go", "12345");
  tree.Write("a/z.sh", "#!/bin/sh\n", true);
  tree.Write("a.go", "");
  tree.Write("vendor/x/y.go", "");
  tree.Write("web/node_modules/m.js", "");
  tree.Write("testdata/t.go", "");
  tree.Write("Godeps/_workspace/src/g.go", "");
  const WalkResult result = MustWalk(tree.root());
  EXPECT_THAT(Files(result),
              ElementsAre("Godeps/_workspace/src/g.go", "a.go", "a/z.sh", "b.go", "testdata/t.go",
                          "vendor/x/y.go", "web/node_modules/m.js"));
  EXPECT_TRUE(result.files[0].vendored);
  EXPECT_FALSE(result.files[1].executable);
  EXPECT_TRUE(result.files[2].executable);
  EXPECT_EQ(result.files[3].size, 5U);
  EXPECT_FALSE(result.files[4].vendored);
  EXPECT_TRUE(result.files[5].vendored);
  EXPECT_TRUE(result.files[6].vendored);
  EXPECT_THAT(result.skipped, IsEmpty());
}

TEST(WalkTest, ListsOneFile) {
  const TempTree tree;
  tree.Write("a/b.go", "123");
  EXPECT_THAT(Files(MustWalk(tree.Path("a/b.go"))), ElementsAre("b.go"));
}

TEST(WalkTest, MissingRootIsAnError) {
  const auto result = Walk("/nonexistent/x");
  EXPECT_EQ(result.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(result.status().message()), testing::HasSubstr("/nonexistent/x"));
  EXPECT_FALSE(Walk("/dev/null").ok());
}

TEST(WalkTest, NamesLinksAndSpecialFilesButFollowsNone) {
  const TempTree tree;
  const TempTree outside;
  outside.Write("secret.go", "");
  tree.Write("dir/a.go", "");
  std::filesystem::create_symlink(outside.root(), tree.Path("out"));
  std::filesystem::create_symlink("..", tree.Path("dir/loop"));
  std::filesystem::create_symlink("a.go", tree.Path("dir/b.go"));
  std::filesystem::create_symlink("nowhere", tree.Path("dangling"));
  ASSERT_EQ(mkfifo(tree.Path("pipe").c_str(), 0600), 0);
  const WalkResult result = MustWalk(tree.root());
  EXPECT_THAT(Files(result), ElementsAre("dir/a.go"));
  const std::string link = "symbolic link; links are not followed";
  EXPECT_THAT(SkippedBy(result),
              ElementsAre(Pair("dangling", link), Pair("dir/b.go", link), Pair("dir/loop", link),
                          Pair("out", link), Pair("pipe", "named pipe")));
}

TEST(WalkTest, ARootThatIsALinkIsFollowed) {
  const TempTree tree;
  tree.Write("dir/a.go", "");
  std::filesystem::create_symlink("dir", tree.Path("link"));
  EXPECT_THAT(Files(MustWalk(tree.Path("link"))), ElementsAre("a.go"));
}

TEST(WalkTest, HeedsEveryKindOfIgnoreRuleButNeverForTrackedFiles) {
  const TempTree tree;
  tree.Run("git init -q . && echo '*.local' >> .git/info/exclude");
  tree.Write(".gitignore", "*.log\n/build/\nforced/\n");
  tree.Write("a.log", "");
  tree.Write("a.local", "");
  tree.Write("kept.go", "");
  tree.Write("build/out.go", "");
  tree.Write("sub/build/in.go", "");
  tree.Write("sub/.gitignore", "!keep.log\n*.tmp\n");
  tree.Write("sub/keep.log", "");
  tree.Write("sub/x.tmp", "");
  tree.Write("x.tmp", "");
  tree.Write("forced/tracked.go", "");
  tree.Write("forced/untracked.go", "");
  tree.Run("git add -f forced/tracked.go");
  std::filesystem::create_symlink("x", tree.Path("link.log"));
  const WalkResult result = MustWalk(tree.root());
  EXPECT_THAT(Files(result),
              ElementsAre(".gitignore", "forced/tracked.go", "kept.go", "sub/.gitignore",
                          "sub/build/in.go", "sub/keep.log", "x.tmp"));
  EXPECT_THAT(result.skipped, IsEmpty()) << "an ignored link is not named";
}

TEST(WalkTest, TrackedFilesInAnIgnoredFolderStandAlone) {
  const TempTree tree;
  tree.Run("git init -q .");
  tree.Write(".gitignore", "out/\n!untracked.go\n");
  tree.Write("out/sub/tracked.go", "");
  tree.Write("out/sub/untracked.go", "");
  tree.Run("git add -f out/sub/tracked.go");
  EXPECT_THAT(Files(MustWalk(tree.root())), ElementsAre(".gitignore", "out/sub/tracked.go"));
}

TEST(WalkTest, RulesAboveTheRootHold) {
  const TempTree tree;
  tree.Run("git init -q .");
  tree.Write(".gitignore", "/service/gen/\n*.log\n");
  tree.Write("service/a.log", "");
  tree.Write("service/a.go", "");
  tree.Write("service/gen/b.go", "");
  tree.Write("other/gen/b.go", "");
  EXPECT_THAT(Files(MustWalk(tree.Path("service"))), ElementsAre("a.go"));
}

TEST(WalkTest, ARootThatIsIgnoredAsAWholeIsWalkedByItsOwnRules) {
  const TempTree tree;
  tree.Run("git init -q .");
  tree.Write(".gitignore", "/work/\n");
  tree.Write("work/copy/a.go", "");
  tree.Write("work/copy/a.log", "");
  tree.Write("work/copy/.gitignore", "*.log\n");
  EXPECT_THAT(Files(MustWalk(tree.Path("work/copy"))), ElementsAre(".gitignore", "a.go"));
}

TEST(WalkTest, HeedsGitignoreFilesOutsideARepository) {
  const TempTree tree;
  tree.Write("a.log", "");
  tree.Write("one/.gitignore", "*.log\nskipped/\n");
  tree.Write("one/a.log", "");
  tree.Write("one/two/b.log", "");
  tree.Write("one/two/b.go", "");
  tree.Write("one/two/skipped/b.go", "");
  EXPECT_THAT(Files(MustWalk(tree.root())), ElementsAre("a.log", "one/.gitignore", "one/two/b.go"));
}

TEST(WalkTest, SkipsSubmodulesAndNestedRepositories) {
  const TempTree tree;
  const TempTree other;
  other.Write("lib.go", "");
  other.Run("git init -q . && git add . && git commit -qm lib");
  tree.Write("main.go", "");
  tree.Write("fake/.git/config", "no repository");
  tree.Write("fake/a.go", "");
  tree.Run("git init -q . && git init -q nested && touch nested/n.go");
  tree.Run("git -c protocol.file.allow=always submodule add -q " + other.root() + " sub");
  tree.Run("git -c protocol.file.allow=always submodule add -q " + other.root() +
           " empty && git submodule deinit -q -f empty");
  const WalkResult result = MustWalk(tree.root());
  EXPECT_THAT(Files(result), ElementsAre(".gitmodules", "fake/a.go", "main.go"));
  EXPECT_THAT(SkippedBy(result),
              ElementsAre(Pair("empty", "submodule"), Pair("nested", "nested git repository"),
                          Pair("sub", "submodule")));
}

TEST(WalkTest, KeepsStrangeNames) {
  const TempTree tree;
  tree.Write("new\nline.go", "");
  tree.Write("bad\xFFutf8.go", "");
  tree.Write("sp ace/\xC3\xBC.go", "");
  tree.Run("git init -q . && git add .");
  EXPECT_THAT(Files(MustWalk(tree.root())),
              ElementsAre("bad\xFFutf8.go", "new\nline.go", "sp ace/\xC3\xBC.go"));
}

TEST(WalkTest, NamesFoldersThatCannotBeRead) {
  const TempTree tree;
  tree.Write("closed/a.go", "");
  tree.Write("b.go", "");
  std::filesystem::permissions(tree.root(), std::filesystem::perms(0755));
  std::filesystem::permissions(tree.Path("closed"), std::filesystem::perms::none);
  const uid_t user = geteuid();
  if (user == 0) {
    ASSERT_EQ(seteuid(65534), 0);  // root may read everything
  }
  const WalkResult result = MustWalk(tree.root());
  ASSERT_EQ(seteuid(user), 0);
  EXPECT_THAT(Files(result), ElementsAre("b.go"));
  EXPECT_THAT(SkippedBy(result), ElementsAre(Pair("closed", "cannot be read: Permission denied")));
  std::filesystem::permissions(tree.Path("closed"), std::filesystem::perms::owner_all);
}

TEST(WalkTest, DepthCostsNothing) {
  const TempTree tree;
  std::string path;
  for (int i = 0; i < 1500; ++i) {  // more than there may be descriptors
    path += "d/";
  }
  tree.Run("mkdir -p " + path + " && touch " + path + "a.go");
  EXPECT_THAT(Files(MustWalk(tree.root())), ElementsAre(path + "a.go"));
}

}  // namespace
}  // namespace windlass
