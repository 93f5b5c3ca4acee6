#include "transformer/text/unicode.h"

#include <cstdint>
#include <cstring>

namespace windlass {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

size_t SkipAscii(std::string_view bytes, size_t i) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  while (i + 32 <= bytes.size()) {
    uint64_t words[4];
    std::memcpy(words, bytes.data() + i, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) {
      break;
    }
    i += 32;
  }
  while (i < bytes.size() && static_cast<uint8_t>(bytes[i]) < 0x80) {
    ++i;
  }
  return i;
}

// Length of the well-formed non-ASCII sequence that starts at `i`, or 0.
size_t SequenceLength(std::string_view bytes, size_t i) {
  const auto byte = [&](size_t k) { return static_cast<uint8_t>(bytes[k]); };
  const uint8_t lead = byte(i);
  size_t length = 0;
  uint8_t low = 0x80;  // bounds of the second byte
  uint8_t high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    low = lead == 0xE0 ? 0xA0 : 0x80;
    high = lead == 0xED ? 0x9F : 0xBF;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    low = lead == 0xF0 ? 0x90 : 0x80;
    high = lead == 0xF4 ? 0x8F : 0xBF;
  } else {
    return 0;
  }
  if (bytes.size() - i < length || byte(i + 1) < low || byte(i + 1) > high) {
    return 0;
  }
  for (size_t k = 2; k < length; ++k) {
    if ((byte(i + k) & 0xC0) != 0x80) {
      return 0;
    }
  }
  return length;
}

}  // namespace

size_t Utf8PrefixLength(std::string_view bytes) {
  size_t i = 0;
  while ((i = SkipAscii(bytes, i)) < bytes.size()) {
    const size_t length = SequenceLength(bytes, i);
    if (length == 0) {
      return i;
    }
    i += length;
  }
  return i;
}

std::string ReplaceInvalidUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const size_t valid = Utf8PrefixLength(bytes);
    out.append(bytes.substr(0, valid));
    bytes.remove_prefix(valid);
    if (!bytes.empty()) {
      out.append(kReplacement);
      bytes.remove_prefix(1);
    }
  }
  return out;
}

void AppendUtf8(char32_t code, std::string* out) {
  const auto push = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    push(code);
  } else if (code < 0x800) {
    push(0xC0 | (code >> 6));
    push(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    push(0xE0 | (code >> 12));
    push(0x80 | ((code >> 6) & 0x3F));
    push(0x80 | (code & 0x3F));
  } else {
    push(0xF0 | (code >> 18));
    push(0x80 | ((code >> 12) & 0x3F));
    push(0x80 | ((code >> 6) & 0x3F));
    push(0x80 | (code & 0x3F));
  }
}

std::string Utf16ToUtf8(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size() / 2);
  const auto unit = [&](size_t i) -> char32_t {
    const auto first = static_cast<uint8_t>(bytes[i]);
    const auto second = static_cast<uint8_t>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  const size_t even = bytes.size() & ~size_t{1};
  for (size_t i = 0; i < even; i += 2) {
    const char32_t code = unit(i);
    const bool high = code >= 0xD800 && code < 0xDC00;
    const bool low = code >= 0xDC00 && code < 0xE000;
    if (high && i + 2 < even && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
      AppendUtf8(0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00), &out);
      i += 2;
    } else if (high || low) {
      out.append(kReplacement);
    } else {
      AppendUtf8(code, &out);
    }
  }
  if (even != bytes.size()) {
    out.append(kReplacement);
  }
  return out;
}

}  // namespace windlass
