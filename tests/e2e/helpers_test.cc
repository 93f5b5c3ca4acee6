// The helpers that migrated modules get, asked by a program of their own on Linux and under Wine.

#include <gtest/gtest.h>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

const fs::path kSource = WINDLASS_SOURCE_DIR;

class Helpers : public testing::Test {
 protected:
  Helpers() : repository_(work_ / "helpers") {
    repository_.CopyFrom(kSource / "tests/e2e/helpers");
    const fs::path module = repository_.directory();
    fs::copy(kSource / "corpus/warden/stubs", module / "stubs", fs::copy_options::recursive);
    for (const char* family : {"permissions", "environment", "winapi"}) {
      fs::create_directories(module / "internal/winport");
      fs::copy(kSource / "patches" / family / "templates/winport", module / "internal/winport",
               fs::copy_options::recursive);
    }
  }

  fs::path Program(const Platform& platform, const std::string& go) {
    const fs::path program = work_ / ("helpers-" + platform.os + ".exe");
    EXPECT_TRUE(Succeeds(
        Go(go, {"build", "-o", program.string(), "."}, repository_.directory(), platform)));
    return program;
  }

  Workspace work_;
  Repository repository_;
};

TEST_F(Helpers, KeepTheirPromisesOnLinux) {
  for (const std::string& go : GoCommands()) {
    const Result result = e2e::Run({.argv = {Program(kLinux, go).string()}});
    EXPECT_TRUE(Succeeds(result)) << result.out;
  }
}

TEST_F(Helpers, KeepTheirPromisesOnWindows) {
  const Result result = Wine(Program(kWindows, kOldGo), {}, repository_.directory());
  EXPECT_TRUE(Succeeds(result)) << result.out;
}

TEST_F(Helpers, VetEverywhere) {
  for (const std::string& go : GoCommands()) {
    for (const Platform& platform : Platforms()) {
      EXPECT_TRUE(Succeeds(Go(go, {"vet", "./..."}, repository_.directory(), platform)))
          << platform.Name();
    }
  }
}

}  // namespace
}  // namespace windlass::e2e
