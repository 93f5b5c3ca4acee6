#include "transformer/text/words.h"

#include <gtest/gtest.h>

namespace windlass {
namespace {

constexpr size_t kNone = std::string_view::npos;

TEST(FindWordTest, TakesWholeWordsAlone) {
  EXPECT_EQ(FindWord("one two", "two", 0), 4U);
  EXPECT_EQ(FindWord("two", "two", 0), 0U);
  EXPECT_EQ(FindWord("twofold a_two two2 two.", "two", 0), 19U);
  EXPECT_EQ(FindWord("zwölf", "lf", 0), kNone) << "ö is of two bytes, and of the word";
  EXPECT_EQ(FindWord("one", "one two", 0), kNone);
  EXPECT_EQ(FindWord("one", "", 0), kNone);
}

TEST(FindWordTest, GoesOnFromAnyPlace) {
  EXPECT_EQ(FindWord("a b a", "a", 1), 4U);
  EXPECT_EQ(FindWord("a b a", "a", 5), kNone);
  EXPECT_EQ(FindWord("a b a", "a", 9), kNone);
  EXPECT_EQ(FindWord("aa a", "a", 1), 3U) << "what stands before `from` counts";
}

}  // namespace
}  // namespace windlass
