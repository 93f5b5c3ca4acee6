#include "transformer/rules/template.h"

#include "gtest/gtest.h"

namespace windlass {
namespace {

std::optional<std::string> Upper(std::string_view name) {
  if (name == "none") {
    return std::nullopt;
  }
  std::string out(name);
  for (char& c : out) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

std::optional<std::string> Expand(std::string_view text) {
  const auto parsed = Template::Parse(text, "t");
  return parsed.ok() ? parsed->Expand(&Upper) : "error";
}

TEST(TemplateTest, FillsHoles) {
  EXPECT_EQ(Expand("f(@a, @b.c)"), "f(A, B.c)");
  EXPECT_EQ(Expand("@{a}b @{x-y.z}"), "Ab X-Y.Z");
  EXPECT_EQ(Expand("a@@b @@@a"), "a@b @A");
  EXPECT_EQ(Expand(""), "");
  EXPECT_EQ(Expand("x @none"), std::nullopt);
}

TEST(TemplateTest, TellsWhereHolesCameToStand) {
  const auto parsed = Template::Parse("ab@c d@{e}", "t");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->Holes().size(), 2U);
  EXPECT_EQ(parsed->Holes()[1].name, "e");
  EXPECT_EQ(parsed->Holes()[1].offset, 6U);
  const auto expansion = parsed->ExpandWithHoles([](std::string_view) { return "xyz"; });
  ASSERT_TRUE(expansion.has_value());
  EXPECT_EQ(expansion->text, "abxyz dxyz");
  ASSERT_EQ(expansion->holes.size(), 2U);
  EXPECT_EQ(expansion->holes[1], (Span{7, 10}));
}

TEST(TemplateTest, ErrorsHaveTheirPlace) {
  EXPECT_EQ(Template::Parse("a\nb @", "t").status().message(),
            "t:2:3: `@` begins no hole; write @name, @{name}, or @@ for an at sign");
  EXPECT_EQ(Template::ParseAt("a @{x", Place{"p", 7, 10}).status().message(),
            "p:7:12: `@` begins no hole; write @name, @{name}, or @@ for an at sign");
}

TEST(TemplateTest, LiteralHasNoHoles) {
  EXPECT_EQ(Template::Literal("a@b").Expand(&Upper), "a@b");
}

}  // namespace
}  // namespace windlass
