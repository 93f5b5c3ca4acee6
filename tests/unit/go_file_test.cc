#include "transformer/facts/go_file.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace windlass {
namespace {

class GoFileTest : public testing::Test {
 protected:
  const GoFile& Read(std::string bytes) {
    source_ = std::make_unique<SourceFile>("a.go", std::move(bytes));
    tree_ = std::move(Tree::Parse(*source_, Language::kGo)).value();
    file_ = GoFile::Derive(*tree_);
    return *file_;
  }
  size_t At(std::string_view text) const {
    const size_t at = source_->bytes().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return at;
  }
  /// The smallest node that covers the first occurrence of `text`.
  Node Find(std::string_view text) const {
    const size_t at = At(text);
    return tree_->root().NamedCovering({at, at + text.size()});
  }

 private:
  std::unique_ptr<SourceFile> source_;
  std::unique_ptr<Tree> tree_;
  std::unique_ptr<GoFile> file_;
};

TEST_F(GoFileTest, TellsPackageAndDeclarationsInOrder) {
  const GoFile& file = Read(R"(// Doc.
package daemon

import "os"

const a, b = 1, 2

func init() {}

type (
	t struct{}
	u = t
)

func (t) method() { local := 1; _ = local }

var v, _ = os.Args, 0
)");
  EXPECT_EQ(file.package_name(), "daemon");
  std::string names;
  for (const GoDecl& decl : file.declarations()) {
    names += std::string(decl.name) + " ";
    EXPECT_TRUE(decl.function.is_null());
  }
  EXPECT_EQ(names, "a b init t u v _ ");
  EXPECT_EQ(file.declarations()[3].type.text(), "struct{}");
  ASSERT_NE(file.FindImport("os"), nullptr);
  EXPECT_EQ(file.FindImport("fmt"), nullptr);
}

TEST_F(GoFileTest, QualifiedNamesMustBeTheImport) {
  const GoFile& file = Read(R"(package p

import fp "path/filepath"

var w fp.WalkFunc

func f(os string) {
	_ = fp.Join("a")
	_ = os.Open
	fp := 1
	_ = fp.Close()
}
)");
  EXPECT_EQ(file.Callee(Find("fp.Join(\"a\")"))->path, "path/filepath");
  EXPECT_EQ(file.Callee(Find("fp.Join(\"a\")"))->name, "Join");
  EXPECT_EQ(file.ResolveQualified(Find("fp.WalkFunc"))->name, "WalkFunc");
  EXPECT_FALSE(file.ResolveQualified(Find("os.Open")).has_value());
  EXPECT_FALSE(file.Callee(Find("fp.Close()")).has_value());
}

TEST_F(GoFileTest, TypeSwitchClausesDeclareApart) {
  const GoFile& file = Read(R"(package p

func f(v any) {
	switch x := v.(type) {
	case int:
		use(x)
	case string, []byte:
		read(x)
	}
}
)");
  const GoDecl* in_int = file.Resolve(Find("use(x)").Field("arguments").NamedChild(0));
  const GoDecl* in_string = file.Resolve(Find("read(x)").Field("arguments").NamedChild(0));
  ASSERT_NE(in_int, nullptr);
  ASSERT_NE(in_string, nullptr);
  EXPECT_NE(in_int, in_string);
  EXPECT_EQ(in_int->type.text(), "int");
  EXPECT_TRUE(in_string->type.is_null());
  EXPECT_EQ(in_string->decl.kind(), "type_case");
  EXPECT_EQ(file.Uses(*in_int).size(), 2u);
}

TEST_F(GoFileTest, TakenNames) {
  const GoFile& file = Read(R"(package p

import "os"

var packageVar = other(os.Args)

func f(param string) {
	{
		inner := param
		_ = inner
	}
	later := 1
	_ = later
}

func g() { T{field: 1} }
)");
  const size_t in_f = At("later := 1");
  for (std::string_view name :
       {"os", "packageVar", "other", "f", "param", "string", "len", "func"}) {
    EXPECT_TRUE(file.IsNameTaken(name, in_f)) << name;
  }
  EXPECT_FALSE(file.IsNameTaken("field", in_f));
  EXPECT_FALSE(file.IsNameTaken("inner", in_f));
  EXPECT_FALSE(file.IsNameTaken("later", in_f));
  EXPECT_FALSE(file.IsNameTaken("param", At("T{")));
  EXPECT_TRUE(file.IsNameTaken("inner", std::string_view::npos));
  EXPECT_TRUE(file.IsNameTaken("param", std::string_view::npos));
  EXPECT_FALSE(file.IsNameTaken("filepath", std::string_view::npos));
}

TEST_F(GoFileTest, LooksNamesUpAtAPlace) {
  const GoFile& file = Read(R"(package p

import "path"

func f() {
	before()
	path := path.Base("x")
	after(path)
}
)");
  EXPECT_EQ(file.Lookup("path", At("before"))->kind, GoDecl::Kind::kImport);
  EXPECT_EQ(file.Lookup("path", At("after"))->kind, GoDecl::Kind::kLocalVar);
  EXPECT_EQ(file.Lookup("nowhere", At("after")), nullptr);
}

TEST_F(GoFileTest, EnclosingFunctionIsTheInnermostAround) {
  const GoFile& file = Read(R"(package p

var v = outside

func f() {
	g(func() { inside() })
}
)");
  EXPECT_TRUE(file.EnclosingFunction(Find("outside")).is_null());
  const Node literal = file.EnclosingFunction(Find("inside()"));
  EXPECT_EQ(literal.kind(), "func_literal");
  EXPECT_EQ(file.EnclosingFunction(literal).kind(), "function_declaration");
  EXPECT_TRUE(file.EnclosingFunction(file.EnclosingFunction(literal)).is_null());
}

TEST_F(GoFileTest, SurvivesBrokenSource) {
  for (const char* bytes :
       {"", "package", "package p\nfunc f( {", "x := 1", "package p\nvar = = =", "func (",
        "package p\nfunc f() { switch x := y.(type) { case", "}}}}"}) {
    const GoFile& file = Read(bytes);
    EXPECT_FALSE(file.IsNameTaken("unheard", 0));
  }
}

TEST_F(GoFileTest, ParametersOfOneTypeAreNames) {
  Read("package p\nfunc f(a, b, c, d, e, f2, g, h, i, j uintptr, rest ...string) (int, error)\n");
  const Node function =
      Find("func f(a, b, c, d, e, f2, g, h, i, j uintptr, rest ...string) (int, error)");
  const auto parameters = GoParameters(function.Field("parameters"));
  ASSERT_EQ(parameters.size(), 11u);
  EXPECT_EQ(parameters[0].name.text(), "a");
  EXPECT_EQ(parameters[0].type.text(), "uintptr");
  EXPECT_TRUE(parameters[10].variadic);
  const auto results = GoParameters(function.Field("result"));
  ASSERT_EQ(results.size(), 2u);
  EXPECT_TRUE(results[1].name.is_null());
  EXPECT_EQ(results[1].type.text(), "error");
}

struct GuessCase {
  const char* path;
  const char* first;
};

TEST(GuessImportNamesTest, LikeliestFirst) {
  for (const GuessCase& guess : {
           GuessCase{"os", "os"},
           {"path/filepath", "filepath"},
           {"math/rand/v2", "rand"},
           {"gopkg.in/yaml.v3", "yaml"},
           {"gopkg.in/check.v1", "check"},
           {"github.com/go-chi/chi/v5", "chi"},
           {"k8s.io/api/core/v1", "v1"},
           {"github.com/mattn/go-isatty", "isatty"},
           {"github.com/satori/go.uuid", "uuid"},
       }) {
    EXPECT_EQ(GuessImportNames(guess.path).front(), guess.first) << guess.path;
  }
}

std::optional<std::string> ValueOf(const std::string& literal) {
  const SourceFile source("a.go", "package p\nvar v = " + literal + "\n");
  const auto tree = std::move(Tree::Parse(source, Language::kGo)).value();
  const size_t at = source.bytes().find(literal);
  return GoStringValue(tree->root().NamedCovering({at, at + literal.size()}));
}

TEST(GoStringTest, Values) {
  EXPECT_EQ(ValueOf(R"("")"), "");
  EXPECT_EQ(ValueOf(R"("a\\b\"\a\b\f\n\r\t\v")"), "a\\b\"\a\b\f\n\r\t\v");
  EXPECT_EQ(ValueOf(R"("\x41\101\u00e9\U0001F600\xff")"), "AA\xC3\xA9\xF0\x9F\x98\x80\xFF");
  EXPECT_EQ(ValueOf("`C:\\dir\\n\"`"), "C:\\dir\\n\"");
  EXPECT_EQ(ValueOf("`a\r\nb`"), "a\nb");
  EXPECT_EQ(ValueOf("'a'"), std::nullopt);
  EXPECT_EQ(ValueOf("42"), std::nullopt);
  EXPECT_EQ(ValueOf(R"("\777")"), std::nullopt);
  EXPECT_EQ(ValueOf(R"("\ud800")"), std::nullopt);
  EXPECT_EQ(ValueOf(R"("\'")"), std::nullopt);
}

TEST(GoStringTest, QuotesReadably) {
  EXPECT_EQ(QuoteGoString("conf"), R"("conf")");
  EXPECT_EQ(QuoteGoString("\\"), R"("\\")");
  EXPECT_EQ(QuoteGoString("C:\\dir"), "`C:\\dir`");
  EXPECT_EQ(QuoteGoString("say \"hi\""), R"("say \"hi\"")");
  EXPECT_EQ(QuoteGoString("a\\`b"), R"("a\\`b")");
  EXPECT_EQ(QuoteGoString("a\\\n"), R"("a\\\n")");
  EXPECT_EQ(QuoteGoString("é\xF0\x9F\x98\x80"), "\"é\xF0\x9F\x98\x80\"");
  EXPECT_EQ(QuoteGoString(std::string_view("\0\x7F\xFF\xEF\xBB\xBF", 6)),
            R"("\x00\x7f\xff\ufeff")");
}

TEST(GoStringTest, QuotedValuesReadBack) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) {
    every_byte.push_back(static_cast<char>(byte));
    const std::string one(1, static_cast<char>(byte));
    EXPECT_EQ(ValueOf(QuoteGoString(one)), one);
    EXPECT_EQ(ValueOf(QuoteGoString("\\x" + one)), "\\x" + one);
  }
  EXPECT_EQ(ValueOf(QuoteGoString(every_byte)), every_byte);
}

}  // namespace
}  // namespace windlass
