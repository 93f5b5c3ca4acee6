#include "transformer/driver/gitignore.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/temp_tree.h"
#include "transformer/driver/walk.h"

namespace windlass {
namespace {

struct Row {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

TEST(WildMatchTest, Paths) {
  const std::vector<Row> rows = {
      {"a/*.go", "a/b.go", true},
      {"a/*.go", "a/b/c.go", false},
      {"**/b", "b", true},
      {"**/b", "a/c/b", true},
      {"**/b", "ab", false},
      {"a/**", "a/b/c", true},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/xb", false},
      {"a**/b", "ax/b", true},
      {"a**/b", "ax/y/b", false},
      {"?.go", "a.go", true},
      {"a?b", "a/b", false},
      {"a[!b]c", "a/c", false},
      {"[a-c]x", "bx", true},
      {"[a-c]x", "dx", false},
      {"[]]x", "]x", true},
      {"[[:digit:]]*", "7up", true},
      {"[^[:alpha:]]", "7", true},
      {"[a-", "a", false},
      {"[", "[", false},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"[\\]]", "]", true},
      {"**/a*b*c/**/d", "x/aXbYc/d", true},
      {"*a*/b", "xax/b", true},
      {"a\\", "a\\", false},
      {"**/*/b", "b", false},
      {"**/*/b", "x/b", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(WildMatch(row.pattern, row.text, true), row.matches)
        << row.pattern << " against " << row.text;
  }
}

TEST(WildMatchTest, IsNotExponential) {
  std::string pattern;
  for (int i = 0; i < 60; ++i) {
    pattern += "a*/**/";
  }
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    text += "aaa/";
  }
  EXPECT_FALSE(WildMatch(pattern + "b", text + "c", true));
  EXPECT_FALSE(WildMatch("*a*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a'), false));
}

TEST(GitIgnoreTest, ReadsLinesAsGitDoes) {
  const GitIgnore rules("\xEF\xBB\xBF# comment\r\n*.log  \r\n\n\\#x\n\\!y\nblank\\ \n/top\n");
  EXPECT_EQ(rules.Ignores("a.log", false), true);
  EXPECT_EQ(rules.Ignores("#x", false), true);
  EXPECT_EQ(rules.Ignores("!y", false), true);
  EXPECT_EQ(rules.Ignores("blank ", false), true);
  EXPECT_EQ(rules.Ignores("# comment", false), std::nullopt);
  EXPECT_EQ(rules.Ignores("top", false), true);
  EXPECT_EQ(rules.Ignores("sub/top", false), std::nullopt);
  EXPECT_TRUE(GitIgnore("").empty());
  EXPECT_TRUE(GitIgnore("/\n!\n#\n   ").empty());
}

/// Random trees and patterns over a small alphabet, so that they meet; the real git decides.
class RandomTree {
 public:
  explicit RandomTree(uint32_t seed) : random_(seed) {}

  std::string Name() {
    return std::string(1, static_cast<char>('a' + Upto(2))) + (Upto(2) == 0 ? "b" : "");
  }
  std::string Path() {
    std::string path = Name();
    for (size_t depth = Upto(3); depth > 0; --depth) {
      path += "/" + Name();
    }
    return path;
  }
  std::string Pattern() {
    const std::vector<std::string> parts = {"a",  "b",   "c",      "ab",   "*",
                                            "**", "?",   "[ab]",   "[!a]", "*b",
                                            "a*", "\\a", "[a-b]b", "a**",  "**b"};
    std::string pattern = Upto(3) == 0 ? "!" : "";
    pattern += Upto(3) == 0 ? "/" : "";
    pattern += parts[Upto(parts.size() - 1)];
    for (size_t depth = Upto(2); depth > 0; --depth) {
      pattern += "/" + parts[Upto(parts.size() - 1)];
    }
    return pattern + (Upto(3) == 0 ? "/" : "") + "\n";
  }
  size_t Upto(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit)(random_); }

 private:
  std::mt19937 random_;
};

TEST(GitIgnorePropertyTest, WalkListsWhatGitLists) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    RandomTree random(seed);
    const TempTree tree;
    tree.Run("git init -q .");
    for (size_t i = 0; i < 30; ++i) {
      const std::string path = random.Path() + ".x";
      std::string folder =
          path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
      tree.Write(path, "");
      if (i < 5) {
        std::string rules;
        for (size_t n = 1 + random.Upto(4); n > 0; --n) {
          std::string pattern = random.Pattern();
          if (random.Upto(1) == 0 && !pattern.ends_with("/\n")) {
            pattern.insert(pattern.size() - 1, ".x");
          }
          rules += pattern;
        }
        tree.Write((i == 0 ? "" : folder) + ".gitignore", rules);
      }
    }
    if (random.Upto(1) == 0) {
      tree.Run("find . -name a -type d | head -2 | xargs -r git add -f");
    }
    std::string listed;
    ASSERT_EQ(tree.TryRun("git ls-files -co --exclude-standard | sort -u", &listed), 0);
    const absl::StatusOr<WalkResult> walked = Walk(tree.root());
    ASSERT_TRUE(walked.ok());
    std::set<std::string> paths;
    for (const WalkEntry& entry : walked->files) {
      paths.insert(entry.path + "\n");
    }
    std::set<std::string> expected;
    for (size_t begin = 0; begin < listed.size();) {
      const size_t end = listed.find('\n', begin) + 1;
      expected.insert(listed.substr(begin, end - begin));
      begin = end;
    }
    std::string rules;
    tree.TryRun(
        "find . -name .gitignore | while read f; do echo \"$f:\"; cat $f; done; git ls-files",
        &rules);
    ASSERT_EQ(paths, expected) << "seed " << seed << "\n" << rules;
  }
}

}  // namespace
}  // namespace windlass
