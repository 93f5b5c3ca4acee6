#include "transformer/facts/go_skim.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/go_tool.h"
#include "transformer/facts/ident_set.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Lines = std::vector<std::string>;

std::string_view KindName(SkimDecl::Kind kind) {
  constexpr std::string_view kNames[] = {"func", "method", "type", "const", "var"};
  return kNames[static_cast<size_t>(kind)];
}

/// "func f", "method T.m", … with " bodiless" where there is no body.
Lines Decls(std::string_view bytes) {
  const GoSkim skim = SkimGo("x.go", bytes);
  Lines lines;
  for (const SkimDecl& decl : skim.decls) {
    lines.push_back(Cat(KindName(decl.kind), " ", decl.receiver, decl.receiver.empty() ? "" : ".",
                        decl.name, decl.has_body ? "" : " bodiless"));
    EXPECT_EQ(bytes.substr(decl.offset, decl.name.size()), decl.name);
  }
  EXPECT_EQ(skim.decls.size(), lines.size());
  return lines;
}

TEST(GoSkimTest, TakesEveryNameOfAGroup) {
  EXPECT_EQ(
      Decls("package p\n\nconst (\n\tA = iota\n\tB\n\tC, D = 1, 2\n\t_\n\tE\n)\nvar x, y int\n"
            "var (\n\ta = f(\n\t\t1,\n\t)\n\tb = 1 +\n\t\tc\n\td struct {\n\t\te int\n\t}\n)\n"),
      (Lines{"const A", "const B", "const C", "const D", "const E", "var x", "var y", "var a",
             "var b", "var d"}));
  EXPECT_EQ(
      Decls("package p; const (A = 1; B); type (T int; U = T; V[K any] struct{ a K }); var z = 1"),
      (Lines{"const A", "const B", "type T", "type U", "type V", "var z"}));
  EXPECT_EQ(
      Decls("package p\nvar ()\nconst ()\ntype ()\nimport ()\nvar a /* x\n */ = 1\nvar b = 1"),
      (Lines{"var a", "var b"}));
}

TEST(GoSkimTest, Functions) {
  EXPECT_EQ(Decls("package p\nfunc f() {}\nfunc g(a int) (b struct{ c int }, d interface{ e() })\n"
                  "func h() interface{ i() } { return nil }\nfunc j() map[string]struct{} {\n}\n"
                  "func k[T any, U ~[]T](x T) (y U) { return }\nfunc _() {}\nfunc l()\n"
                  "func init() { func() { f() }() }\nfunc m() func() int { return nil }"),
            (Lines{"func f", "func g bodiless", "func h", "func j", "func k", "func l bodiless",
                   "func init", "func m"}));
}

TEST(GoSkimTest, Methods) {
  EXPECT_EQ(Decls("package p\nfunc (t T) a() {}\nfunc (t *T) b() {}\nfunc (T) c() {}\n"
                  "func (*T) d()\nfunc (t *G[K, V]) e() {}\nfunc (G[_, _]) f() {}\n"
                  "func (t (*U)) g() {}\nfunc (t *T,\n) h() {}\nfunc ( /* x */ t T) i() {}\n"),
            (Lines{"method T.a", "method T.b", "method T.c", "method T.d bodiless", "method G.e",
                   "method G.f", "method U.g", "method T.h", "method T.i"}));
}

TEST(GoSkimTest, LiteralsAndCommentsHideWhatLooksLikeCode) {
  const std::string code =
      "package p\n\nvar a = `\nfunc no() {\n`\nvar b = \"func no2() { \\\" \"\nvar c = '{'\n"
      "var d = '\\''\nvar e = '\"'\n// func no3() {\n/* func no4() {\n*/\nvar f = 'x' // }\n"
      "func g() {\n\ts := `}`\n\tr := '}' // }\n\t/* } */ x := 0x1F.p-2 + 1e+3\n}\nvar h = 1\n";
  EXPECT_EQ(Decls(code),
            (Lines{"var a", "var b", "var c", "var d", "var e", "var f", "func g", "var h"}));
  const GoSkim skim = SkimGo("x.go", code);
  for (const std::string_view name : {"a", "h", "s", "r", "x", "g"}) {
    EXPECT_TRUE(skim.Mentions(name)) << name;
  }
  for (const std::string_view name : {"no", "no2", "no3", "no4", "x1F", "F", "p", "e3", "1e"}) {
    EXPECT_EQ(skim.Mentions(name), name == "p") << name;
  }
  EXPECT_TRUE(std::ranges::is_sorted(skim.identifiers));
}

TEST(GoSkimTest, Imports) {
  const GoSkim skim =
      SkimGo("x.go",
             "package p\n\nimport \"fmt\"\nimport (\n\tm \"math\" // x\n\t. \"os\"\n"
             "\t_ `embed`\n\n\t\"a.b/c-d/v2\"\n)\nimport \"C\"; import \"io\"\nvar x = \"no\"\n");
  Lines lines;
  for (const GoSkim::Import& import : skim.imports) {
    lines.push_back(Cat(import.name, "|", import.path));
  }
  EXPECT_EQ(lines, (Lines{"|fmt", "m|math", ".|os", "_|embed", "|a.b/c-d/v2", "|C", "|io"}));
  EXPECT_TRUE(skim.imports_c);
  EXPECT_TRUE(skim.constraint.needs_cgo);
  EXPECT_TRUE(skim.Imports("math"));
  EXPECT_FALSE(skim.Imports("no"));
  EXPECT_FALSE(SkimGo("x.go", "package p\n// import \"C\"\n").imports_c);
}

TEST(GoSkimTest, OwnsItsTexts) {
  auto bytes = std::make_unique<std::string>(
      "package p\nimport short \"s\"\nimport \"a/rather/long/import/path\"\nfunc (t T) f() {}\n");
  GoSkim first = SkimGo("x.go", *bytes);
  bytes->assign(bytes->size(), '?');
  bytes.reset();
  const GoSkim skim = std::move(first);
  EXPECT_TRUE(skim.Imports("a/rather/long/import/path"));
  EXPECT_EQ(skim.imports[0].name, "short");
  EXPECT_EQ(skim.decls.begin()->name, "f");
  EXPECT_EQ(skim.decls.begin()->receiver, "T");
}

TEST(GoSkimTest, GeneratedAsGoHasIt) {
  const auto generated = [](std::string_view bytes) { return SkimGo("x.go", bytes).generated; };
  EXPECT_TRUE(generated("// Code generated by x. DO NOT EDIT.\n\npackage p\n"));
  EXPECT_TRUE(generated("// Licence\n\n// Code generated by x; DO NOT EDIT.\r\n\r\npackage p\r\n"));
  EXPECT_TRUE(generated("/*\nx\n*/\n// Code generated by x DO NOT EDIT.\npackage p\n"));
  EXPECT_TRUE(
      generated("// Code generated for package p by x DO NOT EDIT. (@generated)\npackage p\n"));
  EXPECT_FALSE(generated("// Code generated DO NOT EDIT.\npackage p\n"));
  EXPECT_FALSE(generated("// Code generated by x. DO NOT EDIT\npackage p\n"));
  EXPECT_FALSE(generated("//Code generated by x. DO NOT EDIT.\npackage p\n"));
  EXPECT_FALSE(generated("// Code generated by x. DO NOT EDIT. Really.\npackage p\n"));
  EXPECT_FALSE(generated("package p\n\n// Code generated by x. DO NOT EDIT.\n"));
}

TEST(GoSkimTest, HeadersOfAllKinds) {
  const GoSkim skim =
      SkimGo("a/x_windows.go",
             "\xef\xbb\xbf// c\n//go:build amd64\n\n/* d */ package /* e */ p // f\r\n"
             "\r\nvar X int\r\n");
  EXPECT_EQ(skim.package_name, "p");
  EXPECT_EQ(skim.constraint.Combined().ToString(), "windows && amd64");
  EXPECT_EQ(skim.decls.begin()->name, "X");
  EXPECT_EQ(SkimGo("x.go", "").package_name, "");
  EXPECT_EQ(SkimGo("x.go", "// only").package_name, "");
  EXPECT_EQ(SkimGo("x.go", "package").package_name, "");
}

TEST(GoSkimTest, BrokenInputGivesWhatCouldBeTold) {
  EXPECT_EQ(Decls("package p\nfunc f() { if x { \n}\n\nfunc g() {}\n\nfunc (t T) h() {}\n"),
            (Lines{"func f", "func g", "method T.h"}));
  EXPECT_EQ(Decls("package p\nvar x = (1 + \n\nfunc g() {}\n"), (Lines{"var x", "func g"}));
  EXPECT_EQ(Decls("package p\nconst (\n\tA = 1\n\nfunc g() {}\n"), (Lines{"const A", "func g"}));
  EXPECT_EQ(Decls("package p\n) ] }\nfunc f() {}\n"), (Lines{"func f"}));
  EXPECT_EQ(Decls("package p\nvar s = \"open\nvar t = 1\n"), (Lines{"var s", "var t"}));
  const std::string whole =
      "package p\nimport (\"a\")\nfunc (r *T[K]) f(x struct{}) `a` { 'b' \"c\\\" /* ";
  for (size_t n = 0; n <= whole.size(); ++n) {
    SkimGo("x.go", whole.substr(0, n));
  }
  std::string noise;
  for (unsigned i = 0, seed = 1; i < 20000; ++i) {
    seed = seed * 1664525 + 1013904223;
    noise += "func(){}[]\"'`/*\\\n;, const var type import package x1."[(seed >> 16) % 53];
  }
  SkimGo("x.go", noise);
}

// A literal or type may begin a line too; only what has a name ends the search for a bracket.
TEST(GoSkimTest, FunctionLiteralsAtTheStartOfALine) {
  EXPECT_EQ(Decls("package p\nfunc f() {\ngo g(\nfunc(a int) (b int) { return })\n"
                  "defer\nfunc() {}()\nvar x func(\n)\n}\nvar y int\n"),
            (Lines{"func f", "var y"}));
}

TEST(IdentSetTest, HoldsEachHashOnceInOrder) {
  IdentSet set;
  std::vector<uint32_t> expected;
  for (uint32_t i = 0; i < 30000; ++i) {
    // Crowded at both ends of the range, where the table runs over.
    const uint32_t hash = i % 3 == 0 ? UINT32_MAX - i : i % 3 == 1 ? i : i * 2654435761U;
    set.Add(hash);
    set.Add(hash);
    expected.push_back(hash == 0 ? 1 : hash);
  }
  std::ranges::sort(expected);
  expected.erase(std::ranges::unique(expected).begin(), expected.end());
  EXPECT_EQ(set.Sorted(), expected);
}

/// What the skim of a file says, in the form that testdata/godecls prints.
Lines Facts(const GoSkim& skim) {
  Lines lines = {Cat("package ", skim.package_name)};
  if (skim.generated) {
    lines.emplace_back("generated");
  }
  for (const GoSkim::Import& import : skim.imports) {
    lines.push_back(Cat("import ", import.name, " ", import.path));
  }
  for (const SkimDecl& decl : skim.decls) {
    lines.push_back(Cat(KindName(decl.kind), " ", decl.receiver, ".", decl.name, " ",
                        std::to_string(decl.offset), decl.has_body ? " true" : " false"));
  }
  return lines;
}

// Over a large part of Go's own source, the skim sees what Go's parser sees.
TEST(GoSkimTest, AgreesWithGoOnItsOwnSource) {
  const std::string helper = WINDLASS_SOURCE_DIR "/tests/unit/testdata/godecls/main.go";
  std::istringstream output(
      Shell("cd \"$(go env GOROOT)/src\" && GOTOOLCHAIN=local GOFLAGS= go run '" + helper +
            "' \"$PWD/os\" \"$PWD/net\" \"$PWD/syscall\" \"$PWD/runtime\" \"$PWD/encoding\" "
            "\"$PWD/go/parser\" \"$PWD/internal/types/testdata/fixedbugs\""));
  std::string path;
  Lines expected;
  GoSkim skim;
  size_t files = 0;
  const auto finish = [&] {
    if (!path.empty()) {
      EXPECT_EQ(Facts(skim), expected) << path;
      ++files;
    }
    expected.clear();
  };
  for (std::string line; std::getline(output, line);) {
    if (line.starts_with("file ")) {
      finish();
      path = line.substr(5);
      std::ifstream in(path, std::ios::binary);
      skim = SkimGo(path, std::string(std::istreambuf_iterator<char>(in), {}));
    } else if (line.starts_with("ident ")) {
      EXPECT_TRUE(skim.Mentions(line.substr(6))) << path << ": " << line;
    } else {
      expected.push_back(line);
    }
  }
  finish();
  EXPECT_GT(files, 1500U);
}

}  // namespace
}  // namespace windlass
