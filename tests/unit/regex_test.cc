#include "transformer/text/regex.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace windlass {
namespace {

using testing::ElementsAre;

TEST(MatchOffsetsTest, MatchesDoNotOverlap) {
  EXPECT_THAT(MatchOffsets(RE2("aa"), "aaaa aa"), ElementsAre(0, 2, 5));
  EXPECT_THAT(MatchOffsets(RE2("b"), "aaaa"), ElementsAre());
}

TEST(MatchOffsetsTest, EmptyMatchesComeToAnEnd) {
  EXPECT_THAT(MatchOffsets(RE2("x*"), "ax"), ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace windlass
