// The series cut to a team's taste: the same tree in the end, and what was merged does not come
// again.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

class SplitSeries : public testing::Test {
 protected:
  Repository Depot(const std::string& name) const {
    Repository depot(work_ / name);
    depot.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot");
    depot.Write("CODEOWNERS", "* @all\n/internal/store/ @store\n");
    depot.Init();
    return depot;
  }

  Workspace work_;
};

/// Subjects of a series with their Change-Id.
std::map<std::string, std::string> Ids(const std::vector<fs::path>& patches) {
  std::map<std::string, std::string> ids;
  for (const fs::path& patch : patches) {
    const std::string text = ReadFile(patch);
    std::smatch subject;
    std::smatch id;
    EXPECT_TRUE(
        std::regex_search(text, subject, std::regex("\nSubject: \\[PATCH[^\\]]*\\] (.*(\n .*)*)")));
    EXPECT_TRUE(std::regex_search(text, id, std::regex("\nChange-Id: (I[0-9a-f]{40})\n")));
    ids[std::regex_replace(subject[1].str(), std::regex("\n "), " ")] = id[1];  // unfolded
  }
  return ids;
}

TEST_F(SplitSeries, EveryCutGivesTheSameTree) {
  const Repository whole = Depot("family");
  Am(whole, Migrate(whole, work_ / "family-series"));
  std::map<std::string, size_t> commits;
  for (const std::string split : {"rule", "dir", "owner"}) {
    const Repository depot = Depot(split);
    const auto patches = Migrate(depot, work_ / (split + "-series"), {"--split", split});
    EXPECT_EQ(Ids(patches).size(), patches.size()) << split << ": every subject is another";
    commits[split] = patches.size();
    Am(depot, patches);
    EXPECT_EQ(depot.Files(), whole.Files()) << split;
  }
  EXPECT_GT(commits["dir"], commits["owner"]);
}

TEST_F(SplitSeries, TheRestKeepsItsSubjectsAndIds) {
  const Repository depot = Depot("depot");
  std::vector<fs::path> patches = Migrate(depot, work_ / "first", {"--split", "dir"});
  const auto ids = Ids(patches);
  ASSERT_GT(patches.size(), 4U);
  const size_t merged = patches.size() / 2;
  Am(depot, {patches.begin(), patches.begin() + static_cast<std::ptrdiff_t>(merged)});
  depot.Write("NOTES.md", "made meanwhile\n");
  ASSERT_TRUE(Succeeds(depot.Git({"add", "--all"})));
  ASSERT_TRUE(Succeeds(depot.Git({"commit", "--quiet", "--message=Note"})));
  const auto rest = Migrate(depot, work_ / "second", {"--split", "dir"});
  EXPECT_EQ(rest.size(), patches.size() - merged);
  for (const auto& [subject, id] : Ids(rest)) {
    ASSERT_TRUE(ids.contains(subject)) << subject;
    EXPECT_EQ(ids.at(subject), id) << subject;
  }
  Am(depot, rest);
}

TEST_F(SplitSeries, EveryPrefixBuilds) {
  const Repository depot = Depot("depot");
  for (const fs::path& patch : Migrate(depot, work_ / "series", {"--split", "dir"})) {
    Am(depot, {patch});
    const Result built = Go(kOldGo, {"build", "./..."}, depot.directory());
    EXPECT_TRUE(Succeeds(built)) << patch;
  }
}

}  // namespace
}  // namespace windlass::e2e
