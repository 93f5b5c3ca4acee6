#include "transformer/rules/finding.h"

#include "gtest/gtest.h"

namespace windlass {
namespace {

TEST(FindingTest, NamesRoundTrip) {
  for (const Refusal refusal : AllRefusals()) {
    EXPECT_EQ(RefusalFromName(RefusalName(refusal)), refusal);
    EXPECT_FALSE(RefusalReason(refusal).empty());
  }
  for (const Level level : {Level::kSafe, Level::kReview, Level::kSuggest}) {
    EXPECT_EQ(LevelFromName(LevelName(level)), level);
  }
  EXPECT_EQ(RefusalFromName("nosuch"), std::nullopt);
  EXPECT_EQ(LevelFromName("nosuch"), std::nullopt);
}

TEST(FindingTest, RefusingTakesTheFixAndKeepsTheReason) {
  Finding finding;
  finding.fix.emplace();
  Refuse(&finding, Refusal::kConstant);
  EXPECT_FALSE(finding.fix.has_value());
  EXPECT_EQ(finding.refusal, Refusal::kConstant);
  EXPECT_EQ(finding.reason, RefusalReason(Refusal::kConstant));
  finding.reason = "my own";
  Refuse(&finding, Refusal::kConflict);
  EXPECT_EQ(finding.reason, "my own");
}

TEST(FindingTest, WiderSpansGoFirst) {
  Finding outer;
  outer.path = "a";
  outer.span = {2, 9};
  Finding inner = outer;
  inner.span = {2, 5};
  Finding later = outer;
  later.span = {3, 4};
  EXPECT_TRUE(FindingBefore(outer, inner));
  EXPECT_FALSE(FindingBefore(inner, outer));
  EXPECT_TRUE(FindingBefore(inner, later));
  EXPECT_FALSE(FindingBefore(outer, outer));
}

}  // namespace
}  // namespace windlass
