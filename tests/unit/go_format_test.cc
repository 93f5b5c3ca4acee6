#include "transformer/facts/go_format.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct Parsed {
  explicit Parsed(std::string bytes) : source("a.go", std::move(bytes)) {
    tree = std::move(Tree::Parse(source, Language::kGo)).value();
  }
  Node Find(std::string_view text) const {
    const size_t at = source.bytes().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return tree->root().NamedCovering({at, at + text.size()});
  }
  SourceFile source;
  std::unique_ptr<Tree> tree;
};

struct DepthCase {
  const char* statement;
  int depth;  // of the expression `x + y*z` or `x+y*z` within
};

TEST(GoExprDepthTest, FollowsGofmt) {
  for (const DepthCase& row : {
           DepthCase{"v = x + y*z", 1},
           {"v, w = x+y*z, 1", 2},
           {"f(x + y*z)", 1},
           {"f(a, x+y*z)", 2},
           {"f(g(a, x+y*z))", 2},
           {"f(a, g(b, x+y*z))", 3},
           {"f(a, (x + y*z))", 1},
           {"v = a[x+y*z]", 2},
           {"v = a[x+y*z : 1]", 2},
           {"return x + y*z, nil", 1},
           {"v = []int{x + y*z, 2}", 1},
           {"v = T{k: x + y*z}", 1},
           {"(x + y*z)++", 1},
           {"f(a, func() { g(x + y*z) })", 1},
           {"v = -(x + y*z)", 1},
           {"f(a, b == x+y*z)", 3},
       }) {
    const Parsed file(Cat("package p\n\nfunc f() {\n\t", row.statement, "\n}\n"));
    ASSERT_FALSE(file.tree->has_errors()) << row.statement;
    const std::string_view bytes = file.source.bytes();
    const bool spaced = bytes.find("x + y*z") != std::string_view::npos;
    const Node expr = file.Find(spaced ? "x + y*z" : "x+y*z");
    EXPECT_EQ(GoExprDepth(expr), row.depth) << row.statement;
    EXPECT_EQ(GoExprAt(expr, GoExprDepth(expr)), expr.text()) << row.statement;
  }
}

struct SpacingCase {
  const char* expr;
  int depth;
  const char* formatted;
};

TEST(GoExprAtTest, SpacesOperators) {
  for (const SpacingCase& row : {
           SpacingCase{"a+b", 1, "a + b"},
           {"a + b", 2, "a+b"},
           {"a+b*c", 1, "a + b*c"},
           {"a*b", 1, "a * b"},
           {"a == b+c", 2, "a == b+c"},
           {"a&&b||c", 3, "a && b || c"},
           {"a / *b", 1, "a / *b"},
           {"a - -b", 2, "a - -b"},
           {"f(a+b)", 1, "f(a + b)"},
           {"f(a + b, c)", 1, "f(a+b, c)"},
           {"s[a + 1:]", 1, "s[a+1:]"},
           {"s[a+1:b]", 1, "s[a+1 : b]"},
           {"s[a : b]", 1, "s[a:b]"},
           {"f(s[a+1 : b], c)", 1, "f(s[a+1:b], c)"},
           {"s[a : b+1 : c]", 1, "s[a : b+1 : c]"},
           {"dir+\"/\" + /* why */ name", 1, "dir + \"/\" + /* why */ name"},
           {"f(`a\nb`+c)", 1, "f(`a\nb` + c)"},
           {"f(a,\n\tb+c)", 1, "f(a,\n\tb+c)"},
           {"a+\n\tb", 1, "a +\n\tb"},
       }) {
    const Parsed file(Cat("package p\n\nvar v = ", row.expr, "\n"));
    EXPECT_EQ(GoExprAt(file.Find(row.expr), row.depth), row.formatted) << row.expr;
  }
}

}  // namespace
}  // namespace windlass
