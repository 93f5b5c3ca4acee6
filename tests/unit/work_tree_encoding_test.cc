#include "transformer/text/work_tree_encoding.h"

#include <gtest/gtest.h>

namespace windlass {
namespace {

using std::string_literals::operator""s;

TEST(WorkTreeEncodingTest, TheNameDecidesWhatTheBytesDoNotTell) {
  const std::string le = "\x2d\x8a\x0d\0\x0a\0"s;  // 設 CR LF
  EXPECT_EQ(DetectEncoding(le), Encoding::kBinary);
  for (const char* name : {"UTF-16LE", "utf-16le", "UTF16LE", "UTF-16LE-BOM"}) {
    EXPECT_EQ(DeclaredEncoding(name, le), Encoding::kUtf16Le) << name;
  }
  EXPECT_EQ(DeclaredEncoding("UTF-16BE", "\x8a\x2d\0\x0d\0\x0a"s), Encoding::kUtf16Be);
  EXPECT_EQ(DeclaredEncoding("UTF-16", "\xff\xfe"s + le), Encoding::kUtf16Le);
  EXPECT_EQ(DeclaredEncoding("ISO-8859-1", "\xe9\r\n"), Encoding::kLatin1);
  EXPECT_EQ(DeclaredEncoding("UTF-8", "a\n"), Encoding::kUtf8);
}

TEST(WorkTreeEncodingTest, WhatIsNoSuchTextIsBinary) {
  EXPECT_EQ(DeclaredEncoding("UTF-16LE", "a\0\0\0"s), Encoding::kBinary);
  EXPECT_EQ(DeclaredEncoding("UTF-16LE", "a\0b"s), Encoding::kBinary);
  EXPECT_EQ(DeclaredEncoding("UTF-16LE", "a\0b"s, false), Encoding::kUtf16Le);
  EXPECT_EQ(DeclaredEncoding("UTF-16LE", "\0\xd8"s), Encoding::kBinary);
  EXPECT_EQ(DeclaredEncoding("UTF-16LE", "\0\xd8"s, false), Encoding::kUtf16Le);
  EXPECT_EQ(DeclaredEncoding("UTF-32LE", "a\0\0\0"s), Encoding::kBinary);
}

TEST(WorkTreeEncodingTest, StoresUtf8AndGivesItBack) {
  const std::string text = "r\xc3\xa9sum\xc3\xa9\r\n";
  for (const char* name :
       {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-16LE-BOM", "ISO-8859-1", "UTF-8"}) {
    const auto there = ToWorkTree(text, name);
    ASSERT_TRUE(there) << name;
    EXPECT_EQ(FromWorkTree(*there, name), text) << name;
  }
  EXPECT_EQ(ToWorkTree("a\n", "UTF-16LE-BOM"), "\xff\xfe"s + "a\0\n\0"s);
  EXPECT_EQ(FromWorkTree("a", "no-such-encoding"), std::nullopt);
  EXPECT_EQ(FromWorkTree("a\0b"s, "UTF-16LE"), std::nullopt);
}

TEST(WorkTreeEncodingTest, NamesMarksThatGitRefuses) {
  EXPECT_NE(MarkMistake("UTF-16LE", "\xff\xfe"s + "a\0"s), "");
  EXPECT_NE(MarkMistake("UTF-16", "a\0"s), "");
  EXPECT_EQ(MarkMistake("UTF-16", "\xff\xfe"s + "a\0"s), "");
  EXPECT_EQ(MarkMistake("UTF-16LE-BOM", "\xff\xfe"s + "a\0"s), "");
  EXPECT_EQ(MarkMistake("UTF-16LE", "a\0"s), "");
}

}  // namespace
}  // namespace windlass
