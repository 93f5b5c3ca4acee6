#include "transformer/facts/go_mod.h"

#include "gtest/gtest.h"

namespace windlass {
namespace {

TEST(GoModTest, ReadsLinesAndBlocks) {
  const GoMod mod = ParseGoMod(
      "// Comment.\r\nmodule \"example.test/m\" // why\r\n\r\ngo 1.21.3\r\ntoolchain go1.22.0\n\n"
      "require example.test/a v1.2.3\n"
      "require (\n\texample.test/b/v2 v2.0.0 // indirect\n\t`example.test/c` v0.1.0 //indirect; x\n"
      "\texample.test/d v0.0.0 // indirectly\n\n)\n"
      "exclude example.test/no v1.0.0\nretract (\n\tv1.0.0\n)\n"
      "replace example.test/a => ../a\n"
      "replace (\n\texample.test/b/v2 v2.0.0 => example.test/fork v1.0.0\n\tbroken\n)\n"
      "require example.test/e v1.0.0\n");
  EXPECT_EQ(mod.module, "example.test/m");
  EXPECT_EQ(mod.go_version, "1.21.3");
  ASSERT_EQ(mod.requires_.size(), 5U);
  EXPECT_EQ(mod.requires_[0].path, "example.test/a");
  EXPECT_EQ(mod.requires_[0].version, "v1.2.3");
  EXPECT_FALSE(mod.requires_[0].indirect);
  EXPECT_EQ(mod.requires_[1].path, "example.test/b/v2");
  EXPECT_TRUE(mod.requires_[1].indirect);
  EXPECT_EQ(mod.requires_[2].path, "example.test/c");
  EXPECT_TRUE(mod.requires_[2].indirect);
  EXPECT_FALSE(mod.requires_[3].indirect);
  EXPECT_EQ(mod.requires_[4].path, "example.test/e");
  ASSERT_EQ(mod.replaces.size(), 2U);
  EXPECT_EQ(mod.replaces[0].new_path, "../a");
  EXPECT_EQ(mod.replaces[0].version, "");
  EXPECT_EQ(mod.replaces[1].path, "example.test/b/v2");
  EXPECT_EQ(mod.replaces[1].version, "v2.0.0");
  EXPECT_EQ(mod.replaces[1].new_path, "example.test/fork");
  EXPECT_EQ(mod.replaces[1].new_version, "v1.0.0");
}

TEST(GoModTest, BrokenFilesGiveWhatCouldBeTold) {
  EXPECT_EQ(ParseGoMod("").module, "");
  EXPECT_EQ(ParseGoMod("module").module, "");
  EXPECT_EQ(ParseGoMod("module \"open").module, "open");
  EXPECT_EQ(ParseGoMod("require (\n\ta v1\n").requires_.size(), 1U);
  EXPECT_EQ(ParseGoMod(")\n(\nmodule m\n").module, "m");
  EXPECT_TRUE(ParseGoMod("replace a =>\nreplace => b\n").replaces.empty());
}

TEST(GoModTest, Minor) {
  EXPECT_EQ(GoMinor("1.21"), 21);
  EXPECT_EQ(GoMinor("1.21.3"), 21);
  EXPECT_EQ(GoMinor("1.21rc2"), 21);
  EXPECT_EQ(GoMinor("1."), -1);
  EXPECT_EQ(GoMinor("1.-2"), -1);
  EXPECT_EQ(GoMinor("2.0"), -1);
  EXPECT_EQ(GoMinor(""), -1);
}

}  // namespace
}  // namespace windlass
