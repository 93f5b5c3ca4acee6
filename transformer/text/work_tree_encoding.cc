#include "transformer/text/work_tree_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace windlass {
namespace {

/// "UTF16LE" of "utf-16le".
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_') {
      plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return plain;
}

uint32_t Unit(std::string_view bytes, size_t i, bool big_endian) {
  const auto first = static_cast<uint8_t>(bytes[i]);
  const auto second = static_cast<uint8_t>(bytes[i + 1]);
  return static_cast<uint32_t>(big_endian ? first << 8 | second : second << 8 | first);
}

/// Well formed and without U+0000; what is cut off at the end of a beginning does not count.
bool IsUtf16Text(std::string_view bytes, bool big_endian, bool whole) {
  if (whole && bytes.size() % 2 != 0) {
    return false;
  }
  bool after_high = false;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const uint32_t unit = Unit(bytes, i, big_endian);
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (unit == 0 || low != after_high) {
      return false;
    }
    after_high = unit >= 0xD800 && unit < 0xDC00;
  }
  return !whole || !after_high;
}

class Converter {
 public:
  Converter(const std::string& to, const std::string& from)
      : handle_(iconv_open(to.c_str(), from.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (Known()) {
      iconv_close(handle_);
    }
  }

  bool Known() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::optional<std::string> Run(std::string_view bytes) const {
    std::string in(bytes);
    std::string out(4 * bytes.size() + 16, '\0');
    char* from = in.data();
    char* to = out.data();
    size_t left = in.size();
    size_t room = out.size();
    if (!Known() || iconv(handle_, &from, &left, &to, &room) != 0 || left != 0) {
      return std::nullopt;
    }
    out.resize(out.size() - room);
    return out;
  }

 private:
  iconv_t handle_;
};

}  // namespace

Encoding DeclaredEncoding(std::string_view name, std::string_view bytes, bool whole) {
  const std::string plain = Plain(name);
  if (plain.starts_with("UTF32") || plain.starts_with("UCS")) {
    return Encoding::kBinary;
  }
  if (!plain.starts_with("UTF16")) {
    return DetectEncoding(bytes);
  }
  const std::string_view mark = ByteOrderMark(bytes);
  const bool big_endian =
      mark.size() == 2 ? mark[0] == '\xFE' : !plain.starts_with("UTF16LE");  // as the standard says
  if (!IsUtf16Text(bytes.substr(mark.size() == 2 ? 2 : 0), big_endian, whole)) {
    return Encoding::kBinary;
  }
  return big_endian ? Encoding::kUtf16Be : Encoding::kUtf16Le;
}

std::optional<std::string> FromWorkTree(std::string_view bytes, std::string_view name) {
  // As git does: a mark tells what follows it.
  const bool by_mark = Plain(name) == "UTF16LEBOM";
  return Converter("UTF-8", by_mark ? "UTF-16" : std::string(name)).Run(bytes);
}

std::optional<std::string> ToWorkTree(std::string_view bytes, std::string_view name) {
  if (Plain(name) == "UTF16LEBOM") {
    auto text = Converter("UTF-16LE", "UTF-8").Run(bytes);
    return text ? std::optional("\xFF\xFE" + *text) : std::nullopt;
  }
  return Converter(std::string(name), "UTF-8").Run(bytes);
}

std::string_view MarkMistake(std::string_view name, std::string_view bytes) {
  const std::string plain = Plain(name);
  const bool has_mark = ByteOrderMark(bytes).size() == 2;
  if ((plain == "UTF16LE" || plain == "UTF16BE") && has_mark) {
    return "the bytes begin with a byte-order mark, which git refuses there; UTF-16 or "
           "UTF-16LE-BOM goes with one";
  }
  if (plain == "UTF16" && !has_mark && !bytes.empty()) {
    return "the bytes begin without a byte-order mark, which git refuses there; UTF-16LE or "
           "UTF-16BE goes without";
  }
  return "";
}

}  // namespace windlass
