#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/temp_tree.h"
#include "transformer/patch/file_change.h"
#include "transformer/patch/series.h"

namespace windlass {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;

FileChange Modified(std::string path, std::string before, std::string after,
                    bool executable = false) {
  return {path, path, std::move(before), std::move(after), executable};
}
FileChange Created(std::string path, std::string after, bool executable = false) {
  return {path, path, std::nullopt, std::move(after), executable};
}
FileChange Deleted(std::string path, std::string before) {
  return {path, path, std::move(before), std::nullopt, false};
}
FileChange Renamed(std::string from, std::string to, std::string before, std::string after) {
  return {std::move(to), std::move(from), std::move(before), std::move(after), false};
}

PatchSeries OneCommit(std::vector<FileChange> files) {
  PatchCommit commit;
  commit.family = "test";
  commit.subject = "test: change files";
  commit.body = "Why it is done.";
  commit.files = std::move(files);
  return {{std::move(commit)}, 1700000000};
}

std::string Repeat(std::string_view line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) {
    text += std::to_string(i) + std::string(line);
  }
  return text;
}

std::string Utf16(std::string_view ascii) {
  std::string out = "\xFF\xFE";
  for (const char c : ascii) {
    out += {c, '\0'};
  }
  return out;
}

void WriteBefore(const TempTree& tree, const std::vector<FileChange>& files) {
  tree.Write("unrelated.txt", "stays\r\n");
  for (const FileChange& file : files) {
    if (file.before) {
      tree.Write(file.old_path, *file.before, file.executable);
    }
  }
}

/// A repository that holds the first state of every file, and the patches of `series` in
/// ../patches.
class Repository {
 public:
  explicit Repository(const PatchSeries& series, const std::string& setup = "") {
    WriteBefore(tree_, series.commits[0].files);
    tree_.Run("git init -q . && " + setup + "git add -f . && git commit -qm base");
    for (size_t i = 0; i < series.commits.size(); ++i) {
      patches_.Write(PatchFileName(series, i), FormatPatch(series, i));
    }
  }
  const TempTree& tree() const { return tree_; }
  std::string Patches() const { return patches_.root() + "/*.patch"; }

  void ExpectState(const std::vector<FileChange>& files) const {
    for (const FileChange& file : files) {
      if (!file.after) {
        EXPECT_FALSE(tree_.Exists(file.path)) << file.path;
        continue;
      }
      if (file.renamed()) {
        EXPECT_FALSE(tree_.Exists(file.old_path)) << file.old_path;
      }
      EXPECT_EQ(tree_.Read(file.path), *file.after) << file.path;
      const auto perms = std::filesystem::status(tree_.Path(file.path)).permissions();
      EXPECT_EQ((perms & std::filesystem::perms::owner_exec) != std::filesystem::perms::none,
                file.executable)
          << file.path;
    }
    EXPECT_EQ(tree_.Read("unrelated.txt"), "stays\r\n");
  }

 private:
  TempTree tree_;
  TempTree patches_;
};

void ExpectEveryWayApplies(const std::vector<FileChange>& files) {
  const PatchSeries series = OneCommit(files);
  for (const std::string& way :
       {"git am -q "s, "git am -q -3 "s, "git apply --index "s, "git apply "s, "cat "s}) {
    const Repository repository(series);
    repository.tree().Run(way + repository.Patches() + (way == "cat " ? " | git am -q" : ""));
    repository.ExpectState(files);
    if (way.find("am") != std::string::npos || way == "cat ") {
      std::string status;
      repository.tree().TryRun("git status --porcelain", &status);
      EXPECT_EQ(status, "") << way;
    }
  }
}

TEST(GitDiffTest, NothingChanges) {
  EXPECT_EQ(GitDiff(Modified("a", "x\n", "x\n")), "");
}

TEST(GitDiffTest, LooksLikeGits) {
  EXPECT_EQ(GitDiff(Modified("a/b.go", "one\ntwo\nthree\n", "one\n2\nthree\n")),
            "diff --git a/a/b.go b/a/b.go\n"
            "index 4cb29ea38f70d7c61b2a3a25b02e3bdf44905402.."
            "f04eb265ebd74fba2cddf0a6adf2a6a7f81c87aa 100644\n"
            "--- a/a/b.go\n"
            "+++ b/a/b.go\n"
            "@@ -1,3 +1,3 @@\n"
            " one\n"
            "-two\n"
            "+2\n"
            " three\n");
}

/// Byte for byte what git itself prints, for everything but how alike renamed files are.
TEST(GitDiffTest, EqualsGitsOwn) {
  const std::vector<FileChange> files = {
      Modified("plain.go", Repeat(" line\n", 40), "new\n" + Repeat(" line\n", 39)),
      Modified("no-newline", "a\nb", "a\nc"),
      Modified("gains-newline", "a", "a\n"),
      Modified("sp ace.txt", "a\n", "b\n"),
      Modified("gr\xC3\xBC\xC3\x9F\"e\\.txt", "a\n", "b\n"),
      Created("new.sh", "#!/bin/sh\n", true),
      Created("empty", ""),
      Deleted("gone", "x\ny\n")};
  for (const FileChange& file : files) {
    const Repository repository(OneCommit({file}));
    if (file.after) {
      repository.tree().Write(file.path, *file.after, file.executable);
    } else {
      std::filesystem::remove(repository.tree().Path(file.path));
    }
    std::string diff;
    repository.tree().TryRun("git add -fA && git diff --cached --full-index", &diff);
    EXPECT_EQ(GitDiff(file), diff);
  }
}

TEST(GitDiffTest, WhatCannotTravelIsBinary) {
  EXPECT_FALSE(NeedsBinaryPatch(Modified("a", "x\n", "y\n")));
  EXPECT_TRUE(NeedsBinaryPatch(Modified("a", "x\r\n", "y\r\n")));
  EXPECT_TRUE(NeedsBinaryPatch(Modified("a", "x\n\r\ny\n", "y\n\r\ny\n"))) << "CR in the context";
  EXPECT_FALSE(NeedsBinaryPatch(
      Modified("a", "x\n" + Repeat("\n", 9) + "\r\n", "y\n" + Repeat("\n", 9) + "\r\n")))
      << "the CR is far away";
  EXPECT_TRUE(NeedsBinaryPatch(Modified("a", "x\0\n"s, "y\0\n"s)));
  EXPECT_TRUE(NeedsBinaryPatch(Modified("a", Utf16("x\n"), Utf16("y\n"))));
}

TEST(FormatPatchTest, EveryKindOfChangeAppliesInEveryWay) {
  ExpectEveryWayApplies({
      Modified("a/plain.go", Repeat(" line\n", 40), "new\n" + Repeat(" line\n", 39)),
      Created("a/new_windows.go", "package a\n"),
      Created("b/empty", ""),
      Modified("b/no-newline", "a\nb", "a\nc"),
      Modified("b/run.sh", "#!/bin/sh\r\necho\r\n", "#!/bin/sh\necho\n", true),
      Modified("c/crlf-kept.txt", Repeat(" x\r\n", 90), "y\r\n" + Repeat(" x\r\n", 90)),
      Modified("c/crlf-no-newline", "a\r\nb\r", "a\r\nc\r"),
      Created("c/new.bat", "@echo off\r\n"),
      Deleted("d/gone", "x\ny\n"),
      Deleted("d/gone.crlf", "x\r\ny\r\n"),
      Modified("e/latin1", "gr\xFC\xDF\nb\n", "gr\xFC\xDF\nc\n"),
      Modified("e/lone-cr", "a\rb\n", "a\rc\n"),
      Modified("e/nul", "a\0b\n"s, "a\0c\n"s),
      Modified("e/utf16.reg", Utf16("a\r\nb\r\n"), Utf16("a\r\nc\r\n")),
      Modified("f/gr\xC3\xBC\xC3\x9F e.txt", "a\n", "b\n"),
      Modified("f/quo\"te\\ \ttab.txt", "a\n", "b\n"),
      Modified("f/sp ace.txt", "a\r\n", "b\r\n"),
      Renamed("g/from.go", "g/to.go", Repeat("\n", 20), Repeat("\n", 20) + "x\n"),
      Renamed("g/sp ace", "g/other n\xC3\xA4me", "same\n", "same\n"),
      Renamed("h/from.txt", "h/to.txt", Repeat("\r\n", 20), Repeat("\r\n", 20) + "x\r\n"),
      Modified("i/to-empty", "a\n", ""),
      Modified("i/from-empty", "", "a\r\n"),
      Created("i/new.sh", "#!/bin/sh\n", true),
      Modified("j/like-a-mail", "From a Mon Sep 17 00:00:00 2001\n",
               "From b Mon Sep 17 00:00:00 2001\n---\ndiff --git a/x b/x\n-- \n2.0\n"),
  });
}

TEST(FormatPatchTest, ALastFileOfEachKindIsNotEatenByTheSignature) {
  ExpectEveryWayApplies({Modified("no-newline", "a\nb", "a\nc")});
  ExpectEveryWayApplies({Modified("crlf", "a\r\nb\r\n", "a\nb\n")});
  ExpectEveryWayApplies({Created("empty", "")});
  ExpectEveryWayApplies({Modified("dashes", "-- \n", "-- \n-- \n\n")});
}

TEST(FormatPatchTest, RandomFilesSurvive) {
  std::mt19937 random(7);
  const auto text = [&random](const std::string& other) {
    const std::vector<std::string> pieces = {"a\n", "b\r\n", "c\n",  "\n",
                                             "d",   "\r",    "\xFF", "long line\n"};
    std::string out;
    for (size_t i = random() % 60; i > 0; --i) {
      out += pieces[random() % (random() % 3 == 0 ? pieces.size() : 4)];
    }
    return random() % 3 == 0 ? out : other + out + other;
  };
  std::vector<FileChange> files;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "f" + std::to_string(1000 + i);
    const std::string before = text("");
    const std::string after = text(before);
    if (before != after) {
      files.push_back(Modified(name, before, after));
    }
  }
  const Repository am(OneCommit(files));
  am.tree().Run("git am -q " + am.Patches());
  am.ExpectState(files);
}

TEST(FormatPatchTest, CrlfCheckoutsOfLfBlobsAreNoObstacle) {
  // What git stores has LFs, the work tree CRLFs; patches speak of what is stored.
  const std::vector<FileChange> files = {Modified("a.txt", "a\nb\n", "a\nc\n"),
                                         Created("b.txt", "new\n")};
  const Repository repository(OneCommit(files), "echo '*.txt text eol=crlf' > .gitattributes && ");
  repository.tree().Run("rm a.txt && git checkout -q a.txt && git am -q " + repository.Patches());
  EXPECT_EQ(repository.tree().Read("a.txt"), "a\r\nc\r\n");
  EXPECT_EQ(repository.tree().Read("b.txt"), "new\r\n");
}

TEST(FormatPatchTest, ASeriesAppliesInOrderAndKeepsItsMessages) {
  PatchSeries series = OneCommit({Modified("a", "1\n", "2\n")});
  series.commits[0].subject =
      "test: a subject so long that it has to be folded when it stands in a mail header";
  series.commits[0].body =
      "First line.\n\n---\n--- a/x\n+++ b/x\ndiff --git a/x b/x\nIndex: x\n"
      "From x Mon Sep 17 00:00:00 2001\n-- >8 --\n-- \n  indented\nLast: gr\xC3\xBC\xC3\x9F.";
  series.commits.push_back(series.commits[0]);
  series.commits[1].subject =
      "t\xC3\xABst: \xE2\x86\x92 n\xC3\xB6n-ASCII \xE2\x86\x92 and very long "
      "indeed, \xE2\x86\x92 so that it is folded";
  series.commits[1].body = "Subject: not a header.\n\nBody.";
  series.commits[1].files = {Modified("a", "2\n", "3\n")};
  const Repository repository(series, "git config mailinfo.scissors true && ");
  repository.tree().Run("git am -q " + repository.Patches());
  EXPECT_EQ(repository.tree().Read("a"), "3\n");
  std::string log;
  repository.tree().TryRun("git log -2 --reverse --format='%s%n%an <%ae> %ad%n%b' --date=iso",
                           &log);
  EXPECT_EQ(log, series.commits[0].subject +
                     "\nwindlass <windlass@localhost> 2023-11-14 22:13:20 +0000\n"
                     "First line.\n\n ---\n --- a/x\n+++ b/x\n diff --git a/x b/x\n Index: x\n"
                     " From x Mon Sep 17 00:00:00 2001\n-- > 8 --\n--\n  indented\n"
                     "Last: gr\xC3\xBC\xC3\x9F.\n\n" +
                     series.commits[1].subject +
                     "\nwindlass <windlass@localhost> 2023-11-14 22:13:20 +0000\n"
                     " Subject: not a header.\n\nBody.\n\n");
}

TEST(FormatPatchTest, NoDateIsADate) {
  PatchSeries series = OneCommit({Modified("a", "1\n", "2\n")});
  series.date = 0;
  const Repository repository(series);
  repository.tree().Run("git am -q " + repository.Patches());
}

TEST(FormatPatchTest, EqualInputGivesEqualBytes) {
  const PatchSeries series = OneCommit({Modified("a", "1\r\n", "2\r\n")});
  EXPECT_EQ(FormatPatch(series, 0), FormatPatch(series, 0));
  PatchSeries other = series;
  other.commits[0].body += "!";
  EXPECT_NE(FormatPatch(series, 0).substr(0, 46), FormatPatch(other, 0).substr(0, 46));
}

TEST(FormatPatchTest, SaysInWordsWhatABinaryPatchDoes) {
  const std::string patch =
      FormatPatch(OneCommit({Modified("deploy/run.sh", Repeat("\r\n", 212), Repeat("\n", 212)),
                             Modified("conf/app.yaml", "a: 1\r\nb: 2\r\n", "a: 1\r\nb: 3\r\n"),
                             Modified("conf/app.reg", Utf16("x\r\n"), Utf16("y\r\n")),
                             Modified("plain.go", "a\n", "b\n"),
                             Modified("data.bin", "\0\x01"s, "\0\x01\x02"s)}),
                  0);
  EXPECT_THAT(patch, HasSubstr("\n deploy/run.sh: 212 lines CRLF -> LF\n"));
  EXPECT_THAT(patch, HasSubstr("\n conf/app.yaml (utf-8, CRLF):\n"
                               "  | @@ -1,2 +1,2 @@\n"
                               "  |  a: 1^M\n"
                               "  | -b: 2^M\n"
                               "  | +b: 3^M\n"));
  EXPECT_THAT(patch, HasSubstr("\n conf/app.reg (utf-16le, CRLF):\n"
                               "  | @@ -1 +1 @@\n"
                               "  | -x^M\n"
                               "  | +y^M\n"));
  EXPECT_THAT(patch, HasSubstr("\n data.bin: binary, 2 -> 3 bytes\n"));
  EXPECT_THAT(patch, Not(HasSubstr("plain.go (")));
  EXPECT_THAT(patch, Not(HasSubstr("\r")));
}

TEST(FormatPatchTest, CapsWhatItShows) {
  const std::string patch =
      FormatPatch(OneCommit({Modified("long.txt", "", Repeat("\r\n", 1000))}), 0);
  EXPECT_THAT(patch, HasSubstr("  ... and 801 lines more\n"));
}

TEST(FormatPatchTest, DiffStatEqualsGits) {
  const std::vector<FileChange> files = {
      Modified("a/b/c/plain.go", Repeat(" line\n", 40), "new\n" + Repeat(" line\n", 39)),
      Created("a/new.go", Repeat("\n", 300)),
      Modified(std::string(30, 'd') + "/" + std::string(60, 'e') + "/name.go", "a\n", "b\n"),
      Modified("small", "a\n", "b\n"), Deleted("z/gone", "x\ny\n")};
  const Repository repository(OneCommit(files));
  repository.tree().Run("git am -q " + repository.Patches());
  std::string expected;
  repository.tree().TryRun("git format-patch -1 --stdout | sed -n '/^---$/,/^$/p'", &expected);
  EXPECT_THAT(FormatPatch(OneCommit(files), 0), HasSubstr("\n" + expected + "diff"));
}

TEST(PatchFileNameTest, IsNumberedAndPlain) {
  PatchSeries series = OneCommit({});
  EXPECT_EQ(PatchFileName(series, 0), "0001-test-change-files.patch");
  series.commits[0].subject =
      "paths: build \"host\" paths with filepath.Join, \xC3\xBC" + std::string(80, 'x');
  EXPECT_EQ(PatchFileName(series, 0), "0001-paths-build-host-paths-with-filepath-join.patch");
  series.commits[0].subject = "";
  EXPECT_EQ(PatchFileName(series, 0), "0001.patch");
}

}  // namespace
}  // namespace windlass
