#include "transformer/text/unicode.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace windlass {
namespace {

using namespace std::string_view_literals;

TEST(UnicodeTest, FindsTheFirstByteThatIsNoUtf8) {
  EXPECT_EQ(Utf8PrefixLength(""), 0U);
  EXPECT_EQ(Utf8PrefixLength("ascii"), 5U);
  EXPECT_EQ(Utf8PrefixLength("\xE2\x82\xAC\xF0\x9F\x98\x80!"), 8U);
  EXPECT_EQ(Utf8PrefixLength("ab\x80"), 2U);
  EXPECT_EQ(Utf8PrefixLength("ab\xE2\x82"), 2U) << "cut off";
  EXPECT_EQ(Utf8PrefixLength("ab\xE0\x80\x80"), 2U) << "overlong";
  const std::string longer = std::string(100, 'x') + "\xFF" + std::string(100, 'x');
  EXPECT_EQ(Utf8PrefixLength(longer), 100U);
}

TEST(UnicodeTest, ReplacesBadBytesOneByOne) {
  EXPECT_EQ(ReplaceInvalidUtf8("a\xFF\xFE"
                               "b\xC3\xBC"),
            "a\uFFFD\uFFFD"
            "b\u00FC");
  EXPECT_EQ(ReplaceInvalidUtf8(""), "");
}

TEST(UnicodeTest, DecodesUtf16) {
  EXPECT_EQ(Utf16ToUtf8("a\0\xAC\x20\x3D\xD8\x00\xDE"sv, false), "a\u20AC\U0001F600");
  EXPECT_EQ(Utf16ToUtf8("\0a\x20\xAC\xD8\x3D\xDE\x00"sv, true), "a\u20AC\U0001F600");
  EXPECT_EQ(Utf16ToUtf8("\x3D\xD8"
                        "a\0"sv,
                        false),
            "\uFFFD"
            "a")
      << "unpaired";
  EXPECT_EQ(Utf16ToUtf8("\0\xDE"
                        "a"sv,
                        false),
            "\uFFFD\uFFFD")
      << "unpaired, then odd";
}

}  // namespace
}  // namespace windlass
