// What `check` writes for other programs, read by these programs' own code: reviewdog's parsers of
// rdjson, rdjsonl and SARIF with its schema, the schema of SARIF by OASIS, go-github's review.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

class Consumers : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    work_ = new Workspace;
    ASSERT_TRUE(Succeeds(BuildReader("consumers", *work_ / "consumers")));
  }
  static void TearDownTestSuite() {
    delete work_;
    work_ = nullptr;
  }

  void SetUp() override {
    repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/depot");
    repository_.Init();
    const Json report = Json::parse(Check("json"));
    for (const Json& finding : report["findings"]) {
      if (finding["refusal"] != "suppressed") {
        findings_.push_back(finding);
      }
    }
  }

  static fs::path Source() { return fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e/consumers"; }

  std::string Check(const std::string& format) const {
    const Result result = Windlass({"check", ".", "--format", format}, repository_.directory());
    EXPECT_TRUE(Exits(1, result));
    return result.out;
  }

  /// What the consumer of `format` understands.
  Json Understood(const std::string& format) const {
    const Result result = e2e::Run({.argv = {(*work_ / "consumers").string(), format},
                                    .directory = Source(),
                                    .input = Check(format)});
    EXPECT_TRUE(Succeeds(result));
    return Json::parse(result.out, nullptr, false);
  }

  /// "path rule" of each finding.
  std::vector<std::string> Expected() const {
    std::vector<std::string> places;
    for (const Json& finding : findings_) {
      places.push_back(finding["path"].get<std::string>() + " " +
                       finding["rule"].get<std::string>());
    }
    std::ranges::sort(places);
    return places;
  }

  static std::vector<std::string> Places(const Json& said) {
    std::vector<std::string> places;
    for (const Json& one : said) {
      if (one.contains("code")) {
        places.push_back(one["path"].get<std::string>() + " " + one["code"].get<std::string>());
      }
    }
    std::ranges::sort(places);
    return places;
  }

  static size_t Suggestions(const Json& said) {
    return static_cast<size_t>(
        std::ranges::count_if(said, [](const Json& one) { return one.contains("suggestions"); }));
  }

  static Workspace* work_;
  Workspace own_;
  Repository repository_{own_ / "depot"};
  std::vector<Json> findings_;
};

Workspace* Consumers::work_ = nullptr;

TEST_F(Consumers, ReviewdogReadsRdjson) {
  const Json said = Understood("rdjson");
  // A fix in several places is several diagnostics.
  const auto once = [](const std::vector<std::string>& all) {
    return std::set<std::string>(all.begin(), all.end());
  };
  EXPECT_EQ(once(Places(said)), once(Expected()));
  EXPECT_GT(Suggestions(said), 10U);
}

TEST_F(Consumers, ReviewdogReadsRdjsonl) {
  EXPECT_EQ(Understood("rdjsonl"), Understood("rdjson"));
}

TEST_F(Consumers, ReviewdogReadsSarifWhichIsValid) {
  const Json said = Understood("sarif");
  EXPECT_EQ(Places(said), Expected());
  EXPECT_GT(Suggestions(said), 10U);
}

TEST_F(Consumers, TheReviewIsOneForGithub) {
  const Json said = Understood("github");
  EXPECT_GT(said.size(), 10U);
  EXPECT_GT(Suggestions(said), 10U);
}

TEST_F(Consumers, AWrongDocumentIsNoticed) {
  for (const auto& [format, text] : std::map<std::string, std::string>{
           {"rdjson", R"({"diagnostics": [{"message": 1}]})"},
           {"sarif", R"({"version": "2.1.0", "runs": [{"results": []}]})"},
           {"github", R"({"event": "COMMENT", "body": "b", "comment": []})"}}) {
    const Result result = e2e::Run(
        {.argv = {(*work_ / "consumers").string(), format}, .directory = Source(), .input = text});
    EXPECT_TRUE(Exits(1, result)) << format;
  }
}

}  // namespace
}  // namespace windlass::e2e
