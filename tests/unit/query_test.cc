#include "transformer/syntax/query.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

std::string Error(std::string_view text, Language language = Language::kGo) {
  const auto query = Query::Compile(language, text, "p/q.scm");
  EXPECT_FALSE(query.ok()) << text;
  EXPECT_EQ(query.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(Std(query.status().message()));
}

/// The matches of `query` over a Go file, each as "pattern:name=text name=text".
std::vector<std::string> Matches(std::string_view query_text, std::string_view go) {
  const auto query = Query::Compile(Language::kGo, query_text, "q");
  EXPECT_TRUE(query.ok()) << query.status();
  const SourceFile source("x.go", std::string(go));
  const auto tree = Tree::Parse(source, Language::kGo);
  std::vector<std::string> matches;
  const absl::StatusOr<std::vector<QueryMatch>> run = (*query)->Run(**tree);
  EXPECT_TRUE(run.ok()) << run.status();
  for (const QueryMatch& match : *run) {
    std::string line = Cat(std::to_string(match.pattern), ":");
    for (const QueryMatch::Capture& capture : match.captures) {
      line += Cat(line.ends_with(':') ? "" : " ", capture.name, "=", capture.node.text());
    }
    matches.push_back(line);
  }
  return matches;
}

using Lines = std::vector<std::string>;
constexpr std::string_view kGo =
    "package p\n\nfunc f() {\n\tos.Open(a)\n\tos.Chown(b, 1, 2)\n\tio.Copy(a, a)\n}\n";

TEST(QueryTest, MatchesComeInTheOrderOfTheSource) {
  EXPECT_EQ(Matches("(call_expression arguments: (argument_list) @args) "
                    "(call_expression function: (_) @f)",
                    kGo),
            (Lines{"1:f=os.Open", "0:args=(a)", "1:f=os.Chown", "0:args=(b, 1, 2)", "1:f=io.Copy",
                   "0:args=(a, a)"}));
}

TEST(QueryTest, APartOfTheFileHasItsMatchesAlone) {
  const auto query = Query::Compile(Language::kGo, "(call_expression function: (_) @f)", "q");
  ASSERT_TRUE(query.ok()) << query.status();
  const SourceFile source(
      "x.go", "package p\n\nfunc f() { a() }\n\nfunc g() { b() }\n\nfunc h() { c() }\n");
  const auto tree = Tree::Parse(source, Language::kGo);
  const auto matches = (*query)->Run(**tree, (*tree)->root().NamedChild(2).span());
  ASSERT_TRUE(matches.ok()) << matches.status();
  ASSERT_EQ(matches->size(), 1U);
  EXPECT_EQ(matches->front().First("f").text(), "b");
}

TEST(QueryTest, CapturesKeepTheirNamesAndOrder) {
  const auto query = Query::Compile(
      Language::kGo, "(call_expression (argument_list (_) @arg (\",\" (_) @rest)*)) @call", "q");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ((*query)->capture_names(), (std::vector<std::string>{"arg", "rest", "call"}));
  EXPECT_EQ((*query)->language(), Language::kGo);
  const SourceFile source("x.go", "package p\nvar x = g(a, b, c)\n");
  const auto tree = Tree::Parse(source, Language::kGo);
  const std::vector<QueryMatch> matches = (*query)->Run(**tree).value();
  ASSERT_FALSE(matches.empty());
  EXPECT_EQ(matches[0].captures[0].name, "call");
  EXPECT_EQ(matches[0].First("call").text(), "g(a, b, c)");
  EXPECT_EQ(matches[0].First("arg").text(), "a");
  EXPECT_EQ(matches[0].All("rest").size(), 2U);
  EXPECT_TRUE(matches[0].First("nothing").is_null());
}

TEST(QueryTest, Predicates) {
  constexpr std::string_view kCall =
      "((call_expression function: (selector_expression operand: (_) @pkg field: (_) @name)) ";
  const auto names = [&](std::string_view predicates) {
    return Matches(Cat(kCall, predicates, ")"), kGo);
  };
  EXPECT_EQ(names("(#eq? @name \"Open\")"), (Lines{"0:pkg=os name=Open"}));
  EXPECT_EQ(names("(#not-eq? @pkg \"os\")"), (Lines{"0:pkg=io name=Copy"}));
  EXPECT_EQ(names("(#match? @name \"^C\")"), (Lines{"0:pkg=os name=Chown", "0:pkg=io name=Copy"}));
  EXPECT_EQ(names("(#match? @name \"o\")").size(), 2U) << "a regular expression need not be whole";
  EXPECT_EQ(names("(#not-match? @name \"^C\")"), (Lines{"0:pkg=os name=Open"}));
  EXPECT_EQ(names("(#any-of? @name \"Copy\" \"Open\")"),
            (Lines{"0:pkg=os name=Open", "0:pkg=io name=Copy"}));
  EXPECT_EQ(names("(#not-any-of? @name \"Copy\" \"Open\")"), (Lines{"0:pkg=os name=Chown"}));
  EXPECT_EQ(names("(#eq? @pkg \"os\") (#match? @name \"w\")"), (Lines{"0:pkg=os name=Chown"}));
}

TEST(QueryTest, PredicatesCompareCaptures) {
  EXPECT_EQ(Matches("((argument_list . (_) @a . (_) @b .) (#eq? @a @b))", kGo),
            (Lines{"0:a=a b=a"}));
  EXPECT_EQ(Matches("((argument_list (_) @a . (_) @b) (#not-eq? @a @b))", kGo),
            (Lines{"0:a=b b=1", "0:a=1 b=2"}));
}

TEST(QueryTest, APredicateHoldsForEveryNodeOfItsCapture) {
  constexpr std::string_view kDoc =
      "((comment)+ @doc . (function_declaration name: (_) @f) (#match? @doc \"x\"))";
  EXPECT_EQ(Matches(kDoc, "package p\n\n// x1\n// x2\nfunc f() {}\n"),
            (Lines{"0:doc=// x1 doc=// x2 f=f"}));
  EXPECT_EQ(Matches(kDoc, "package p\n\n// x\n// y\nfunc f() {}\n"), Lines{});
  EXPECT_EQ(Matches("((argument_list (_)? @a) @list (#eq? @a \"b\"))", "package p\nvar x = g()\n"),
            (Lines{"0:list=()"}));
}

TEST(QueryTest, ErrorsNameTheirPlace) {
  EXPECT_TRUE(Error("(call_expression\n  (nonsense) @a)")
                  .starts_with("p/q.scm:2:4: the grammar of go has no node `nonsense`"));
  EXPECT_TRUE(Error("(call_expression nofield: (_) @a)")
                  .starts_with("p/q.scm:1:18: the grammar of go has no field `nofield`"));
  EXPECT_TRUE(Error("(identifier) @a\n\n(call_expression (identifier)")
                  .starts_with("p/q.scm:3:1: this ( is not closed"));
  EXPECT_TRUE(Error("(call_expression [(identifier)) @a")
                  .starts_with("p/q.scm:1:31: this ) closes nothing"));
  EXPECT_TRUE(Error("(identifier) @a ; (\n)").starts_with("p/q.scm:2:1: this ) closes nothing"));
  EXPECT_NE(Error("(call_expression @)").find("syntax error"), std::string::npos);
  EXPECT_TRUE(Error("(binary_expression operator: \"+:(\" nofield : (_) @a)")
                  .starts_with("p/q.scm:1:36: the grammar of go has no field `nofield`"));
  EXPECT_TRUE(Error("((identifier) @a\n (#eq? @b \"x\"))")
                  .starts_with("p/q.scm:2:9: capture @b is not in this pattern"));
  EXPECT_NE(Error("(call_expression (package_clause)) @a").find("can match no node"),
            std::string::npos);
  EXPECT_TRUE(Error("").starts_with("p/q.scm:1:1: the query has no pattern"));
  EXPECT_TRUE(Error("(x) @a", Language::kText).starts_with("p/q.scm:1:1: no grammar for text"));
}

TEST(QueryTest, PredicateErrorsNameTheirPlace) {
  EXPECT_TRUE(Error("((identifier) @a\n  (#contains? @a \"x\"))")
                  .starts_with("p/q.scm:2:4: unknown predicate #contains?"));
  EXPECT_TRUE(Error("((identifier) @a ; (#comment? @a)\n (#eq? @a \"(#text?\")\n (#set! a b))")
                  .starts_with("p/q.scm:3:3: unknown predicate #set!"));
  EXPECT_TRUE(Error("(identifier) @a\n\n((identifier) @b (#match? @b \"(\"))")
                  .starts_with("p/q.scm:3:19: #match?: missing )"));
  EXPECT_TRUE(Error("((identifier) @a (#eq? @a))")
                  .starts_with("p/q.scm:1:19: #eq? needs exactly two operands"));
  EXPECT_TRUE(Error("((identifier) @a (#eq? \"x\" @a))")
                  .starts_with("p/q.scm:1:19: #eq? needs a @capture"));
  EXPECT_TRUE(Error("((identifier) @a (#any-of? @a))")
                  .starts_with("p/q.scm:1:19: #any-of? needs at least one"));
  EXPECT_TRUE(
      Error("((identifier) @a (#match? @a @a))").starts_with("p/q.scm:1:19: #match? needs texts"));
}

TEST(QueryTest, BackreferencesAreRefusedAtLoad) {
  EXPECT_NE(Error(R"q(((identifier) @a (#match? @a "(a)\\1")))q").find("invalid escape"),
            std::string::npos);
}

TEST(QueryTest, Budget) {
  std::string list = "package p\nvar x = []int{";
  for (int i = 0; i < 20000; ++i) {
    list += "1, ";
  }
  const SourceFile source("x.go", list + "}\n");
  const auto tree = Tree::Parse(source, Language::kGo);
  const auto pairs = Query::Compile(
      Language::kGo, "(literal_value (literal_element) @a (literal_element) @b)", "q");
  const auto each = Query::Compile(Language::kGo, "(int_literal) @a", "q");
  const auto over = (*pairs)->Run(**tree, {.max_matches = 30000});
  EXPECT_EQ(over.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(Std(over.status().message()).starts_with("x.go:1:1: "));
  EXPECT_EQ((*each)->Run(**tree)->size(), 20000U);
  EXPECT_FALSE((*each)->Run(**tree, {.max_time = std::chrono::milliseconds(0)}).ok());
  EXPECT_FALSE((*each)->Run(**tree, {.max_matches = 19998}).ok());
}

}  // namespace
}  // namespace windlass
