#include "transformer/patch/change_log.h"

#include <gtest/gtest.h>

namespace windlass {
namespace {

TEST(ChangeLog, FoldsStepsOfOneFile) {
  ChangeLog log;
  log.Add({{"a", "a", "1", "2", false}});
  log.Add({{"a", "a", "2", "3", false}});
  ASSERT_EQ(log.Files().size(), 1U);
  EXPECT_EQ(log.Files()[0].before, "1");
  EXPECT_EQ(log.Files()[0].after, "3");
}

TEST(ChangeLog, LeavesOutWhatCameBack) {
  ChangeLog log;
  log.Add({{"a", "a", "1", "2", false}});
  log.Add({{"a", "a", "2", "1", false}});
  EXPECT_TRUE(log.Files().empty());
}

TEST(ChangeLog, FollowsARename) {
  ChangeLog log;
  log.Add({{"a", "a", "1", "2", false}});
  log.Add({{"b", "a", "2", "2", false}});
  log.Add({{"b", "b", "2", "3", false}});
  ASSERT_EQ(log.Files().size(), 1U);
  EXPECT_EQ(log.Files()[0].path, "b");
  EXPECT_EQ(log.Files()[0].old_path, "a");
  EXPECT_EQ(log.Files()[0].before, "1");
  EXPECT_EQ(log.Files()[0].after, "3");
}

TEST(ChangeLog, AFileMadeAndChangedIsStillMade) {
  ChangeLog log;
  log.Add({{"n", "n", std::nullopt, "1", true}});
  log.Add({{"n", "n", "1", "2", true}});
  ASSERT_EQ(log.Files().size(), 1U);
  EXPECT_TRUE(log.Files()[0].created());
  EXPECT_EQ(log.Files()[0].after, "2");
}

}  // namespace
}  // namespace windlass
