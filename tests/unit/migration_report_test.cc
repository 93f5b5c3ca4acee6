#include "transformer/patch/migration_report.h"

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "transformer/driver/readiness.h"

namespace windlass {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

Finding Make(const std::string& rule, Level level, const std::string& path) {
  Finding finding;
  finding.rule = rule;
  finding.family = rule.substr(0, rule.find('/'));
  finding.level = level;
  finding.path = path;
  finding.message = "</script><b>" + rule;
  return finding;
}

class MigrationReportTest : public testing::Test {
 protected:
  MigrationReportTest() {
    PatchCommit commit;
    commit.family = "paths";
    commit.subject = "paths: build file paths";
    commit.files.push_back({"a.go", "a.go", "one\ntwo\n", "one\n2\n", false});
    Finding fixed = Make("paths/join", Level::kSafe, "a.go");
    fixed.span = {4, 7};
    fixed.fix.emplace();
    fixed.also.push_back({"a.go", {0, 3}, "passed to os.Open"});
    commit.findings.push_back(std::move(fixed));
    series_.commits.push_back(std::move(commit));
    rest_.findings.push_back(Make("crlf/length", Level::kSuggest, "b.go"));
    Finding refused = Make("paths/join", Level::kSuggest, "b.go");
    Refuse(&refused, Refusal::kConflict);
    rest_.findings.push_back(std::move(refused));
    rest_.skipped.push_back({"big.go", "too large"});
  }
  std::string Json(const std::string& earlier = "") const {
    const SourceLookup sources = [](std::string_view) { return nullptr; };
    return MigrationReportJson(
        {series_,
         rest_,
         sources,
         {{"example.test/app", {{"windows/amd64", 2, 1, 0}, {"windows/arm64", 0, 0, 0}}}},
         [](std::string_view path) { return path == "a.go" ? "@ops" : ""; },
         earlier});
  }
  PatchSeries series_;
  CheckReport rest_;
};

TEST_F(MigrationReportTest, SaysWhatBecameOfEachFinding) {
  const json report = json::parse(Json());
  EXPECT_EQ(report["totals"], json({{"safe", 1}, {"suggested", 1}, {"refused", 1}}));
  ASSERT_EQ(report["findings"].size(), 3U);
  const json& fixed = report["findings"][0];
  EXPECT_EQ(fixed["line"], 2);
  EXPECT_EQ(fixed["owner"], "@ops");
  EXPECT_EQ(fixed["commit"], "0");
  EXPECT_EQ(fixed["evidence"][0]["line"], 1);
  EXPECT_THAT(report["commits"][0]["files"][0]["diff"].get<std::string>(), HasSubstr("-two\n+2\n"));
  EXPECT_EQ(report["effort"]["minutes"], 0.5 + 15 + 10);
  EXPECT_TRUE(report["trend"].is_null());
}

TEST_F(MigrationReportTest, ComparesWithAnEarlierReport) {
  const std::string first = Json();
  const absl::StatusOr<std::string> data = ReadReportData(MigrationReportHtml(first));
  ASSERT_TRUE(data.ok()) << data.status();
  EXPECT_EQ(json::parse(*data), json::parse(first));
  rest_.findings.clear();
  const json second = json::parse(Json(*data));
  EXPECT_EQ(second["trend"]["totals"]["refused"], 1);
  EXPECT_FALSE(second["totals"].contains("refused"));
  EXPECT_FALSE(ReadReportData("<html>").ok());
  EXPECT_FALSE(ReadReportData("{}").ok());
}

TEST_F(MigrationReportTest, NothingFromTheCodeBecomesMarkup) {
  const std::string page = MigrationReportHtml(Json());
  EXPECT_THAT(page, Not(HasSubstr("</script><b>")));
  EXPECT_THAT(page, Not(HasSubstr("@data@")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(MigrationReportMarkdown(Json()), Not(HasSubstr("<b>")));
}

TEST_F(MigrationReportTest, MarkdownHoldsTheSame) {
  const std::string text = MigrationReportMarkdown(Json());
  EXPECT_THAT(text, HasSubstr("| paths | 1 | 0 | 0 | 1 | 0 |"));
  EXPECT_THAT(text, HasSubstr("| example.test/app | 1 patched | no files |"));
  EXPECT_THAT(text, HasSubstr("a.go:2 paths/join (safe)"));
  EXPECT_THAT(text, HasSubstr("big.go: too large"));
}

TEST(CodeOwnersTest, TheLastLineThatFitsDecides) {
  const CodeOwners owners("# all\n* @all\n/docs/ @writers # text\n*.yaml @ops @sre\n/docs/api/\n");
  EXPECT_EQ(owners.OwnerOf("main.go"), "@all");
  EXPECT_EQ(owners.OwnerOf("docs/a.md"), "@writers");
  EXPECT_EQ(owners.OwnerOf("docs/deep/er/a.md"), "@writers");
  EXPECT_EQ(owners.OwnerOf("sub/docs/a.md"), "@all");
  EXPECT_EQ(owners.OwnerOf("docs/x.yaml"), "@ops @sre");
  EXPECT_EQ(owners.OwnerOf("docs/api/v1.md"), "");
  EXPECT_EQ(CodeOwners("").OwnerOf("main.go"), "");
}

}  // namespace
}  // namespace windlass
