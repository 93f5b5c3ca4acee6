#ifndef WINDLASS_TRANSFORMER_TEXT_WORDS_H_
#define WINDLASS_TRANSFORMER_TEXT_WORDS_H_

#include <cstddef>
#include <string_view>

namespace windlass {

/// True for the bytes of Go's identifiers: letters, digits, underscores, and all beyond ASCII.
constexpr bool IsWordByte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Where `word` stands in `text` from `from` on, with no byte of a word beside it; npos if it does
/// not, or is empty.
inline size_t FindWord(std::string_view text, std::string_view word, size_t from) {
  size_t at = word.empty() ? std::string_view::npos : text.find(word, from);
  while (at != std::string_view::npos &&
         ((at > 0 && IsWordByte(text[at - 1])) ||
          (at + word.size() < text.size() && IsWordByte(text[at + word.size()])))) {
    at = text.find(word, at + 1);
  }
  return at;
}

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_WORDS_H_
