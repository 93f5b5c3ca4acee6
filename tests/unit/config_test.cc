#include "transformer/driver/config.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "re2/re2.h"
#include "re2/stringpiece.h"
#include "tests/unit/temp_tree.h"
#include "transformer/driver/transform.h"

namespace windlass {
namespace {

std::string Mistake(const std::string& text) {
  const absl::StatusOr<Config> config = ParseConfig("windlass.toml", text);
  EXPECT_FALSE(config.ok()) << text;
  return std::string(Std(config.status().message()));
}

TEST(ConfigTest, SilenceMeansTheDefaults) {
  const absl::StatusOr<Config> config = ParseConfig("windlass.toml", "");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->targets, DefaultTargets());
  EXPECT_EQ(config->level, Level::kReview);
  EXPECT_EQ(config->helper_package, "internal/winport");
  EXPECT_TRUE(config->written.empty());
}

TEST(ConfigTest, EveryMistakeHasItsPlace) {
  EXPECT_EQ(Mistake("level = \"safe\"\nlevle = \"safe\"\n"),
            "windlass.toml:2:1: unknown key `levle` in windlass.toml; did you mean `level`?");
  EXPECT_TRUE(Mistake("level = \"suggest\"\n").starts_with("windlass.toml:1:10: `suggest`"));
  EXPECT_TRUE(Mistake("level = 1\n").starts_with("windlass.toml:1:9: "));
  EXPECT_TRUE(Mistake("targets = [\"linux/amd64\", \"win/amd64\"]\n")
                  .starts_with("windlass.toml:1:28: `win/amd64`"));
  EXPECT_TRUE(Mistake("\nexclude = \"../up/**\"\n").starts_with("windlass.toml:2:12: "));
  EXPECT_TRUE(Mistake("helper_package = \"/abs\"\n").starts_with("windlass.toml:1:19: "));
  EXPECT_TRUE(Mistake("tags = [\"a b\"]\n").starts_with("windlass.toml:1:10: "));
  EXPECT_TRUE(Mistake("baseline = \"../b\"\n").starts_with("windlass.toml:1:13: "));
  EXPECT_TRUE(
      Mistake("[[eol]]\nfiles = \"*.x\"\nends = \"cr\"\n").starts_with("windlass.toml:3:9: "));
  EXPECT_TRUE(Mistake("[[eol]]\nends = \"lf\"\n").starts_with("windlass.toml:1:1: "));
  EXPECT_TRUE(Mistake("[rules]\npaths = 3\n").starts_with("windlass.toml:2:9: "));
  EXPECT_TRUE(Mistake("[rules]\npaths = \"great\"\n").starts_with("windlass.toml:2:9: "));
  EXPECT_TRUE(Mistake("[[paths.sinc]]\n").starts_with("windlass.toml:1:9: unknown key `sinc`"));
  EXPECT_TRUE(Mistake("[[paths.sink]]\npackage = \"a\"\nfunk = \"b\"\n")
                  .starts_with("windlass.toml:3:1: unknown key `funk`"));
  EXPECT_TRUE(
      Mistake("[[paths.sink]]\npackage = \"a\"\nfunc = \"b\"\n").starts_with("windlass.toml:1:"));
  EXPECT_TRUE(Mistake("[[paths.source]]\npackage = \"a\"\nfunc = \"b\"\nresults = [0]\n")
                  .starts_with("windlass.toml:1:1: `style` is missing"));
  EXPECT_TRUE(Mistake("[[paths.source_field]]\ntype = \"a.T\"\nfield = \"b\"\nstyle = \"x\"\n")
                  .starts_with("windlass.toml:4:9: `style` must be native,"));
  EXPECT_TRUE(Mistake("[[paths.source]]\npackage = \"a\"\nfunc = \"b\"\nstyle = \"native\"\n")
                  .starts_with("windlass.toml:1:1: `results` is missing"));
  EXPECT_TRUE(Mistake("[[paths.sink]]\nkind = \"hots\"\n").starts_with("windlass.toml:2:8: "));
  EXPECT_TRUE(Mistake("level = \n").starts_with("windlass.toml:1:"));
}

TEST(ConfigTest, TheManualShowsEveryKeyAndIsRight) {
  std::ifstream in(Cat(WINDLASS_SOURCE_DIR, "/tools/windlass/README.md"));
  const std::string manual(std::istreambuf_iterator<char>(in), {});
  const size_t begin = manual.find("```toml\n") + 8;
  const std::string block = manual.substr(begin, manual.find("```", begin) - begin);
  const absl::StatusOr<Config> config = ParseConfig("README.md", block);
  ASSERT_TRUE(config.ok()) << config.status();
  const auto packs = LoadEmbeddedPacks();
  ASSERT_TRUE(packs.ok()) << packs.status();
  const absl::Status chosen = ApplyRuleChoices(*config, *packs);
  EXPECT_TRUE(chosen.ok()) << chosen;
  const std::string known = Mistake("qqqqqqqqqqqqqqqqqqqqqq = 1\n");
  re2::StringPiece names(known);
  ASSERT_TRUE(RE2::FindAndConsume(&names, "; one of ")) << known;
  std::string name;
  while (RE2::Consume(&names, "(\\w+)(?:, )?", &name)) {
    EXPECT_TRUE(config->written.contains(name)) << name;
  }
}

TEST(ConfigTest, NamesOfRulesAreChecked) {
  const auto packs = LoadEmbeddedPacks();
  ASSERT_TRUE(packs.ok()) << packs.status();
  const auto config = ParseConfig("w.toml", "[rules]\n\"paths/jion\" = false\n");
  ASSERT_TRUE(config.ok()) << config.status();
  const absl::Status status = ApplyRuleChoices(*config, *packs);
  EXPECT_EQ(Std(status.message()),
            "w.toml:2:1: there is no family or rule `paths/jion`; did you mean "
            "`paths/join`?");
}

class ConfiguredRun : public testing::Test {
 protected:
  ConfiguredRun() {
    tree_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    tree_.Write("a.go", Code("a"));
    tree_.Write("gen/g.go", Code("g"));
  }

  static std::string Code(const std::string& package) {
    return "package " + package +
           "\n\nimport \"os\"\n\n"
           "func Open(dir, name string) (*os.File, error) {\n"
           "\treturn os.Open(dir + \"/\" + name)\n}\n";
  }

  CheckReport Check(const std::string& below = "", const std::string& only = "paths") const {
    RunOptions options;
    options.root = below.empty() ? tree_.root() : tree_.Path(below);
    const std::string file = FindConfig(options.root);
    auto config = file.empty() ? Config() : ReadConfig(file);
    auto packs = LoadEmbeddedPacks();
    EXPECT_TRUE(config.ok() && packs.ok()) << config.status();
    ApplyConfig(*config, &options);
    const absl::Status chosen = ApplyRuleChoices(*config, *packs);
    EXPECT_TRUE(chosen.ok()) << chosen;
    if (!only.empty()) {
      options.only = {only};
    }
    auto report = CheckProjectTree(*packs, options);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }

  static const Finding* In(const CheckReport& report, std::string_view path) {
    for (const Finding& finding : report.findings) {
      if (finding.path == path) {
        return &finding;
      }
    }
    return nullptr;
  }

  const TempTree tree_;
};

TEST_F(ConfiguredRun, IsFoundUpwards) {
  tree_.Write("windlass.toml", "");
  std::filesystem::create_directories(tree_.Path("x/y"));
  EXPECT_TRUE(
      std::filesystem::equivalent(FindConfig(tree_.Path("x/y")), tree_.Path("windlass.toml")));
  EXPECT_TRUE(
      std::filesystem::equivalent(FindConfig(tree_.Path("a.go")), tree_.Path("windlass.toml")));
  tree_.Write("x/windlass.toml", "");
  EXPECT_TRUE(
      std::filesystem::equivalent(FindConfig(tree_.Path("x/y")), tree_.Path("x/windlass.toml")));
}

TEST_F(ConfiguredRun, ExcludedFilesAreNotReportedOnAndSaidToBeSkipped) {
  ASSERT_NE(In(Check(), "gen/g.go"), nullptr);
  tree_.Write("windlass.toml", "exclude = [\"gen\"]\n");
  const CheckReport report = Check();
  EXPECT_NE(In(report, "a.go"), nullptr);
  EXPECT_EQ(In(report, "gen/g.go"), nullptr);
  ASSERT_EQ(report.skipped.size(), 1U);
  EXPECT_EQ(report.skipped[0].path, "gen/g.go");
  EXPECT_EQ(In(Check("gen"), "g.go"), nullptr) << "globs are relative to the file's folder";
}

TEST_F(ConfiguredRun, ProtectedFilesAreReportedAndNotEdited) {
  tree_.Write("windlass.toml", "protect = [\"gen/*.go\"]\n");
  const CheckReport report = Check();
  ASSERT_NE(In(report, "gen/g.go"), nullptr);
  EXPECT_EQ(In(report, "gen/g.go")->refusal, Refusal::kProtected);
  EXPECT_TRUE(In(report, "a.go")->fix.has_value());
}

TEST_F(ConfiguredRun, RulesAreTurnedOffAndTrustedLess) {
  const CheckReport before = Check();
  ASSERT_NE(In(before, "a.go"), nullptr);
  const std::string rule = In(before, "a.go")->rule;
  tree_.Write("windlass.toml", "[rules]\n\"" + rule + "\" = \"suggest\"\n");
  const CheckReport lowered = Check();
  ASSERT_NE(In(lowered, "a.go"), nullptr);
  EXPECT_EQ(In(lowered, "a.go")->level, Level::kSuggest);
  EXPECT_FALSE(In(lowered, "a.go")->fix.has_value());
  tree_.Write("windlass.toml", "[rules.paths]\n" + rule.substr(6) + " = false\n");
  EXPECT_EQ(In(Check(), "a.go"), nullptr);
}

TEST_F(ConfiguredRun, SinksOfTheProjectsOwnAreBelieved) {
  tree_.Write("b.go",
              "package a\n\nimport \"example.org/disk\"\n\n"
              "func Load(base, name string) {\n\tdisk.Fetch(base + \"/\" + name)\n}\n");
  EXPECT_EQ(In(Check(), "b.go"), nullptr);
  tree_.Write("windlass.toml",
              "[[paths.sink]]\npackage = \"example.org/disk\"\nfunc = \"Fetch\"\nargs = [0]\n"
              "kind = \"host\"\n");
  ASSERT_NE(In(Check(), "b.go"), nullptr);
  EXPECT_TRUE(In(Check(), "b.go")->fix.has_value());
}

TEST_F(ConfiguredRun, TheHelperPackageGoesWhereItIsTold) {
  tree_.Write("net/refused.go",
              "package net\n\nimport (\n\t\"errors\"\n\t\"syscall\"\n)\n\n"
              "func Refused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }\n");
  tree_.Write("windlass.toml", "helper_package = \"pkg/compat\"\n");
  const CheckReport report = Check("", "syscalls");
  const Finding* finding = In(report, "net/refused.go");
  ASSERT_NE(finding, nullptr);
  ASSERT_TRUE(finding->fix.has_value());
  ASSERT_FALSE(finding->fix->new_files.empty());
  for (const NewFile& file : finding->fix->new_files) {
    EXPECT_TRUE(file.path.starts_with("pkg/compat/")) << file.path;
  }
  std::string text;
  for (const Edit& edit : finding->fix->edits.begin()->second.edits()) {
    text += edit.text;
  }
  EXPECT_NE(text.find("\"example.test/app/pkg/compat\""), std::string::npos) << text;
  EXPECT_NE(text.find("compat.IsErrno"), std::string::npos) << text;
}

TEST_F(ConfiguredRun, CommentsAboutRulesThatAreOffAreNotSaidToBeUseless) {
  tree_.Write("a.go", "package a\n\nvar x = 1 //windlass:ignore portable it is so\n");
  const CheckReport before = Check("", "");
  const Finding* useless = In(before, "a.go");
  ASSERT_NE(useless, nullptr);
  EXPECT_EQ(useless->rule, "windlass/ignore");
  tree_.Write("windlass.toml", "[rules]\nportable = false\n");
  EXPECT_EQ(In(Check("", ""), "a.go"), nullptr);
}

TEST(ProjectSettingsTest, TheHelperPackageMovesAsAWhole) {
  ProjectSettings settings;
  settings.helper_package = "pkg/compat";
  EXPECT_EQ(settings.Relocated("m.test/a", "m.test/a/internal/winport"), "m.test/a/pkg/compat");
  EXPECT_EQ(settings.Relocated("", "internal/winport/kill.go"), "pkg/compat/kill.go");
  EXPECT_EQ(settings.Relocated("sub", "sub/internal/winport/kill.go"), "sub/pkg/compat/kill.go");
  EXPECT_EQ(settings.Relocated("sub", "sub/internal/winportal/x.go"),
            "sub/internal/winportal/x.go");
  EXPECT_EQ(settings.Relocated("m.test/a", "os"), "os");
}

}  // namespace
}  // namespace windlass
