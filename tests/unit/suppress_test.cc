#include "transformer/rules/suppress.h"

#include <memory>

#include "gtest/gtest.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

// A finding of `rule` at the first occurrence of `place`.
Finding At(const SourceFile& source, std::string_view place, std::string_view rule) {
  Finding finding;
  finding.rule = rule;
  finding.family = rule.substr(0, rule.find('/'));
  finding.path = source.path();
  finding.fix.emplace();
  const size_t begin = source.bytes().find(place);
  finding.span = {begin, begin + place.size()};
  return finding;
}

bool IsSuppressed(const SourceFile& source, const Tree* tree, std::string_view place,
                  std::string_view rule = "f/one") {
  std::vector<Finding> findings = {At(source, place, rule)};
  ApplySuppressions(FindSuppressions(source, tree), source, findings);
  EXPECT_EQ(findings[0].fix.has_value(), !findings[0].refusal.has_value());
  return findings[0].refusal == Refusal::kSuppressed;
}

TEST(SuppressTest, SameLineOrTheLineAbove) {
  const SourceFile source("a.go",
                          "package a\n\n"
                          "//windlass:ignore f/one because\n"
                          "var a = 1\n"
                          "var b = 2 //windlass:ignore f/one because\n"
                          "var c = 3\n");
  EXPECT_TRUE(IsSuppressed(source, nullptr, "var a"));
  EXPECT_TRUE(IsSuppressed(source, nullptr, "2"));
  EXPECT_FALSE(IsSuppressed(source, nullptr, "var c"));
  EXPECT_FALSE(IsSuppressed(source, nullptr, "var a", "f/other"));
}

TEST(SuppressTest, FamilyAndAllAndStacked) {
  const SourceFile source("a.yaml",
                          "# windlass:ignore f because\n"
                          "# windlass:ignore g/x because\n"
                          "a: 1\n"
                          "b: 2  # windlass:ignore all because\n");
  EXPECT_TRUE(IsSuppressed(source, nullptr, "a: 1", "f/one"));
  EXPECT_TRUE(IsSuppressed(source, nullptr, "a: 1", "g/x"));
  EXPECT_FALSE(IsSuppressed(source, nullptr, "a: 1", "g/y"));
  EXPECT_TRUE(IsSuppressed(source, nullptr, "b: 2", "anything/else"));
}

TEST(SuppressTest, WithinALongPlace) {
  const SourceFile source("a.go", "f(\n\t1, //windlass:ignore f/one because\n\t2)\n");
  EXPECT_TRUE(IsSuppressed(source, nullptr, "f(\n\t1, //windlass:ignore f/one because\n\t2)"));
}

TEST(SuppressTest, OnlyCommentsCount) {
  const SourceFile source("a.go",
                          "package a\n\n"
                          "var a = \"//windlass:ignore f/one because\"\n"
                          "var b = 2 // windlass:ignore f/one because\n"
                          "var c = 3 // see windlass:ignore f/one because\n"
                          "var d = 4 //windlass:ignored f/one because\n");
  const auto tree = Tree::Parse(source, Language::kGo);
  ASSERT_TRUE(tree.ok());
  EXPECT_FALSE(IsSuppressed(source, tree->get(), "var a"));
  EXPECT_TRUE(IsSuppressed(source, tree->get(), "var b"));
  EXPECT_FALSE(IsSuppressed(source, tree->get(), "var c"));
  EXPECT_FALSE(IsSuppressed(source, tree->get(), "var d"));
}

TEST(SuppressTest, CommentSignsOfConfiguration) {
  const SourceFile source("a.bat",
                          "REM windlass:ignore f because\r\na\r\n"
                          ":: windlass:ignore f because\r\nb\r\n"
                          "; windlass:ignore f because\r\nc\r\n"
                          "echo windlass:ignore f because\r\nd\r\n");
  EXPECT_TRUE(IsSuppressed(source, nullptr, "\na\r"));
  EXPECT_TRUE(IsSuppressed(source, nullptr, "b\r"));
  EXPECT_TRUE(IsSuppressed(source, nullptr, "c\r"));
  EXPECT_FALSE(IsSuppressed(source, nullptr, "d\r"));
}

TEST(SuppressTest, CommentsThatSayTooLittleAreReported) {
  const SourceFile source("a.go",
                          "var a = 1 //windlass:ignore f/one\n"
                          "var b = 2 //windlass:ignore\n"
                          "var c = 3 //windlass:ignore f/on because\n"
                          "var d = 4 //windlass:ignore f/one because\n"
                          "var e = 5 //windlass:ignore f/one because\n");
  std::vector<Finding> findings = {At(source, "1", "f/one"), At(source, "4", "f/one")};
  const auto suppressions = FindSuppressions(source, nullptr);
  ASSERT_EQ(suppressions.size(), 5U);
  ApplySuppressions(suppressions, source, findings);
  EXPECT_FALSE(findings[0].refusal.has_value());
  EXPECT_EQ(findings[1].reason, "because");
  std::string said;
  for (const Finding& about :
       CheckSuppressions(suppressions, source, findings, true,
                         [](std::string_view rule) { return rule == "f/one" || rule == "f"; })) {
    EXPECT_EQ(about.rule, "windlass/ignore");
    said +=
        Cat(std::to_string(source.PositionAt(about.span.begin).line), ": ", about.message, "\n");
  }
  EXPECT_EQ(said,
            "1: windlass:ignore f/one gives no reason and is not heeded; write one after the rule\n"
            "2: windlass:ignore names no rule; write windlass:ignore RULE reason\n"
            "3: there is no rule or family `f/on`; see `windlass rules list`\n"
            "5: windlass:ignore f/one suppresses nothing here; remove it\n");
}

}  // namespace
}  // namespace windlass
