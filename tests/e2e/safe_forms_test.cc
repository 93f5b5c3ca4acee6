// What windlass calls `safe` is the same on Linux byte for byte: a program that prints what every
// safe form gives for thousands of operands is run as it is and as the safe commits leave it.

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

class SafeForms : public testing::Test {
 protected:
  SafeForms() : repository_(work_ / "forms") {
    repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e/safe_forms");
    repository_.Init();
  }

  std::string Output(const Platform& platform, const std::string& name) const {
    const fs::path program = work_ / name;
    const Result built =
        Go(kOldGo, {"build", "-o", program.string(), "."}, repository_.directory(), platform);
    EXPECT_TRUE(Succeeds(built));
    const Result run = platform.os == "windows"
                           ? Wine(program, {}, repository_.directory())
                           : e2e::Run({{program.string()}, repository_.directory()});
    EXPECT_TRUE(Succeeds(run));
    return run.out;
  }

  void ApplySafe() const {
    Am(repository_, Migrate(repository_, work_ / "series", {"--only", "paths", "--level", "safe"}));
  }

  Workspace work_;
  Repository repository_;
};

TEST_F(SafeForms, AreTheSameBytesOnLinux) {
  const std::string before = Output(kLinux, "before");
  ApplySafe();
  const std::string after = repository_.Read("forms.go");
  for (const char* form :
       {"filepath.Base(p", "filepath.Dir(p", "filepath.Ext(p", "filepath.Clean(p",
        "filepath.IsAbs(p", "filepath.Split(p", "filepath.Join(a, \"x\", b)",
        "..\"+string(filepath.Separator)", "strings.Split(filepath.ToSlash(n)",
        "filepath.FromSlash(root + \"/\" + name)",
        "filepath.FromSlash(filepath.VolumeName(name) + \"/shared\")",
        "filepath.FromSlash(a + \"/../\" + filepath.Base(b))",
        "filepath.FromSlash(strings.Join(parts[:len(parts)/2+1], \"/\"))",
        "(n+string(filepath.Separator), filepath.ToSlash(n[len(n)-1:]) == \"/\"",
        "strings.HasPrefix(filepath.ToSlash(name), \"~/\")"}) {
    EXPECT_NE(after.find(form), std::string::npos) << form << "\n" << after;
  }
  EXPECT_GT(before.size(), 1000000U);
  EXPECT_TRUE(Output(kLinux, "after") == before);
}

TEST_F(SafeForms, TakeNativePathsApartOnWindows) {
  ApplySafe();
  const std::string seen = Output(kWindows, "after.exe");
  for (const char* line :
       {R"("C:\\x" base="x" dir="C:\\" ext="" clean="C:\\x" abs=true split="C:\\|x")",
        R"("C:\\x" "a" join="C:\\x\\x\\a")", R"("a" "b.c" join="a\\x\\b.c")"}) {
    EXPECT_NE(seen.find(line), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace windlass::e2e
