// The helper package that fixes bring along: it vets everywhere, and does what it says on Linux and
// on Windows.

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

class SyscallHelpers : public testing::Test {
 protected:
  SyscallHelpers() : module_(work_ / "helpers") {
    const fs::path source(WINDLASS_SOURCE_DIR);
    fs::copy(source / "tests/e2e/syscall_helpers", module_, fs::copy_options::recursive);
    fs::create_directories(module_ / "internal");
    fs::copy(source / "patches/syscalls/templates/winport", module_ / "internal/winport");
  }

  fs::path Program(const Platform& platform) const {
    const fs::path program = work_ / (platform.os + ".exe");
    EXPECT_TRUE(Succeeds(Go(kOldGo, {"build", "-o", program.string(), "."}, module_, platform)));
    return program;
  }

  static void ExpectAllTrue(const Result& result) {
    EXPECT_TRUE(Succeeds(result));
    EXPECT_EQ(result.out.find(": false"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("Stat_t: true"), std::string::npos) << result.out;
  }

  Workspace work_;
  fs::path module_;
};

TEST_F(SyscallHelpers, VetEverywhere) {
  for (const std::string& go : GoCommands()) {
    for (const Platform& platform :
         {kLinux, kLinuxArm, kWindows, kWindowsArm, Platform{"windows", "386"},
          Platform{"darwin", "arm64"}, Platform{"freebsd", "amd64"}}) {
      EXPECT_TRUE(Succeeds(Go(go, {"vet", "./..."}, module_, platform))) << platform.Name();
    }
  }
  EXPECT_EQ(Unformatted(module_), "");
}

TEST_F(SyscallHelpers, DoWhatTheySayOnLinux) {
  ExpectAllTrue(e2e::Run({.argv = {Program(kLinux).string()}, .directory = work_ / "."}));
}

TEST_F(SyscallHelpers, DoWhatTheySayOnWindows) {
  ExpectAllTrue(Wine(Program(kWindows), {}, work_ / "."));
}

}  // namespace
}  // namespace windlass::e2e
