#include "transformer/rules/names.h"

#include <array>

#include "gtest/gtest.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 3> kKnown = {"replace", "query", "message"};

TEST(NamesTest, NearestIsNearEnough) {
  EXPECT_EQ(NearestName("replce", kKnown), "replace");
  EXPECT_EQ(NearestName("qurey", kKnown), "query");
  EXPECT_EQ(NearestName("messages", kKnown), "message");
  EXPECT_EQ(NearestName("x", kKnown), "");
}

TEST(NamesTest, HintNamesOneOrAll) {
  EXPECT_EQ(NameHint("queri", kKnown), "did you mean `query`?");
  EXPECT_EQ(NameHint("something", kKnown), "one of replace, query, message");
  EXPECT_EQ(NameHint("something", {}), "none is known here");
}

TEST(NamesTest, PackNames) {
  EXPECT_TRUE(IsPackName("paths-2"));
  for (const std::string_view bad : {"", "2a", "A", "a_b", "a/b", "a.b", "-a"}) {
    EXPECT_FALSE(IsPackName(bad)) << bad;
  }
}

}  // namespace
}  // namespace windlass
