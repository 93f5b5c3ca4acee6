#ifndef WINDLASS_TRANSFORMER_FACTS_GO_LEXER_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_LEXER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "transformer/facts/ident_set.h"

namespace windlass {

/// One step of the hash of an identifier, byte by byte; IdentHash takes the upper half of the last.
inline uint64_t IdentHashStep(uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * 0x9e3779b97f4a7c15U;
}
inline constexpr uint64_t kIdentHashSeed = 0xcbf29ce484222325U;

/// Splits Go source into tokens, as coarsely as a skim needs them and as fast as possible: numbers,
/// runes and operators are alike, what lies between brackets can be passed over in one call. Hashes
/// every word on its way. Newlines become semicolons where Go's rule says so.
class GoLexer {
 public:
  enum class Kind : uint8_t { kEnd, kWord, kString, kOther, kSemicolon, kOpen, kClose };
  struct Token {
    Kind kind = Kind::kEnd;
    std::string_view text;

    bool Is(std::string_view word) const { return text == word; }
  };

  /// Begins at `begin`. `bytes` is borrowed.
  GoLexer(std::string_view bytes, size_t begin)
      : begin_(Bytes(bytes.data())), p_(begin_ + begin), end_(begin_ + bytes.size()) {}

  Token Next();
  /// After a kOpen token: goes behind the bracket that closes it. Stops early at a named function,
  /// which cannot stand within brackets: then one of them was never closed.
  void SkipBalanced();
  /// Goes back to `token`, the one read last.
  void Unread(const Token& token) {
    p_ = Bytes(token.text.data());
    ends_statement_ = ended_statement_;
  }
  /// True if `token` is a `func` that begins a line and a declaration with a name.
  bool IsNamedFunc(const Token& token) const {
    return token.Is("func") && IsNamedFunc(Bytes(token.text.data()));
  }
  size_t OffsetOf(const Token& token) const {
    return static_cast<size_t>(Bytes(token.text.data()) - begin_);
  }
  const IdentSet& words() const { return words_; }

 private:
  using Byte = unsigned char;

  static const Byte* Bytes(const char* text) { return reinterpret_cast<const Byte*>(text); }
  const Byte* Find(const Byte* from, char byte) const {
    const void* found = std::memchr(from, byte, static_cast<size_t>(end_ - from));
    return found == nullptr ? end_ : static_cast<const Byte*>(found);
  }
  const Byte* PassWord(const Byte* p);
  const Byte* PassNumber(const Byte* p) const;
  const Byte* PassQuoted(const Byte* p, char quote) const;
  const Byte* PassRaw(const Byte* p) const;
  const Byte* PassComment(const Byte* p) const;
  const Byte* PassBlanks(const Byte* p) const;
  bool IsNamedFunc(const Byte* p) const;
  Token Take(Kind kind, const Byte* end, bool ends_statement);

  const Byte* begin_;
  const Byte* p_;
  const Byte* end_;
  bool ends_statement_ = false;   // a newline here is a semicolon
  bool ended_statement_ = false;  // the same before the token read last
  IdentSet words_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_LEXER_H_
