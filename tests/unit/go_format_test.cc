#include "transformer/facts/go_format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>
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

struct RealignCase {
  const char* name;
  const char* from;  // every occurrence becomes `to`
  const char* to;
  const char* before;
  const char* after;
};

void PrintTo(const RealignCase& row, std::ostream* out) {
  *out << row.name;
}

class RealignGoTest : public testing::TestWithParam<RealignCase> {};

EditSet ReplaceAll(std::string_view bytes, std::string_view from, std::string_view to) {
  EditSet edits;
  for (size_t at = bytes.find(from); at != std::string_view::npos;
       at = bytes.find(from, at + from.size())) {
    EXPECT_TRUE(edits.Add({at, at + from.size()}, to).ok());
  }
  return edits;
}

TEST_P(RealignGoTest, Realigns) {
  const RealignCase& row = GetParam();
  const Parsed file(Cat("package p\n\n", row.before));
  ASSERT_FALSE(file.tree->has_errors());
  const EditSet edits = ReplaceAll(file.source.bytes(), row.from, row.to);
  EXPECT_EQ(RealignGo(*file.tree, edits)->Apply(file.source.bytes()),
            Cat("package p\n\n", row.after));
}

TEST_P(RealignGoTest, CleanTextStays) {
  const Parsed file(Cat("package p\n\n", GetParam().after));
  EditSet edits;
  ASSERT_TRUE(edits.Add({0, 0}, "// Text.\n").ok());
  EXPECT_EQ(RealignGo(*file.tree, edits)->edits().size(), 1u);
}

constexpr RealignCase kRealignCases[] = {
    {"TrailingComments", "b()", "longer()",
     "func f() {\n\ta()   // x\n\tb()   // y\n\tccc() // z\n}\n",
     "func f() {\n\ta()      // x\n\tlonger() // y\n\tccc()    // z\n}\n"},
    {"ABlankLineEndsTheSection", "b()", "longer()", "func f() {\n\ta() // x\n\n\tb() // y\n}\n",
     "func f() {\n\ta() // x\n\n\tlonger() // y\n}\n"},
    {"AStatementOfManyLinesEndsTheSection", "b()", "longer()",
     "func f() {\n\ta()    // x\n\tif c { // y\n\t\td() // z\n\t}\n\tb() // w\n}\n",
     "func f() {\n\ta()    // x\n\tif c { // y\n\t\td() // z\n\t}\n\tlonger() // w\n}\n"},
    {"KeysAndValues",
     "bb:", "longer:", "var v = T{\n\ta:   1,\n\tbb:  \"x\", // x\n\tccc: 3,   // y\n}\n",
     "var v = T{\n\ta:      1,\n\tlonger: \"x\", // x\n\tccc:    3,   // y\n}\n"},
    {"ValuesOfManyLinesEndTheSection",
     "bb:", "longer:", "var v = T{\n\ta:  1,\n\tbb: 2,\n\tccc: []int{\n\t\t1,\n\t},\n\td: 4,\n}\n",
     "var v = T{\n\ta:      1,\n\tlonger: 2,\n\tccc: []int{\n\t\t1,\n\t},\n\td: 4,\n}\n"},
    {"StructFields", "int", "string",
     "type T struct {\n\ta int    // x\n\tb []byte `y` // z\n\tC        // w\n}\n",
     "type T struct {\n\ta string // x\n\tb []byte `y` // z\n\tC        // w\n}\n"},
    {"ConstSpecs", "BB", "Longer", "const (\n\tA       = 1 // x\n\tBB  int = 2\n\tCCC     = 3\n)\n",
     "const (\n\tA          = 1 // x\n\tLonger int = 2\n\tCCC        = 3\n)\n"},
    {"VarsOfOneLine", "= 1", "= filepath.Join(a, b)",
     "var a = 1   // x\nvar b = 22  // y\nvar c = 333 // z\n",
     "var a = filepath.Join(a, b) // x\nvar b = 22                  // y\nvar c = 333              "
     "   // "
     "z\n"},
    {"FunctionsOfOneLine", "a()", "longer()", "func a()   {}\nfunc bbb() {}\n",
     "func longer() {}\nfunc bbb()    {}\n"},
    {"RunesNotBytes", "a()", "\"é\"", "func f() {\n\tv = a() // x\n\tw = bb  // y\n}\n",
     "func f() {\n\tv = \"é\" // x\n\tw = bb  // y\n}\n"},
    {"SpacesAroundOperators", "x*y", "z", "var v = a + x*y\n", "var v = a + z\n"},
    {"SpacesOfWhatIsAround", "x", "x*y", "var v = x + 1<<a\nvar w = x << a\n",
     "var v = x*y + 1<<a\nvar w = x * y << a\n"},
    {"TooLongForOneLine", "dir + \"/\"",
     "filepath.Join(filepath.FromSlash(theDirectoryOfTheServer), \"x\") + \"/\"",
     "func (s *server) path() string { return dir + \"/\" + s.name }\nfunc (s *server) n() int     "
     " "
     " { return 0 }\n",
     "func (s *server) path() string {\n\treturn "
     "filepath.Join(filepath.FromSlash(theDirectoryOfTheServer), \"x\") + \"/\" + s.name\n}\nfunc "
     "(s "
     "*server) n() int { return 0 }\n"},
    {"RawStringFreezesItsLine", "a(", "longer(", "func f() {\n\ta(`x\n`) // y\n\tb() // z\n}\n",
     "func f() {\n\tlonger(`x\n`) // y\n\tb() // z\n}\n"},
    {"UncleanSectionsStay", "b()", "longer()",
     "func f() {\n\ta()    // x\n\tb()  // y\n\n\td()   // z\n\tb() // z\n\n\tb() // w\n\te() // "
     "w\n}\n",
     "func f() {\n\ta()    // x\n\tlonger()  // y\n\n\td()   // z\n\tlonger() // z\n\n\tlonger() "
     "// "
     "w\n\te()      // w\n}\n"},
};

INSTANTIATE_TEST_SUITE_P(Sections, RealignGoTest, testing::ValuesIn(kRealignCases),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(RealignGoErrorTest, SaysThatTheResultDoesNotParse) {
  const Parsed file("package p\n\nvar a = 1  // x\nvar bb = 2 // y\n");
  EXPECT_FALSE(RealignGo(*file.tree, ReplaceAll(file.source.bytes(), "= 1", "= (1")));
}

TEST(RealignGoErrorTest, WhatDidNotParseStays) {
  const Parsed file("package p\n\nvar a = (1  // x\nvar bb = 2 // y\n");
  const EditSet edits = ReplaceAll(file.source.bytes(), "= 2", "= 3");
  EXPECT_TRUE(std::ranges::equal(RealignGo(*file.tree, edits)->edits(), edits.edits()));
}

TEST(RealignGoErrorTest, LooksAtTheEditedDeclarationsAlone) {
  const Parsed file("package p\n\nfunc f() {\n\tg()\n}\n\nfunc h() {\n\tg()\n}\n");
  EXPECT_FALSE(RealignGo(*file.tree, ReplaceAll(file.source.bytes(), "g()\n}\n\nf", "g(\n}\n\nf")));
  EXPECT_TRUE(RealignGo(*file.tree, ReplaceAll(file.source.bytes(), "func h", "func k")));
}

}  // namespace
}  // namespace windlass
