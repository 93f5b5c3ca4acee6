// A module that lacks whole declarations on Windows: after the migration it builds there, does what
// it can, and says what it cannot.

#include <gtest/gtest.h>

#include "tests/e2e/service.h"

namespace windlass::e2e {
namespace {

class Turnstile : public ServiceTest {
 protected:
  Turnstile() : ServiceTest("turnstile") {}
};

TEST_F(Turnstile, DidNotBuildOnWindowsBefore) {
  for (const Platform& platform : {kWindows, kWindowsArm}) {
    const Result result = Go(kOldGo, {"build", "./..."}, repository_.directory(), platform);
    EXPECT_NE(result.exit_code, 0) << platform.Name();
    EXPECT_NE(result.err.find("undefined: Acquire"), std::string::npos) << result.err;
  }
}

TEST_F(Turnstile, BuildsAndVetsOnEveryPlatformAfter) {
  MigrateAndApply();
  ExpectSound();
}

TEST_F(Turnstile, OnlyAddsFilesToTheGuard) {
  const auto before = repository_.Files();
  MigrateAndApply();
  auto after = repository_.Files();
  for (const auto& [file, object] : before) {
    EXPECT_EQ(after[file], object) << file;
  }
  EXPECT_GT(after.size(), before.size());
}

TEST_F(Turnstile, SaysOnWindowsWhatItCannotDo) {
  MigrateAndApply();
  const fs::path program =
      Build(repository_.directory(), "turnstile", work_ / "turnstile.exe", kWindows);
  repository_.Write("jobs/ledger.txt", "2024/02/29 12:00 backup ok\n");
  const Result last = Wine(program, {"jobs", "last"}, repository_.directory());
  EXPECT_TRUE(Succeeds(last));
  EXPECT_EQ(last.out, "2024/02/29 12:00 backup ok\n");
  const Result run =
      Wine(program, {"jobs", "run", program.string(), "jobs", "last"}, repository_.directory());
  EXPECT_TRUE(Exits(1, run)) << "a missing lock must be an error, not a crash";
  EXPECT_EQ(run.out, "") << "the job ran without a lock";
  EXPECT_NE(run.err.find("not supported"), std::string::npos) << run.err;
}

TEST_F(Turnstile, SecondMigrationFindsNothing) {
  MigrateAndApply();
  EXPECT_EQ(Migrate(repository_, work_ / "again"), std::vector<fs::path>());
}

}  // namespace
}  // namespace windlass::e2e
