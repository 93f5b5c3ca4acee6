#include <cstdint>

#include "transformer/facts/go_file.h"

namespace windlass {
namespace {

void AppendUtf8(uint32_t rune, std::string* out) {
  const auto put = [&](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (rune < 0x80) {
    put(rune);
  } else if (rune < 0x800) {
    put(0xC0 | rune >> 6);
    put(0x80 | (rune & 0x3F));
  } else if (rune < 0x10000) {
    put(0xE0 | rune >> 12);
    put(0x80 | (rune >> 6 & 0x3F));
    put(0x80 | (rune & 0x3F));
  } else {
    put(0xF0 | rune >> 18);
    put(0x80 | (rune >> 12 & 0x3F));
    put(0x80 | (rune >> 6 & 0x3F));
    put(0x80 | (rune & 0x3F));
  }
}

/// The value of `digits` in `base`, nullopt unless all of them are digits of it.
std::optional<uint32_t> Number(std::string_view digits, uint32_t base) {
  uint32_t value = 0;
  for (char c : digits) {
    uint32_t digit = base;
    if (c >= '0' && c <= '9') {
      digit = static_cast<uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<uint32_t>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<uint32_t>(c - 'A') + 10;
    }
    if (digit >= base) {
      return std::nullopt;
    }
    value = value * base + digit;
  }
  return value;
}

constexpr std::string_view kSimpleEscapes = "abfnrtv\\\"";
constexpr std::string_view kSimpleValues = "\a\b\f\n\r\t\v\\\"";

/// Decodes the escape after the backslash at the front of `text`; returns its length without the
/// backslash, or 0 if Go has no such escape.
size_t DecodeEscape(std::string_view text, std::string* out) {
  if (text.empty()) {
    return 0;
  }
  if (const size_t simple = kSimpleEscapes.find(text[0]); simple != std::string_view::npos) {
    out->push_back(kSimpleValues[simple]);
    return 1;
  }
  const bool octal = text[0] >= '0' && text[0] <= '7';
  size_t digits = 0;
  switch (text[0]) {
    case 'x':
      digits = 2;
      break;
    case 'u':
      digits = 4;
      break;
    case 'U':
      digits = 8;
      break;
    default:
      if (!octal) {
        return 0;
      }
      digits = 3;
  }
  const size_t start = octal ? 0 : 1;
  if (text.size() < start + digits) {
    return 0;
  }
  const auto value = Number(text.substr(start, digits), octal ? 8 : 16);
  if (!value.has_value()) {
    return 0;
  }
  if (digits <= 3) {
    if (*value > 0xFF) {
      return 0;
    }
    out->push_back(static_cast<char>(*value));
  } else {
    if (*value > 0x10FFFF || (*value >= 0xD800 && *value <= 0xDFFF)) {
      return 0;
    }
    AppendUtf8(*value, out);
  }
  return start + digits;
}

std::optional<std::string> InterpretedValue(std::string_view inner) {
  std::string value;
  value.reserve(inner.size());
  for (size_t i = 0; i < inner.size();) {
    if (inner[i] != '\\') {
      value.push_back(inner[i++]);
      continue;
    }
    const size_t length = DecodeEscape(inner.substr(i + 1), &value);
    if (length == 0) {
      return std::nullopt;
    }
    i += 1 + length;
  }
  return value;
}

/// One character of UTF-8 at the front of `s`, or one byte that is none.
struct Rune {
  uint32_t value = 0;
  size_t size = 1;
  bool valid = false;
};

Rune DecodeRune(std::string_view s) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<uint8_t>(s[i])); };
  const uint32_t lead = byte(0);
  if (lead < 0x80) {
    return {lead, 1, true};
  }
  const size_t size = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (size == 0 || lead >= 0xF8 || s.size() < size) {
    return {lead, 1, false};
  }
  uint32_t value = lead & (0xFFu >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      return {lead, 1, false};
    }
    value = value << 6 | (byte(i) & 0x3F);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return {lead, 1, false};
  }
  return {value, size, true};
}

/// True for characters that a reader could not see or tell from others, or that Go forbids.
bool IsInvisible(uint32_t rune) {
  return rune < 0x20 || (rune >= 0x7F && rune <= 0xA0) || rune == 0xAD || rune == 0x061C ||
         rune == 0x180E || (rune >= 0x2000 && rune <= 0x200F) ||
         (rune >= 0x2028 && rune <= 0x202F) || (rune >= 0x205F && rune <= 0x206F) ||
         rune == 0x3000 || (rune >= 0xE000 && rune <= 0xF8FF) ||
         (rune >= 0xFE00 && rune <= 0xFE0F) || rune == 0xFEFF ||
         (rune >= 0xFFF0 && rune <= 0xFFFB) || (rune & 0xFFFE) == 0xFFFE || rune >= 0xE0000;
}

void AppendHex(uint32_t value, int digits, std::string* out) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out->push_back("0123456789abcdef"[value >> shift & 0xF]);
  }
}

void AppendQuoted(Rune rune, std::string_view bytes, std::string* out) {
  if (rune.valid && !IsInvisible(rune.value) && rune.value != '"' && rune.value != '\\') {
    out->append(bytes);
    return;
  }
  out->push_back('\\');
  const size_t simple = rune.value < 0x80 && rune.value != 0
                            ? kSimpleValues.find(static_cast<char>(rune.value))
                            : std::string_view::npos;
  if (simple != std::string_view::npos) {
    out->push_back(kSimpleEscapes[simple]);
  } else if (!rune.valid || rune.value < 0x80) {
    out->push_back('x');
    AppendHex(rune.value, 2, out);
  } else if (rune.value < 0x10000) {
    out->push_back('u');
    AppendHex(rune.value, 4, out);
  } else {
    out->push_back('U');
    AppendHex(rune.value, 8, out);
  }
}

bool ReadsBetterRaw(std::string_view value) {
  if (value.size() < 2 || value.find('\\') == std::string_view::npos ||
      value.find('`') != std::string_view::npos) {
    return false;
  }
  for (size_t i = 0; i < value.size();) {
    const Rune rune = DecodeRune(value.substr(i));
    if (!rune.valid || IsInvisible(rune.value)) {
      return false;
    }
    i += rune.size;
  }
  return true;
}

}  // namespace

std::optional<std::string> GoStringValue(Node literal) {
  const std::string_view text = literal.text();
  if (literal.has_error() || text.size() < 2) {
    return std::nullopt;
  }
  const std::string_view inner = text.substr(1, text.size() - 2);
  if (literal.Is("interpreted_string_literal")) {
    return InterpretedValue(inner);
  }
  if (literal.Is("raw_string_literal")) {
    std::string value(inner);
    std::erase(value, '\r');  // the spec drops them from raw strings
    return value;
  }
  return std::nullopt;
}

std::string QuoteGoString(std::string_view value) {
  std::string out;
  out.reserve(value.size() + 2);
  if (ReadsBetterRaw(value)) {
    out.push_back('`');
    out.append(value);
    out.push_back('`');
    return out;
  }
  out.push_back('"');
  for (size_t i = 0; i < value.size();) {
    const Rune rune = DecodeRune(value.substr(i));
    AppendQuoted(rune, value.substr(i, rune.size), &out);
    i += rune.size;
  }
  out.push_back('"');
  return out;
}

}  // namespace windlass
