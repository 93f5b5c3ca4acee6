// `check -` answers an editor about a file that is not saved yet, with the facts of the module.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

class Stdin : public testing::Test {
 protected:
  Stdin() : project_(work_ / "app") {
    project_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    project_.Write(".gitattributes", "* text=auto eol=lf\n");
    project_.Write("disk/disk.go",
                   "package disk\n\nimport \"os\"\n\n// Wipe removes a file.\n"
                   "func Wipe(file string) error { return os.Remove(file) }\n");
    project_.Write("use/use.go", "package use\n");
  }

  Result Run(const std::string& path, const std::string& text) const {
    return windlass::e2e::Run(
        Command{.argv = {WINDLASS_BINARY, "check", "-", "--stdin-path", path, "--format", "json"},
                .directory = project_.directory(),
                .input = text});
  }

  Workspace work_;
  Repository project_;
};

constexpr const char* kUse =
    "package use\n\nimport \"example.test/app/disk\"\n\n"
    "func Use(base, name string) error { return disk.Wipe(base + \"/\" + name) }\n";

TEST_F(Stdin, UsesTheTextGivenAndTheFactsOfTheModule) {
  const Result result = Run("use/use.go", kUse);
  ASSERT_TRUE(Exits(1, result));
  const Json report = Json::parse(result.out);
  ASSERT_EQ(report["findings"].size(), 1U) << result.out;
  const Json& finding = report["findings"][0];
  EXPECT_EQ(finding["path"], "use/use.go");
  EXPECT_EQ(finding["rule"], "paths/join");
  EXPECT_EQ(finding["start"]["line"], 5);
  EXPECT_FALSE(finding["fix"].is_null());
  EXPECT_EQ(project_.Read("use/use.go"), "package use\n");
}

TEST_F(Stdin, SaysWhatTheWholeTreeSaysOfThatFile) {
  project_.Write("use/use.go", kUse);
  const Result whole =
      windlass::e2e::Run(Command{.argv = {WINDLASS_BINARY, "check", ".", "--format", "json"},
                                 .directory = project_.directory()});
  const Result one = Run("use/use.go", kUse);
  EXPECT_EQ(Json::parse(whole.out)["findings"], Json::parse(one.out)["findings"]);
}

TEST_F(Stdin, AFileThatIsNotThereYetIsOneOfItsPackage) {
  const Result result = Run("use/new.go", kUse);
  ASSERT_TRUE(Exits(1, result));
  EXPECT_EQ(Json::parse(result.out)["findings"][0]["path"], "use/new.go");
  EXPECT_FALSE(project_.Has("use/new.go"));
}

TEST_F(Stdin, SaysNothingOfOtherFiles) {
  project_.Write("use/use.go", kUse);
  EXPECT_TRUE(Exits(0, Run("disk/disk.go", "package disk\n")));
}

TEST_F(Stdin, ThePathMustLieBelow) {
  EXPECT_TRUE(Exits(2, Run("../x.go", "package x\n")));
  EXPECT_TRUE(Exits(2, windlass::e2e::Run(Command{.argv = {WINDLASS_BINARY, "check", "-"},
                                                  .directory = project_.directory()})));
}

}  // namespace
}  // namespace windlass::e2e
