#include "transformer/rules/glob.h"

#include "gtest/gtest.h"
#include "re2/re2.h"

namespace windlass {
namespace {

bool Matches(std::string_view glob, std::string_view path) {
  return RE2::FullMatch(path, GlobToRegex(glob));
}

TEST(GlobTest, NamesMatchAnywhere) {
  EXPECT_TRUE(Matches("*.sh", "a.sh"));
  EXPECT_TRUE(Matches("*.sh", "x/y/a.sh"));
  EXPECT_FALSE(Matches("*.sh", "a.sh/b"));
  EXPECT_TRUE(Matches("Dockerfile*", "x/Dockerfile.win"));
  EXPECT_FALSE(Matches("Dockerfile*", "MyDockerfile"));
  EXPECT_TRUE(Matches("?.c", "x.c"));
  EXPECT_FALSE(Matches("?.c", "xy.c"));
}

TEST(GlobTest, SlashesMeanTheWholePath) {
  EXPECT_TRUE(Matches("cmd/*.go", "cmd/a.go"));
  EXPECT_FALSE(Matches("cmd/*.go", "x/cmd/a.go"));
  EXPECT_FALSE(Matches("cmd/*.go", "cmd/x/a.go"));
  EXPECT_TRUE(Matches("cmd/**", "cmd/x/a.go"));
  EXPECT_TRUE(Matches("**/a.go", "a.go"));
  EXPECT_TRUE(Matches("**/a.go", "x/y/a.go"));
  EXPECT_TRUE(Matches("x/**/a", "x/a"));
  EXPECT_TRUE(Matches("/a.go", "a.go"));
  EXPECT_FALSE(Matches("/a.go", "x/a.go"));
}

TEST(GlobTest, ClassesAndBraces) {
  EXPECT_TRUE(Matches("*.{yaml,yml}", "a.yml"));
  EXPECT_FALSE(Matches("*.{yaml,yml}", "a.yl"));
  EXPECT_TRUE(Matches("[a-c]", "b"));
  EXPECT_TRUE(Matches("[!a-c]", "d"));
  EXPECT_FALSE(Matches("[!a-c]", "b"));
  EXPECT_TRUE(Matches("[]a]", "]"));
}

TEST(GlobTest, TheRestStandsForItself) {
  EXPECT_TRUE(Matches("a+b(c).$", "a+b(c).$"));
  EXPECT_FALSE(Matches("a.b", "axb"));
  EXPECT_TRUE(Matches("{a", "{a"));
  EXPECT_TRUE(Matches("[a", "[a"));
  EXPECT_TRUE(Matches("a}", "a}"));
}

}  // namespace
}  // namespace windlass
