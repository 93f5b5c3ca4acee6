#include "transformer/syntax/tree.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using ::testing::Test;

/// A file and its tree, which must live together.
struct Parsed {
  explicit Parsed(std::string bytes, Language language = Language::kGo, ParseBudget budget = {})
      : source("a/x.go", std::move(bytes)) {
    auto parsed = Tree::Parse(source, language, budget);
    status = parsed.status();
    tree = parsed.ok() ? *std::move(parsed) : nullptr;
  }

  std::string message() const { return std::string(Std(status.message())); }

  SourceFile source;
  absl::Status status;
  std::unique_ptr<Tree> tree;
};

constexpr std::string_view kProgram =
    "package p\n\nfunc f(a string) string { return a + \"/x\" }\n";

TEST(TreeTest, NodesTellKindFieldsAndPlace) {
  const Parsed file{std::string(kProgram)};
  ASSERT_TRUE(file.status.ok()) << file.status;
  const Node root = file.tree->root();
  EXPECT_TRUE(root.Is("source_file"));
  EXPECT_FALSE(file.tree->has_errors());
  const Node function = root.NamedChild(1);
  EXPECT_EQ(function.kind(), "function_declaration");
  EXPECT_EQ(function.Field("name").text(), "f");
  EXPECT_EQ(function.Field("name").span(), (Span{16, 17}));
  EXPECT_EQ(function.parent(), root);
  EXPECT_EQ(function.Child(0).kind(), "func");
  EXPECT_FALSE(function.Child(0).is_named());
  const Node sum = root.NamedCovering({44, 45});
  EXPECT_EQ(sum.text(), "a");
  EXPECT_EQ(sum.parent().kind(), "binary_expression");
  EXPECT_EQ(sum.parent().Field("operator").text(), "+");
  EXPECT_EQ(sum.next_sibling().kind(), "+");
  EXPECT_EQ(sum.next_named_sibling().text(), "\"/x\"");
  EXPECT_EQ(sum.next_named_sibling().previous_named_sibling(), sum);
  EXPECT_EQ(root.Covering(sum.next_sibling().span()).kind(), "+");
  EXPECT_EQ(sum.source().path(), "a/x.go");
}

TEST(TreeTest, ChildrenAreThoseThatChildGives) {
  const Parsed file("package p\nfunc f(a, b int, c ...string) { g(a, b) ; }\n");
  const Node parameters = file.tree->root().NamedChild(1).Field("parameters");
  const std::vector<Node> all = parameters.Children();
  const std::vector<Node> named = parameters.NamedChildren();
  ASSERT_EQ(all.size(), parameters.child_count());
  ASSERT_EQ(named.size(), 2U);
  ASSERT_EQ(named.size(), parameters.named_child_count());
  for (size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i], parameters.Child(i));
    EXPECT_EQ(all[i].parent(), parameters);
  }
  EXPECT_EQ(named[1], parameters.NamedChild(1));
  EXPECT_EQ(named[1].kind(), "variadic_parameter_declaration");
  EXPECT_TRUE(named[0].Field("name").Children().empty());
}

TEST(TreeTest, ANullNodeAnswersNothing) {
  const Node null;
  EXPECT_TRUE(null.is_null());
  EXPECT_FALSE(null);
  EXPECT_EQ(null.kind(), "");
  EXPECT_EQ(null.text(), "");
  EXPECT_EQ(null.span(), Span{});
  EXPECT_TRUE(null.parent().Child(3).Field("x").next_sibling().NamedChild(0).is_null());
  EXPECT_TRUE(null.Covering({0, 1}).NamedCovering({0, 1}).previous_sibling().is_null());
  EXPECT_TRUE(null.previous_named_sibling().next_named_sibling().is_null());
  EXPECT_TRUE(null.Children().empty());
  EXPECT_TRUE(null.NamedChildren().empty());
  EXPECT_EQ(null.child_count() + null.named_child_count(), 0U);
  EXPECT_FALSE(null.is_named() || null.is_error() || null.is_missing() || null.has_error());
}

TEST(TreeTest, OffsetsCountTheByteOrderMark) {
  const Parsed file("\xef\xbb\xbfpackage p\r\n");
  ASSERT_TRUE(file.status.ok()) << file.status;
  EXPECT_FALSE(file.tree->has_errors());
  const Node clause = file.tree->root().NamedChild(0);
  EXPECT_EQ(clause.span().begin, 3U);
  EXPECT_EQ(clause.text(), "package p");
}

TEST(TreeTest, OnlyUtf8IsParsed) {
  using std::string_literals::operator""s;
  for (const std::string& bytes :
       {"\xff\xfep\0a\0c\0\n\0"s, "p\0k\0"s, "package p // \xe9t\xe9 \xff\n"s,
        "\x7f"
        "ELF\0\0"s}) {
    const Parsed file(bytes);
    EXPECT_EQ(file.status.code(), absl::StatusCode::kInvalidArgument) << file.status;
    EXPECT_TRUE(file.message().starts_with("a/x.go:1:1: is ")) << file.message();
  }
  EXPECT_EQ(Parsed("x", Language::kText).status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(TreeTest, ErrorsAreKnownByPlace) {
  const Parsed file("package p\n\nfunc f() { x := := 1 }\n\nfunc g() { h() }\n");
  ASSERT_TRUE(file.status.ok());
  ASSERT_TRUE(file.tree->has_errors());
  EXPECT_TRUE(file.tree->root().has_error());
  const size_t second = file.source.bytes().find("func g");
  for (const Span error : file.tree->error_spans()) {
    EXPECT_LE(error.end, second);
    EXPECT_TRUE(file.tree->TouchesError(error));
  }
  EXPECT_TRUE(file.tree->TouchesError({0, file.source.size()}));
  EXPECT_FALSE(file.tree->TouchesError({second, file.source.size()}));
}

TEST(TreeTest, AMissingTokenIsAnErrorWithoutBytes) {
  const Parsed file("package p\n\nfunc f() { g(1 }\n\nfunc h() {}\n");
  ASSERT_TRUE(file.tree->has_errors());
  const Span error = file.tree->error_spans().front();
  EXPECT_TRUE(error.empty());
  EXPECT_TRUE(file.tree->TouchesError({error.begin - 1, error.begin}));
  EXPECT_TRUE(file.tree->TouchesError({error.begin, error.begin}));
  EXPECT_TRUE(file.tree->TouchesError({error.begin - 1, error.begin + 1}));
  EXPECT_FALSE(file.tree->TouchesError({0, error.begin - 1}));
}

TEST(TreeTest, AMissingNewlineIsAnError) {
  const Parsed file("package p\n\nfunc f() { a() b() }\n\nfunc h() {}\n");
  ASSERT_TRUE(file.tree->has_errors());
  EXPECT_TRUE(file.tree->TouchesError({22, 29}));
  EXPECT_FALSE(file.tree->TouchesError({file.source.bytes().find("func h"), file.source.size()}));
  EXPECT_TRUE(Parsed("package p\n\nfunc f() {} func g() {}\n").tree->has_errors());
  EXPECT_TRUE(Parsed("package p\n\nvar a = 1 var b = 2\n").tree->has_errors());
}

TEST(TreeTest, SizeBudget) {
  const Parsed file(std::string(kProgram), Language::kGo, {.max_bytes = 20});
  EXPECT_EQ(file.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(file.message().find("size budget of 20"), std::string::npos) << file.message();
}

TEST(TreeTest, TimeBudget) {
  std::string bytes = "package p\n";
  for (int i = 0; i < 20000; ++i) {
    bytes += "func f() { x(a, b, c) }\n";
  }
  const Parsed file(bytes, Language::kGo, {.max_time = std::chrono::milliseconds(0)});
  EXPECT_EQ(file.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(file.message().find("time budget of 0 ms"), std::string::npos) << file.message();
  EXPECT_TRUE(Parsed(bytes).status.ok());
}

std::string Nested(size_t levels) {
  return Cat("package p\nvar x = ", std::string(levels, '('), "1", std::string(levels, ')'), "\n");
}

TEST(TreeTest, DepthBudget) {
  const Parsed deep(Nested(5000));
  EXPECT_EQ(deep.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(deep.message().find("budget of 1000 levels"), std::string::npos) << deep.message();
  EXPECT_TRUE(Parsed(Nested(900)).status.ok());
  std::string chain = "package p\nvar x = 1";
  for (int i = 0; i < 2000; ++i) {
    chain += " + 1";
  }
  EXPECT_FALSE(Parsed(chain).status.ok()) << "a chain of operators nests on its left";
  std::string list = "package p\nvar x = []int{";
  for (int i = 0; i < 20000; ++i) {
    list += "1, ";
  }
  EXPECT_TRUE(Parsed(list + "}\n").status.ok()) << "a long list is not deep";
}

// The limit is exact: source_file, var_declaration, var_spec, expression_list, then one level for
// each parenthesis, the literal, and its token.
TEST(TreeTest, DepthIsCountedInNodes) {
  size_t deepest = 0;
  for (size_t limit = 1; limit < 40 && deepest == 0; ++limit) {
    const Parsed file(Nested(10), Language::kGo, {.max_depth = limit});
    deepest = file.status.ok() ? limit : 0;
  }
  size_t walked = 0;
  const Parsed file(Nested(10));
  for (Node node = file.tree->root().Covering({28, 29}); node; node = node.parent()) {
    ++walked;
  }
  EXPECT_EQ(deepest, walked);
}

TEST(LanguageTest, NamesGoBothWays) {
  for (const std::string_view name :
       {"text", "go", "gomod", "yaml", "json", "toml", "powershell"}) {
    ASSERT_TRUE(LanguageFromName(name).has_value()) << name;
    EXPECT_EQ(LanguageName(*LanguageFromName(name)), name);
  }
  EXPECT_EQ(LanguageFromName("golang"), std::nullopt);
}

TEST(LanguageTest, FilesAreKnownByName) {
  EXPECT_EQ(LanguageForPath("a/b.go"), Language::kGo);
  EXPECT_EQ(LanguageForPath("go.mod"), Language::kGoMod);
  EXPECT_EQ(LanguageForPath("a/go.mod"), Language::kGoMod);
  EXPECT_EQ(LanguageForPath("a/xgo.mod"), Language::kText);
  EXPECT_EQ(LanguageForPath("a/b.GO"), Language::kText);
  EXPECT_EQ(LanguageForPath("a.d/b.YML"), Language::kYaml);
  EXPECT_EQ(LanguageForPath("b.yaml.tmpl"), Language::kText);
  EXPECT_EQ(LanguageForPath("b.json"), Language::kJson);
  EXPECT_EQ(LanguageForPath("b.toml"), Language::kToml);
  EXPECT_EQ(LanguageForPath("b.Ps1"), Language::kPowerShell);
  EXPECT_EQ(LanguageForPath("json"), Language::kText);
}

}  // namespace
}  // namespace windlass
