#ifndef WINDLASS_TRANSFORMER_TEXT_BYTE_RECORD_H_
#define WINDLASS_TRANSFORMER_TEXT_BYTE_RECORD_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace windlass {

/// Appends numbers and texts to a record that a ByteReader of the same machine reads.
class ByteWriter {
 public:
  explicit ByteWriter(std::string* out) : out_(*out) {}
  void Number(uint64_t number) {
    for (; number >= 0x80; number >>= 7) {
      out_ += static_cast<char>((number & 0x7f) | 0x80);
    }
    out_ += static_cast<char>(number);
  }
  void Text(std::string_view text) {
    Number(text.size());
    out_ += text;
  }

 private:
  std::string& out_;
};

/// Reads a record from front to back. Once it asks for more than is there, ok() is false, and all
/// that follows is 0 or empty. Texts are views of the record.
class ByteReader {
 public:
  explicit ByteReader(std::string_view record) : rest_(record) {}
  uint64_t Number() {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) {
        break;
      }
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      number |= uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) {
        return number;
      }
    }
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view Text() { return Take(Number()); }
  std::string_view Take(uint64_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_BYTE_RECORD_H_
