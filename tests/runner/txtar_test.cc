#include "transformer/driver/txtar.h"

#include "gtest/gtest.h"
#include "transformer/driver/pack_case.h"

namespace windlass {
namespace {

TEST(TxtarTest, PartsFollowMarkers) {
  const Txtar archive = ParseTxtar("prose\n-- a/b.go --\npackage b\n-- empty --\n-- c --\nx");
  EXPECT_EQ(archive.comment, "prose\n");
  ASSERT_EQ(archive.files.size(), 3U);
  EXPECT_EQ(archive.files[0].name, "a/b.go");
  EXPECT_EQ(archive.files[0].text, "package b\n");
  EXPECT_EQ(archive.files[0].line, 2U);
  EXPECT_EQ(archive.files[1].text, "");
  EXPECT_EQ(archive.files[2].text, "x\n");
}

TEST(TxtarTest, FormatIsTheInverse) {
  const std::string text = "prose\n\n-- a --\n--not a marker --\n-- b --\n";
  EXPECT_EQ(FormatTxtar(ParseTxtar(text)), text);
}

TEST(EscapeTest, RoundTrips) {
  for (const std::string_view bytes :
       {std::string_view("a\r\nb\\c\td\n"),
        std::string_view("\xff\xfe"
                         "a\0",
                         4),
        std::string_view("no end"), std::string_view("grün\n"), std::string_view("\xfc\n")}) {
    EXPECT_EQ(Unescape(Escape(bytes)), bytes) << Escape(bytes);
  }
  EXPECT_EQ(Escape("a\r\ngrün"), "a\\r\ngrün\\\n");
}

TEST(CaseTest, UnknownDirectivesAndSectionsAreErrors) {
  EXPECT_EQ(
      ParseCase("x.txtar", "prose: is fine\n\nlevle: safe\n").status().message(),
      "x.txtar:1: unknown directive `prose`; one of broken, build, crlf, escaped, executable, "
      "level, module, reasons, rules, tags, targets");
  EXPECT_EQ(ParseCase("x.txtar", "levle: safe\n").status().message(),
            "x.txtar:1: unknown directive `levle`; did you mean `level`?");
  EXPECT_EQ(ParseCase("x.txtar", "-- ni/x.go --\n").status().message(),
            "x.txtar:1: unknown section `ni/x.go`; one of in/…, out/…, gone/…, packs/…, findings, "
            "error");
}

TEST(CaseTest, AbsentOutputMeansUnchanged) {
  const auto read =
      ParseCase("patches/f/cases/x.txtar", "-- in/a.go --\npackage a\n-- gone/b --\n");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->rules, std::vector<std::string>{"f"});
  EXPECT_EQ(read->after, read->before);
  EXPECT_TRUE(read->before.contains("go.mod"));
}

}  // namespace
}  // namespace windlass
