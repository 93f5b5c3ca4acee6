#ifndef WINDLASS_TESTS_E2E_SERVICE_H_
#define WINDLASS_TESTS_E2E_SERVICE_H_

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {

/// Tests of one service of the corpus, in a repository of its own.
class ServiceTest : public testing::Test {
 protected:
  explicit ServiceTest(const std::string& name) : repository_(work_ / name) {
    repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus" / name);
    repository_.Init();
  }

  void MigrateAndApply() const {
    const auto patches = Migrate(repository_, work_ / "series");
    ASSERT_FALSE(patches.empty());
    Am(repository_, patches);
  }

  /// It builds and passes its vet everywhere and its tests here, with every Go, and is formatted.
  void ExpectSound() const {
    for (const std::string& go : GoCommands()) {
      for (const Platform& platform : Platforms()) {
        for (const char* verb : {"build", "vet"}) {
          EXPECT_TRUE(Succeeds(Go(go, {verb, "./..."}, repository_.directory(), platform)))
              << platform.Name();
        }
      }
      EXPECT_TRUE(Succeeds(Go(go, {"test", "./..."}, repository_.directory())));
    }
    EXPECT_EQ(Unformatted(repository_.directory()), "");
  }

  Workspace work_;
  Repository repository_;
};

}  // namespace windlass::e2e

#endif  // WINDLASS_TESTS_E2E_SERVICE_H_
