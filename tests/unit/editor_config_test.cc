#include "transformer/facts/editor_config.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace windlass {
namespace {

TEST(EditorGlob, SpeaksTheWholeLanguage) {
  struct Row {
    std::string glob;
    std::vector<std::string> matches;
    std::vector<std::string> others;
  };
  const std::vector<Row> rows = {
      {"*.sh", {"a.sh", "deep/er/a.sh", ".sh"}, {"a.sh.txt"}},
      {"/*.sh", {"a.sh"}, {"deep/a.sh"}},
      {"a/*.sh", {"a/b.sh"}, {"x/a/b.sh", "a/b/c.sh"}},
      {"a/**.sh", {"a/b.sh", "a/b/c.sh"}, {"b.sh"}},
      {"**/x", {"x", "a/x", "a/b/x"}, {"ax/y"}},
      {"a/**/z", {"a/z", "a/b/z", "a/b/c/z"}, {"az", "a/bz"}},
      {"?.go", {"a.go", "d/a.go"}, {".go", "ab.go"}},
      {"[ab].c", {"a.c", "b.c"}, {"c.c", "ab.c"}},
      {"[!ab].c", {"c.c"}, {"a.c"}},
      {"[a-c].c", {"b.c"}, {"d.c"}},
      {"ab[e/]cd", {"ab[e/]cd"}, {"abecd"}},
      {"*.{js,py}", {"a.js", "d/b.py"}, {"a.{js,py}", "a.pyc"}},
      {"{a,b{c,d}}.x", {"a.x", "bc.x", "bd.x"}, {"b.x"}},
      {"{,a}b", {"b", "ab"}, {"aab"}},
      {"*.{single}", {"a.{single}"}, {"a.single"}},
      {"{3..120}", {"3", "15", "120", "d/60"}, {"1", "121", "060", "5a", "a5"}},
      {"v{-2..2}.txt", {"v-2.txt", "v0.txt", "v2.txt"}, {"v3.txt", "v-3.txt"}},
      {"{a", {"{a"}, {"a"}},
      {"a\\*b", {"a*b"}, {"axb"}},
      {"{Makefile,*.mk}", {"Makefile", "x/rules.mk"}, {"Makefile.in"}},
      {"*", {"a", "a/b"}, {}},
  };
  for (const Row& row : rows) {
    const EditorGlob glob(row.glob);
    for (const std::string& path : row.matches) {
      EXPECT_TRUE(glob.Matches(path)) << row.glob << " " << path;
    }
    for (const std::string& path : row.others) {
      EXPECT_FALSE(glob.Matches(path)) << row.glob << " " << path;
    }
  }
}

TEST(EditorConfig, LastSectionAndDeepestFileWin) {
  EditorConfig config;
  config.Add("",
             "root = true\n; note\n[*]\nend_of_line = LF\ncharset = utf-8\n"
             "[*.bat]\nEnd_Of_Line = crlf # why\n");
  config.Add("win", "[*]\r\nend_of_line = crlf\r\n[raw]\r\nend_of_line=unset\r\n");
  EXPECT_EQ(config.Get("a.sh", "end_of_line")->value, "lf");
  EXPECT_EQ(config.Get("d/a.bat", "end_of_line")->value, "crlf");
  EXPECT_EQ(config.Get("win/a.sh", "end_of_line")->value, "crlf");
  EXPECT_EQ(config.Get("win/a.sh", "end_of_line")->path, "win/.editorconfig");
  EXPECT_EQ(config.Get("win/raw", "end_of_line"), std::nullopt);
  EXPECT_EQ(config.Get("win/a.sh", "charset")->value, "utf-8");
  EXPECT_EQ(config.Get("a.sh", "indent_style"), std::nullopt);
  EXPECT_TRUE(config.Mentions("charset"));
}

TEST(EditorConfig, RootStopsTheSearch) {
  EditorConfig config;
  config.Add("", "[*]\nend_of_line = lf\n");
  config.Add("own", "root=true\n[*.x]\nend_of_line = crlf\n");
  EXPECT_EQ(config.Get("own/a.y", "end_of_line"), std::nullopt);
  EXPECT_EQ(config.Get("own/a.x", "end_of_line")->value, "crlf");
  EXPECT_EQ(config.Get("owner/a.y", "end_of_line")->value, "lf");
}

}  // namespace
}  // namespace windlass
