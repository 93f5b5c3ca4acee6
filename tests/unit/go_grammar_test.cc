// What tree-sitter-go makes of Go that is easily misread. Where it is wrong, these tests hold the
// fault still, so that code which has to know of it learns when a new grammar behaves otherwise.

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "transformer/syntax/tree.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct Parsed {
  explicit Parsed(std::string_view code)
      : source("x.go", Cat("package p\n\n", code, "\n")),
        tree(Tree::Parse(source, Language::kGo).value_or(nullptr)) {}

  SourceFile source;
  std::unique_ptr<Tree> tree;
};

bool IsClean(std::string_view code) {
  const Parsed parsed(code);
  return parsed.tree != nullptr && !parsed.tree->has_errors();
}

/// The kind of node that `x` gets in `var _ = x`, with the kinds of its children.
std::string Shape(std::string_view expression) {
  const Parsed parsed(Cat("var _ = ", expression));
  const Node value = parsed.tree->root().NamedChild(1).NamedChild(0).Field("value").NamedChild(0);
  std::string shape = Cat(value.kind(), ":");
  for (const Node child : value.NamedChildren()) {
    shape += Cat(" ", child.kind());
  }
  return Cat(shape, parsed.tree->has_errors() ? " (error)" : "");
}

TEST(GoGrammarTest, ReadsTheWholeLanguage) {
  for (const std::string_view code : {
           "type A[T any, U ~int | ~string] struct {\n\tB\n\t*C\n\tD[T]\n\te, f string "
           "`json:\"x\"`\n}",
           "type I interface {\n\tm(a int) string\n\t~int | string\n\tfmt.Stringer\n}",
           "type F func(string, ...int) (n int, err error)",
           "type X = map[string][]int",
           "type Y[P *T,] struct{}",
           "type W[P interface{ *T }] []P",
           "type L[T any] = []T",
           "func (r *A[T, _]) m(a, b string, c ...T) (_ int, err error) { return }",
           "func bodiless(x int)",
           "func f() {\nL:\n\tfor i := range 10 {\n\t\tcontinue L\n\t}\n\tgoto L\n}",
           "func f() {\n\tfor range c {\n\t}\n\tfor i := 0; i < 1; i++ {\n\t}\n\tfor {\n\t}\n}",
           "func f() {\n\tswitch x := y.(type) {\n\tcase int, *T:\n\tdefault:\n\t}\n}",
           "func f() {\n\tselect {\n\tcase v := <-c:\n\tcase c <- 1:\n\t}\n}",
           "func f() {\n\tif x == (T{}) {\n\t}\n\tif v, ok := m[k]; ok {\n\t} else if z {\n\t}\n}",
           "var x = struct{ a int }{1}",
           "var x = func(a ...string) {}",
           "var x = [...]string{1: \"a\", 'b': `c`}",
           "var x = 0x1p-2 + 0b1_0 + 0o7 + 1i + '\\u00e9'",
           "var x = (*T).Method(t, 1)",
           "var x = T.Method",
           "var x = G[int]{1}",
           "var x = s[1:2:3]",
           "const (\n\tA = iota\n\tB\n\tC, D = 1, 2\n)",
           "//go:build linux\n\n//go:embed x\nvar x string",
           "type É struct{}\n\nfunc (é É) ñ() {}",
       }) {
    EXPECT_TRUE(IsClean(code)) << code;
  }
}

TEST(GoGrammarTest, ACallOfAnElementLooksLikeAConversionToAGenericType) {
  // funcs[i](x) and f[int](x) cannot be told apart by syntax; the grammar takes the latter for
  // both, and its identifiers are type_identifier and package_identifier whatever they are.
  EXPECT_EQ(Shape("funcs[i](x)"), "type_conversion_expression: generic_type identifier");
  EXPECT_EQ(Shape("p.funcs[i](x)"), "type_conversion_expression: generic_type identifier");
  EXPECT_EQ(Shape("f[int](x)"), "type_conversion_expression: generic_type identifier");
  EXPECT_EQ(Shape("f[int](x, y)"), "call_expression: index_expression argument_list");
  EXPECT_EQ(Shape("p.funcs[i].f(x)"), "call_expression: selector_expression argument_list");
}

TEST(GoGrammarTest, ConversionsToNamedTypesLookLikeCalls) {
  EXPECT_EQ(Shape("T(x)"), "call_expression: identifier argument_list");
  EXPECT_EQ(Shape("(*T)(x)"), "call_expression: parenthesized_expression argument_list");
  EXPECT_EQ(Shape("string(x)"), "call_expression: identifier argument_list");
  EXPECT_EQ(Shape("[]byte(x)"), "type_conversion_expression: slice_type identifier");
}

TEST(GoGrammarTest, NewAndMakeTakeTypesEvenWhereTheyAreNotTheBuiltins) {
  const Parsed parsed("var _ = make(n)");
  EXPECT_FALSE(parsed.tree->has_errors());
  EXPECT_EQ(parsed.tree->root().NamedCovering({24, 25}).kind(), "type_identifier");
  // Go 1.26 has new(expression); a function may be called make.
  EXPECT_FALSE(IsClean("var _ = new(f(x))"));
  EXPECT_FALSE(IsClean("func f(make func(int)) { make(n - 1) }"));
}

TEST(GoGrammarTest, KeysOfACompositeLiteralAreIdentifiers) {
  const Parsed parsed("var _ = T{Field: v}");
  EXPECT_EQ(parsed.tree->root().NamedCovering({21, 26}).kind(), "identifier");
}

TEST(GoGrammarTest, AGroupOnOneLineMayLackASemicolon) {
  EXPECT_FALSE(IsClean("const ( A = 1; B = 2 )"));
  EXPECT_FALSE(IsClean("var ( a int; b int )"));
  EXPECT_TRUE(IsClean("var ( a int; b int; )"));
  EXPECT_TRUE(IsClean("type ( A int; B int )"));
}

}  // namespace
}  // namespace windlass
