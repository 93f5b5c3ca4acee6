#include "transformer/facts/xsys_table.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace windlass {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(XSysTableTest, TellsWhatNamesAreMadeOf) {
  const auto table = XSysTable::Parse(
      "# comment\n"
      "- Handle SetNonblock\n"
      "v0.1.0 = MAX_PATH UTF16PtrFromString\n"
      "v0.1.0 # STD_INPUT_HANDLE\n"
      "v0.1.0 Handle,SecurityAttributes,#6 CreateFile\n"
      "v0.1.0 LazyDLL,LazyProc,Proc LazyProc\n"
      "v0.2.0 SID,!String SID\n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->Find("Errno"), nullptr);
  EXPECT_EQ(table->Find("SetNonblock")->since, "");
  EXPECT_THAT(table->Find("MAX_PATH")->types, IsEmpty());
  EXPECT_TRUE(table->Find("STD_INPUT_HANDLE")->code);
  EXPECT_THAT(table->Find("CreateFile")->types, ElementsAre("Handle", "SecurityAttributes"));
  EXPECT_EQ(table->Find("CreateFile")->loose, 6);
  EXPECT_THAT(table->Find("LazyProc")->types, ElementsAre("LazyDLL"));
  EXPECT_EQ(table->Find("SID")->since, "v0.2.0");
  EXPECT_THAT(table->Find("SID")->members, ElementsAre("String"));
}

TEST(XSysTableTest, NamesTheLineThatIsWrong) {
  const auto table = XSysTable::Parse("v0.1.0 = MAX_PATH\nv0.1.0\n");
  EXPECT_EQ(table.status().message(),
            "tables/xsys.txt:2: no names; write `version types names...`");
}

TEST(XSysTableTest, KnowsAddressesThatBecomePointers) {
  XSysTable table;
  ASSERT_TRUE(table.AddPointers("# a comment\nv0.1.0 Attributes.Descriptor DESCRIPTOR\n").ok());
  const XSysTable::Pointer* pointer = table.FindPointer("Attributes", "Descriptor");
  ASSERT_NE(pointer, nullptr);
  EXPECT_EQ(pointer->since, "v0.1.0");
  EXPECT_EQ(pointer->to, "DESCRIPTOR");
  EXPECT_EQ(table.FindPointer("Attributes", "Length"), nullptr);
  EXPECT_EQ(table.AddPointers("v0.1.0 Attributes.Descriptor\n").message(),
            "tables/xsys_pointers.txt:1: not three words; write `version Type.Member to`");
}

}  // namespace
}  // namespace windlass
