#include "transformer/text/eol.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "transformer/text/eol_stream.h"

namespace windlass {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::string Utf16(std::string_view ascii, bool big_endian, bool mark = true) {
  std::string out = mark ? (big_endian ? "\xFE\xFF" : "\xFF\xFE") : "";
  for (const char c : ascii) {
    out += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  }
  return out;
}

// What conversion means, byte by byte.
std::string Naively(std::string_view text, Eol to, bool lone_cr) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t after = std::min(text.find_first_not_of('\r', i), text.size() - 1);
    if (to == Eol::kLf && !lone_cr && text[i] == '\r' && text[after] == '\n') {
      i = after - 1;
      continue;
    }
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair || text[i] == '\n' || (lone_cr && text[i] == '\r')) {
      out += to == Eol::kCrlf ? "\r\n" : "\n";
      i += pair ? 1 : 0;
    } else {
      out += text[i];
    }
  }
  return out;
}

EolProfile CountNaively(std::string_view text) {
  EolProfile profile;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++(i > 0 && text[i - 1] == '\r' ? profile.crlf : profile.lf);
    } else if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')) {
      ++profile.cr;
    }
  }
  profile.final_newline = text.ends_with('\n') || text.ends_with('\r');
  return profile;
}

TEST(DetectEncodingTest, TellsTextFromBinary) {
  EXPECT_EQ(DetectEncoding(""), Encoding::kUtf8);
  EXPECT_EQ(DetectEncoding("plain\r\n"), Encoding::kUtf8);
  EXPECT_EQ(DetectEncoding("gr\xC3\xBC\xC3\x9F"), Encoding::kUtf8);
  EXPECT_EQ(DetectEncoding("gr\xFC\xDF"), Encoding::kLatin1);
  EXPECT_EQ(DetectEncoding("\xEF\xBB\xBFmark"), Encoding::kUtf8Bom);
  EXPECT_EQ(DetectEncoding("a\0b"sv), Encoding::kBinary);
  EXPECT_EQ(DetectEncoding("\xEF\xBB\xBF\0"sv), Encoding::kBinary);
  EXPECT_EQ(DetectEncoding("\xED\xA0\x80"), Encoding::kLatin1) << "a surrogate is no UTF-8";
  EXPECT_EQ(DetectEncoding("\xC0\x80"), Encoding::kLatin1) << "overlong";
  EXPECT_EQ(DetectEncoding("\xF4\x90\x80\x80"), Encoding::kLatin1) << "above U+10FFFF";
}

TEST(DetectEncodingTest, TellsUtf16) {
  for (const bool big_endian : {false, true}) {
    const Encoding expected = big_endian ? Encoding::kUtf16Be : Encoding::kUtf16Le;
    EXPECT_EQ(DetectEncoding(Utf16("key: value\r\n", big_endian)), expected);
    EXPECT_EQ(DetectEncoding(Utf16("", big_endian)), expected);
    EXPECT_EQ(DetectEncoding(Utf16("key: value\r\n", big_endian, false)), expected);
    EXPECT_EQ(DetectEncoding(Utf16("odd", big_endian) + "x"), Encoding::kBinary);
  }
  EXPECT_EQ(DetectEncoding("\xFF\xFE\0\0a\0\0\0"sv), Encoding::kBinary) << "UTF-32";
  EXPECT_EQ(DetectEncoding("\x01\0\x02\0\x03\0\x04\0"sv), Encoding::kBinary) << "small integers";
  // Two ideographs whose bytes would be a CR and an LF.
  EXPECT_EQ(DetectEncoding("\xFF\xFE\x0A\x4E\x0D\x4E"), Encoding::kUtf16Le);
}

TEST(SniffEncodingTest, IgnoresACharacterThatIsCutOff) {
  EXPECT_EQ(SniffEncoding("gr\xC3"), Encoding::kUtf8);
  EXPECT_EQ(SniffEncoding("\xEF\xBB\xBF\xF0\x9F\x98"), Encoding::kUtf8Bom);
  EXPECT_EQ(SniffEncoding("gr\xFC\xDF text"), Encoding::kLatin1);
  EXPECT_EQ(SniffEncoding("\xFC"), Encoding::kLatin1);
  EXPECT_EQ(SniffEncoding(Utf16("abcd", false) + "e"), Encoding::kUtf16Le);
  EXPECT_EQ(SniffEncoding(Utf16("abcd", false) + "\x3D\xD8"), Encoding::kUtf16Le);
  EXPECT_EQ(SniffEncoding(Utf16("abcd", false) + "\x3D\xD8\x00"s), Encoding::kUtf16Le);
  EXPECT_EQ(SniffEncoding("abc\0d"s), Encoding::kBinary);
  EXPECT_EQ(SniffEncoding(""), Encoding::kUtf8);
}

TEST(EolProfileTest, JudgesTheFile) {
  EXPECT_EQ(CountEols("", Encoding::kUtf8).Verdict(), Eol::kNone);
  EXPECT_EQ(CountEols("a", Encoding::kUtf8).Verdict(), Eol::kNone);
  EXPECT_EQ(CountEols("a\nb", Encoding::kUtf8).Verdict(), Eol::kLf);
  EXPECT_EQ(CountEols("a\r\nb\r\n", Encoding::kUtf8).Verdict(), Eol::kCrlf);
  EXPECT_EQ(CountEols("a\rb", Encoding::kUtf8).Verdict(), Eol::kCr);
  EXPECT_EQ(CountEols("a\r\nb\n", Encoding::kUtf8).Verdict(), Eol::kMixed);
  EXPECT_EQ(CountEols("a\r\nb\n", Encoding::kUtf8).Dominant(), Eol::kLf) << "a tie";
  EXPECT_EQ(CountEols("a\r\r\n", Encoding::kUtf8), (EolProfile{0, 1, 1, true}));
  EXPECT_EQ(CountEols("\r\n\r\n", Encoding::kBinary), EolProfile());
  EXPECT_EQ(CountEols(Utf16("a\r\nb\nc\r", true), Encoding::kUtf16Be), (EolProfile{1, 1, 1, true}));
}

TEST(ConvertEolsTest, KeepsUtf16AndItsMark) {
  for (const bool big_endian : {false, true}) {
    const Encoding encoding = big_endian ? Encoding::kUtf16Be : Encoding::kUtf16Le;
    EXPECT_EQ(ConvertEols(Utf16("a\nb\r\n\rc\r", big_endian), encoding, Eol::kCrlf),
              Utf16("a\r\nb\r\n\rc\r", big_endian));
    EXPECT_EQ(ConvertEols(Utf16("a\nb\r\n\rc\r", big_endian), encoding, Eol::kLf, true),
              Utf16("a\nb\n\nc\n", big_endian));
  }
  const std::string ideographs = "\xFF\xFE\x0A\x4E\x0D\x4E";
  EXPECT_EQ(ConvertEols(ideographs, Encoding::kUtf16Le, Eol::kCrlf), ideographs);
}

TEST(ConvertEolsTest, LeavesBinaryAlone) {
  const std::string bytes("\r\n\0\n", 4);
  EXPECT_EQ(ConvertEols(bytes, Encoding::kBinary, Eol::kLf), bytes);
  EXPECT_EQ(ConvertEols(bytes, Encoding::kBinary, Eol::kCrlf), bytes);
}

// Texts with dense and sparse line ends, so that both the blocks of 16 and their ends are met.
std::string RandomText(std::mt19937& random) {
  const size_t size = random() % 200;
  const size_t density = 2 + random() % 60;
  std::string text;
  for (size_t i = 0; i < size; ++i) {
    constexpr std::string_view kEnds = "\r\n\n\r";
    text += random() % density == 0 ? kEnds[random() % 4] : static_cast<char>('a' + random() % 26);
    if (random() % density == 0) {
      text += "\r\n";
    }
  }
  return text;
}

TEST(EolPropertyTest, ConversionAndCountAgreeWithTheNaiveOnesInAnyPieces) {
  std::mt19937 random(1);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = RandomText(random);
    const Eol to = random() % 2 == 0 ? Eol::kLf : Eol::kCrlf;
    const bool lone_cr = random() % 2 == 0;
    const std::string expected = Naively(text, to, lone_cr);
    ASSERT_EQ(ConvertEols(text, Encoding::kUtf8, to, lone_cr), expected)
        << testing::PrintToString(text);
    ASSERT_EQ(CountEols(text, Encoding::kUtf8), CountNaively(text)) << testing::PrintToString(text);

    const bool wide = random() % 2 == 0;
    const Encoding encoding = wide ? Encoding::kUtf16Le : Encoding::kLatin1;
    const std::string bytes = wide ? Utf16(text, false) : text;
    EolConverter converter(to, lone_cr, encoding);
    EolCounter counter(encoding);
    std::string out;
    for (std::string_view rest = bytes; !rest.empty();) {
      const std::string_view piece = rest.substr(0, random() % 40);
      rest.remove_prefix(piece.size());
      converter.Feed(piece, &out);
      counter.Feed(piece);
    }
    converter.Finish(&out);
    ASSERT_EQ(out, wide ? Utf16(expected, false) : expected) << testing::PrintToString(text);
    ASSERT_EQ(counter.Profile(), CountNaively(text)) << testing::PrintToString(text);
  }
}

// Any bytes, with the line ends and marks that matter more frequent than chance has them.
std::string RandomBytes(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "\r\n", "\n", "\r", std::string("\0", 1), "\xFF\xFE", "\xEF\xBB\xBF", "\xC3\xA9", "text "};
  std::string out;
  for (size_t pieces = random() % 40; pieces > 0; --pieces) {
    out += random() % 3 == 0 ? std::string(1, static_cast<char>(random() % 256))
                             : kPieces[random() % (random() % 4 == 0 ? kPieces.size() : 3)];
  }
  return random() % 4 == 0 ? Utf16(RandomText(random), random() % 2 == 0) : out;
}

/// `bytes` without its line ends, each of which leaves a mark.
std::string WithoutEnds(std::string_view bytes, Encoding encoding) {
  return ConvertEols(bytes, encoding, Eol::kLf);
}

TEST(EolPropertyTest, NothingButLineEndsChangesAndNoBinary) {
  std::mt19937 random(7);
  size_t binaries = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string bytes = RandomBytes(random);
    const Encoding encoding = DetectEncoding(bytes);
    for (const Eol to : {Eol::kLf, Eol::kCrlf}) {
      const std::string once = ConvertEols(bytes, encoding, to);
      const std::string shown = testing::PrintToString(bytes);
      ASSERT_EQ(ConvertEols(once, encoding, to), once) << "a second time, " << shown;
      ASSERT_EQ(WithoutEnds(once, encoding), WithoutEnds(bytes, encoding)) << shown;
      ASSERT_EQ(ByteOrderMark(once), ByteOrderMark(bytes)) << shown;
      if (encoding == Encoding::kBinary) {
        ASSERT_EQ(once, bytes) << shown;
        ++binaries;
      } else {
        const EolProfile eols = CountEols(once, encoding);
        ASSERT_EQ(to == Eol::kLf ? eols.crlf : eols.lf, 0U) << shown;
      }
    }
    const std::string lf = ConvertEols(bytes, encoding, Eol::kLf);
    ASSERT_EQ(ConvertEols(ConvertEols(lf, encoding, Eol::kCrlf), encoding, Eol::kLf), lf);
  }
  EXPECT_GT(binaries, 1000U);
}

TEST(EolCounterTest, DoesNotOverflowItsBytes) {
  const std::string text(100000, '\n');
  EXPECT_EQ(CountEols(text, Encoding::kUtf8).lf, text.size());
  std::string pairs;
  for (int i = 0; i < 30000; ++i) {
    pairs += "\r\n";
  }
  EXPECT_EQ(CountEols(pairs, Encoding::kUtf8), (EolProfile{0, 30000, 0, true}));
}

TEST(EolStreamTest, ConvertsFromOneDescriptorToAnother) {
  std::string text;
  for (int i = 0; i < 40000; ++i) {
    text += "line " + std::to_string(i) + (i % 3 == 0 ? "\n" : "\r\n");
  }
  FILE* in = std::tmpfile();
  FILE* out = std::tmpfile();
  ASSERT_TRUE(in != nullptr && out != nullptr);
  ASSERT_EQ(pwrite(fileno(in), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  ASSERT_TRUE(ConvertEolStream(fileno(in), fileno(out), Encoding::kUtf8, Eol::kCrlf).ok());
  const std::string expected = Naively(text, Eol::kCrlf, false);
  std::string got(expected.size() + 1, '\0');
  ASSERT_EQ(pread(fileno(out), got.data(), got.size(), 0), static_cast<ssize_t>(expected.size()));
  got.pop_back();
  EXPECT_EQ(got, expected);
  ASSERT_EQ(lseek(fileno(out), 0, SEEK_SET), 0);
  const auto profile = CountEolStream(fileno(out), Encoding::kUtf8);
  ASSERT_TRUE(profile.ok());
  EXPECT_EQ(*profile, (EolProfile{0, 40000, 0, true}));
  std::fclose(in);
  std::fclose(out);
}

TEST(EolStreamTest, FindsTheEncodingItself) {
  std::string text;
  for (int i = 0; i < 9000; ++i) {
    text += "line " + std::to_string(i) + "\r\n";
  }
  const std::string bytes = Utf16(text, true);
  FILE* in = std::tmpfile();
  FILE* out = std::tmpfile();
  ASSERT_TRUE(in != nullptr && out != nullptr);
  ASSERT_EQ(pwrite(fileno(in), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  ASSERT_TRUE(ConvertEolStream(fileno(in), fileno(out), Eol::kLf).ok());
  const std::string expected = Utf16(Naively(text, Eol::kLf, false), true);
  std::string got(expected.size() + 1, '\0');
  ASSERT_EQ(pread(fileno(out), got.data(), got.size(), 0), static_cast<ssize_t>(expected.size()));
  got.pop_back();
  EXPECT_EQ(got, expected);
  std::fclose(in);
  std::fclose(out);
}

TEST(EolStreamTest, ABinaryTailIsAnError) {
  const std::string text = std::string(600000, 'x') + "\r\n" + std::string(1, '\0');
  EXPECT_EQ(DetectEncoding(text), Encoding::kBinary);
  FILE* in = std::tmpfile();
  FILE* out = std::tmpfile();
  ASSERT_TRUE(in != nullptr && out != nullptr);
  ASSERT_EQ(pwrite(fileno(in), text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
  EXPECT_EQ(ConvertEolStream(fileno(in), fileno(out), Encoding::kUtf8, Eol::kLf).code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(lseek(fileno(in), 0, SEEK_SET), 0);
  EXPECT_EQ(CountEolStream(fileno(in), Encoding::kUtf8).status().code(),
            absl::StatusCode::kFailedPrecondition);
  ASSERT_EQ(lseek(fileno(in), 0, SEEK_SET), 0);
  EXPECT_TRUE(CountEolStream(fileno(in), Encoding::kBinary).ok());
  std::fclose(in);
  std::fclose(out);
}

TEST(EolStreamTest, ReportsAFullDisk) {
  const int full = open("/dev/full", O_WRONLY);
  FILE* in = std::tmpfile();
  ASSERT_TRUE(full >= 0 && in != nullptr);
  ASSERT_EQ(pwrite(fileno(in), "a\n", 2, 0), 2);
  EXPECT_FALSE(ConvertEolStream(fileno(in), full, Encoding::kUtf8, Eol::kCrlf).ok());
  EXPECT_FALSE(CountEolStream(-1, Encoding::kUtf8).ok());
  close(full);
  std::fclose(in);
}

}  // namespace
}  // namespace windlass
