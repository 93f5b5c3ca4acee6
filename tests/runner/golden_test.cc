// One test a case: patches/*/cases/*.txtar and tests/cases/**/*.txtar. WINDLASS_UPDATE=1 (or
// --update to this binary) rewrites what the cases expect.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "tests/runner/run_case.h"
#include "transformer/driver/pack_case.h"

namespace windlass {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool Updating() {
  const char* const update = std::getenv("WINDLASS_UPDATE");
  return update != nullptr && std::string_view(update) == "1";
}

// "patches/paths/cases/concat.txtar" is "paths_concat"; "tests/cases/packs/id.txtar" is
// "engine_packs_id".
std::string NameOf(const std::string& path) {
  std::string name = path.substr(0, path.rfind('.'));
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"patches/", ""},
                                 {"tests/cases/", "engine/"},
                                 {"/cases/", "/"}}) {
    if (const size_t at = name.find(from); at != std::string::npos) {
      name.replace(at, from.size(), to);
    }
  }
  for (char& c : name) {
    c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
}

class GoldenTest : public testing::TestWithParam<std::string> {
 protected:
  void Update(const Case& golden, const StringMap<std::string>& after, std::string_view findings,
              const std::optional<std::string>& error) {
    const std::string text = UpdateCase(golden, after, findings, error);
    std::ofstream(Cat(WINDLASS_SOURCE_DIR, "/", golden.path), std::ios::binary) << text;
    const absl::StatusOr<Case> read = ParseCase(golden.path, text);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->after, after)
        << "these bytes do not fit into a txtar; add directives crlf or escaped";
  }
};

TEST_P(GoldenTest, Case) {
  const std::string root = WINDLASS_SOURCE_DIR;
  const absl::StatusOr<Case> golden = ParseCase(GetParam(), ReadFile(Cat(root, "/", GetParam())));
  ASSERT_TRUE(golden.ok()) << golden.status();
  const absl::StatusOr<Packs> packs = LoadCasePacks(*golden, root);
  if (!packs.ok()) {
    const std::string error = Cat(Std(packs.status().message()), "\n");
    if (Updating() && !golden->packs.empty()) {
      Update(*golden, golden->before, "", error);
    } else {
      ASSERT_EQ(error, golden->error.value_or("(no error)\n"));
    }
    return;
  }
  EXPECT_FALSE(golden->error.has_value() && !Updating()) << "the packs load without error";
  const absl::StatusOr<Outcome> outcome =
      RunTree(*golden, *packs, golden->before, golden->executable, 0);
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  if (Updating()) {
    Update(*golden, outcome->after, outcome->findings, std::nullopt);
  } else {
    EXPECT_EQ(outcome->findings, golden->findings);
    for (const auto& [path, bytes] : golden->after) {
      const auto found = outcome->after.find(path);
      EXPECT_EQ(found == outcome->after.end() ? "(no such file)" : found->second, bytes) << path;
    }
    for (const auto& [path, bytes] : outcome->after) {
      EXPECT_TRUE(golden->after.contains(path)) << "unexpected " << path << ":\n" << bytes;
    }
  }
  EXPECT_EQ(CheckQuietInGit(*golden, *packs, *outcome), "");
  EXPECT_EQ(CheckParses(*golden, *outcome), "");
  EXPECT_EQ(CheckDeterminismInGit(*golden, *packs, *outcome), "");
  EXPECT_EQ(CheckSeriesApplies(*golden, *outcome), "");
  EXPECT_EQ(CheckGofmt(*golden, *outcome), "");
  EXPECT_EQ(CheckBuilds(*golden, *outcome), "");
}

INSTANTIATE_TEST_SUITE_P(, GoldenTest, testing::ValuesIn(FindCases(WINDLASS_SOURCE_DIR)),
                         [](const auto& test) { return NameOf(test.param); });

TEST(RefusalsTest, EveryRefusalHasACase) {
  std::string all;
  for (const std::string& path : FindCases(WINDLASS_SOURCE_DIR)) {
    const absl::StatusOr<Case> golden =
        ParseCase(path, ReadFile(Cat(WINDLASS_SOURCE_DIR, "/", path)));
    all += golden.ok() ? golden->findings : "";
  }
  for (const Refusal refusal : AllRefusals()) {
    const bool has_case = all.find(Cat(" [", RefusalName(refusal), "]\n")) != std::string::npos;
    EXPECT_TRUE(has_case) << RefusalName(refusal) << " has no case in tests";
  }
}

}  // namespace
}  // namespace windlass

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update") {
      setenv("WINDLASS_UPDATE", "1", 1);
    }
  }
  return RUN_ALL_TESTS();
}
