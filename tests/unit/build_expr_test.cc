#include "transformer/facts/build_expr.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/go_tool.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

BuildExpr Parsed(std::string_view text) {
  absl::StatusOr<BuildExpr> x = BuildExpr::Parse(text);
  EXPECT_TRUE(x.ok()) << text << ": " << x.status();
  return x.value_or(BuildExpr());
}

std::string Error(std::string_view text) {
  return std::string(Std(BuildExpr::Parse(text).status().message()));
}

TEST(BuildExprTest, ParsesWithTheUsualPrecedence) {
  EXPECT_EQ(Parsed("linux"), BuildExpr::Tag("linux"));
  EXPECT_EQ(Parsed("a||b&&!c"), BuildExpr::Or(BuildExpr::Tag("a"),
                                              BuildExpr::And(BuildExpr::Tag("b"),
                                                             BuildExpr::Not(BuildExpr::Tag("c")))));
  EXPECT_EQ(
      Parsed("(a||b)&&c"),
      BuildExpr::And(BuildExpr::Or(BuildExpr::Tag("a"), BuildExpr::Tag("b")), BuildExpr::Tag("c")));
  EXPECT_EQ(Parsed("a && (b && c)"), Parsed("a && b && c"));
  EXPECT_EQ(Parsed(" \tgo1.18\t "), BuildExpr::Tag("go1.18"));
}

TEST(BuildExprTest, ErrorsNameTheColumn) {
  EXPECT_TRUE(Error("").starts_with("column 1: unexpected end"));
  EXPECT_TRUE(Error("a &&").starts_with("column 5: unexpected end"));
  EXPECT_TRUE(Error("a b").starts_with("column 3: unexpected `b`"));
  EXPECT_TRUE(Error("a & b").starts_with("column 3: unexpected `&`"));
  EXPECT_TRUE(Error("a, b").starts_with("column 2: unexpected `,`"));
  EXPECT_TRUE(Error("(a || b").starts_with("column 1: this parenthesis"));
  EXPECT_TRUE(Error("a)").starts_with("column 2: unexpected `)`"));
  EXPECT_TRUE(Error("!!a").starts_with("column 2: double negation"));
  EXPECT_TRUE(Error("a-b").starts_with("column 2: unexpected `-`"));
  EXPECT_NE(Error(std::string(5000, '(')).find("too large"), std::string::npos);
}

TEST(BuildExprTest, EvaluatesTheTagsOfATarget) {
  const Target linux = {"linux", "amd64"};
  const Target windows = {"windows", "arm64"};
  EXPECT_TRUE(Parsed("linux && amd64 && unix && gc && go1.1 && go1.99 && amd64.v1").Eval(linux));
  EXPECT_TRUE(Parsed("windows && !unix && !cgo && arm64.v8.0 && !amd64.v1").Eval(windows));
  EXPECT_FALSE(Parsed("go1.100 || go1.01 || go1 || gccgo || race || ignore || custom").Eval(linux));
  const std::vector<std::string> tags = {"custom", "cgo"};
  EXPECT_TRUE(Parsed("custom && cgo").Eval(linux, tags));
  EXPECT_TRUE(Parsed("linux && android").Eval({"android", "arm64"}));
  EXPECT_TRUE(Parsed("darwin && ios && unix").Eval({"ios", "arm64"}));
  EXPECT_TRUE(Parsed("solaris && illumos").Eval({"illumos", "amd64"}));
  EXPECT_FALSE(Parsed("unix").Eval({"plan9", "386"}));
}

TEST(BuildExprTest, PlusBuildHasItsOwnGrammar) {
  const auto plus = [](std::string_view text) {
    return BuildExpr::ParsePlusBuild(text).value_or(BuildExpr::Tag("failed")).ToString();
  };
  EXPECT_EQ(plus("linux darwin"), "linux || darwin");
  EXPECT_EQ(plus("linux,!cgo darwin,386"), "(linux && !cgo) || (darwin && 386)");
  EXPECT_EQ(plus(""), "ignore");
  EXPECT_EQ(plus("!!a"), "ignore");
  EXPECT_EQ(plus("a-b"), "ignore");
  EXPECT_EQ(plus("a,"), "a && ignore");
  EXPECT_FALSE(BuildExpr::ParsePlusBuild(std::string(300, ',')).ok());
}

TEST(BuildExprTest, PrintsAsGofmtDoes) {
  const ScratchFolder folder;
  for (const std::string_view text :
       {"linux", "!linux", "a||b||c", "a&&b&&c", "a&&b||c", "a||b&&c", "(a||b)&&c", "!(a||b)",
        "!(a&&b)&&c", "((a))", "a&&(b&&c)", "(a||(b||c))", "!(a||b)&&!(c&&!d)||e&&(f||!g)"}) {
    folder.Write("a.go", Cat("//go:build ", text, "\n\npackage p\n"));
    const std::string formatted = Shell("gofmt " + folder.path() + "/a.go");
    EXPECT_EQ(Cat("//go:build ", Parsed(text).ToString(), "\n\npackage p\n"), formatted);
    EXPECT_EQ(Parsed(Parsed(text).ToString()), Parsed(text));
  }
  EXPECT_EQ(BuildExpr().ToString(), "");
  EXPECT_EQ(BuildExpr::Not(BuildExpr()).ToString(), "ignore");
}

TEST(BuildExprTest, ImpliesKnowsThatSystemsExcludeEachOther) {
  const auto implies = [](std::string_view a, std::string_view b) {
    return Parsed(a).Implies(Parsed(b));
  };
  EXPECT_TRUE(implies("linux", "!windows"));
  EXPECT_TRUE(implies("linux", "unix"));
  EXPECT_TRUE(implies("android", "linux"));
  EXPECT_FALSE(implies("linux", "!android"));
  EXPECT_FALSE(implies("unix", "linux"));
  EXPECT_FALSE(implies("!windows", "unix"));
  EXPECT_TRUE(implies("amd64", "!arm64"));
  EXPECT_TRUE(implies("linux && amd64", "amd64 || foo"));
  EXPECT_TRUE(implies("foo && bar", "foo"));
  EXPECT_FALSE(implies("foo", "bar"));
  EXPECT_TRUE(BuildExpr().Implies(Parsed("foo || !foo")));
  EXPECT_TRUE(Parsed("foo").Implies(BuildExpr()));
  EXPECT_FALSE(BuildExpr().Implies(Parsed("windows")));
  EXPECT_TRUE(implies("ignore && linux", "ignore"));
  // A toolchain older than the release reads the header too.
  EXPECT_FALSE(implies("linux", "linux && go1.18"));
  EXPECT_FALSE(implies("a&&b&&c&&d&&e&&f&&g&&h&&i&&j&&k", "a")) << "eleven free tags are too many";
}

TEST(BuildExprTest, SimplifiesToWhatOneWouldWrite) {
  const auto simple = [](std::string_view text) { return Parsed(text).Simplified().ToString(); };
  EXPECT_EQ(simple("linux"), "linux");
  EXPECT_EQ(simple("!(linux || windows)"), "!linux && !windows");
  EXPECT_EQ(simple("!(!linux)"), "linux");
  EXPECT_EQ(simple("linux && !windows"), "linux");
  EXPECT_EQ(simple("linux && unix && linux"), "linux");
  EXPECT_EQ(simple("linux || unix || darwin"), "unix");
  EXPECT_EQ(simple("(linux && foo) || linux"), "linux");
  EXPECT_EQ(simple("linux && (linux || foo)"), "linux");
  EXPECT_EQ(simple("!windows && !(windows && arm64)"), "!windows");
  EXPECT_EQ(simple("linux || !linux"), "");
  EXPECT_EQ(simple("linux && windows"), "ignore");
  EXPECT_EQ(simple("premium && (!linux || !premium)"), "premium && !linux");
  EXPECT_EQ(simple("premium || (linux && !premium)"), "premium || linux");
  EXPECT_EQ(simple("!windows && (linux || windows)"), "linux");
  EXPECT_EQ(simple("linux && go1.18"), "linux && go1.18");
  EXPECT_EQ(simple("windows && !amd64 && !arm64"), "windows && !amd64 && !arm64");
  EXPECT_EQ(BuildExpr::Not(BuildExpr()).Simplified().ToString(), "ignore");
}

// Whatever the form, the value stays: over every default target and every set of two custom tags.
TEST(BuildExprTest, SimplifyingKeepsTheValue) {
  const std::vector<std::string> atoms = {"linux", "windows", "unix", "amd64", "x", "y"};
  unsigned seed = 7;
  const auto next = [&seed](unsigned n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 16) % n;
  };
  for (int round = 0; round < 300; ++round) {
    BuildExpr x = BuildExpr::Tag(atoms[next(6)]);
    for (unsigned i = 0; i < 6; ++i) {
      BuildExpr y = BuildExpr::Tag(atoms[next(6)]);
      y = next(2) == 0 ? BuildExpr::Not(y) : y;
      x = next(2) == 0 ? BuildExpr::And(x, y) : BuildExpr::Or(x, y);
      x = next(4) == 0 ? BuildExpr::Not(x) : x;
    }
    const BuildExpr simple = x.Simplified();
    EXPECT_LE(simple.ToString().size(), x.ToString().size() + 12) << x.ToString();
    for (const Target& target : DefaultTargets()) {
      for (const std::vector<std::string>& tags :
           std::vector<std::vector<std::string>>{{}, {"x"}, {"y"}, {"x", "y"}}) {
        ASSERT_EQ(x.Eval(target, tags), simple.Eval(target, tags))
            << x.ToString() << " -> " << simple.ToString() << " on " << target.Name();
      }
    }
  }
}

}  // namespace
}  // namespace windlass
