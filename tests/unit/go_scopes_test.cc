#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <ostream>
#include <string>

#include "transformer/facts/go_file.h"

namespace windlass {
namespace {

/// A Go file whose comments say what must resolve to what: `/*=a*/x` declares under the label a,
/// `/*a*/x` refers to it, `/*?*/x` is unknown, `/*import os*/x` is that import.
struct ScopeCase {
  const char* name;
  const char* source;
};

void PrintTo(const ScopeCase& scope_case, std::ostream* out) {
  *out << scope_case.name;
}

class GoScopesTest : public testing::TestWithParam<ScopeCase> {};

void CheckMarks(const GoFile& file) {
  const SourceFile& source = file.tree().source();
  const std::string_view text = source.bytes();
  std::map<std::string, size_t> declared;
  std::map<size_t, std::string> marks;  // by the offset of the marked name
  for (size_t at = text.find("/*"); at != std::string_view::npos; at = text.find("/*", at + 2)) {
    const size_t end = text.find("*/", at);
    const std::string label(text.substr(at + 2, end - at - 2));
    if (label[0] == '=') {
      declared[label.substr(1)] = end + 2;
    }
    marks[end + 2] = label;
  }
  for (const auto& [offset, label] : marks) {
    const Node node = file.tree().root().NamedCovering({offset, offset + 1});
    const GoDecl* decl = file.Resolve(node);
    SCOPED_TRACE(std::string(node.text()) + " after /*" + label + "*/");
    if (label == "?") {
      EXPECT_EQ(decl, nullptr);
      continue;
    }
    ASSERT_NE(decl, nullptr);
    if (label.starts_with("import ")) {
      ASSERT_EQ(decl->kind, GoDecl::Kind::kImport);
      EXPECT_EQ(GoStringValue(decl->decl.Field("path")), label.substr(7));
      continue;
    }
    EXPECT_EQ(decl->name_node.span().begin, declared.at(label[0] == '=' ? label.substr(1) : label));
    bool listed = false;
    for (Node use : file.Uses(*decl)) {
      listed |= use == node;
    }
    EXPECT_TRUE(listed);
  }
}

TEST_P(GoScopesTest, ResolvesAsMarked) {
  const SourceFile source("a.go", GetParam().source);
  auto tree = Tree::Parse(source, Language::kGo);
  ASSERT_TRUE(tree.ok());
  ASSERT_FALSE((*tree)->has_errors());
  CheckMarks(*GoFile::Derive(**tree));
}

constexpr ScopeCase kCases[] = {
    {"ShortVarSeesOuterOnItsRight", R"(package p
func f(/*=a*/x int) {
	{
		/*=b*/x := /*a*/x + 1
		_ = /*b*/x
	}
	_ = /*a*/x
})"},
    {"ShortVarReusesOfTheSameBlock", R"(package p
func f() (/*=e*/err error) {
	/*=a*/a, /*e*/err := g()
	/*=b*/b, /*e*/err := g()
	{
		/*a*/a, /*e*/err = g()
		/*=c*/b, /*=i*/err := g()
		_, _ = /*c*/b, /*i*/err
	}
	return /*e*/err
})"},
    {"VarSpecSeesOuterOnItsRight", R"(package p
var /*=p*/x = 1
func f() {
	var /*=a*/x = /*p*/x
	const /*=c*/y, z = /*a*/x, 2
	_ = /*c*/y
})"},
    {"PackageLevelIsVisibleEverywhere", R"(package p
func f() { _ = /*g*/g; _ = /*v*/v; var _ /*t*/t; _ = /*c*/c }
func /*=g*/g() {}
var /*=v*/v = /*c*/c
type /*=t*/t struct{ next */*t*/t }
const /*=c*/c = 1
)"},
    {"IfElseChain", R"(package p
func f() {
	if /*=a*/x := g(); /*a*/x > 0 {
		_ = /*a*/x
	} else if /*=b*/y := /*a*/x; /*b*/y > 0 {
		_, _ = /*a*/x, /*b*/y
	} else {
		/*=c*/x := /*b*/y
		_ = /*c*/x
	}
	_ = /*?*/x
})"},
    {"ForClauseAndRange", R"(package p
func f(/*=s*/s []int) {
	for /*=i*/i := 0; /*i*/i < 3; /*i*/i++ {
		/*=j*/i := /*i*/i
		_ = /*j*/i
	}
	for /*=k*/s, /*=v*/v := range /*s*/s {
		_, _ = /*k*/s, /*v*/v
	}
	var /*=n*/n int
	for /*n*/n = range /*s*/s {
	}
	_ = /*?*/v
})"},
    {"SwitchClauses", R"(package p
func f() {
	switch /*=a*/x := g(); /*a*/x {
	case 1:
		/*=b*/y := /*a*/x
		_ = /*b*/y
	default:
		_ = /*?*/y
	}
})"},
    {"TypeSwitchDeclaresPerClause", R"(package p
func f(/*=v*/v any) {
	switch v := /*v*/v.(type) {
	case int:
		v++
	}
	_ = /*v*/v
})"},
    {"SelectClauses", R"(package p
func f(/*=c*/c chan int) {
	var /*=w*/w int
	select {
	case /*=v*/v, /*=ok*/ok := <-/*c*/c:
		_, _ = /*v*/v, /*ok*/ok
	case /*w*/w = <-/*c*/c:
	case /*c*/c <- /*?*/v:
	}
})"},
    {"ClosuresSeeWhatIsDeclaredSoFar", R"(package p
func f() {
	/*=a*/x := 1
	/*=g*/g := func(/*=y*/y int) int { return /*a*/x + /*y*/y + /*?*/later }
	later := /*g*/g(2)
	_ = later
})"},
    {"LabelsAreOfTheirFunction", R"(package p
func f() {
/*=l*/l:
	for {
		func() {
		/*=m*/l:
			for {
				break /*m*/l
			}
		}()
		continue /*l*/l
	}
	goto /*e*/end
/*=e*/end:
})"},
    {"MethodsAndFieldsAreNoNames", R"(package p
type /*=t*/T struct{ name, T string }
func (/*=r*/t */*t*/T) open() { /*r*/t.name, /*r*/t.T = "", ""; /*?*/open() }
func g() { _ = /*?*/name })"},
    {"TypeParameters", R"(package p
func f[/*=k*/K comparable, /*=v*/V interface{ ~[]/*k*/K }](/*=m*/m map[/*k*/K]/*v*/V) /*v*/V { return /*m*/m[0] }
type /*=p*/pair[/*=a*/A any] struct{ a /*a*/A; next */*p*/pair[/*a*/A] }
func (/*=r*/p */*p*/pair[/*=b*/B]) get() /*b*/B { var /*=z*/z /*b*/B; return /*z*/z })"},
    {"LocalTypeSeesItself", R"(package p
func f() {
	type /*=l*/list struct{ next */*l*/list }
	var _ /*l*/list
})"},
    {"ParameterTypesSeeOuter", R"(package p
type /*=a*/a int
func f(/*=p*/a /*a*/a, /*=q*/b /*a*/a) /*a*/a { return /*p*/a + /*q*/b })"},
    {"ManyParametersOfOneType", R"(package p
func f(/*=a*/a, b, c, d, e, f2, g, h, /*=i*/i, /*=j*/j uintptr) uintptr { return /*a*/a + /*i*/i + /*j*/j })"},
    {"KeysOfMapsAndArraysResolveOfStructsNot", R"(package p
const /*=k*/key, /*=z*/val = 0, 1
type named struct{ key int }
type aliased = map[int][]named
var _ = map[int]int{/*k*/key: /*z*/val}
var _ = [...]int{/*k*/key: /*z*/val}
var _ = []named{{/*?*/key: /*z*/val}}
var _ = named{/*?*/key: /*z*/val}
var _ = other{/*?*/key: /*z*/val}
var _ = aliased{/*k*/key: {/*k*/key: {/*?*/key: /*z*/val}}}
var _ = map[string]*struct{ key int }{"a": {/*?*/key: /*z*/val}})"},
    {"Imports", R"(package p
import (
	"os"
	fp "path/filepath"
	. "strings"
	_ "embed"
	"gopkg.in/yaml.v3"
	"github.com/mattn/go-isatty"
	"example.com/kit/v2"
)
var _ = /*import os*/os.Args
var _ /*import path/filepath*/fp.WalkFunc = nil
var _ = /*?*/filepath.Join
var _ = /*import gopkg.in/yaml.v3*/yaml.Marshal
var _ = /*import github.com/mattn/go-isatty*/isatty.IsTerminal
var _ = /*import example.com/kit/v2*/kit.X
func f(/*=o*/os string) { _ = /*o*/os })"},
};

INSTANTIATE_TEST_SUITE_P(Spec, GoScopesTest, testing::ValuesIn(kCases),
                         [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace windlass
