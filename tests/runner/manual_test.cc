// What patches/README.md says is true: its first rule loads and does what its case shows, and it
// names every key.

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "re2/re2.h"
#include "re2/stringpiece.h"
#include "tests/runner/run_case.h"
#include "transformer/driver/pack_case.h"
#include "transformer/rules/variables.h"

namespace windlass {
namespace {

std::string Manual() {
  std::ifstream in(Cat(WINDLASS_SOURCE_DIR, "/patches/README.md"));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// The fenced blocks that follow a line "`path`:", by path.
StringMap<std::string> Blocks(const std::string& manual) {
  StringMap<std::string> blocks;
  re2::StringPiece rest(manual);
  std::string path;
  std::string text;
  while (
      RE2::FindAndConsume(&rest, "(?s)\n`([a-z_./]+)`:\n\n```[a-z]+\n(.*?\n)```\n", &path, &text)) {
    blocks[path] = text;
  }
  return blocks;
}

TEST(ManualTest, TheFirstRuleDoesWhatItsCaseShows) {
  const StringMap<std::string> blocks = Blocks(Manual());
  ASSERT_EQ(blocks.size(), 3U);
  absl::StatusOr<Case> golden =
      ParseCase("patches/README.md", blocks.find("cases/page_size.txtar")->second);
  ASSERT_TRUE(golden.ok()) << golden.status();
  for (const auto& [path, text] : blocks) {
    golden->packs.push_back({Cat("demo/", path), text});
  }
  const absl::StatusOr<Packs> packs = LoadCasePacks(*golden, WINDLASS_SOURCE_DIR);
  ASSERT_TRUE(packs.ok()) << packs.status();
  const absl::StatusOr<Outcome> outcome =
      RunTree(*golden, *packs, golden->before, golden->executable, 0);
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->findings, golden->findings);
  EXPECT_EQ(outcome->after, golden->after);
  EXPECT_EQ(CheckQuietInGit(*golden, *packs, *outcome), "");
  EXPECT_EQ(CheckSeriesApplies(*golden, *outcome), "");
}

// The names in "…; one of a, b, c", which errors about an unknown name end with.
std::vector<std::string> NamesIn(std::string_view error) {
  std::vector<std::string> names;
  re2::StringPiece list(error.data(), error.size());
  std::string name;
  EXPECT_TRUE(RE2::FindAndConsume(&list, "; one of ")) << error;
  while (RE2::Consume(&list, "([A-Za-z_…/-]+)(?:, )?", &name)) {
    names.push_back(name);
  }
  return names;
}

TEST(ManualTest, EveryKeyAndVariableIsExplained) {
  const std::string manual = Manual();
  const auto load = [](std::string_view rule) {
    const std::vector<PackFile> files = {
        {"f/pack.toml", Cat("[pack]\nfamily = \"f\"\norder = 1\ntitle = \"t\"\n[[rule]]\n", rule)}};
    return std::string(Std(LoadPacks(files, "").status().message()));
  };
  for (const std::string& error :
       {load("qqqqqqqqqqqqqqqq = 1\n"),
        load("id = \"a\"\nlanguage = \"go\"\nlevel = \"safe\"\nsummary = \"s\"\n"
             "where = { qqqqqqqqqqqqqqqq = 1 }\n"),
        std::string(Std(ParseCase("", "qqqqqqqqqqqqqqqq: 1\n").status().message())),
        std::string(Std(ParseCase("", "-- qqqqqqqqqqqqqqqq --\n").status().message()))}) {
    const std::vector<std::string> names = NamesIn(error);
    EXPECT_GE(names.size(), 6U) << error;
    for (const std::string& name : names) {
      const std::string stem = name.substr(0, name.find("/…"));
      EXPECT_TRUE(RE2::PartialMatch(manual, Cat("`", stem, "[`:/]"))) << name;
    }
  }
  for (const std::string_view variable : VariableNames()) {
    EXPECT_NE(manual.find(Cat("`@", variable, "`")), std::string::npos) << variable;
  }
}

}  // namespace
}  // namespace windlass
