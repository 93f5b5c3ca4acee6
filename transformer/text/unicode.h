#ifndef WINDLASS_TRANSFORMER_TEXT_UNICODE_H_
#define WINDLASS_TRANSFORMER_TEXT_UNICODE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace windlass {

/// Length of the longest prefix of `bytes` that is well-formed UTF-8 (no overlong forms, surrogates
/// or code points above U+10FFFF). Pure ASCII is checked at memory speed.
size_t Utf8PrefixLength(std::string_view bytes);
inline bool IsUtf8(std::string_view bytes) {
  return Utf8PrefixLength(bytes) == bytes.size();
}

/// `bytes` with every byte that is not part of well-formed UTF-8 replaced by U+FFFD.
std::string ReplaceInvalidUtf8(std::string_view bytes);

/// UTF-16 (without byte-order mark) as UTF-8. Unpaired surrogates and an odd last byte become
/// U+FFFD.
std::string Utf16ToUtf8(std::string_view bytes, bool big_endian);

/// Appends the UTF-8 form of a code point.
void AppendUtf8(char32_t code, std::string* out);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_UNICODE_H_
