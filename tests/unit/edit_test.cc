#include "transformer/text/edit.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace windlass {
namespace {

EditSet Edits(const std::vector<Edit>& list) {
  EditSet set;
  for (const Edit& edit : list) {
    EXPECT_TRUE(set.Add(edit).ok());
  }
  return set;
}

TEST(EditSetTest, AppliesInsertionsReplacementsAndDeletions) {
  const EditSet set = Edits({{{6, 11}, "there"}, {{0, 0}, ">"}, {{11, 11}, "!"}, {{4, 5}, ""}});
  EXPECT_EQ(set.Apply("hello world"), ">hell there!");
  EXPECT_EQ(EditSet().Apply("same"), "same");
}

TEST(EditSetTest, InsertionsKeepTheirOrderAndStandBeforeAReplacement) {
  const EditSet set = Edits({{{1, 2}, "X"}, {{1, 1}, "1"}, {{1, 1}, "2"}});
  EXPECT_EQ(set.Apply("abc"), "a12Xc");
}

TEST(EditSetTest, IdenticalEditsMerge) {
  EditSet set = Edits({{{1, 2}, "X"}, {{1, 1}, "1"}});
  EXPECT_TRUE(set.Add({1, 2}, "X").ok());
  EXPECT_TRUE(set.Add({1, 1}, "1").ok());
  EXPECT_EQ(set.size(), 2U);
}

TEST(EditSetTest, AnEditThatDoesNothingIsNone) {
  EditSet set;
  EXPECT_TRUE(set.Add({3, 3}, "").ok());
  EXPECT_TRUE(set.empty());
}

TEST(EditSetTest, TouchingEditsDoNotConflict) {
  const EditSet set = Edits({{{1, 2}, "X"}, {{2, 3}, "Y"}, {{3, 3}, "!"}, {{0, 1}, "W"}});
  EXPECT_EQ(set.Apply("abcd"), "WXY!d");
}

TEST(EditSetTest, ConflictsChangeNothing) {
  const EditSet base = Edits({{{2, 6}, "X"}});
  const std::vector<Edit> conflicting = {{{3, 3}, "in"},  // strictly inside
                                         {{2, 6}, "Y"},   // same bytes, other text
                                         {{1, 3}, ""},   {{5, 7}, ""},
                                         {{3, 4}, "Z"},  // common bytes
                                         {{0, 9}, "all"}};
  for (const Edit& edit : conflicting) {
    EditSet set = base;
    EXPECT_EQ(set.Add(edit).code(), absl::StatusCode::kAlreadyExists);
    EXPECT_EQ(set.Apply("abcdefghi"), "abXghi");
    EXPECT_TRUE(base.ConflictsWith(Edits({edit})));
    EXPECT_TRUE(Edits({edit}).ConflictsWith(base));
  }
}

TEST(EditSetTest, AReplacementAroundAnInsertionConflicts) {
  EditSet set = Edits({{{3, 3}, "in"}});
  EXPECT_FALSE(set.Add({2, 6}, "X").ok());
  EXPECT_TRUE(set.Add({3, 6}, "X").ok());
  EXPECT_TRUE(set.Add({1, 3}, "W").ok());
  EXPECT_EQ(set.Apply("abcdefg"), "aWinXg");
}

TEST(EditSetTest, MergeIsAllOrNothing) {
  EditSet set = Edits({{{4, 6}, "X"}});
  EXPECT_FALSE(set.Merge(Edits({{{0, 1}, "W"}, {{5, 7}, "Y"}})).ok());
  EXPECT_EQ(set.size(), 1U);
  EXPECT_TRUE(set.Merge(Edits({{{0, 1}, "W"}, {{4, 6}, "X"}})).ok());
  EXPECT_EQ(set.size(), 2U);
  EXPECT_TRUE(set.Merge(set).ok());
  EXPECT_EQ(set.size(), 2U);
}

TEST(EditSetTest, MapOffsetFollowsTheBytes) {
  const EditSet set = Edits({{{2, 2}, "++"}, {{4, 6}, "X"}});
  EXPECT_EQ(set.MapOffset(1), 1U);
  EXPECT_EQ(set.MapOffset(2), 4U);
  EXPECT_EQ(set.MapOffset(4), 7U);
  EXPECT_EQ(set.MapOffset(5), 7U);
  EXPECT_EQ(set.MapOffset(6), 7U);
  EXPECT_EQ(set.MapOffset(9), 10U);
}

// The same edits by the plainest means: from the last to the first, on a string.
std::string Naively(std::string bytes, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin
                                        : a.span.empty() && !b.span.empty();
  });
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    bytes.replace(edit->span.begin, edit->span.size(), edit->text);
  }
  return bytes;
}

bool NaiveConflict(const Edit& a, const Edit& b) {
  if (a == b) {
    return false;
  }
  const auto inside = [](Span insertion, Span span) {
    return insertion.empty() && span.begin < insertion.begin && insertion.begin < span.end;
  };
  return (!a.span.empty() && !b.span.empty() && a.span.Overlaps(b.span)) ||
         inside(a.span, b.span) || inside(b.span, a.span);
}

class RandomEdits {
 public:
  explicit RandomEdits(uint32_t seed) : random_(seed) {}

  size_t Upto(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit)(random_); }
  Edit Next(size_t size) {
    const size_t begin = Upto(size);
    const size_t end = std::min(size, begin + Upto(3));
    return {{begin, end}, std::string(Upto(2), static_cast<char>('A' + Upto(3)))};
  }

 private:
  std::mt19937 random_;
};

TEST(EditSetPropertyTest, AddAgreesWithNaiveApplication) {
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    RandomEdits random(seed);
    const std::string bytes = std::string("abcdefghijklmnopqrstuvwx").substr(0, random.Upto(24));
    EditSet set;
    std::vector<Edit> taken;
    for (size_t i = 0; i < 12; ++i) {
      const Edit edit = random.Next(bytes.size());
      const bool noop = edit.span.empty() && edit.text.empty();
      const bool conflict = !noop && std::ranges::any_of(taken, [&](const Edit& other) {
        return NaiveConflict(edit, other);
      });
      ASSERT_EQ(set.Add(edit).ok(), !conflict) << "seed " << seed;
      if (!conflict && !noop && std::ranges::find(taken, edit) == taken.end()) {
        taken.push_back(edit);
      }
    }
    ASSERT_EQ(set.size(), taken.size()) << "seed " << seed;
    ASSERT_EQ(set.Apply(bytes), Naively(bytes, taken)) << "seed " << seed;
  }
}

TEST(EditSetPropertyTest, MergeCommutesUnlessBothInsertAtOnePlace) {
  size_t merged = 0;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    RandomEdits random(seed);
    const std::string bytes = "abcdefghijklmnopqrstuvwx";
    EditSet a;
    EditSet b;
    for (size_t i = 0; i < 3; ++i) {
      a.Add(random.Next(bytes.size())).IgnoreError();
      b.Add(random.Next(bytes.size())).IgnoreError();
    }
    ASSERT_EQ(a.ConflictsWith(b), b.ConflictsWith(a)) << "seed " << seed;
    EditSet ab = a;
    EditSet ba = b;
    ASSERT_EQ(ab.Merge(b).ok(), !a.ConflictsWith(b)) << "seed " << seed;
    ASSERT_EQ(ba.Merge(a).ok(), !a.ConflictsWith(b)) << "seed " << seed;
    const bool same_place = std::ranges::any_of(a.edits(), [&](const Edit& x) {
      return x.span.empty() &&
             std::ranges::any_of(b.edits(), [&](const Edit& y) { return x.span == y.span; });
    });
    if (!a.ConflictsWith(b) && !same_place) {
      ++merged;
      ASSERT_EQ(ab.Apply(bytes), ba.Apply(bytes)) << "seed " << seed;
    }
  }
  EXPECT_GT(merged, 500U);
}

TEST(EditSetPropertyTest, MapOffsetFindsKeptBytes) {
  for (uint32_t seed = 0; seed < 1000; ++seed) {
    RandomEdits random(seed);
    const std::string bytes = "abcdefghijklmnopqrstuvwx";
    EditSet set;
    for (size_t i = 0; i < 6; ++i) {
      set.Add(random.Next(bytes.size())).IgnoreError();
    }
    const std::string after = set.Apply(bytes);
    for (size_t i = 0; i < bytes.size(); ++i) {
      const bool kept = std::ranges::none_of(
          set.edits(), [&](const Edit& edit) { return edit.span.Contains(i); });
      ASSERT_LE(set.MapOffset(i), after.size());
      if (kept) {
        ASSERT_EQ(after[set.MapOffset(i)], bytes[i]) << "seed " << seed << " offset " << i;
      }
    }
    ASSERT_EQ(set.MapOffset(bytes.size()), after.size());
  }
}

}  // namespace
}  // namespace windlass
