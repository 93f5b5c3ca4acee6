// What `check` writes for other programs: sound by the rules of each format, and when a program
// does what it reads there, the tree becomes what windlass means.

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/json_schema.h"
#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  lines.push_back(text.substr(begin));
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    text += (i == 0 ? "" : "\n") + lines[i];
  }
  return text;
}

/// Replacements of whole lines, last first.
using LineEdits = std::map<std::string, std::map<size_t, std::pair<size_t, std::string>>>;

class Formats : public testing::Test {
 protected:
  Formats() : repository_(work_ / "depot"), applied_(work_ / "applied") {
    for (const Repository* one : {&repository_, &applied_}) {
      one->CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot");
      one->Write("names.go",
                 "package depot\n\nimport \"os\"\n\n"
                 "func Read(dir, name string) ([]byte, error) {\n"
                 "\treturn os.ReadFile( /* \xC3\xBC\xF0\x9F\x98\x80 */ dir + \"/\" + name)\n}\n");
      one->Init();
    }
    const Result result = Windlass({"check", repository_.directory().string(), "--format", "json"});
    EXPECT_TRUE(Exits(1, result));
    const Json report = Json::parse(result.out);
    for (const Json& finding : report["findings"]) {
      findings_ += finding["refusal"] == "suppressed" ? 0 : 1;
    }
    ApplyJson(report);
  }

  /// What all edits of the JSON contract make of the tree; that they are what `migrate` does is the
  /// business of other tests.
  void ApplyJson(const Json& report) {
    std::map<std::string, std::map<size_t, std::pair<size_t, std::string>>> edits;
    for (const Json& finding : report["findings"]) {
      if (finding["fix"].is_null()) {
        continue;
      }
      for (const Json& edit : finding["fix"]["edits"]) {
        edits[edit["path"]][edit["start_byte"]] = {edit["end_byte"], edit["text"]};
      }
      for (const Json& file : finding["fix"]["new_files"]) {
        applied_.Write(file["path"], file["text"].get<std::string>());
      }
    }
    for (const auto& [path, own] : edits) {
      std::string text = applied_.Read(path);
      for (auto edit = own.rbegin(); edit != own.rend(); ++edit) {
        text.replace(edit->first, edit->second.first - edit->first, edit->second.second);
      }
      applied_.Write(path, text);
    }
  }

  Json Check(const std::string& format, const std::string& patch = "") const {
    const Result result = Run(format, patch);
    return Json::parse(result.out, nullptr, false);
  }

  Result Run(const std::string& format, const std::string& patch = "") const {
    std::vector<std::string> args{"check", repository_.directory().string(), "--format", format};
    if (!patch.empty()) {
      args.insert(args.end(), {"--patch-out", patch});
    }
    Result result = Windlass(args);
    EXPECT_TRUE(Exits(1, result));
    return result;
  }

  void ApplyLines(const LineEdits& edits) const {
    for (const auto& [path, own] : edits) {
      std::vector<std::string> lines = Lines(repository_.Read(path));
      for (auto edit = own.rbegin(); edit != own.rend(); ++edit) {
        const auto first = lines.begin() + static_cast<std::ptrdiff_t>(edit->first) - 1;
        const auto last = lines.begin() + static_cast<std::ptrdiff_t>(edit->second.first);
        const std::vector<std::string> text = Lines(edit->second.second);
        lines.insert(lines.erase(first, last), text.begin(), text.end());
      }
      repository_.Write(path, Joined(lines));
    }
  }

  void ExpectApplied() const {
    for (const Repository* one : {&repository_, &applied_}) {
      ASSERT_TRUE(Succeeds(one->Git({"add", "--all"})));
      ASSERT_TRUE(Succeeds(one->Git({"commit", "--quiet", "--message=Applied"})));
    }
    for (const auto& [path, object] : applied_.Files()) {
      EXPECT_EQ(repository_.Read(path), applied_.Read(path)) << path;
    }
  }

  Workspace work_;
  Repository repository_;
  Repository applied_;
  size_t findings_ = 0;
};

/// Offset of a column that counts UTF-16 code units.
size_t Utf16Offset(const std::string& line, size_t column) {
  size_t offset = 0;
  for (size_t units = 1; units < column;) {
    const auto lead = static_cast<unsigned char>(line.at(offset));
    units += lead >= 0xF0 ? 2 : 1;
    offset += lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  }
  return offset;
}

TEST_F(Formats, SarifIsSoundAndItsFixesApply) {
  const Json log = Check("sarif");
  ASSERT_EQ(SchemaError(ReadSchema("sarif.json"), log), "");
  const Json& run = log["runs"][0];
  std::set<std::string> prints;
  std::map<std::string, std::set<std::pair<std::pair<size_t, size_t>, std::string>>> edits;
  for (const Json& result : run["results"]) {
    EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<size_t>()]["id"],
              result["ruleId"]);
    EXPECT_TRUE(prints.insert(result["partialFingerprints"].dump()).second);
    for (const Json& fix : result.value("fixes", Json::array())) {
      for (const Json& change : fix["artifactChanges"]) {
        const std::string path = change["artifactLocation"]["uri"];
        for (const Json& one : change["replacements"]) {
          const std::string text = one.value("/insertedContent/text"_json_pointer, "");
          const Json& region = one["deletedRegion"];
          if (region.contains("charOffset")) {
            repository_.Write(path, text);
            continue;
          }
          const std::vector<std::string> lines = Lines(repository_.Read(path));
          const auto offset = [&](const char* line_key, const char* column_key) {
            const size_t line = region[line_key];
            size_t at = 0;
            for (size_t i = 1; i < line; ++i) {
              at += lines.at(i - 1).size() + 1;
            }
            return at + Utf16Offset(lines.at(line - 1), region[column_key]);
          };
          const size_t begin = offset("startLine", "startColumn");
          const size_t end = offset("endLine", "endColumn");
          EXPECT_EQ(begin, region["byteOffset"].get<size_t>());
          EXPECT_EQ(end - begin, region["byteLength"].get<size_t>());
          edits[path].insert({{begin, end}, text});
        }
      }
    }
  }
  EXPECT_EQ(run["results"].size(), findings_);
  for (const auto& [path, own] : edits) {
    std::string text = repository_.Read(path);
    for (auto edit = own.rbegin(); edit != own.rend(); ++edit) {
      text.replace(edit->first.first, edit->first.second - edit->first.first, edit->second);
    }
    repository_.Write(path, text);
  }
  ExpectApplied();
}

TEST_F(Formats, RdjsonIsSoundAndItsSuggestionsWithThePatchApply) {
  const std::string patch = (work_ / "rest.patch").string();
  const Json result = Check("rdjson", patch);
  ASSERT_EQ(SchemaError(ReadSchema("rdjson.json"), result), "");
  LineEdits edits;
  for (const Json& diagnostic : result["diagnostics"]) {
    for (const Json& suggestion : diagnostic.value("suggestions", Json::array())) {
      const Json& range = suggestion["range"];
      EXPECT_EQ(range["start"]["column"], 1);
      edits[diagnostic["location"]["path"]][range["start"]["line"]] = {range["end"]["line"],
                                                                       suggestion["text"]};
    }
  }
  EXPECT_GE(result["diagnostics"].size(), findings_);
  ASSERT_FALSE(edits.empty());
  ASSERT_TRUE(Succeeds(repository_.Git({"apply", patch})));
  ApplyLines(edits);
  ExpectApplied();
}

TEST_F(Formats, RdjsonlHoldsTheSameDiagnosticsALineEach) {
  const Json whole = Check("rdjson");
  Json lines = Json::array();
  for (const std::string& line : Lines(Run("rdjsonl").out)) {
    if (!line.empty()) {
      Json diagnostic = Json::parse(line);
      EXPECT_EQ(diagnostic["source"]["name"], "windlass");
      diagnostic.erase("source");
      lines.push_back(std::move(diagnostic));
    }
  }
  EXPECT_EQ(whole["diagnostics"], lines);
}

TEST_F(Formats, GithubSuggestionsWithThePatchApply) {
  const std::string patch = (work_ / "rest.patch").string();
  const Json review = Check("github", patch);
  ASSERT_EQ(SchemaError(ReadSchema("github.json"), review), "");
  LineEdits edits;
  for (const Json& comment : review["comments"]) {
    const std::string body = comment["body"];
    const std::string fence = "```suggestion\n";
    const size_t begin = body.find(fence);
    if (begin == std::string::npos) {
      continue;
    }
    const size_t text = begin + fence.size();
    const size_t end = body.find("\n```\n", text);
    const size_t last = comment["line"];
    edits[comment["path"]][comment.value("start_line", last)] = {last,
                                                                 body.substr(text, end - text)};
    EXPECT_EQ(body.find(fence, text), std::string::npos) << "one suggestion a comment";
  }
  ASSERT_FALSE(edits.empty());
  ASSERT_TRUE(Succeeds(repository_.Git({"apply", patch})));
  ApplyLines(edits);
  ExpectApplied();
}

TEST_F(Formats, GitlabIssuesAreSoundAndTellApart) {
  const Json issues = Check("gitlab");
  ASSERT_EQ(SchemaError(ReadSchema("gitlab.json"), issues), "");
  std::set<std::string> prints;
  for (const Json& issue : issues) {
    EXPECT_TRUE(prints.insert(issue["fingerprint"]).second) << issue["fingerprint"];
  }
  EXPECT_EQ(issues.size(), findings_);
}

TEST_F(Formats, FingerprintsSurviveLinesAbove) {
  const auto prints = [](const Json& issues) {
    std::set<std::string> all;
    for (const Json& issue : issues) {
      all.insert(issue["fingerprint"]);
    }
    return all;
  };
  const auto before = prints(Check("gitlab"));
  repository_.Write("names.go", "// Package depot.\n//\n" + repository_.Read("names.go"));
  EXPECT_EQ(prints(Check("gitlab")), before);
}

TEST_F(Formats, ThePatchOfAFormatWithoutSuggestionsHoldsEverything) {
  const std::string patch = (work_ / "all.patch").string();
  Run("markdown", patch);
  ASSERT_TRUE(Succeeds(repository_.Git({"apply", patch})));
  ExpectApplied();
}

TEST_F(Formats, PathsAreThoseOfTheRepository) {
  const Result result =
      Windlass({"check", (repository_.directory() / "internal").string(), "--format", "gitlab"});
  for (const Json& issue : Json::parse(result.out)) {
    EXPECT_EQ(issue["location"]["path"].get<std::string>().rfind("internal/", 0), 0U);
  }
}

TEST_F(Formats, ABaselineSilencesWhatItListsAndNothingElse) {
  const std::string file = (work_ / "baseline.json").string();
  const std::string root = repository_.directory().string();
  ASSERT_TRUE(Succeeds(Windlass({"check", root, "--write-baseline", file})));
  const Result silent = Windlass({"check", root, "--baseline", file});
  EXPECT_TRUE(Succeeds(silent));
  EXPECT_EQ(silent.out.find("paths/"), std::string::npos) << silent.out;
  repository_.Write("more.go",
                    "package depot\n\nimport \"os\"\n\nfunc Drop(dir string) error {\n"
                    "\treturn os.Remove(dir + \"/\" + \"x\")\n}\n");
  const Result fresh = Windlass({"check", root, "--baseline", file, "--format", "gitlab"});
  EXPECT_TRUE(Exits(1, fresh));
  EXPECT_EQ(Json::parse(fresh.out).size(), 1U) << fresh.out;
  fs::remove(repository_.directory() / "names.go");
  const Result stale = Windlass({"check", root, "--baseline", file});
  EXPECT_NE(stale.err.find("names.go"), std::string::npos) << stale.err;
  repository_.Write("windlass.toml", "baseline = \"baseline.json\"\n");
  fs::copy_file(file, repository_.directory() / "baseline.json");
  fs::remove(repository_.directory() / "more.go");
  EXPECT_TRUE(Succeeds(Windlass({"check", root})));
}

}  // namespace
}  // namespace windlass::e2e
