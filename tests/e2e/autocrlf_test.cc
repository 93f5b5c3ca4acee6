// What family eol does to a repository, seen from machines with every setting of core.autocrlf:
// the series applies, and git sees no change in the tree that it leaves or in a fresh clone.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

class Autocrlf : public testing::TestWithParam<const char*> {
 protected:
  Autocrlf() : repository_(work_ / "origin") {
    repository_.Write("main.go", "package main\n\nfunc main() {}\n");
    repository_.Write("go.mod", "module example.test/app\n\ngo 1.21\n");
    repository_.Write("run.sh", "#!/bin/sh\r\necho started\r\n", 0755);
    repository_.Write("stop.sh", "#!/bin/sh\necho stopped\n", 0755);
    repository_.Write("install.bat", "@echo off\necho ok\n");
    repository_.Write("remove.cmd", "@echo off\r\necho gone\r\n");
    repository_.Write("app.yaml", "a: 1\r\nb: 2\nc: 3\n");
    repository_.Write("site.env", "A=1\r\nB=2\r\n");
    repository_.Write("notes.txt", "one\r\ntwo\r\n");
    repository_.Write("testdata/want.golden", "one\r\ntwo\n");
    repository_.Write("testdata/lf.golden", "one\ntwo\n");
    repository_.Write("testdata/data.bin", std::string("a\r\n\0b\n", 6));
    repository_.Write("all.golden", "one\n");
    repository_.Write("fix.patch", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
    repository_.Write("crlf.patch", "--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\r\n+b\r\n");
    repository_.Write("logo.png", std::string("\x89PNG\r\n\x1a\n\0\0\n", 11));
    repository_.Write("setup.ini", std::string("\xff\xfe"
                                               "a\0\r\0\n\0b\0\n\0c\0\n\0",
                                               16));
    repository_.Write("wide/.gitattributes", "wide.ini working-tree-encoding=UTF-16LE\n");
    repository_.Write("wide/wide.ini",
                      std::string("\x2d\x8a=\0\n\0\x2d\x8a\r\0\n\0\x2d\x8a\n\0", 16));
    repository_.Write("web/web.go",
                      "package web\n\nimport \"embed\"\n\n//go:embed static\nvar Files embed.FS\n");
    repository_.Write("web/static/page.html", "<p>\n</p>\n");
    repository_.Write("web/static/sums.txt", "one\r\ntwo\r\n");
    repository_.Write("web/static/logo.gif", std::string("GIF\0\r\n\n", 7));
    repository_.Write("signed.ps1", "one\n# SIG # Begin signature block\n");
    repository_.Write("Dockerfile", "FROM alpine:3.18\nCOPY conf /etc/app\n");
    repository_.Write("conf/app.list", "one\ntwo\n");
    repository_.Init();
  }

  Repository CloneOf(const Repository& from, const std::string& name) const {
    Repository clone(work_ / name);
    EXPECT_TRUE(Succeeds(from.Git({"-c", std::string("core.autocrlf=") + GetParam(), "clone",
                                   "--quiet", ".", clone.directory().string()})));
    EXPECT_TRUE(Succeeds(clone.Git({"config", "core.autocrlf", GetParam()})));
    return clone;
  }

  /// Git believes the times of files that it wrote; with others it looks at the bytes.
  static void Touch(const Repository& tree) {
    for (const auto& entry : fs::recursive_directory_iterator(tree.directory())) {
      if (entry.is_regular_file() && entry.path().string().find("/.git/") == std::string::npos) {
        fs::last_write_time(entry, fs::file_time_type::clock::now() - std::chrono::hours(1));
      }
    }
  }

  Workspace work_;
  Repository repository_;
};

TEST_P(Autocrlf, SeriesAppliesAndLeavesNothingModified) {
  const auto patches = Migrate(repository_, work_ / "series", {"--only", "eol"});
  ASSERT_FALSE(patches.empty());
  const Repository clone = CloneOf(repository_, "clone");
  Am(clone, patches);
  EXPECT_EQ(clone.Status(), "");
  Touch(clone);
  EXPECT_EQ(clone.Status(), "") << "what git put there before the series looks modified";
  const Repository fresh = CloneOf(clone, "fresh");
  EXPECT_EQ(fresh.Status(), "");
  Touch(fresh);
  EXPECT_EQ(fresh.Status(), "") << "the index is not what .gitattributes says";

  EXPECT_EQ(fresh.Read("run.sh"), "#!/bin/sh\necho started\n");
  EXPECT_EQ(fresh.Read("stop.sh"), "#!/bin/sh\necho stopped\n");
  EXPECT_EQ(fresh.Read("install.bat"), "@echo off\r\necho ok\r\n");
  EXPECT_EQ(fresh.Read("remove.cmd"), "@echo off\r\necho gone\r\n");
  EXPECT_EQ(fresh.Read("testdata/want.golden"), "one\r\ntwo\n");
  EXPECT_EQ(fresh.Read("testdata/lf.golden"), "one\ntwo\n");
  EXPECT_EQ(fresh.Read("testdata/data.bin"), std::string("a\r\n\0b\n", 6));
  EXPECT_EQ(fresh.Read("all.golden"), "one\n");
  EXPECT_EQ(fresh.Read("fix.patch"), "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
  EXPECT_EQ(fresh.Read("crlf.patch"), "--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\r\n+b\r\n");
  EXPECT_EQ(fresh.Read("logo.png"), std::string("\x89PNG\r\n\x1a\n\0\0\n", 11));
  // What a program or an image takes along is the same on every machine, and signed text stays.
  EXPECT_EQ(fresh.Read("web/static/page.html"), "<p>\n</p>\n");
  EXPECT_EQ(fresh.Read("web/static/sums.txt"), "one\r\ntwo\r\n");
  EXPECT_EQ(fresh.Read("web/static/logo.gif"), std::string("GIF\0\r\n\n", 7));
  EXPECT_EQ(fresh.Read("signed.ps1"), "one\n# SIG # Begin signature block\n");
  EXPECT_EQ(fresh.Read("conf/app.list"), "one\ntwo\n");
  EXPECT_EQ(clone.Git({"show", "HEAD:wide/wide.ini"}).out,
            "\xe8\xa8\xad=\n\xe8\xa8\xad\n\xe8\xa8\xad\n");
  EXPECT_EQ(fresh.Read("setup.ini"), std::string("\xff\xfe"
                                                 "a\0\n\0b\0\n\0c\0\n\0",
                                                 14));
}

INSTANTIATE_TEST_SUITE_P(Settings, Autocrlf, testing::Values("true", "false", "input"),
                         [](const auto& setting) { return std::string(setting.param); });

}  // namespace
}  // namespace windlass::e2e
