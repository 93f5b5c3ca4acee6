#include "transformer/driver/split.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace windlass {
namespace {

using testing::ElementsAre;

FileChange Change(const std::string& path) {
  return {path, path, "before", "after", false};
}

Finding At(const std::string& path, const std::vector<std::string>& also = {}) {
  Finding finding;
  finding.path = path;
  finding.fix.emplace();
  finding.fix->edits[path];
  for (const std::string& other : also) {
    finding.fix->edits[other];
  }
  return finding;
}

std::string Top(std::string_view path) {
  return std::string(path.substr(0, path.find('/')));
}

std::vector<std::string> Shape(const std::vector<SplitPart>& parts) {
  std::vector<std::string> shape;
  for (const SplitPart& part : parts) {
    std::string text = part.name + ":";
    for (const FileChange& file : part.files) {
      text += " " + file.path;
    }
    shape.push_back(text + " (" + std::to_string(part.findings.size()) + ")");
  }
  return shape;
}

TEST(SplitByTest, FilesGoWithTheirKey) {
  const auto parts = SplitBy(Top, {Change("a/x.go"), Change("a/y.go"), Change("b/z.go")},
                             {At("a/x.go"), At("a/y.go"), At("b/z.go")});
  EXPECT_THAT(Shape(parts), ElementsAre("a: a/x.go a/y.go (2)", "b: b/z.go (1)"));
}

TEST(SplitByTest, WhatOneFindingChangesStaysTogether) {
  const auto parts = SplitBy(Top, {Change("a/x.go"), Change("b/y.go"), Change("c/z.go")},
                             {At("b/y.go", {"c/z.go"}), At("a/x.go")});
  EXPECT_THAT(Shape(parts), ElementsAre("a: a/x.go (1)", "b: b/y.go c/z.go (1)"));
}

TEST(SplitByTest, SharedNewFilesComeFirst) {
  Finding a = At("a/x.go");
  a.fix->new_files.push_back({"winport/kill.go", "text", false});
  Finding b = At("b/y.go");
  b.fix->new_files.push_back({"winport/kill.go", "text", false});
  Finding c = At("c/z.go");
  c.fix->new_files.push_back({"winport/own.go", "text", false});
  const FileChange shared{"winport/kill.go", "winport/kill.go", std::nullopt, "text", false};
  const FileChange own{"winport/own.go", "winport/own.go", std::nullopt, "text", false};
  const auto parts =
      SplitBy(Top, {Change("a/x.go"), Change("b/y.go"), Change("c/z.go"), shared, own}, {a, b, c});
  EXPECT_THAT(Shape(parts), ElementsAre("a: a/x.go winport/kill.go (1)", "b: b/y.go (1)",
                                        "c: c/z.go winport/own.go (1)"));
}

TEST(SplitByTest, LineEndingsComeWithTheirAttributes) {
  const auto parts = SplitBy(Top, {Change("a/.gitattributes"), Change("b/y.sh")}, {At("b/y.sh")});
  EXPECT_THAT(Shape(parts), ElementsAre(": a/.gitattributes b/y.sh (1)"));
}

}  // namespace
}  // namespace windlass
