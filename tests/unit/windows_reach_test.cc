#include "transformer/facts/windows_reach.h"

#include <memory>
#include <string>

#include "gtest/gtest.h"

namespace windlass {
namespace {

/// Whether the call of mark() in the body of a function may run on Windows.
bool Reaches(const std::string& body) {
  const SourceFile source("a.go",
                          "package a\n\nimport (\n\t\"os\"\n\t\"path/filepath\"\n\t\"runtime\"\n\t"
                          "\"testing\"\n)\n\nconst onWin = runtime.GOOS == \"windows\"\n\n"
                          "func f(t *testing.T, x bool) error {\n" +
                              body + "\n\treturn nil\n}\n");
  const auto tree = Tree::Parse(source, Language::kGo);
  EXPECT_TRUE(tree.ok());
  EXPECT_FALSE((*tree)->has_errors()) << body;
  const auto file = GoFile::Derive(**tree);
  const size_t at = source.bytes().find("mark(");
  return MayRunOnWindows((*tree)->root().NamedCovering({at, at + 4}), *file);
}

TEST(WindowsReachTest, ConditionsAround) {
  EXPECT_TRUE(Reaches("mark()"));
  EXPECT_FALSE(Reaches("if runtime.GOOS != \"windows\" {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if \"windows\" != runtime.GOOS && x {\nmark()\n}"));
  EXPECT_TRUE(Reaches("if runtime.GOOS != \"windows\" || x {\nmark()\n}"));
  EXPECT_TRUE(Reaches("if runtime.GOOS != \"darwin\" {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if runtime.GOOS == \"linux\" {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if runtime.GOOS == \"windows\" {\nx = true\n} else {\nmark()\n}"));
  EXPECT_TRUE(Reaches("if runtime.GOOS == \"windows\" {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if !onWin {\nmark()\n}"));
  EXPECT_FALSE(Reaches("win := onWin\nif !win {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if filepath.Separator == '/' {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if os.Getuid() == 0 {\nmark()\n}"));
  EXPECT_TRUE(Reaches("if os.Getuid() < 0 {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if runtime.GOOS != platform.Windows {\nmark()\n}"));
  EXPECT_FALSE(Reaches("if !isWindows() {\nmark()\n}"));
  EXPECT_FALSE(Reaches("x = runtime.GOOS != \"windows\" && mark()"));
  EXPECT_FALSE(Reaches("x = runtime.GOOS == \"windows\" || mark()"));
}

TEST(WindowsReachTest, Switches) {
  EXPECT_FALSE(Reaches("switch runtime.GOOS {\ncase \"linux\", \"darwin\":\nmark()\n}"));
  EXPECT_TRUE(Reaches("switch runtime.GOOS {\ncase \"linux\", \"windows\":\nmark()\n}"));
  EXPECT_TRUE(Reaches("switch runtime.GOOS {\ncase \"linux\":\ndefault:\nmark()\n}"));
  EXPECT_FALSE(Reaches("switch runtime.GOOS {\ncase \"windows\":\ndefault:\nmark()\n}"));
  EXPECT_FALSE(Reaches("switch {\ncase runtime.GOOS == \"windows\":\ncase x:\nmark()\n}"));
  EXPECT_TRUE(Reaches("switch {\ncase x:\nmark()\ncase runtime.GOOS == \"windows\":\n}"));
}

TEST(WindowsReachTest, LeavingBefore) {
  EXPECT_FALSE(Reaches("if runtime.GOOS == \"windows\" {\nreturn nil\n}\nmark()"));
  EXPECT_FALSE(Reaches("if runtime.GOOS == \"windows\" {\nt.Skip(\"no\")\n}\nmark()"));
  EXPECT_FALSE(Reaches("if onWin {\n// never\nreturn nil\n}\nmark()"));
  EXPECT_TRUE(Reaches("if runtime.GOOS == \"windows\" {\nx = true\n}\nmark()"));
  EXPECT_TRUE(Reaches("mark()\nif runtime.GOOS == \"windows\" {\nreturn nil\n}"));
  EXPECT_FALSE(Reaches("skipOnWindows(t)\nmark()"));
  EXPECT_FALSE(Reaches("skipIf(t, runtime.GOOS == \"windows\")\nfunc() { mark() }()"));
  EXPECT_FALSE(Reaches("for x {\nif onWin {\ncontinue\n}\nmark()\n}"));
}

}  // namespace
}  // namespace windlass
