#include "transformer/text/eol.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "transformer/text/unicode.h"

namespace windlass {
namespace {

constexpr size_t kProbe = 64 * 1024;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

uint32_t Unit(std::string_view bytes, size_t i, bool big_endian) {
  const auto first = static_cast<uint8_t>(bytes[i]);
  const auto second = static_cast<uint8_t>(bytes[i + 1]);
  return static_cast<uint32_t>(big_endian ? first << 8 | second : second << 8 | first);
}

// Well formed, whole and without U+0000.
bool IsCleanUtf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) {
    return false;
  }
  bool after_high = false;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const uint32_t unit = Unit(bytes, i, big_endian);
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (unit == 0 || low != after_high) {
      return false;
    }
    after_high = unit >= 0xD800 && unit < 0xDC00;
  }
  return !after_high;
}

bool IsPlainAscii(uint32_t unit) {
  return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\n' || unit == '\r' ||
         unit == '\f';
}

bool LooksLikeUtf16(std::string_view bytes, bool big_endian) {
  const std::string_view probe = bytes.substr(0, kProbe);
  if (probe.size() < 4 || bytes.size() % 2 != 0) {
    return false;
  }
  size_t ascii = 0;
  for (size_t i = 0; i < probe.size(); i += 2) {
    ascii += IsPlainAscii(Unit(probe, i, big_endian)) ? 1 : 0;
  }
  constexpr size_t kOthersOneIn = 16;
  const size_t units = probe.size() / 2;
  return units - ascii <= units / kOthersOneIn && IsCleanUtf16(bytes, big_endian);
}

}  // namespace

Eol EolProfile::Verdict() const {
  const int kinds = (lf > 0 ? 1 : 0) + (crlf > 0 ? 1 : 0) + (cr > 0 ? 1 : 0);
  if (kinds > 1) {
    return Eol::kMixed;
  }
  return kinds == 0 ? Eol::kNone : Dominant();
}

Eol EolProfile::Dominant() const {
  if (crlf > lf && crlf >= cr) {
    return Eol::kCrlf;
  }
  return cr > lf ? Eol::kCr : Eol::kLf;
}

std::string_view EncodingName(Encoding encoding) {
  constexpr std::array<std::string_view, 6> kNames = {"utf-8",    "utf-8-bom", "utf-16le",
                                                      "utf-16be", "latin-1",   "binary"};
  return kNames[static_cast<size_t>(encoding)];
}

std::string_view EolName(Eol eol) {
  constexpr std::array<std::string_view, 5> kNames = {"none", "lf", "crlf", "cr", "mixed"};
  return kNames[static_cast<size_t>(eol)];
}

std::string_view EolBytes(Eol eol) {
  switch (eol) {
    case Eol::kCrlf:
      return "\r\n";
    case Eol::kCr:
      return "\r";
    case Eol::kNone:
    case Eol::kLf:
    case Eol::kMixed:
      break;
  }
  return "\n";
}

std::string_view EolBytes(Eol eol, Encoding encoding) {
  if (!IsUtf16(encoding)) {
    return EolBytes(eol);
  }
  constexpr std::string_view kLe("\r\0\n\0", 4);
  constexpr std::string_view kBe("\0\r\0\n", 4);
  const std::string_view both = encoding == Encoding::kUtf16Le ? kLe : kBe;
  if (eol == Eol::kCrlf) {
    return both;
  }
  return eol == Eol::kCr ? both.substr(0, 2) : both.substr(2);
}

std::string_view ByteOrderMark(std::string_view bytes) {
  for (const std::string_view mark : {kUtf8Mark, kUtf16LeMark, kUtf16BeMark}) {
    if (bytes.starts_with(mark)) {
      return bytes.substr(0, mark.size());
    }
  }
  return {};
}

Encoding DetectEncoding(std::string_view bytes) {
  const std::string_view mark = ByteOrderMark(bytes);
  if (mark == kUtf16LeMark || mark == kUtf16BeMark) {
    const bool big_endian = mark == kUtf16BeMark;
    if (IsCleanUtf16(bytes.substr(mark.size()), big_endian)) {
      return big_endian ? Encoding::kUtf16Be : Encoding::kUtf16Le;
    }
  }
  if (bytes.find('\0') != std::string_view::npos) {
    for (const bool big_endian : {false, true}) {
      if (mark.empty() && LooksLikeUtf16(bytes, big_endian)) {
        return big_endian ? Encoding::kUtf16Be : Encoding::kUtf16Le;
      }
    }
    return Encoding::kBinary;
  }
  if (!IsUtf8(bytes)) {
    return Encoding::kLatin1;
  }
  return mark == kUtf8Mark ? Encoding::kUtf8Bom : Encoding::kUtf8;
}

Encoding SniffEncoding(std::string_view head) {
  const Encoding whole = DetectEncoding(head);
  if (whole == Encoding::kBinary) {
    // Half a unit of UTF-16, or the first half of a pair, may stand at the end.
    const std::string_view even = head.substr(0, head.size() & ~size_t{1});
    for (const std::string_view shorter :
         {even, even.substr(0, std::max<size_t>(even.size(), 2) - 2)}) {
      if (const Encoding encoding = DetectEncoding(shorter); IsUtf16(encoding)) {
        return encoding;
      }
    }
  }
  const size_t valid = whole == Encoding::kLatin1 ? Utf8PrefixLength(head) : head.size();
  const bool cut_off = head.size() - valid < 4;
  return valid > 0 && cut_off ? DetectEncoding(head.substr(0, valid)) : whole;
}

}  // namespace windlass
