// `migrate --verify=build`: no commit breaks what was built before it; what would is dropped, and
// named.

#include "transformer/driver/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/unit/temp_tree.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

using testing::Contains;
using testing::StartsWith;

// Two families, so that a series has two commits: good becomes better, then fine becomes finer.
const std::vector<PackFile> kPacks = {
    {"demo/pack.toml",
     "[pack]\nfamily = \"demo\"\norder = 1\ntitle = \"be better\"\n\n[[rule]]\nid = \"good\"\n"
     "language = \"go\"\nlevel = \"safe\"\nsummary = \"better is better\"\n"
     "query = \"queries/good.scm\"\nreplace = \"better\"\n"},
    {"demo/queries/good.scm",
     "(call_expression function: (identifier) @site (#eq? @site \"good\"))"},
    {"later/pack.toml",
     "[pack]\nfamily = \"later\"\norder = 2\ntitle = \"be finer\"\n\n[[rule]]\nid = "
     "\"fine\"\n"
     "language = \"go\"\nlevel = \"safe\"\nsummary = \"finer is finer\"\n"
     "query = \"queries/fine.scm\"\nreplace = \"finer\"\n"},
    {"later/queries/fine.scm",
     "(call_expression function: (identifier) @site (#eq? @site \"fine\"))"}};

class VerifyTest : public testing::Test {
 protected:
  VerifyTest() : packs_(*LoadPacks(kPacks, "packs")) {
    tree_.Write("go.mod", "module example.test/app\n\ngo 1.19\n");
    WriteWine("exit 1\n");
    setenv("PATH", (bin_.root() + ":" + path_).c_str(), 1);
  }
  ~VerifyTest() override { setenv("PATH", path_.c_str(), 1); }

  /// What stands for Wine.
  void WriteWine(const std::string& script) {
    bin_.Write("wine", "#!/bin/sh\n" + script, true);
    bin_.Write("wine64", "#!/bin/sh\nexit 1\n", true);
  }

  void WritePackage(const std::string& name, const std::string& better_file) {
    tree_.Write(name + "/use.go",
                "package " + name + "\n\nfunc Use() { good(1) }\n\nfunc good(int) {}\n");
    if (!better_file.empty()) {
      tree_.Write(name + "/" + better_file, "package " + name + "\n\nfunc better(int) {}\n");
    }
  }

  /// A test of the package that passes as long as `condition` holds of its `source`.
  void WriteTest(const std::string& name, const std::string& condition) {
    tree_.Write(name + "/source_test.go",
                "package " + name +
                    "\n\nimport (\n\t\"os\"\n\t\"runtime\"\n\t\"strings\"\n\t\"testing\"\n)\n\n"
                    "func TestSource(t *testing.T) {\n\tbytes, err := os.ReadFile(\"use.go\")\n"
                    "\tsource := string(bytes)\n\t_ = runtime.GOOS\n"
                    "\tif err != nil || !(" +
                    condition + ") {\n\t\tt.Fatal(source)\n\t}\n}\n");
  }

  void WriteFine() {
    tree_.Write("b/use.go",
                "package b\n\nfunc Use() { fine(1) }\n\nfunc fine(int) {}\n\nfunc finer(int) {}\n");
  }

  VerifiedMigration Migrated(Verify verify = Verify::kBuild) {
    RunOptions options;
    options.root = tree_.root();
    options.targets = {{"linux", "amd64"}, {"windows", "amd64"}};
    auto result = MigrateVerified(packs_, options, verify);
    EXPECT_TRUE(result.ok()) << result.status();
    return *std::move(result);
  }

  static std::vector<std::string> Changed(const VerifiedMigration& result) {
    std::vector<std::string> paths;
    for (const FileChange& file : result.migration.changes) {
      paths.push_back(file.path);
    }
    return paths;
  }

  TempTree tree_;
  TempTree bin_;
  const std::string path_ = std::getenv("PATH");
  Packs packs_;
};

TEST_F(VerifyTest, KeepsWhatBuilds) {
  WritePackage("a", "better.go");
  const VerifiedMigration result = Migrated();
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_EQ(result.dropped, 0U);
  EXPECT_EQ(result.notes.size(), 4U);
  EXPECT_EQ(result.notes.front(), "go build for linux/amd64: passes as before");
}

TEST_F(VerifyTest, DropsTheFixesThatBreakAndNamesThem) {
  WritePackage("a", "better.go");
  WritePackage("b", "");                 // breaks everywhere
  WritePackage("c", "better_linux.go");  // breaks on Windows
  WritePackage("d", "better.go");
  WritePackage("e", "better.go");
  const VerifiedMigration result = Migrated();
  EXPECT_EQ(Changed(result), (std::vector<std::string>{"a/use.go", "d/use.go", "e/use.go"}));
  EXPECT_EQ(result.dropped, 2U);
  ASSERT_EQ(result.migration.rest.findings.size(), 2U);
  for (const Finding& finding : result.migration.rest.findings) {
    EXPECT_EQ(finding.refusal, Refusal::kBrokenResult) << finding.path;
    EXPECT_NE(finding.reason.find("undefined: better"), std::string::npos) << finding.reason;
  }
  EXPECT_NE(result.migration.rest.findings[1].reason.find("windows/amd64"), std::string::npos);
}

TEST_F(VerifyTest, HoldsNothingAgainstACommitThatWasBrokenBefore) {
  WritePackage("a", "better.go");
  tree_.Write("a/old.go", "package a\n\nvar old = missing\n");
  const VerifiedMigration result = Migrated();
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_EQ(result.notes.front(), "go build for linux/amd64: fails in 1 package as before");
}

TEST_F(VerifyTest, WhatABrokenImportHidIsNoBreak) {
  // Nothing declares good, so nobody looks at b until good has become better.
  tree_.Write("a/use.go", "package a\n\nfunc Use() { good(1) }\n\nfunc better(int) {}\n");
  tree_.Write("b/use.go",
              "package b\n\nimport \"example.test/app/a\"\n\nfunc Use() { a.Use(); missing() }\n");
  const VerifiedMigration result = Migrated();
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_EQ(result.dropped, 0U);
}

TEST_F(VerifyTest, RunsTestsToo) {
  WritePackage("a", "better.go");
  tree_.Write("a/a_test.go",
              "package a\n\nimport (\n\t\"os\"\n\t\"strings\"\n\t\"testing\"\n)\n\n"
              "func TestSource(t *testing.T) {\n\tsource, _ := os.ReadFile(\"use.go\")\n"
              "\tif !strings.Contains(string(source), \"{ good(\") {\n\t\tt.Fail()\n\t}\n}\n");
  EXPECT_EQ(Migrated(Verify::kBuild).dropped, 0U);
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(result.dropped, 1U);
  EXPECT_TRUE(result.migration.series.commits.empty());
}

TEST_F(VerifyTest, NamesTheCommitThatBreaksATest) {
  WritePackage("a", "better.go");
  WriteFine();
  WriteTest("b", "strings.Contains(source, \"{ fine(\")");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_EQ(result.dropped, 1U);
  EXPECT_THAT(
      result.notes,
      Contains(StartsWith("go test for linux/amd64: example.test/app/b:TestSource broken "
                          "by commit 2 of 2, \"later: be finer\"; 1 fix of it was left out")));
  ASSERT_EQ(result.migration.rest.findings.size(), 1U);
  EXPECT_EQ(result.migration.rest.findings[0].reason,
            "go test for linux/amd64 fails with it: example.test/app/b:TestSource");
}

TEST_F(VerifyTest, NamesTheCommitThatMendsATest) {
  WritePackage("a", "better.go");
  WriteFine();
  WriteTest("b", "strings.Contains(source, \"{ finer(\")");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(Changed(result), (std::vector<std::string>{"a/use.go", "b/use.go"}));
  EXPECT_THAT(result.notes,
              Contains("go test for linux/amd64: example.test/app/b:TestSource mended "
                       "by commit 2 of 2, \"later: be finer\""));
  EXPECT_THAT(result.notes,
              Contains("go test for linux/amd64: passes, before it: fails in 1 package"));
}

TEST_F(VerifyTest, OneMoreFailureInAPackageThatFailsCounts) {
  WritePackage("a", "better.go");
  WriteFine();
  WriteTest("b", "strings.Contains(source, \"{ fine(\")");
  tree_.Write("b/old_test.go",
              "package b\n\nimport \"testing\"\n\nfunc TestOld(t *testing.T) { t.Fail() }\n");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_EQ(result.dropped, 1U);
}

TEST_F(VerifyTest, RunsTestsUnderWine) {
  WriteWine("[ \"$1\" = --version ] && exit\nexec " WINDLASS_SOURCE_DIR "/tests/wine/run \"$@\"\n");
  WritePackage("a", "better.go");
  WriteFine();
  WriteTest("b", "runtime.GOOS != \"windows\" || strings.Contains(source, \"{ fine(\")");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_THAT(result.notes,
              Contains(StartsWith("go test for windows/amd64 under Wine: example.test/app/b:"
                                  "TestSource broken by commit 2 of 2, \"later: be finer\"")));
  EXPECT_THAT(result.notes, Contains("go test for windows/amd64 under Wine: passes as before"));
}

TEST_F(VerifyTest, WhatWineCannotDoIsNoFailure) {
  // As Wine 8 has it with a Go that removes files by another call than it knows.
  WriteWine(
      "case $1 in --version) exit ;; *probe.exe) echo it runs; exit ;; esac\n"
      "echo '--- FAIL: TestSource (0.01s)'\n"
      "echo '    --- FAIL: TestSource/one (0.01s)'\n"
      "echo '    testing.go:1464: TempDir RemoveAll cleanup: unlinkat C:\\a: Invalid function.'\n"
      "grep -q 'good(1)' use.go || echo '    source_test.go:1: it is gone'\n"
      "echo FAIL\nexit 1\n");
  WritePackage("a", "better.go");
  WriteTest("a", "strings.Contains(source, \"package\")");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_EQ(result.dropped, 1U);
  EXPECT_THAT(result.notes,
              Contains(StartsWith("go test for windows/amd64 under Wine: example.test/"
                                  "app/a:TestSource broken by commit 1 of 1")));
  EXPECT_THAT(result.notes, Contains("go test for windows/amd64 under Wine: passes as before"));
}

TEST_F(VerifyTest, SaysSoIfWineRunsNothing) {
  WriteWine("[ \"$1\" = --version ]\n");
  WritePackage("a", "better.go");
  const VerifiedMigration result = Migrated(Verify::kTest);
  EXPECT_THAT(result.notes, Contains("go test for windows/amd64: not verified, wine is installed "
                                     "and runs no programs of this Go"));
}

TEST_F(VerifyTest, SaysWhatTheModuleCacheLacks) {
  WritePackage("a", "better.go");
  tree_.Write("go.mod",
              "module example.test/app\n\ngo 1.19\n\nrequire missing.test/module v1.2.3\n");
  tree_.Write("a/import.go", "package a\n\nimport _ \"missing.test/module\"\n");
  const VerifiedMigration result = Migrated();
  EXPECT_EQ(Changed(result), std::vector<std::string>{"a/use.go"});
  EXPECT_NE(result.notes.front().find("not verified, the module cache lacks"), std::string::npos)
      << result.notes.front();
}

}  // namespace
}  // namespace windlass
