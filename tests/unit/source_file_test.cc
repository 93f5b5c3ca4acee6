#include "transformer/text/source_file.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace windlass {
namespace {

using namespace std::string_literals;

TEST(SourceFileTest, CountsLinesAndColumnsFromOne) {
  const SourceFile file("a.go", "one\r\ntwo\n\nfour");
  EXPECT_EQ(file.line_count(), 4U);
  EXPECT_EQ(file.PositionAt(0), (Position{1, 1}));
  EXPECT_EQ(file.PositionAt(4), (Position{1, 5})) << "the LF of a CRLF";
  EXPECT_EQ(file.PositionAt(5), (Position{2, 1}));
  EXPECT_EQ(file.PositionAt(9), (Position{3, 1}));
  EXPECT_EQ(file.PositionAt(14), (Position{4, 5})) << "the end of the file";
}

TEST(SourceFileTest, LinesLackTheirEnds) {
  const SourceFile file("a.go", "one\r\ntwo\n\nfour\r");
  EXPECT_EQ(file.Text(file.LineSpan(1)), "one");
  EXPECT_EQ(file.Text(file.LineSpan(2)), "two");
  EXPECT_EQ(file.Text(file.LineSpan(3)), "");
  EXPECT_EQ(file.Text(file.LineSpan(4)), "four\r") << "a lone CR ends no line";
  EXPECT_EQ(file.LineSpan(5), (Span{file.size(), file.size()}));
  EXPECT_EQ(file.LineBegin(0), 0U);
}

TEST(SourceFileTest, EmptyFileHasOneEmptyLine) {
  const SourceFile file("a.go", "");
  EXPECT_EQ(file.line_count(), 1U);
  EXPECT_EQ(file.PositionAt(0), (Position{1, 1}));
  EXPECT_EQ(file.LineSpan(1), (Span{0, 0}));
  EXPECT_EQ(file.EolAt(0), "\n");
}

TEST(SourceFileTest, InsertedTextTakesTheEndOfItsLine) {
  const SourceFile file("a.go", "unix\nwindows\r\nlast");
  EXPECT_EQ(file.eols().Verdict(), Eol::kMixed);
  EXPECT_EQ(file.EolAt(2), "\n");
  EXPECT_EQ(file.EolAt(5), "\r\n");
  EXPECT_EQ(file.EolAt(16), "\r\n") << "of the line before";
  EXPECT_EQ(SourceFile("b", "no end").EolAt(3), "\n");
}

TEST(SourceFileTest, KnowsTheLinesOfUtf16) {
  // "a", CRLF, U+0A0A, "b"
  const SourceFile file("a.reg", "\xFF\xFE"s + "a\0\r\0\n\0\x0A\x0A"s + "b\0"s);
  EXPECT_EQ(file.encoding(), Encoding::kUtf16Le);
  EXPECT_EQ(file.line_count(), 2U);
  EXPECT_EQ(file.Text(file.LineSpan(1)), "\xFF\xFE"s + "a\0"s);
  EXPECT_EQ(file.PositionAt(8), (Position{2, 1}));
  EXPECT_EQ(file.EolAt(3), "\r\0\n\0"s);
}

}  // namespace
}  // namespace windlass
