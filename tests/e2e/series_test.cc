// A series applies with plain git, however the bytes of a repository look.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

constexpr std::string_view kGo = R"go(// Package p opens files.
package p

import "os"

// Open opens a file of the state directory.
func Open(dir, name string) (*os.File, error) {
	return os.Open(dir + "/state/" + name)
}
)go";

constexpr std::string_view kStub = R"go(package p

// Pid is known on Linux.
func Pid() (int, error) { return 1, nil }
)go";

constexpr std::string_view kUser = R"go(package p

// Both calls Pid.
func Both() (int, error) { return Pid() }
)go";

// Lines that mail and patch readers take for their own where they are not careful.
constexpr std::string_view kMail = R"go(package p

import "os"

const text = `
From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
From: somebody
---
diff --git a/x b/x
--- a/x
+++ b/x
-- 
2.39
>From the start
`

// Save saves the text.
func Save(dir string) error {
	return os.WriteFile(dir+"/text/mail", []byte(text), 0o644)
}
)go";

std::string WithCrlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '\n' ? "\r\n" : std::string(1, c);
  }
  return out;
}

std::string WithoutLastNewline(std::string_view text) {
  return std::string(text.substr(0, text.size() - 1));
}

class Series : public testing::Test {
 protected:
  Series() : repository_(work_ / "project") {
    repository_.Write("go.mod", "module example.com/p\n\ngo 1.19\n");
  }

  // Migrates the repository and applies the series in every way that git knows; all must come out
  // alike.
  void ApplyInEveryWay(const std::vector<std::string>& flags = {}) {
    repository_.Init();
    const auto patches = Migrate(repository_, work_ / "series", flags);
    ASSERT_FALSE(patches.empty());
    const Repository applied(work_ / "applied"), piped(work_ / "piped"), single(work_ / "single");
    for (const Repository& copy : {applied, piped, single}) {
      copy.CopyFrom(repository_.directory());
      ASSERT_EQ(copy.Status(), "");  // and git has seen the copied files
    }
    Am(repository_, patches);
    std::string mails;
    for (const fs::path& patch : patches) {
      ASSERT_TRUE(Succeeds(applied.Git({"apply", "--index", patch.string()}))) << patch;
      ASSERT_TRUE(Succeeds(piped.Git({"am"}, ReadFile(patch)))) << patch;
      mails += ReadFile(patch);
    }
    ASSERT_TRUE(Succeeds(applied.Git({"commit", "--quiet", "--message=Applied"})));
    ASSERT_TRUE(Succeeds(single.Git({"am"}, mails))) << "all mails in one mailbox";
    for (const Repository& copy : {applied, piped, single}) {
      EXPECT_EQ(copy.Status(), "");
      EXPECT_EQ(copy.Files(), repository_.Files());
    }
    EXPECT_EQ(Migrate(repository_, work_ / "again", flags), std::vector<fs::path>());
  }

  // `patterns` as in `go vet`; not every name below can be a package.
  void ExpectVets(const std::vector<std::string>& patterns = {"./..."}) const {
    for (const Platform& platform : {kLinux, kWindows}) {
      std::vector<std::string> args = patterns;
      args.insert(args.begin(), "vet");
      EXPECT_TRUE(Succeeds(Go(kOldGo, args, repository_.directory(), platform)));
    }
  }

  void ExpectPathRewritten(const std::string& file) const {
    const std::string text = repository_.Read(file);
    EXPECT_EQ(text.find("dir + \"/"), std::string::npos) << text;
    EXPECT_NE(text.find("filepath"), std::string::npos) << text;
  }

  Workspace work_;
  Repository repository_;
};

TEST_F(Series, PlainFile) {
  repository_.Write("p.go", kGo);
  ApplyInEveryWay();
  ExpectPathRewritten("p.go");
  ExpectVets();
}

TEST_F(Series, FileWithCrlf) {
  repository_.Write("p.go", WithCrlf(kGo));
  ApplyInEveryWay({"--only", "paths"});
  ExpectPathRewritten("p.go");
  ExpectVets();
  const std::string text = repository_.Read("p.go");
  for (size_t i = 0; i < text.size(); ++i) {
    ASSERT_TRUE(text[i] != '\n' || text[i - 1] == '\r') << "a bare LF at byte " << i;
  }
}

TEST_F(Series, FileWithCrlfAndItsAttributes) {
  repository_.Write("p.go", WithCrlf(kGo));
  ApplyInEveryWay();
  ExpectPathRewritten("p.go");
  ExpectVets();
}

TEST_F(Series, FileWithoutFinalNewline) {
  repository_.Write("p.go", WithoutLastNewline(kGo));
  ApplyInEveryWay();
  ExpectPathRewritten("p.go");
  ExpectVets();
  EXPECT_EQ(repository_.Read("p.go").back(), '}');
}

TEST_F(Series, FileWithCrlfWithoutFinalNewline) {
  repository_.Write("p.go", WithCrlf(WithoutLastNewline(kGo)));
  ApplyInEveryWay({"--only", "paths"});
  ExpectPathRewritten("p.go");
  ExpectVets();
  EXPECT_TRUE(repository_.Read("p.go").ends_with("\r\n}"));
}

TEST_F(Series, FileWithMixedEndings) {
  repository_.Write("p.go", "// A line from elsewhere.\r\n\r\n" + std::string(kGo));
  ApplyInEveryWay({"--only", "paths"});
  ExpectPathRewritten("p.go");
  ExpectVets();
  EXPECT_TRUE(
      repository_.Read("p.go").starts_with("// A line from elsewhere.\r\n\r\n// Package p"));
}

TEST_F(Series, NewFile) {
  repository_.Write("pid_linux.go", kStub);
  repository_.Write("user.go", kUser);
  ApplyInEveryWay();
  EXPECT_TRUE(Succeeds(Go(kOldGo, {"build", "./..."}, repository_.directory(), kWindowsArm)));
}

TEST_F(Series, ModesStay) {
  repository_.Write("p.go", kGo, 0755);  // odd, and its owner's business
  repository_.Write("run.sh", "#!/bin/sh\r\necho run\r\n", 0755);
  repository_.Write("lib.sh", "#!/bin/sh\r\necho lib\r\n", 0644);
  ApplyInEveryWay();
  const auto files = repository_.Files();
  EXPECT_EQ(files.at("p.go").substr(0, 6), "100755");
  EXPECT_EQ(files.at("run.sh").substr(0, 6), "100755");
  EXPECT_EQ(files.at("lib.sh").substr(0, 6), "100644");
  EXPECT_EQ(repository_.Read("run.sh"), "#!/bin/sh\necho run\n");
  ASSERT_TRUE(Succeeds(e2e::Run({.argv = {"./run.sh"}, .directory = repository_.directory()})));
}

TEST_F(Series, OddNames) {
  repository_.Write("with space/p.go", kGo);
  repository_.Write("w\xc3\xb6rter/p.go", kGo);
  repository_.Write("b/a/p.go", kGo);
  ApplyInEveryWay();
  for (const char* file : {"with space/p.go", "w\xc3\xb6rter/p.go", "b/a/p.go"}) {
    ExpectPathRewritten(file);
  }
  ExpectVets({"./b/a"});
}

TEST_F(Series, TextThatLooksLikeMail) {
  repository_.Write("p.go", kMail);
  ApplyInEveryWay();
  EXPECT_NE(repository_.Read("p.go").find("\n>From the start\n"), std::string::npos);
}

TEST_F(Series, LongLinesAndBytesBeyondAscii) {
  std::string text(kGo);
  text += "\n// " + std::string(3000, 'x') +
          "\n// Gr\xc3\xbc\xc3\x9f"
          "e aus K\xc3\xb6ln\n";
  text += "\nvar bytes = \"\\xff = =3D =\"\n";
  repository_.Write("p.go", text);
  ApplyInEveryWay();
  ExpectPathRewritten("p.go");
  ExpectVets();
}

TEST_F(Series, ConvertedScriptsAndConfiguration) {
  repository_.Write("run.sh", "#!/bin/sh\r\necho run\r\n", 0755);
  repository_.Write("mixed.yaml", "a: 1\r\nb: 2\nc: 3\r\n");
  repository_.Write("go.bat", "@echo off\ngoto end\n:end\n");
  repository_.Write("p.go", kUser);
  repository_.Write("pid.go", kStub);
  ApplyInEveryWay();
}

TEST_F(Series, NothingToDoIsNoSeries) {
  repository_.Write(".gitattributes", "* text=auto\n*.go text eol=lf\ngo.mod text eol=lf\n");
  repository_.Write("p.go", "package p\n\nconst URL = \"http://a\" + \"/\" + \"b\"\n");
  repository_.Init();
  EXPECT_EQ(Migrate(repository_, work_ / "series"), std::vector<fs::path>());
}

}  // namespace
}  // namespace windlass::e2e
