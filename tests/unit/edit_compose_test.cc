#include "transformer/text/edit_compose.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace windlass {
namespace {

EditSet Edits(std::initializer_list<Edit> list) {
  EditSet edits;
  for (const Edit& edit : list) {
    EXPECT_TRUE(edits.Add(edit).ok());
  }
  return edits;
}

TEST(ComposeEditsTest, KeepsApartWhatDoesNotMeet) {
  const EditSet composed =
      ComposeEdits("abcdef", Edits({{{1, 2}, "XYZ"}}), Edits({{{6, 7}, "!"}, {{0, 1}, ""}}));
  EXPECT_EQ(composed.Apply("abcdef"), "XYZcd!f");
  ASSERT_EQ(composed.size(), 3u);
  EXPECT_EQ(composed.edits()[1], (Edit{{1, 2}, "XYZ"}));
  EXPECT_EQ(composed.edits()[2], (Edit{{4, 5}, "!"}));
}

TEST(ComposeEditsTest, JoinsWhatMeets) {
  const EditSet composed = ComposeEdits("abcdef", Edits({{{1, 2}, "XYZ"}}), Edits({{{3, 5}, "-"}}));
  EXPECT_EQ(composed.Apply("abcdef"), "aXY-def");
  ASSERT_EQ(composed.size(), 1u);
  EXPECT_EQ(composed.edits()[0], (Edit{{1, 3}, "XY-"}));
}

TEST(ComposeEditsTest, TouchingStaysApart) {
  const EditSet composed =
      ComposeEdits("abc", Edits({{{1, 2}, "XY"}}), Edits({{{1, 1}, "<"}, {{3, 3}, ">"}}));
  EXPECT_EQ(composed.Apply("abc"), "a<XY>c");
  EXPECT_EQ(composed.size(), 3u);
}

std::string Text(std::mt19937& random, size_t max) {
  std::string text(random() % (max + 1), ' ');
  for (char& c : text) {
    c = static_cast<char>('a' + random() % 26);
  }
  return text;
}

EditSet RandomEdits(std::mt19937& random, size_t size) {
  EditSet edits;
  for (size_t i = random() % 5; i > 0; --i) {
    const size_t begin = random() % (size + 1);
    const size_t end = std::min(size, begin + random() % 4);
    (void)edits.Add({begin, end}, Text(random, 3));  // conflicting ones stay out
  }
  return edits;
}

TEST(ComposeEditsTest, DoesWhatBothDo) {
  std::mt19937 random(1);
  for (int round = 0; round < 50000; ++round) {
    const std::string bytes = Text(random, 12);
    const EditSet first = RandomEdits(random, bytes.size());
    const std::string between = first.Apply(bytes);
    const EditSet second = RandomEdits(random, between.size());
    ASSERT_EQ(ComposeEdits(bytes, first, second).Apply(bytes), second.Apply(between)) << round;
  }
}

TEST(OriginalOffsetTest, GoesBack) {
  const EditSet edits = Edits({{{1, 3}, "XYZ"}, {{4, 4}, "+"}, {{5, 6}, ""}});
  ASSERT_EQ(edits.Apply("abcdefg"), "aXYZd+eg");
  const size_t expected[] = {0, 1, 1, 1, 3, 4, 4, 6, 7};
  for (size_t offset = 0; offset < std::size(expected); ++offset) {
    EXPECT_EQ(OriginalOffset(edits, offset), expected[offset]) << offset;
  }
}

}  // namespace
}  // namespace windlass
