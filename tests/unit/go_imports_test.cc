#include "transformer/facts/go_imports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr std::string_view kModule = "example.com/svc";

struct Parsed {
  explicit Parsed(std::string bytes) : source("a.go", std::move(bytes)) {
    tree = std::move(Tree::Parse(source, Language::kGo)).value();
    go = GoFile::Derive(*tree);
  }
  SourceFile source;
  std::unique_ptr<Tree> tree;
  std::unique_ptr<GoFile> go;
};

/// `wanted` reads "path" or "name path", separated by commas.
std::vector<ImportRequest> Requests(std::string_view wanted) {
  std::vector<ImportRequest> requests;
  while (!wanted.empty()) {
    const size_t comma = std::min(wanted.find(','), wanted.size());
    const std::string_view one = wanted.substr(0, comma);
    const size_t space = one.find(' ');
    const std::string path(one.substr(space + 1));
    requests.push_back({path, space == std::string_view::npos ? GuessImportNames(path).front()
                                                              : std::string(one.substr(0, space))});
    wanted.remove_prefix(std::min(comma + 1, wanted.size()));
  }
  return requests;
}

struct ImportCase {
  const char* name;
  const char* wanted;
  /// Calls of `gone` in the source (`gone(path.Base)`) are edited away.
  const char* before;
  const char* after;
};

void PrintTo(const ImportCase& import_case, std::ostream* out) {
  *out << import_case.name;
}

std::string Update(const std::string& before, std::string_view wanted) {
  const Parsed parsed(before);
  EditSet edits;
  for (size_t at = before.find("gone("); at != std::string::npos;
       at = before.find("gone(", at + 1)) {
    EXPECT_TRUE(edits.Add({at, before.find(')', at) + 1}, "\"os.path\"").ok());
  }
  const EditSet imports = UpdateImports(*parsed.go, edits, Requests(wanted), kModule);
  EXPECT_TRUE(edits.Merge(imports).ok());
  return edits.Apply(before);
}

std::string ReplaceAll(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

class GoImportsTest : public testing::TestWithParam<ImportCase> {};

TEST_P(GoImportsTest, Update) {
  const std::string after = ReplaceAll(GetParam().after, "<gone>", "\"os.path\"");
  EXPECT_EQ(Update(GetParam().before, GetParam().wanted), after);
}

TEST_P(GoImportsTest, UpdateWithCrlf) {
  const std::string after = ReplaceAll(GetParam().after, "<gone>", "\"os.path\"");
  EXPECT_EQ(Update(ReplaceAll(GetParam().before, "\n", "\r\n"), GetParam().wanted),
            ReplaceAll(after, "\n", "\r\n"));
}

TEST_P(GoImportsTest, SecondUpdateIsQuiet) {
  const std::string after = ReplaceAll(GetParam().after, "<gone>", "\"os.path\"");
  EXPECT_EQ(Update(after, GetParam().wanted), after);
}

constexpr ImportCase kCases[] = {
    {"NoImports", "os", "package p\n\nfunc f() {}\n",
     "package p\n\nimport \"os\"\n\nfunc f() {}\n"},
    {"NoImportsTwoKinds", "os,example.com/svc/kit,path,github.com/a/b",
     "// Doc.\npackage p // why\n\nfunc f() {}\n",
     "// Doc.\npackage p // why\n\nimport (\n\t\"os\"\n\t\"path\"\n\n\t\"github.com/a/b\"\n\n"
     "\t\"example.com/svc/kit\"\n)\n\nfunc f() {}\n"},
    {"PackageClauseAlone", "os", "// Doc.\npackage p", "// Doc.\npackage p\n\nimport \"os\""},
    {"PackageClauseWithoutBlank", "os", "package p\nvar v int\n",
     "package p\n\nimport \"os\"\n\nvar v int\n"},
    {"SortedInto", "os", "package p\n\nimport (\n\t\"fmt\"\n\t\"strings\"\n)\n",
     "package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"strings\"\n)\n"},
    {"FirstAndLast", "bytes,unicode", "package p\n\nimport (\n\t\"fmt\"\n)\n",
     "package p\n\nimport (\n\t\"bytes\"\n\t\"fmt\"\n\t\"unicode\"\n)\n"},
    {"Alias", "stdpath path", "package p\n\nimport (\n\t\"os\"\n\t\"strings\"\n)\n",
     "package p\n\nimport (\n\t\"os\"\n\tstdpath \"path\"\n\t\"strings\"\n)\n"},
    {"IntoTheGroupOfItsKind", "path/filepath,github.com/b/b,example.com/svc/x",
     "package p\n\nimport (\n\t\"fmt\"\n\n\t\"github.com/a/a\"\n\t\"github.com/c/c\"\n\n"
     "\t\"example.com/svc/y\"\n)\n",
     "package p\n\nimport (\n\t\"fmt\"\n\t\"path/filepath\"\n\n\t\"github.com/a/a\"\n"
     "\t\"github.com/b/b\"\n\t\"github.com/c/c\"\n\n\t\"example.com/svc/x\"\n"
     "\t\"example.com/svc/y\"\n)\n"},
    {"NewStandardGroup", "os", "package p\n\nimport (\n\t\"github.com/a/a\"\n)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n)\n"},
    {"NewOwnGroup", "example.com/svc/x,example.com/svc/w",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n\n\t\"example.com/svc/w\"\n"
     "\t\"example.com/svc/x\"\n)\n"},
    {"NewGroupBetween", "github.com/a/a",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/svc/x\"\n)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n\n\t\"example.com/svc/x\"\n)\n"},
    {"OneMixedGroupStaysOne", "example.com/svc/x",
     "package p\n\nimport (\n\t\"fmt\"\n\t\"github.com/a/a\"\n\t\"os\"\n)\n",
     "package p\n\nimport (\n\t\"example.com/svc/x\"\n\t\"fmt\"\n\t\"github.com/a/a\"\n"
     "\t\"os\"\n)\n"},
    {"TheCloserOfTwoGroups", "github.com/b/kit/z",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n\n\t\"github.com/b/kit/y\"\n)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n\n\t\"github.com/b/kit/y\"\n"
     "\t\"github.com/b/kit/z\"\n)\n"},
    {"CommentsStay", "bytes,os",
     "package p\n\nimport (\n\t// text and such\n\t\"fmt\" // printing\n\t\"strings\"\n)\n",
     "package p\n\nimport (\n\t// text and such\n\t\"bytes\"\n\t\"fmt\" // printing\n\t\"os\"\n"
     "\t\"strings\"\n)\n"},
    {"AboveADocumentedFirst", "bytes", "package p\n\nimport (\n\t// for f\n\t\"fmt\"\n)\n",
     "package p\n\nimport (\n\t\"bytes\"\n\t// for f\n\t\"fmt\"\n)\n"},
    {"SingleBecomesGroup", "bytes,path,github.com/a/a", "package p\n\nimport \"os\" // os\n",
     "package p\n\nimport (\n\t\"bytes\"\n\t\"os\" // os\n\t\"path\"\n\n\t\"github.com/a/a\"\n)\n"},
    {"SingleThirdBecomesGroup", "os", "package p\n\nimport a \"github.com/a/a\"\n",
     "package p\n\nimport (\n\t\"os\"\n\n\ta \"github.com/a/a\"\n)\n"},
    {"SinglesStaySingle", "os",
     "package p\n\nimport \"fmt\"\nimport \"strings\"\nimport \"github.com/a/a\"\n",
     "package p\n\nimport \"fmt\"\nimport \"os\"\nimport \"strings\"\nimport "
     "\"github.com/a/a\"\n"},
    {"FirstOfSingles", "bytes", "package p\n\nimport \"fmt\"\nimport \"strings\"\n",
     "package p\n\nimport \"bytes\"\nimport \"fmt\"\nimport \"strings\"\n"},
    {"CgoStaysAlone", "os", "package p\n\n// #include <x.h>\nimport \"C\"\n\nvar v int\n",
     "package p\n\n// #include <x.h>\nimport \"C\"\n\nimport \"os\"\n\nvar v int\n"},
    {"CgoBesideAGroup", "os",
     "package p\n\n// #include <x.h>\nimport \"C\"\n\nimport (\n\t\"fmt\"\n)\n",
     "package p\n\n// #include <x.h>\nimport \"C\"\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n"},
    {"EmptyParentheses", "os", "package p\n\nimport (\n)\n",
     "package p\n\nimport (\n\t\"os\"\n)\n"},
    {"OneLine", "os", "package p; import \"fmt\"; var v int\n",
     "package p; import \"fmt\"; import \"os\"; var v int\n"},
    {"Remove", "", "package p\n\nimport (\n\t\"os\"\n\t\"path\"\n)\n\nvar v = gone(path.Base)\n",
     "package p\n\nimport (\n\t\"os\"\n)\n\nvar v = <gone>\n"},
    {"RemoveWithItsComment", "",
     "package p\n\nimport (\n\t\"os\"\n\n\t// for Base\n\t\"path\" // here\n)\n\nvar v = "
     "gone(path.Base)\n",
     "package p\n\nimport (\n\t\"os\"\n)\n\nvar v = <gone>\n"},
    {"RemoveGroupInTheMiddle", "",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n\n\t\"example.com/svc/x\"\n)\n\n"
     "var v = gone(a.A)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/svc/x\"\n)\n\nvar v = <gone>\n"},
    {"RemoveFirstGroup", "",
     "package p\n\nimport (\n\t\"path\"\n\n\t\"github.com/a/a\"\n)\n\nvar v = gone(path.A)\n",
     "package p\n\nimport (\n\t\"github.com/a/a\"\n)\n\nvar v = <gone>\n"},
    {"RemoveDeclaration", "", "package p\n\nimport \"path\"\n\nvar v = gone(path.A)\n",
     "package p\n\nvar v = <gone>\n"},
    {"RemoveAllOfADeclaration", "",
     "package p\n\nimport (\n\t\"path\"\n\n\t\"github.com/a/a\"\n)\n\nvar v = gone(path.A) + "
     "gone(a.A)\n",
     "package p\n\nvar v = <gone> + <gone>\n"},
    {"StillUsedStays", "", "package p\n\nimport \"path\"\n\nvar v = gone(path.A) + path.B\n",
     "package p\n\nimport \"path\"\n\nvar v = <gone> + path.B\n"},
    {"BlankDotAndUnusedStay", "",
     "package p\n\nimport (\n\t_ \"embed\"\n\t. \"os\"\n\t\"path\"\n)\n\nvar v = gone(Args)\n",
     "package p\n\nimport (\n\t_ \"embed\"\n\t. \"os\"\n\t\"path\"\n)\n\nvar v = <gone>\n"},
    {"OneTakesTheOthersPlace", "path/filepath",
     "package p\n\nimport \"path\"\n\nvar v = gone(path.A)\n",
     "package p\n\nimport \"path/filepath\"\n\nvar v = <gone>\n"},
    {"OneTakesTheOthersLine", "path/filepath",
     "package p\n\nimport (\n\t\"path\"\n\t\"strings\"\n)\n\nvar v = gone(path.A)\n",
     "package p\n\nimport (\n\t\"path/filepath\"\n\t\"strings\"\n)\n\nvar v = <gone>\n"},
    {"EmptiedGroupTakesAnotherKind", "example.com/svc/x",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"github.com/a/a\"\n)\n\nvar v = gone(a.A)\n",
     "package p\n\nimport (\n\t\"os\"\n\n\t\"example.com/svc/x\"\n)\n\nvar v = <gone>\n"},
    {"RemoveFromOneLine", "",
     "package p\n\nimport (\"path\"; \"os\"; a \"github.com/a/a\")\n\nvar v = gone(path.A) + "
     "gone(a.A)\n",
     "package p\n\nimport ( \"os\")\n\nvar v = <gone> + <gone>\n"},
};

INSTANTIATE_TEST_SUITE_P(Files, GoImportsTest, testing::ValuesIn(kCases),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(ImportNameForTest, TakesTheFilesOwnName) {
  const Parsed file("package p\n\nimport fp \"path/filepath\"\n\nfunc f(fp int) { here() }\n");
  const size_t here = file.source.bytes().find("here");
  EXPECT_EQ(ImportNameFor(*file.go, "path/filepath", 0), "fp");
  EXPECT_EQ(ImportNameFor(*file.go, "path/filepath", here), "filepath");
  EXPECT_EQ(ImportNameFor(*file.go, "path/filepath", std::string_view::npos), "filepath");
  EXPECT_EQ(ImportNameFor(*file.go, "os", here), "os");
}

TEST(ImportNameForTest, AvoidsWhatIsVisible) {
  const Parsed file(R"(package p

func f(path string) {
	filepath := here(path)
	there(filepath, stdpath)
}

func tool() {}
)");
  const size_t here = file.source.bytes().find("here");
  const size_t there = file.source.bytes().find("there");
  EXPECT_EQ(ImportNameFor(*file.go, "path/filepath", here), "filepath");
  EXPECT_EQ(ImportNameFor(*file.go, "path/filepath", there), "stdfilepath");
  EXPECT_EQ(ImportNameFor(*file.go, "path", here), "stdpath2");
  EXPECT_EQ(ImportNameFor(*file.go, "example.com/tool", here), "toolpkg");
  EXPECT_EQ(ImportNameFor(*file.go, "example.com/tool", here, "kit"), "kit");
  EXPECT_EQ(ImportNameFor(*file.go, "example.com/string", here), "stringpkg");
  EXPECT_EQ(ImportNameFor(*file.go, "path", std::string_view::npos), "stdpath2");
}

TEST(ImportNameForTest, DotAndBlankImportsGiveNoName) {
  const Parsed file("package p\n\nimport . \"os\"\nimport _ \"path\"\n");
  EXPECT_EQ(ImportNameFor(*file.go, "os", 0), "os");
  EXPECT_EQ(ImportNameFor(*file.go, "path", 0), "path");
}

}  // namespace
}  // namespace windlass
