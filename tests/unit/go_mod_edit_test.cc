#include "transformer/facts/go_mod_edit.h"

#include <string>

#include "gtest/gtest.h"

namespace windlass {
namespace {

std::string Required(const std::string& before) {
  const SourceFile source("go.mod", before);
  const auto tree = Tree::Parse(source, Language::kGoMod);
  EXPECT_TRUE(tree.ok()) << tree.status();
  return RequireModule(**tree, "golang.org/x/sys", "v0.15.0").Apply(before);
}

TEST(GoModEditTest, AddsALineInSortedPlace) {
  EXPECT_EQ(Required("module a\n\ngo 1.21\n\nrequire (\n\tb.test/b v1.0.0\n\tz.test/z v1.0.0\n)\n"),
            "module a\n\ngo 1.21\n\nrequire (\n\tb.test/b v1.0.0\n\tgolang.org/x/sys v0.15.0\n"
            "\tz.test/z v1.0.0\n)\n");
  EXPECT_EQ(Required("module a\n\nrequire (\n\tz.test/z v1.0.0\n)\n"),
            "module a\n\nrequire (\n\tgolang.org/x/sys v0.15.0\n\tz.test/z v1.0.0\n)\n");
}

TEST(GoModEditTest, LeavesBlocksOfIndirectRequirementsAlone) {
  EXPECT_EQ(Required("module a\n\ngo 1.21\n\nrequire (\n\tb.test/b v1.0.0 // indirect\n)\n"),
            "module a\n\ngo 1.21\n\nrequire golang.org/x/sys v0.15.0\n\nrequire (\n"
            "\tb.test/b v1.0.0 // indirect\n)\n");
}

TEST(GoModEditTest, AddsADirectiveWhereThereIsNone) {
  EXPECT_EQ(Required("module a\n\ngo 1.21\n"),
            "module a\n\ngo 1.21\n\nrequire golang.org/x/sys v0.15.0\n");
}

TEST(GoModEditTest, MakesAnIndirectRequirementDirect) {
  EXPECT_EQ(Required("module a\n\nrequire golang.org/x/sys v0.1.0 // indirect\n"),
            "module a\n\nrequire golang.org/x/sys v0.1.0\n");
  EXPECT_EQ(Required("module a\n\nrequire golang.org/x/sys v0.1.0 // indirect; pinned\n"),
            "module a\n\nrequire golang.org/x/sys v0.1.0 // pinned\n");
}

TEST(GoModEditTest, LeavesADirectRequirement) {
  const std::string direct = "module a\n\nrequire golang.org/x/sys v0.1.0 // why\n";
  EXPECT_EQ(Required(direct), direct);
}

TEST(GoModEditTest, OrdersVersions) {
  const char* const kInOrder[] = {"v0.0.0-20180909124046-d0be0721c37e",
                                  "v0.0.0-20220128215802-99c3d69c2c27",
                                  "v0.1.0",
                                  "v0.2.0-rc.2",
                                  "v0.2.0-rc.10",
                                  "v0.2.0",
                                  "v0.10.0",
                                  "v1.0.0+incompatible"};
  for (size_t i = 0; i + 1 < std::size(kInOrder); ++i) {
    EXPECT_LT(CompareModuleVersions(kInOrder[i], kInOrder[i + 1]), 0) << kInOrder[i];
    EXPECT_GT(CompareModuleVersions(kInOrder[i + 1], kInOrder[i]), 0) << kInOrder[i];
    EXPECT_EQ(CompareModuleVersions(kInOrder[i], kInOrder[i]), 0) << kInOrder[i];
  }
}

}  // namespace
}  // namespace windlass
