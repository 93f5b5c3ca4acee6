#include "transformer/facts/git_attributes.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace windlass {
namespace {

namespace fs = std::filesystem;

TEST(GitAttributes, LastMatchingLineWins) {
  GitAttributes attributes;
  attributes.Add("", "* text=auto\n*.sh text eol=lf\n*.bat text eol=crlf\nkeep.sh -text\n");
  EXPECT_EQ(attributes.WorkTreeEol("a/run.sh"), "lf");
  EXPECT_EQ(attributes.WorkTreeEol("install.bat"), "crlf");
  EXPECT_EQ(attributes.WorkTreeEol("main.go"), std::nullopt);
  EXPECT_TRUE(attributes.Untouched("a/keep.sh"));
  EXPECT_EQ(attributes.WorkTreeEol("a/keep.sh"), std::nullopt);
  EXPECT_TRUE(attributes.StoredAsLf("install.bat"));
  EXPECT_FALSE(attributes.StoredAsLf("main.go"));
}

TEST(GitAttributes, DeeperFilesWinOverShallowerOnes) {
  GitAttributes attributes;
  attributes.Add("deep", "*.sh eol=crlf\n");
  attributes.Add("", "*.sh text eol=lf\n");
  EXPECT_EQ(attributes.WorkTreeEol("deep/x.sh"), "crlf");
  EXPECT_EQ(attributes.WorkTreeEol("deeper/x.sh"), "lf");
}

TEST(GitAttributes, KnowsMacrosAndUnspecified) {
  GitAttributes attributes;
  attributes.Add("", "[attr]asis -text -diff\n*.dat asis\n*.png binary\nx.png !text\n");
  EXPECT_EQ(attributes.Get("a.dat", "text"), "unset");
  EXPECT_EQ(attributes.Get("a.png", "text"), "unset");
  EXPECT_EQ(attributes.Get("x.png", "text"), std::nullopt);
  EXPECT_EQ(attributes.Get("x.png", "diff"), "unset");
}

TEST(GitAttributes, KnowsWhichLineDecides) {
  GitAttributes attributes;
  attributes.Add("", "* text eol=lf\n\n*.bat text\n");
  const auto source = attributes.SourceOf("a.bat", "eol");
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(source->pattern, "*");
  EXPECT_EQ(source->span, (Span{0, 13}));
  EXPECT_EQ(attributes.SourceOf("a.bat", "text")->span, (Span{15, 25}));
  EXPECT_EQ(attributes.SourceOf("a.bat", "diff"), std::nullopt);
}

TEST(GitAttributes, FindsMisspeltAttributes) {
  const auto typo = [](std::string_view line) {
    const auto found = FindAttributeTypos(line);
    return found.empty() ? std::string() : found[0].meant;
  };
  EXPECT_EQ(typo("*.sh test eol=lf\n"), "text");
  EXPECT_EQ(typo("* test=auto\n"), "text=auto");
  EXPECT_EQ(typo("*.png -txt"), "-text");
  EXPECT_EQ(typo("*.sh text eof=lf\r\n"), "eol=lf");
  EXPECT_EQ(typo("*.bat text eol=CRLF"), "eol=crlf");
  EXPECT_EQ(typo("*.bat text eol=clrf"), "eol=crlf");
  EXPECT_EQ(typo("*.jpg bniary"), "binary");
  for (const char* right :
       {"# test eof=lf", "*.sh text eol=lf", "*.go diff=golang", "x linguist-generated=true",
        "[attr]test -text\n*.x test", "*.x test=3", "test text", "*.x tex=on", ""}) {
    EXPECT_EQ(typo(right), "") << right;
  }
}

std::string Output(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
    out += buffer;
  }
  EXPECT_NE(pipe, nullptr);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

/// Asks the real git about every pattern and path.
TEST(GitAttributes, AgreesWithGit) {
  const std::vector<std::string> patterns = {
      "*",    "*.sh",    "run.sh",   "/run.sh", "a/*.sh", "a/**",     "**/b/*.sh",
      "**/x", "a/**/x",  "[ab].sh",  "[!a].sh", "?.sh",   "a?b",      "\\*.sh",
      "dir/", "**/t/**", "*.s[a-h]", "a*/b*",   "/a/*",   "a/b/c.sh", "**"};
  const std::vector<std::string> paths = {"run.sh", "a/run.sh", "a/b/c.sh", "b/x",   "x",
                                          "a/q/x",  "a.sh",     "b.sh",     "a/b",   "*.sh",
                                          "dir/f",  "t/f",      "p/t/q/f",  "ab/bc", "a/b/x.sh"};
  const fs::path root = fs::path(testing::TempDir()) / "git_attributes_test";
  fs::remove_all(root);
  fs::create_directories(root);
  ASSERT_EQ(std::system(("git init -q " + root.string()).c_str()), 0);
  for (const std::string& pattern : patterns) {
    const std::string text = pattern + " text eol=lf\n";
    std::ofstream(root / ".gitattributes") << text;
    GitAttributes attributes;
    attributes.Add("", text);
    std::string command = "cd " + root.string() + " && git check-attr text --";
    for (const std::string& path : paths) {
      command += " '" + path + "'";
    }
    const std::string answer = Output(command);
    for (const std::string& path : paths) {
      const bool git = ("\n" + answer).find("\n" + path + ": text: set\n") != std::string::npos;
      EXPECT_EQ(attributes.Get(path, "text") == "set", git) << pattern << " on " << path;
    }
  }
  fs::remove_all(root);
}

}  // namespace
}  // namespace windlass
