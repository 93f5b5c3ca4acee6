#include "transformer/facts/constraint.h"

#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/unit/go_tool.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

TEST(TargetTest, ParsesWhatGoKnows) {
  EXPECT_EQ(ParseTarget("windows/arm64"), (Target{"windows", "arm64"}));
  EXPECT_EQ(ParseTarget("windows"), std::nullopt);
  EXPECT_EQ(ParseTarget("unix/amd64"), std::nullopt);
  EXPECT_EQ(ParseTarget("linux/x86"), std::nullopt);
  EXPECT_EQ(DefaultTargets().size(), 6U);
  EXPECT_EQ(DefaultTargets()[2].Name(), "windows/amd64");
}

TEST(ConstraintTest, FileNamesConstrainAsInGoBuild) {
  const auto suffixes = [](std::string_view path) {
    const FileConstraint c = ReadConstraint(path, "package p\n");
    return Cat(c.name_goos, "/", c.name_goarch);
  };
  EXPECT_EQ(suffixes("foo.go"), "/");
  EXPECT_EQ(suffixes("dir_linux/foo.go"), "/");
  EXPECT_EQ(suffixes("foo_linux.go"), "linux/");
  EXPECT_EQ(suffixes("a/b/foo_windows_arm64.go"), "windows/arm64");
  EXPECT_EQ(suffixes("foo_arm64_windows.go"), "windows/");
  EXPECT_EQ(suffixes("foo_linux_test.go"), "linux/");
  EXPECT_EQ(suffixes("foo_amd64.s"), "/amd64");
  EXPECT_EQ(suffixes("foo_unix.go"), "/");
  EXPECT_EQ(suffixes("linux.go"), "/");
  EXPECT_EQ(suffixes("linux_test.go"), "/");
  EXPECT_EQ(suffixes("linux_amd64.go"), "/amd64");
  EXPECT_EQ(suffixes("foo_linux_x.go"), "/");
  EXPECT_EQ(suffixes("foo.bar_linux.go"), "/");
}

TEST(ConstraintTest, CombinesNameHeaderAndCgo) {
  FileConstraint c = ReadConstraint("x_linux_amd64.go", "//go:build foo || bar\n\npackage p\n");
  EXPECT_EQ(c.Combined().ToString(), "linux && amd64 && (foo || bar)");
  EXPECT_TRUE(c.constrained());
  c.needs_cgo = true;
  EXPECT_EQ(c.Combined().ToString(), "linux && amd64 && cgo && (foo || bar)");
  const std::vector<std::string> tags = {"foo"};
  EXPECT_FALSE(c.Includes({"linux", "amd64"}, tags));
  EXPECT_TRUE(c.Includes({"linux", "amd64"}, std::vector<std::string>{"foo", "cgo"}));
  EXPECT_FALSE(ReadConstraint("x.go", "package p\n").constrained());
}

TEST(ConstraintTest, HeaderSpanCoversTheLinesThatConstrain) {
  const auto lines = [](std::string_view bytes) {
    const Span span = ReadConstraint("x.go", bytes).header_span;
    return std::string(bytes.substr(span.begin, span.size()));
  };
  EXPECT_EQ(lines("package p\n"), "");
  EXPECT_EQ(lines("// Licence\n\n//go:build linux\n\npackage p\n"), "//go:build linux\n");
  EXPECT_EQ(lines("//go:build linux\r\n// +build linux\r\n\r\npackage p\r\n"),
            "//go:build linux\r\n// +build linux\r\n");
  EXPECT_EQ(lines("// +build a\n//go:build a && b\n// +build b\n\npackage p\n"),
            "// +build a\n//go:build a && b\n// +build b\n");
  EXPECT_EQ(lines("// +build a\n// text\n//go:build a\n\npackage p\n"), "//go:build a\n");
  EXPECT_EQ(lines("//go:build linux\npackage p\n"), "//go:build linux\n");
}

TEST(ConstraintTest, ABrokenHeaderCountsAsNoneAndSaysSo) {
  for (const std::string_view header :
       {"//go:build linux &&\n", "//go:build\n", "//go:build a\n//go:build b\n"}) {
    const FileConstraint c = ReadConstraint("x.go", Cat(header, "\npackage p\n"));
    EXPECT_TRUE(c.broken) << header;
    EXPECT_TRUE(c.header.is_true()) << header;
  }
}

TEST(ConstraintTest, IgnoredFiles) {
  EXPECT_TRUE(ReadConstraint("_x.go", "package p\n").ignored);
  EXPECT_TRUE(ReadConstraint("a/.x.go", "package p\n").ignored);
  EXPECT_TRUE(ReadConstraint("x.go", "//go:build ignore\n\npackage p\n").ignored);
  EXPECT_TRUE(ReadConstraint("x.go", "// +build ignore\n\npackage p\n").ignored);
  EXPECT_TRUE(ReadConstraint("x.go", "//go:build ignore && linux\n\npackage p\n").ignored);
  EXPECT_FALSE(ReadConstraint("x.go", "//go:build !ignore\n\npackage p\n").ignored);
  EXPECT_TRUE(ReadConstraint("x_test.go", "package p\n").is_test);
}

TEST(ConstraintTest, HeaderEndPassesComments) {
  EXPECT_EQ(GoHeaderEnd("\xef\xbb\xbf// a\n/* b\n */ /**/\n\tpackage p"), 23U);
  EXPECT_EQ(GoHeaderEnd("// only"), 7U);
  EXPECT_EQ(GoHeaderEnd("/* open"), 7U);
  EXPECT_EQ(GoHeaderEnd(""), 0U);
}

constexpr std::string_view kNames[] = {"foo",
                                       "linux",
                                       "windows_amd64",
                                       "a_linux",
                                       "a_windows",
                                       "a_darwin",
                                       "a_unix",
                                       "a_android",
                                       "a_ios",
                                       "a_illumos",
                                       "a_solaris",
                                       "a_js",
                                       "a_js_wasm",
                                       "a_wasip1",
                                       "a_plan9",
                                       "a_amd64",
                                       "a_arm64",
                                       "a_386",
                                       "a_linux_amd64",
                                       "a_linux_arm64",
                                       "a_amd64_linux",
                                       "a_windows_arm64",
                                       "a_linux_x",
                                       "a.b_linux",
                                       "a_linux.b",
                                       "a_zos",
                                       "a_hurd",
                                       "a_armbe",
                                       "a_sparc64",
                                       "x_y_windows_amd64",
                                       "a_linux_test",
                                       "linux_test",
                                       "a_windows_amd64_test",
                                       "a__linux",
                                       "_a",
                                       "A_Linux",
                                       "a_linux_amd64_test"};

constexpr std::string_view kHeaders[] = {
    "//go:build linux\n\n",
    "//go:build !windows\n\n",
    "//go:build unix\n\n",
    "//go:build (linux && amd64) || (windows && arm64)\n\n",
    "//go:build !(linux || darwin) && !cgo\n\n",
    "//go:build cgo\n\n",
    "//go:build gc\n\n",
    "//go:build gccgo\n\n",
    "//go:build go1.18\n\n",
    "//go:build !go1.18\n\n",
    "//go:build ignore\n\n",
    "//go:build custom\n\n",
    "//go:build !custom && linux\n\n",
    "//go:build amd64.v1 || arm64.v8.0\n\n",
    "//go:build race || purego || boringcrypto\n\n",
    "//go:build windows\n",  // no blank line needed
    "\n\n//go:build windows\n\n",
    "  //go:build windows\n\n",  // indented
    "//go:build\twindows\n\n",
    "// go:build windows\n\n",  // a comment
    "//go:buildx windows\n\n",
    "/* x */\n//go:build windows\n\n",
    "/* x\n//go:build windows\n*/\n\n",
    "/* x */ //go:build windows\n\n",
    "// Licence.\n\n// Doc.\n//go:build windows\n\n",
    "\xef\xbb\xbf//go:build windows\n\n",
    "//go:build windows\r\n\r\n",
    "// +build windows\n\n",
    "// +build windows\n",  // doc comment: needs a blank line
    "//+build windows\n\n",
    "// +build windows linux\n// +build amd64\n\n",
    "// +build windows,arm64 darwin\n\n",
    "// +build !windows\n\n",
    "// +build !!windows\n\n",
    "// +build windows-x\n\n",
    "// +build\n\n",
    "// +buildwindows\n\n",
    "/* x */\n// +build windows\n\n",  // after a block comment: not a constraint
    "// +build windows\n/* x */\n\n",
    "// +build windows\n\n/* x */\n",
    "// +build linux\n//go:build windows\n\n",  // go:build wins
    "// a\n\n// +build windows\n\n// b\n",
    "// +build windows\r\n\r\n",
    "// +build custom\n\n",
};

/// Files by name, each with its whole text.
std::map<std::string, std::string> FilesForGo() {
  std::map<std::string, std::string> files;
  for (const std::string_view name : kNames) {
    files[Cat(name, ".go")] = "package p\n";
  }
  for (size_t i = 0; i < std::size(kHeaders); ++i) {
    const std::string number = std::to_string(100 + i);
    files[Cat("h", number, ".go")] = Cat(kHeaders[i], "package p\n");
    files[Cat("h", number, "_linux.go")] = Cat(kHeaders[i], "package p\n");
  }
  files["after.go"] = "package p\n\n//go:build windows\n\n// +build windows\n\nvar X int\n";
  return files;
}

class ConstraintAgainstGoTest : public testing::TestWithParam<std::string> {};

// What go list puts into a package on a target is what Includes says, file by file.
TEST_P(ConstraintAgainstGoTest, IncludesWhatGoListIncludes) {
  const Target target = *ParseTarget(GetParam());
  const std::map<std::string, std::string> files = FilesForGo();
  const ScratchFolder folder;
  folder.Write("go.mod", "module example.test/m\n\ngo 1.17\n");
  for (const auto& [name, text] : files) {
    folder.Write(name, text);
  }
  for (const std::vector<std::string>& tags :
       std::vector<std::vector<std::string>>{{}, {"custom"}}) {
    std::set<std::string> expected;
    for (const auto& [name, text] : files) {
      if (ReadConstraint(name, text).Includes(target, tags)) {
        expected.insert(name);
      }
    }
    std::string command =
        "cd '" + folder.path() + "' && GOFLAGS=-mod=mod GOTOOLCHAIN=local " +
        "CGO_ENABLED=0 GOOS=" + target.goos + " GOARCH=" + target.goarch + " go list -e" +
        (tags.empty() ? "" : " -tags=" + tags[0]) +
        " -f '{{range .GoFiles}}{{.}}\n{{end}}{{range .TestGoFiles}}{{.}}\n{{end}}' .";
    std::istringstream output(Shell(command));
    std::set<std::string> listed;
    for (std::string line; std::getline(output, line);) {
      if (!line.empty()) {
        listed.insert(line);
      }
    }
    EXPECT_EQ(listed, expected);
    EXPECT_GT(listed.size(), 20U);
    EXPECT_LT(listed.size(), files.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, ConstraintAgainstGoTest,
                         testing::Values("linux/amd64", "windows/amd64", "windows/arm64",
                                         "darwin/arm64", "android/arm64", "ios/arm64",
                                         "illumos/amd64", "js/wasm", "plan9/386", "wasip1/wasm"),
                         [](const auto& test) {
                           std::string name = test.param;
                           name[name.find('/')] = '_';
                           return name;
                         });

TEST(ConstraintTest, GoRefusesTheHeadersThatCountAsBroken) {
  const ScratchFolder folder;
  folder.Write("go.mod", "module example.test/m\n\ngo 1.17\n");
  folder.Write("a/a.go", "//go:build linux &&\n\npackage a\n");
  folder.Write("b/b.go", "//go:build linux\n//go:build amd64\n\npackage b\n");
  folder.Write("c/c.go", "//go:build linux\n\npackage c\n");
  const std::string output = Shell("cd '" + folder.path() + "' && GOTOOLCHAIN=local GOOS=linux " +
                                   "go list -e -f '{{.Name}}:{{if .Error}}refused{{end}}' ./...");
  EXPECT_EQ(output, ":refused\n:refused\nc:\n");
}

}  // namespace
}  // namespace windlass
