// `review` tells what a change brings and nothing else, whichever way the change is given.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/json_schema.h"
#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

constexpr const char* kOld = R"go(package app

import (
	"os"
	"path"
)

// Load reads one file of dir.
func Load(dir, name string) ([]byte, error) {
	return os.ReadFile(dir + "/" + name)
}

// Parent makes the folder of file.
func Parent(file string) error {
	return os.MkdirAll(path.Dir(file), 0o755)
}
)go";

/// Defects that were there, moved, indented and renamed around; one new defect; look-alikes.
constexpr const char* kNew = R"go(package app

import (
	"net/http"
	"os"
	"path"
)

// Parent makes the folder of file.
func Parent(file string) error {
	return os.MkdirAll(path.Dir(file), 0o755)
}

// Load reads one file of dir.
func Load(dir, name string) ([]byte, error) {
	if name != "" {
		return os.ReadFile(dir + "/" + name)
	}
	return nil, os.ErrNotExist
}

// Fetch is about a URL.
func Fetch(host, name string) (*http.Response, error) {
	return http.Get("https://" + host + "/" + name)
}

// Drop is new and wrong.
func Drop(dir, name string) error {
	return os.Remove(dir + "/" + name)
}
)go";

class Review : public testing::Test {
 protected:
  Review() : repository_(work_ / "app") {
    repository_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    repository_.Write("app.go", kOld);
    repository_.Init();
  }

  void Commit() const {
    ASSERT_TRUE(Succeeds(repository_.Git({"add", "--all"})));
    ASSERT_TRUE(Succeeds(repository_.Git({"commit", "--quiet", "--message=Change"})));
  }

  Result Run(std::vector<std::string> flags, const std::string& input = "") const {
    flags.insert(flags.begin(), {"review", repository_.directory().string()});
    Command command{.argv = std::move(flags), .input = input};
    command.argv.insert(command.argv.begin(), WINDLASS_BINARY);
    return windlass::e2e::Run(command);
  }

  /// "path:line rule" of what is reported.
  std::set<std::string> Found(std::vector<std::string> flags, const std::string& input = "") const {
    flags.insert(flags.end(), {"--format", "json"});
    const Result result = Run(std::move(flags), input);
    EXPECT_LE(result.exit_code, 1) << result.err;
    const Json report = Json::parse(result.out, nullptr, false);
    std::set<std::string> found;
    for (const Json& finding : report["findings"]) {
      found.insert(finding["path"].get<std::string>() + ":" + finding["start"]["line"].dump() +
                   " " + finding["rule"].get<std::string>());
    }
    return found;
  }

  const std::set<std::string> kDrop{"app.go:29 paths/join"};

  Workspace work_;
  Repository repository_;
};

TEST_F(Review, TellsWhatTheCommitsOfABranchBring) {
  repository_.Write("app.go", kNew);
  Commit();
  EXPECT_EQ(Found({"--base", "before"}), kDrop);
}

TEST_F(Review, TellsTenDefectsFromTenLookAlikesInAServiceThatHasItsOwn) {
  const Repository depot(work_ / "depot");
  depot.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot");
  depot.Init();
  const std::string change =
      ReadFile(fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e/reviewer/change.go");
  depot.Write("internal/extra/extra.go", change);
  // What was there moves down, and is no news.
  std::string store = depot.Read("internal/store/store.go");
  store.insert(store.find("\nfunc "), "\n// A note.\nvar noted = 1\n");
  depot.Write("internal/store/store.go", store);
  std::set<std::string> expected;
  std::set<std::string> found;
  size_t line = 1;
  for (size_t begin = 0; begin < change.size(); ++line) {
    const size_t end = change.find('\n', begin);
    if (change.substr(begin, end - begin).ends_with("// defect")) {
      expected.insert("internal/extra/extra.go:" + std::to_string(line));
    }
    begin = end + 1;
  }
  ASSERT_EQ(expected.size(), 10U);
  const Result result =
      Windlass({"review", ".", "--base", "HEAD", "--format", "json"}, depot.directory());
  const Json report = Json::parse(result.out, nullptr, false);
  for (const Json& finding : report["findings"]) {
    found.insert(finding["path"].get<std::string>() + ":" + finding["start"]["line"].dump());
  }
  EXPECT_EQ(found, expected);
}

TEST_F(Review, TellsWhatIsNotCommittedYet) {
  repository_.Write("app.go", kNew);
  EXPECT_EQ(Found({"--base", "HEAD"}), kDrop);
}

TEST_F(Review, LooksAtAnotherRevisionThanTheOneCheckedOut) {
  repository_.Write("app.go", kNew);
  Commit();
  ASSERT_TRUE(Succeeds(repository_.Git({"branch", "change"})));
  ASSERT_TRUE(Succeeds(repository_.Git({"checkout", "--quiet", "before"})));
  repository_.Write("other.go", "package app\n\nvar x = 1\n");
  EXPECT_EQ(Found({"--base", "before", "--head", "change"}), kDrop);
  EXPECT_EQ(Found({"--base", "before"}), std::set<std::string>());
}

TEST_F(Review, WhatTheBaseMendedSinceIsNotHeldAgainstTheChange) {
  ASSERT_TRUE(Succeeds(repository_.Git({"checkout", "--quiet", "-b", "change"})));
  repository_.Write("more.go", "package app\n");
  Commit();
  ASSERT_TRUE(Succeeds(repository_.Git({"checkout", "--quiet", "-b", "mended", "before"})));
  repository_.Write("app.go", "package app\n");
  Commit();
  ASSERT_TRUE(Succeeds(repository_.Git({"checkout", "--quiet", "change"})));
  EXPECT_EQ(Found({"--base", "mended"}), std::set<std::string>());
}

TEST_F(Review, LooksAtWhatIsStagedAlone) {
  repository_.Write("app.go", kNew);
  ASSERT_TRUE(Succeeds(repository_.Git({"add", "--all"})));
  repository_.Write("app.go", std::string(kNew) +
                                  "\n// Later is not staged.\nfunc Later(d, n string) error {\n"
                                  "\treturn os.Remove(d + \"/\" + n + \"/x\")\n}\n");
  EXPECT_EQ(Found({"--staged"}), kDrop);
  EXPECT_EQ(Found({"--base", "HEAD"}).size(), 2U);
}

TEST_F(Review, TakesAPatchThatIsAppliedOrNot) {
  repository_.Write("app.go", kNew);
  const Result diff = repository_.Git({"diff"});
  ASSERT_TRUE(Succeeds(diff));
  EXPECT_EQ(Found({}, diff.out), kDrop) << "applied";
  EXPECT_EQ(Found({"--patch", "-"}, diff.out), kDrop);
  repository_.Write("app.go", kOld);
  EXPECT_EQ(Found({}, diff.out), kDrop) << "not applied";
  EXPECT_EQ(repository_.Read("app.go"), kOld);
  repository_.Write("app.go", "package app\n");
  const Result wrong = Run({}, diff.out);
  EXPECT_TRUE(Exits(2, wrong));
  EXPECT_NE(wrong.err.find("patch"), std::string::npos) << wrong.err;
}

TEST_F(Review, OfAFolderTakesItsPartOfAnyChange) {
  repository_.Write("sub/one.go", "package sub\n");
  Commit();
  repository_.Write("app.go", kNew);
  repository_.Write("sub/one.go",
                    "package sub\n\nimport \"os\"\n\nfunc One(a, b string) error {\n"
                    "\treturn os.Remove(a + \"/\" + b)\n}\n");
  const Result diff = repository_.Git({"diff"});
  const std::string sub = (repository_.directory() / "sub").string();
  for (const bool by_patch : {false, true}) {
    Command command{.argv = {WINDLASS_BINARY, "review", sub, "--format", "rdjsonl"},
                    .input = by_patch ? diff.out : ""};
    if (!by_patch) {
      command.argv.insert(command.argv.end(), {"--base", "HEAD"});
    }
    const Result result = windlass::e2e::Run(command);
    EXPECT_TRUE(Exits(1, result));
    EXPECT_EQ(result.out.find("app.go"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("\"path\":\"sub/one.go\""), std::string::npos) << result.out;
  }
}

TEST_F(Review, FollowsCodeIntoOtherFiles) {
  repository_.Write("moved.go", kOld);
  fs::remove(repository_.directory() / "app.go");
  EXPECT_EQ(Found({"--base", "HEAD"}), std::set<std::string>());
}

TEST_F(Review, ASecondEqualDefectIsNewWhereTheChangeIs) {
  repository_.Write("app.go", std::string(kOld) +
                                  "\n// Again is new.\nfunc Again(dir, name string) ([]byte, "
                                  "error) {\n\treturn os.ReadFile(dir + \"/\" + name)\n}\n");
  EXPECT_EQ(Found({"--base", "HEAD"}), std::set<std::string>{"app.go:20 paths/join"});
}

TEST_F(Review, UsesFactsOfTheWholeModule) {
  repository_.Write("disk/disk.go",
                    "package disk\n\nimport \"os\"\n\n// Wipe removes a file.\n"
                    "func Wipe(file string) error { return os.Remove(file) }\n");
  Commit();
  repository_.Write(
      "use.go",
      "package app\n\nimport \"example.test/app/disk\"\n\n"
      "func Use(base, name string) error { return disk.Wipe(base + \"/\" + name) }\n");
  EXPECT_EQ(Found({"--base", "HEAD"}), std::set<std::string>{"use.go:5 paths/join"});
}

TEST_F(Review, LineEndsThatTurnAreTheChangesDoing) {
  repository_.Write("run.sh", "#!/bin/sh\necho a\necho b\n", 0755);
  Commit();
  repository_.Write("run.sh", "#!/bin/sh\r\necho a\r\necho b\r\n", 0755);
  const auto found = Found({"--base", "HEAD"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.begin()->rfind("run.sh:", 0), 0U) << *found.begin();
}

TEST_F(Review, FailLevelDecidesTheExitCode) {
  repository_.Write("app.go", kNew);
  EXPECT_TRUE(Exits(1, Run({"--base", "HEAD"})));
  EXPECT_TRUE(Exits(0, Run({"--base", "HEAD", "--fail-level", "safe"})));
  EXPECT_TRUE(Exits(0, Run({"--base", "HEAD", "--fail-level", "none"})));
  repository_.Write("windlass.toml", "fail_level = \"none\"\n");
  EXPECT_TRUE(Exits(0, Run({"--base", "HEAD"})));
}

TEST_F(Review, WrongQuestionsAreUsageErrors) {
  EXPECT_TRUE(Exits(2, Run({})));
  EXPECT_TRUE(Exits(2, Run({"--base", "nosuch"})));
  EXPECT_TRUE(Exits(2, Run({"--head", "HEAD"})));
}

TEST_F(Review, GithubGetsCommentsOnlyOnLinesOfTheDiffAndThePatchTheRest) {
  repository_.Write("app.go", kNew);
  Commit();
  const std::string patch = (work_ / "rest.patch").string();
  const Result result = Run({"--base", "before", "--format", "github", "--patch-out", patch});
  const Json review = Json::parse(result.out);
  ASSERT_EQ(SchemaError(ReadSchema("github.json"), review), "");
  EXPECT_EQ(review["commit_id"].get<std::string>() + "\n",
            repository_.Git({"rev-parse", "HEAD"}).out);
  // The import stands on a line of the diff, so suggestions carry all of it.
  EXPECT_EQ(review["comments"].size(), 2U) << review.dump(1);
  EXPECT_EQ(ReadFile(patch), "");

  repository_.Write("app.go", kOld + std::string("\nfunc More(a, b string) error {\n"
                                                 "\treturn os.Remove(a + \"/\" + b)\n}\n"));
  Commit();
  const Json far =
      Json::parse(Run({"--base", "before", "--format", "github", "--patch-out", patch}).out);
  ASSERT_EQ(far["comments"].size(), 1U) << far.dump(1);
  const std::string body = far["comments"][0]["body"];
  EXPECT_EQ(body.find("```suggestion"), std::string::npos) << "its import is out of reach";
  ASSERT_TRUE(Succeeds(repository_.Git({"apply", "--check", patch})));
  EXPECT_NE(ReadFile(patch).find("path/filepath"), std::string::npos);
}

}  // namespace
}  // namespace windlass::e2e
