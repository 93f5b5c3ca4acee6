// A service that builds for Windows and misbehaves there in matters of modes, owners, places and
// the registry: what it does under Wine before and after the migration.

#include <gtest/gtest.h>

#include "tests/e2e/service.h"

namespace windlass::e2e {
namespace {

class Warden : public ServiceTest {
 protected:
  Warden() : ServiceTest("warden") {}

  /// Built, with a key beside it.
  fs::path Program() {
    repository_.Write("key.pem", "a key\n");
    return Build(repository_.directory(), "warden", work_ / "warden.exe", kWindows);
  }

  Result Do(const fs::path& program, std::vector<std::string> args) {
    return Wine(program, std::move(args), repository_.directory());
  }
};

TEST_F(Warden, MisbehavesBefore) {
  const fs::path program = Program();
  EXPECT_TRUE(Exits(1, Do(program, {"check", "key.pem"})));
  EXPECT_TRUE(Exits(1, Do(program, {"owner", "key.pem"})));
  EXPECT_TRUE(Exits(1, Do(program, {"clock", "Europe/Berlin"})));
  EXPECT_EQ(Do(program, {"where"}).out, ".warden\n");
}

TEST_F(Warden, BehavesAfter) {
  MigrateAndApply();
  const fs::path program = Program();
  EXPECT_TRUE(Succeeds(Do(program, {"check", "key.pem"})));
  EXPECT_TRUE(Succeeds(Do(program, {"owner", "key.pem"})));
  EXPECT_TRUE(Exits(1, Do(program, {"owner", "missing.pem"}))) << "that error matters";
  EXPECT_TRUE(Succeeds(Do(program, {"clock", "Europe/Berlin"})));
  EXPECT_TRUE(Exits(1, Do(program, {"clock", "Europe/Nowhere"})));
  const std::string where = Do(program, {"where"}).out;
  EXPECT_NE(where.find(":\\users\\"), std::string::npos) << where;
  const Result config = Do(program, {"config"});
  EXPECT_NE(config.err.find("\\ProgramData\\warden\\warden.conf"), std::string::npos) << config.err;
}

TEST_F(Warden, KeepsWhatCanBeReplaced) {
  MigrateAndApply();
  const fs::path program = Program();
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(Succeeds(Do(program, {"keep", "key.pem", "kept.pem"}))) << round;
  }
}

TEST_F(Warden, MakesTheKeyOfItsState) {
  MigrateAndApply();
  const fs::path program = Program();
  EXPECT_TRUE(Succeeds(Do(program, {"note", "all is well"})));
  const Result state = Do(program, {"state"});
  EXPECT_TRUE(Succeeds(state));
  EXPECT_NE(state.out.find("all is well"), std::string::npos);
}

TEST_F(Warden, BuildsAndPassesItsTestsAfter) {
  MigrateAndApply();
  ExpectSound();
  EXPECT_EQ(Migrate(repository_, work_ / "again"), std::vector<fs::path>());
}

}  // namespace
}  // namespace windlass::e2e
