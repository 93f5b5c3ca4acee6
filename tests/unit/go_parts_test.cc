#include "transformer/facts/go_parts.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "transformer/facts/go_file.h"
#include "transformer/syntax/tree.h"

namespace windlass {
namespace {

using testing::ElementsAre;

constexpr std::string_view kSource =
    "// Package a.\npackage a\n\nimport (\n\t\"os\"\n)\n\n"
    "const text = `\nfunc not() {\n`\n\n"
    "// T is one.\ntype T struct {\n\ta int // func\n}\n\n"
    "var (\n\tx = func() int { return 1 }()\n\ty int\n)\n\n"
    "func (t T) Method() {\n\ttype local int\n\tvar v local\n\t_ = v\n}\n\n"
    "func last() { os.Exit(1) }";

std::vector<std::string> Texts(std::string_view source) {
  std::vector<std::string> texts;
  size_t end = 0;
  for (const GoPart& part : SplitGo(source)) {
    EXPECT_EQ(part.span.begin, end) << "parts are the file";
    end = part.span.end;
    texts.emplace_back(source.substr(part.span.begin, part.span.size()).substr(0, 10));
  }
  EXPECT_EQ(end, source.size());
  return texts;
}

TEST(SplitGoTest, FindsTheDeclarationsOfTheTopLevel) {
  EXPECT_THAT(Texts(kSource), ElementsAre("// Package", "const text", "type T str",
                                          "var (\n\tx =", "func (t T)", "func last("));
}

TEST(SplitGoTest, BrokenAndEmptyFilesHaveParts) {
  EXPECT_THAT(Texts(""), ElementsAre(""));
  EXPECT_THAT(Texts("package a\n\nfunc f( {\n\nfunc g() {}\n"),
              ElementsAre("package a\n", "func f( {\n", "func g() {"));
}

TEST(SplitGoTest, PartsAreFoundByPlace) {
  const std::vector<GoPart> parts = SplitGo(kSource);
  EXPECT_EQ(PartAt(parts, 0), 0U);
  EXPECT_EQ(PartAt(parts, kSource.find("a int")), 2U);
  EXPECT_EQ(PartAt(parts, kSource.size()), 5U);
}

TEST(ParsePartsTest, ParsesNothingElseAndKeepsThePlaces) {
  const SourceFile source("a.go", std::string(kSource));
  const std::vector<GoPart> parts = SplitGo(kSource);
  const std::vector<Span> wanted = {parts[0].span, parts[2].span, parts[5].span};
  const auto tree = Tree::ParseParts(source, Language::kGo, wanted);
  ASSERT_TRUE(tree.ok()) << tree.status();
  EXPECT_FALSE((*tree)->has_errors());
  std::vector<std::string> names;
  const auto go = GoFile::Derive(**tree);
  for (const GoDecl& decl : go->declarations()) {
    names.emplace_back(decl.name);
    EXPECT_EQ(kSource.substr(decl.name_node.span().begin, decl.name.size()), decl.name);
  }
  EXPECT_THAT(names, ElementsAre("T", "last"));
}

TEST(PartsAroundTest, TakesNeighboursWithoutABlankLineBetween) {
  constexpr std::string_view kText =
      "package p\n\nvar a = 1\n// Of b.\nvar b = 2\n\nvar c = 3\nvar d = 4\n\nfunc f() {}\n";
  const std::vector<GoPart> parts = SplitGo(kText);
  const auto around = [&](std::string_view text) {
    const size_t begin = kText.find(text);
    return PartsAround(parts, kText, std::vector<Span>{{begin, begin + text.size()}});
  };
  EXPECT_THAT(around("= 1"), ElementsAre(1, 2));
  EXPECT_THAT(around("= 2"), ElementsAre(1, 2));
  EXPECT_THAT(around("= 2\n\nvar c"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(around("{}"), ElementsAre(5));
  EXPECT_THAT(around("package"), ElementsAre());
}

TEST(PartsMentioningTest, FindsWholeWordsOnceAPart) {
  constexpr std::string_view kText =
      "package a // name\n\nvar name = 1\n\nfunc f() { name(name) }\n\nfunc g() { names() }\n";
  const std::vector<std::string_view> names = {"name", ""};
  EXPECT_THAT(PartsMentioning(SplitGo(kText), kText, names), ElementsAre(1, 2));
}

TEST(WithMentionedTest, FollowsSmallDeclarationsAndNoFunctions) {
  constexpr std::string_view kText =
      "package a\n\ntype T struct{ u U }\n\ntype U string\n\nvar other = 1\n\n"
      "func f(t T) { g() }\n\nfunc g() {}\n\nconst large = `0123456789`\n\nfunc h() { _ = large "
      "}\n";
  const std::vector<GoPart> parts = SplitGo(kText);
  const GoSkim skim = SkimGo("a.go", kText);
  EXPECT_THAT(WithMentioned(parts, kText, skim, {4}, 100), ElementsAre(1, 2, 4));
  EXPECT_THAT(WithMentioned(parts, kText, skim, {7}, 10), ElementsAre(7));
  EXPECT_THAT(WithMentioned(parts, kText, skim, {}, 100), ElementsAre());
}

TEST(SpansOfTest, JoinsWhatTouchesAndBeginsWithTheHead) {
  const std::vector<GoPart> parts = SplitGo(kSource);
  const std::vector<Span> spans = SpansOf(parts, std::vector<size_t>{0, 1, 3, 4});
  ASSERT_EQ(spans.size(), 2U);
  EXPECT_EQ(spans[0], (Span{0, parts[1].span.end}));
  EXPECT_EQ(spans[1], (Span{parts[3].span.begin, parts[4].span.end}));
}

}  // namespace
}  // namespace windlass
