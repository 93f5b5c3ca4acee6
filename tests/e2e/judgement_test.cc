// The labelled set is scored elsewhere. Here it is code like any other: whatever a migration does
// to it, it must build, stay formatted and settle.

#include <gtest/gtest.h>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

TEST(Judgement, SurvivesAMigration) {
  const Workspace work;
  const Repository repository(work / "judgement");
  repository.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/judgement");
  repository.Init();
  for (const Platform& platform : {kLinux, kWindows}) {
    ASSERT_TRUE(Succeeds(Go(kOldGo, {"vet", "./..."}, repository.directory(), platform)));
  }
  for (const fs::path& patch : Migrate(repository, work / "series")) {
    Am(repository, {patch});
    for (const Platform& platform : {kLinux, kWindows}) {
      EXPECT_TRUE(Succeeds(Go(kOldGo, {"vet", "./..."}, repository.directory(), platform)))
          << platform.Name() << " after " << patch;
    }
  }
  EXPECT_TRUE(Succeeds(Go(kOldGo, {"test", "./..."}, repository.directory())));
  EXPECT_EQ(Unformatted(repository.directory()), "");
  EXPECT_EQ(Migrate(repository, work / "again"), std::vector<fs::path>());
}

}  // namespace
}  // namespace windlass::e2e
