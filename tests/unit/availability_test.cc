#include "transformer/facts/availability.h"

#include "gtest/gtest.h"

namespace windlass {
namespace {

constexpr std::string_view kNames =
    "# comment\n"
    "targets linux/amd64 windows/amd64 darwin/amd64\n"
    "syscall 7 Exit Close\n"
    "syscall 5 Kill Stat_t.Uid\n"
    "syscall ~2 Close\n";

constexpr std::string_view kSince =
    "# comment\n"
    "strings 12 ReplaceAll\n"
    "strings 18 Clone Cut\n";

// linux, linux, windows, windows, darwin, darwin × amd64, arm64
const std::vector<Target> kTargets = {{"linux", "amd64"},   {"linux", "arm64"},
                                      {"windows", "amd64"}, {"windows", "arm64"},
                                      {"darwin", "amd64"},  {"freebsd", "amd64"}};

Availability Table(std::string_view modules = "") {
  auto table = Availability::Parse(kNames, modules, kSince);
  EXPECT_TRUE(table.ok()) << table.status();
  return *std::move(table);
}

TEST(AvailabilityTest, KnowsWhereANameIs) {
  const Availability table = Table();
  EXPECT_EQ(table.Where("syscall", "Exit", kTargets), TargetSet{0b111111});
  // An architecture that is not in the table counts as its system's, a Unix as Linux.
  EXPECT_EQ(table.Where("syscall", "Kill", kTargets), TargetSet{0b110011});
  EXPECT_EQ(table.Where("syscall", "Stat_t.Uid", kTargets), TargetSet{0b110011});
}

TEST(AvailabilityTest, TakesUnlistedNamesForLinuxs) {
  const Availability table = Table();
  EXPECT_EQ(table.Where("syscall", "InotifyInit", kTargets), TargetSet{0b000011});
  EXPECT_EQ(table.Where("syscall", "SYS_READ", kTargets), TargetSet{0b110011});
}

TEST(AvailabilityTest, TellsSinceWhen) {
  const Availability table = Table();
  EXPECT_EQ(table.Since("strings", "Cut"), 18);
  EXPECT_EQ(table.Since("strings", "ReplaceAll"), 12);
  EXPECT_EQ(table.Since("strings", "Split"), 0);
  EXPECT_EQ(table.Since("bytes", "Cut"), 0);
}

TEST(AvailabilityTest, TellsTypesThatDiffer) {
  const Availability table = Table();
  EXPECT_TRUE(table.TypeDiffers("syscall", "Close"));
  EXPECT_FALSE(table.TypeDiffers("syscall", "Exit"));
  EXPECT_FALSE(table.TypeDiffers("os", "Close"));
}

TEST(AvailabilityTest, HasPackagesThatItDoesNotKnowEverywhere) {
  const Availability table = Table();
  EXPECT_FALSE(table.Knows("os"));
  EXPECT_EQ(table.Where("os", "Open", kTargets) & 0b111111, TargetSet{0b111111});
}

TEST(AvailabilityTest, KnowsModulesWithWhatLiesBelow) {
  const Availability table =
      Table("example.test/fuse/... linux darwin\nexample.test/one windows\n");
  EXPECT_EQ(table.WherePackage("example.test/fuse", kTargets), TargetSet{0b010011});
  EXPECT_EQ(table.WherePackage("example.test/fuse/fs", kTargets), TargetSet{0b010011});
  EXPECT_EQ(table.WherePackage("example.test/fuses", kTargets) & 0b111111, TargetSet{0b111111});
  EXPECT_EQ(table.WherePackage("example.test/one", kTargets), TargetSet{0b001100});
}

TEST(AvailabilityTest, NamesTheBrokenLine) {
  const auto no_mask = Availability::Parse("targets linux/amd64\nsyscall x Kill\n", "", "");
  ASSERT_FALSE(no_mask.ok());
  EXPECT_EQ(Std(no_mask.status().message()),
            "tables/availability.txt:2: no mask; write `package MASK names...`");
  const auto no_target = Availability::Parse("targets linux\n", "", "");
  ASSERT_FALSE(no_target.ok());
  EXPECT_EQ(Std(no_target.status().message()),
            "tables/availability.txt:1: unknown target; write GOOS/GOARCH");
  const auto no_system = Availability::Parse("", "\nexample.test/x\n", "");
  ASSERT_FALSE(no_system.ok());
  EXPECT_EQ(Std(no_system.status().message()),
            "tables/modules.txt:2: no system; write `package GOOS...`");
  for (const char* line : {"strings Cut 18\n", "strings 18\n", "strings 0 Cut\n"}) {
    EXPECT_EQ(Std(Availability::Parse("", "", line).status().message()),
              "tables/since.txt:1: no version; write `package MINOR names...`");
  }
}

TEST(AvailabilityTest, ARowMaySpeakOfSomeNamesAlone) {
  const Availability table = Table("example.test/fifo :Open,OpenDup linux darwin\n");
  const std::vector<Target> targets = {{"linux", "amd64"}, {"windows", "amd64"}};
  EXPECT_EQ(table.Where("example.test/fifo", "Open", targets), 1U);
  EXPECT_EQ(table.Where("example.test/fifo", "OpenDup", targets), 1U);
  EXPECT_EQ(table.Where("example.test/fifo", "IsFifo", targets) & 3, 3U);
  EXPECT_EQ(table.WherePackage("example.test/fifo", targets) & 3, 3U);
  EXPECT_TRUE(table.Knows("example.test/fifo"));
  EXPECT_EQ(Availability::Parse("targets linux/amd64\n", "p :A\n", "").status().message(),
            "tables/modules.txt:1: no system; write `package :Name,Name GOOS...`");
}

}  // namespace
}  // namespace windlass
