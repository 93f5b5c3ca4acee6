// `windlass eol` as people and hooks call it.

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

class EolCommand : public testing::Test {
 protected:
  EolCommand() : files_(work_ / "files") {
    files_.Write("a.txt", "one\r\ntwo\n");
    files_.Write("deep/run.sh", "#!/bin/sh\r\n", 0755);
    files_.Write("deep/install.bat", "@echo off\n");
    files_.Write("deep/testdata/want.sh", "one\r\n");
    files_.Write("logo.png", std::string("\x89PNG\r\n\0", 7));
    files_.Write("wide.ps1", std::string("\xff\xfe"
                                         "a\0\r\0\n\0b\0\n\0",
                                         12));
  }

  Result Eol(std::vector<std::string> args) const {
    args.insert(args.begin(), "eol");
    return Windlass(std::move(args), files_.directory());
  }

  Workspace work_;
  Repository files_;
};

TEST_F(EolCommand, InfoShowsWhatDos2unixShows) {
  const Result result = Eol({"-i", "a.txt", "deep/run.sh", "logo.png", "wide.ps1"});
  ASSERT_TRUE(Succeeds(result));
  EXPECT_EQ(result.out,
            "     1       1       0  no_bom    text    a.txt\n"
            "     1       0       0  no_bom    text    deep/run.sh\n"
            "     0       0       0  no_bom    binary  logo.png\n"
            "     1       1       0  UTF-16LE  text    wide.ps1\n");
}

TEST_F(EolCommand, CheckNamesFilesOfAFolderAndWritesNothing) {
  const Result result = Eol({"--check", "--to", "lf", "."});
  EXPECT_TRUE(Exits(1, result));
  EXPECT_EQ(result.out, "./a.txt\n./deep/run.sh\n./deep/testdata/want.sh\n./wide.ps1\n");
  EXPECT_EQ(files_.Read("a.txt"), "one\r\ntwo\n");
  EXPECT_TRUE(Exits(0, Eol({"--check", "--to", "crlf", "deep/run.sh"})));
}

TEST_F(EolCommand, AttributesTellTheEncodingThatTheBytesDoNot) {
  const std::string wide("\x2d\x8a\x0d\0\x0a\0", 6);  // UTF-16LE, hardly a character of it ASCII
  files_.Write("wide.txt", wide);
  files_.Write("other.txt", wide);
  files_.Write(".gitattributes", "/wide.txt text working-tree-encoding=UTF-16LE\n");
  EXPECT_EQ(Eol({"-i", "wide.txt", "other.txt"}).out,
            "     1       0       0  no_bom    text    wide.txt\n"
            "     0       0       0  no_bom    binary  other.txt\n");
  ASSERT_TRUE(Succeeds(Eol({"--to", "lf", "wide.txt", "other.txt"})));
  EXPECT_EQ(files_.Read("wide.txt"), std::string("\x2d\x8a\x0a\0", 4));
  EXPECT_EQ(files_.Read("other.txt"), wide);
}

TEST_F(EolCommand, AutoGivesEachFileWhatItsReaderNeeds) {
  files_.Write("notes.md", "one\r\n");
  files_.Write(".editorconfig", "root = true\n[*.md]\nend_of_line = lf\n");
  const Result result = Eol({"--to", "auto", "."});
  ASSERT_TRUE(Succeeds(result));
  EXPECT_EQ(files_.Read("deep/run.sh"), "#!/bin/sh\n");
  EXPECT_EQ(files_.Read("deep/install.bat"), "@echo off\r\n");
  EXPECT_EQ(files_.Read("deep/testdata/want.sh"), "one\r\n");
  EXPECT_EQ(files_.Read("notes.md"), "one\n");
  EXPECT_EQ(files_.Read("a.txt"), "one\r\ntwo\n");
  EXPECT_TRUE(Exits(0, Eol({"--to", "auto", "--check", "."})));
  EXPECT_TRUE(Exits(2, Eol({"--to", "auto", "-"})));
}

TEST_F(EolCommand, AutoHeedsWindlassToml) {
  files_.Write("windlass.toml",
               "protect = [\"kept/**\"]\nexclude = [\"gen/**\"]\n"
               "[[eol]]\nfiles = [\"*.bat\"]\nends = \"keep\"\n"
               "[[eol]]\nfiles = [\"*.txt\"]\nends = \"crlf\"\n");
  files_.Write("kept/run.sh", "#!/bin/sh\r\n");
  files_.Write("gen/run.sh", "#!/bin/sh\r\n");
  files_.Write("signed.ps1", "a\r\nb\n# SIG # Begin signature block\r\n");
  ASSERT_TRUE(Succeeds(Eol({"--to", "auto", "."})));
  EXPECT_EQ(files_.Read("a.txt"), "one\r\ntwo\r\n");
  EXPECT_EQ(files_.Read("deep/install.bat"), "@echo off\n");
  EXPECT_EQ(files_.Read("deep/run.sh"), "#!/bin/sh\n");
  EXPECT_EQ(files_.Read("kept/run.sh"), "#!/bin/sh\r\n");
  EXPECT_EQ(files_.Read("gen/run.sh"), "#!/bin/sh\r\n");
  EXPECT_EQ(files_.Read("signed.ps1"), "a\r\nb\n# SIG # Begin signature block\r\n");
  files_.Write("windlass.toml", "[[eol]]\nfiles = [\"*.txt\"]\nends = \"both\"\n");
  EXPECT_TRUE(Exits(2, Eol({"--to", "auto", "a.txt"})));
}

TEST_F(EolCommand, FiltersStandardInput) {
  const auto filter = [&](std::vector<std::string> args, const std::string& input) {
    args.insert(args.begin(), {WINDLASS_BINARY, "eol"});
    return e2e::Run({.argv = std::move(args), .directory = files_.directory(), .input = input});
  };
  EXPECT_EQ(filter({"-"}, "one\r\ntwo\n").out, "one\ntwo\n");
  EXPECT_EQ(filter({"--to", "crlf", "-"}, "one\r\ntwo\n").out, "one\r\ntwo\r\n");
  const std::vector<std::string> as_script = {"--to", "auto", "--stdin-path", "deep/x.sh", "-"};
  EXPECT_EQ(filter(as_script, "one\r\n").out, "one\n");
  EXPECT_EQ(filter({"--to", "auto", "--stdin-path", "x.json", "-"}, "{\r\n}\r\n").out,
            "{\r\n}\r\n");
  const std::string binary("\r\n\0\r\n", 5);
  EXPECT_EQ(filter(as_script, binary).out, binary);
  const Result wrong = filter({"--check", "-"}, "one\r\n");
  EXPECT_TRUE(Exits(1, wrong));
  EXPECT_EQ(wrong.out, "-\n");
  EXPECT_TRUE(Exits(0, filter({"--check", "-"}, "one\n")));
  EXPECT_EQ(filter({"-i", "-"}, "one\r\n").out, "     1       0       0  no_bom    text    -\n");
}

TEST_F(EolCommand, KeepsDateAndModeIfAsked) {
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(48);
  fs::last_write_time(files_.directory() / "deep/run.sh", old);
  ASSERT_TRUE(Succeeds(Eol({"--keep-date", "deep/run.sh"})));
  EXPECT_EQ(files_.Read("deep/run.sh"), "#!/bin/sh\n");
  EXPECT_EQ(fs::last_write_time(files_.directory() / "deep/run.sh"), old);
  EXPECT_NE(fs::status(files_.directory() / "deep/run.sh").permissions() & fs::perms::owner_exec,
            fs::perms::none);
}

TEST_F(EolCommand, OneBadFileDoesNotStopTheOthers) {
  const Result result = Eol({"missing.txt", "a.txt"});
  EXPECT_TRUE(Exits(3, result));
  EXPECT_NE(result.err.find("missing.txt"), std::string::npos);
  EXPECT_EQ(files_.Read("a.txt"), "one\ntwo\n");
}

}  // namespace
}  // namespace windlass::e2e
