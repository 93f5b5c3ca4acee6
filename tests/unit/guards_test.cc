#include "transformer/rules/guards.h"

#include "gtest/gtest.h"

namespace windlass {
namespace {

bool OnlyWhere(std::string_view path, std::string_view header, std::string_view condition) {
  const auto expr = BuildExpr::Parse(condition);
  EXPECT_TRUE(expr.ok()) << condition;
  return BuiltOnlyWhere(ReadConstraint(path, header), *expr);
}

TEST(GuardsTest, ImpliedConstraints) {
  EXPECT_TRUE(OnlyWhere("a_windows.go", "package a\n", "windows"));
  EXPECT_TRUE(OnlyWhere("a_windows_amd64.go", "package a\n", "windows"));
  EXPECT_TRUE(OnlyWhere("a.go", "//go:build windows && amd64\n\npackage a\n", "windows"));
  EXPECT_FALSE(OnlyWhere("a.go", "package a\n", "windows"));
  EXPECT_FALSE(OnlyWhere("a.go", "//go:build windows || linux\n\npackage a\n", "windows"));
  EXPECT_TRUE(OnlyWhere("a_linux.go", "package a\n", "!windows"));
  EXPECT_TRUE(OnlyWhere("a.go", "//go:build unix\n\npackage a\n", "!windows"));
  EXPECT_TRUE(OnlyWhere("a.go", "//go:build !windows\n\npackage a\n", "!windows"));
  EXPECT_FALSE(OnlyWhere("a_unix.go", "package a\n", "!windows"));
}

TEST(GuardsTest, CustomTagsMayBeSetOrNot) {
  EXPECT_TRUE(OnlyWhere("a.go", "//go:build mytag && windows\n\npackage a\n", "windows"));
  EXPECT_FALSE(OnlyWhere("a.go", "//go:build mytag\n\npackage a\n", "windows"));
  EXPECT_TRUE(OnlyWhere("a.go", "//go:build mytag\n\npackage a\n", "mytag"));
  EXPECT_FALSE(OnlyWhere("a.go", "//go:build mytag || windows\n\npackage a\n", "windows"));
}

TEST(GuardsTest, AFileOfNoBuildIsConfinedToNothing) {
  EXPECT_FALSE(OnlyWhere("a.go", "//go:build ignore\n\npackage a\n", "windows"));
  EXPECT_FALSE(OnlyWhere("_a.go", "package a\n", "windows"));
  EXPECT_FALSE(OnlyWhere("a_windows.go", "//go:build linux\n\npackage a\n", "windows"));
}

}  // namespace
}  // namespace windlass
