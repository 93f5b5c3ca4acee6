#include "transformer/patch/report.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "transformer/patch/series.h"

namespace windlass {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kSource =
    "package p\n"
    "\n"
    "import \"os\"\n"
    "\n"
    "func f(dir string) string {\n"
    "\treturn dir + \"/\" + \"x\"\n"
    "}\n";

class Sources {
 public:
  void Add(std::string path, std::string_view bytes) {
    files_[path] = std::make_unique<SourceFile>(path, std::string(bytes));
  }
  SourceLookup Lookup() const {
    return [this](std::string_view path) -> const SourceFile* {
      const auto it = files_.find(path);
      return it == files_.end() ? nullptr : it->second.get();
    };
  }
  Span Find(std::string_view path, std::string_view text) const {
    const size_t at = files_.find(path)->second->bytes().find(text);
    return {at, at + text.size()};
  }

 private:
  std::map<std::string, std::unique_ptr<SourceFile>, std::less<>> files_;
};

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    sources_.Add("a.go", kSource);
    report_.root = ".";
    report_.targets = {{"linux", "amd64"}, {"windows", "arm64"}};
    report_.files_seen = 3;
    report_.files_parsed = 1;
    report_.skipped = {{"link", "symbolic link; links are not followed"}};
  }

  Finding Join() const {
    Finding finding;
    finding.rule = "paths/concat-to-join";
    finding.family = "paths";
    finding.level = Level::kReview;
    finding.path = "a.go";
    finding.span = sources_.Find("a.go", "dir + \"/\" + \"x\"");
    finding.message = "host path built with +";
    finding.reason = "dir is never empty";
    Fix& fix = finding.fix.emplace();
    EXPECT_TRUE(fix.edits["a.go"].Add(finding.span, "filepath.Join(dir, \"x\")").ok());
    const Span import = sources_.Find("a.go", "\"os\"");
    EXPECT_TRUE(fix.edits["a.go"].Add({import.end, import.end}, "\nimport \"path/filepath\"").ok());
    finding.also.push_back({"a.go", finding.span, "on the same line"});
    finding.also.push_back({"a.go", sources_.Find("a.go", "dir string"), "dir comes from here"});
    return finding;
  }
  Finding Refused() const {
    Finding finding = Join();
    Refuse(&finding, Refusal::kCommentInside);
    finding.reason = "";
    finding.also.clear();
    return finding;
  }

  std::string Text(bool color = false) const {
    return FormatText(report_, sources_.Lookup(), color);
  }
  std::string Json() const { return FormatJson(report_, sources_.Lookup()); }

  Sources sources_;
  CheckReport report_;
};

TEST_F(ReportTest, JsonIsTheContract) {
  report_.findings = {Join()};
  report_.timings_ms = {{"scan", 1.5}};
  EXPECT_EQ(
      Json(),
      R"json({"schema":1,
"version":"0.1.0",
"root":".",
"targets":["linux/amd64","windows/arm64"],
"files":{"seen":3,"parsed":1,"skipped":[{"path":"link","reason":"symbolic link; links are not followed"}]},
"findings":[
{"rule":"paths/concat-to-join","family":"paths","level":"review","path":"a.go",)json"
      R"json("start":{"line":6,"column":9,"byte":60},"end":{"line":6,"column":24,"byte":75},)json"
      R"json("message":"host path built with +","reason":"dir is never empty",)json"
      R"json("fix":{"edits":[{"path":"a.go","start_byte":22,"end_byte":22,"text":"\nimport \"path/filepath\""},)json"
      R"json({"path":"a.go","start_byte":60,"end_byte":75,"text":"filepath.Join(dir, \"x\")"}],)json"
      R"json("new_files":[]},"refusal":null,)json"
      R"json("also":[{"path":"a.go","start":{"line":6,"column":9,"byte":60},)json"
      R"json("end":{"line":6,"column":24,"byte":75},"message":"on the same line"},)json"
      R"json({"path":"a.go","start":{"line":5,"column":8,"byte":31},)json"
      R"json("end":{"line":5,"column":18,"byte":41},"message":"dir comes from here"}]}
],
"timings_ms":{"scan":1.5}}
)json");
}

TEST_F(ReportTest, JsonIsValidWhateverItHolds) {
  Finding odd = Refused();
  odd.path = "bad\xFFname \"\n.go";
  odd.message = "ctl \x01 bytes \xC3";
  odd.fix.emplace().new_files.push_back({"n\xFE.go", "text \xFD", false});
  odd.fix->renames["a_linux.go"] = "a.go";
  report_.findings = {odd};
  report_.skipped = {{"\xFF", "\xFE"}};
  const auto json = nlohmann::json::parse(Json());
  EXPECT_EQ(json["findings"][0]["path"], "bad\uFFFDname \"\n.go");
  EXPECT_EQ(json["findings"][0]["refusal"], "comment-inside");
  EXPECT_EQ(json["findings"][0]["start"]["line"], 1) << "the source is unknown";
  EXPECT_EQ(json["findings"][0]["fix"]["renames"][0]["to"], "a.go");
}

TEST_F(ReportTest, JsonWithoutFindings) {
  const auto json = nlohmann::json::parse(Json());
  EXPECT_TRUE(json["findings"].empty());
  EXPECT_TRUE(json["timings_ms"].is_object());
}

TEST_F(ReportTest, TextShowsPlaceChangeAndReason) {
  report_.findings = {Join()};
  EXPECT_EQ(Text(),
            "a.go:6:9: review paths/concat-to-join: host path built with +\n"
            "  4 + import \"path/filepath\"\n"
            "  6 - \treturn dir + \"/\" + \"x\"\n"
            "  6 + \treturn filepath.Join(dir, \"x\")\n"
            "  check: dir is never empty\n"
            "  a.go:5:8: note: dir comes from here\n"
            "\n"
            "skipped:\n"
            "  link: symbolic link; links are not followed\n"
            "\n"
            "family  review\n"
            "paths        1\n"
            "1 finding in 1 file; 3 files seen, 1 parsed, 1 skipped\n");
}

TEST_F(ReportTest, TextShowsSharedEditsOnce) {
  report_.findings = {Join(), Join()};
  report_.findings[1].fix->edits["a.go"] = EditSet();
  const Span import = sources_.Find("a.go", "\"os\"");
  ASSERT_TRUE(report_.findings[1]
                  .fix->edits["a.go"]
                  .Add({import.end, import.end}, "\nimport \"path/filepath\"")
                  .ok());
  const std::string text = Text();
  EXPECT_EQ(text.find("+ import"), text.rfind("+ import"));
}

TEST_F(ReportTest, TextPointsAtWhatStays) {
  report_.findings = {Refused()};
  EXPECT_THAT(Text(),
              HasSubstr("a.go:6:9: refused paths/concat-to-join: host path built with +\n"
                        "  6 | \treturn dir + \"/\" + \"x\"\n"
                        "    | \t       ^~~~~~~~~~~~~~~\n"
                        "  not changed (comment-inside): a comment inside would be lost\n"));
}

TEST_F(ReportTest, TextCountsWhatIsSuppressedButDoesNotShowIt) {
  Finding finding = Join();
  Refuse(&finding, Refusal::kSuppressed);
  report_.findings = {finding};
  EXPECT_THAT(Text(), Not(HasSubstr("a.go:6")));
  EXPECT_THAT(Text(), HasSubstr("family  suppressed\npaths            1\n"));
}

TEST_F(ReportTest, TextSaysLineEndingsInWords) {
  sources_.Add("run.sh", "a\r\nb\r\nc\n");
  Finding finding;
  finding.rule = "eol/shell";
  finding.family = "eol";
  finding.level = Level::kSafe;
  finding.path = "run.sh";
  finding.span = {0, 1};
  finding.message = "CRLF";
  ASSERT_TRUE(finding.fix.emplace().edits["run.sh"].Add({1, 2}, "").ok());
  ASSERT_TRUE(finding.fix->edits["run.sh"].Add({4, 5}, "").ok());
  report_.findings = {finding};
  EXPECT_THAT(Text(), HasSubstr("\n  2 line endings: CRLF -> LF\n"));
}

TEST_F(ReportTest, TextKeepsTheTerminalSafe) {
  sources_.Add("evil\x1b[31m.go", "x := \"\x1b]0;title\x07\" // \xC2\x9B!\n");
  Finding finding = Refused();
  finding.path = "evil\x1b[31m.go";
  finding.span = {0, 1};
  finding.message = "\x1b[2J";
  report_.findings = {finding};
  const std::string text = Text();
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos) << "a CSI of its own";
  EXPECT_THAT(text, HasSubstr("^[]0;title^G"));
}

TEST_F(ReportTest, ColourOnlyWhereAskedFor) {
  report_.findings = {Join()};
  EXPECT_EQ(Text().find('\x1b'), std::string::npos);
  EXPECT_THAT(Text(true), HasSubstr("\x1b[33mreview\x1b[0m"));
  EXPECT_THAT(Text(true), HasSubstr("\x1b[31m- "));
}

TEST_F(ReportTest, TextCapsLongLinesAndManyPlaces) {
  std::string source;
  for (int i = 0; i < 40; ++i) {
    source += std::string(500, 'x') + "\n\n\n";
  }
  sources_.Add("long.js", source);
  Finding finding = Refused();
  finding.refusal.reset();
  finding.path = "long.js";
  finding.span = {0, 1};
  EditSet& edits = finding.fix.emplace().edits["long.js"];
  for (size_t i = 0; i < 40; ++i) {
    ASSERT_TRUE(edits.Add({i * 503, i * 503 + 1}, "y").ok());
  }
  report_.findings = {finding};
  EXPECT_THAT(Text(), HasSubstr("... and 36 more places\n"));
  EXPECT_LT(Text().size(), 3000U);
}

TEST_F(ReportTest, SummaryTellsWhatToDo) {
  PatchSeries series;
  PatchCommit commit;
  commit.family = "paths";
  commit.level = Level::kReview;
  commit.subject = "paths: build paths with filepath.Join (review)";
  commit.body = "1 place in 1 file.\n\n* check this";
  commit.files = {{"a.go", "a.go", "x\n", "y\n", false},
                  {"b.go", "b.go", std::nullopt, "y\n", false}};
  commit.findings = {Join()};
  series.commits = {commit};
  Finding suppressed = Join();
  Refuse(&suppressed, Refusal::kSuppressed);
  const std::string text = FormatSummary(series, {Refused(), suppressed}, sources_.Lookup());
  EXPECT_THAT(text, HasSubstr("git am DIR/*.patch"));
  EXPECT_THAT(text, HasSubstr("| family | review | refused | suppressed |\n"
                              "|---|---:|---:|---:|\n"
                              "| paths | 1 | 1 | 1 |\n"));
  EXPECT_THAT(text, HasSubstr("## 0001-paths-build-paths-with-filepath-join-review.patch\n"));
  EXPECT_THAT(text, HasSubstr("* check this\n"));
  EXPECT_THAT(text, HasSubstr("- `b.go` (new)\n"));
  EXPECT_THAT(text,
              HasSubstr("### paths/concat-to-join (1)\n\n- `a.go:6:9`: host path built with + "
                        "(comment-inside: a comment inside would be lost)\n"));
  EXPECT_EQ(text, FormatSummary(series, {Refused(), suppressed}, sources_.Lookup()));
}

TEST_F(ReportTest, SummaryIsCapped) {
  std::vector<Finding> rest(5000, Refused());
  const std::string text = FormatSummary({}, rest, sources_.Lookup());
  EXPECT_THAT(text, HasSubstr("There is nothing to patch."));
  EXPECT_THAT(text, HasSubstr("- and 4960 more: `windlass check` names them all\n"));
  EXPECT_LT(text.size(), 10000U);
}

}  // namespace
}  // namespace windlass
