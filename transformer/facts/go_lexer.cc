#include "transformer/facts/go_lexer.h"

#include <algorithm>

namespace windlass {
namespace {

enum class Class : uint8_t {
  kPlain,
  kNewline,
  kBlank,
  kWord,
  kDigit,
  kQuote,
  kRaw,
  kRune,
  kSlash,
  kOpen,
  kClose
};

constexpr std::array<Class, 256> MakeClasses() {
  std::array<Class, 256> classes{};
  const auto set = [&classes](std::string_view bytes, Class c) {
    for (const char byte : bytes) {
      classes[static_cast<unsigned char>(byte)] = c;
    }
  };
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_", Class::kWord);
  for (size_t byte = 0x80; byte < 256; ++byte) {
    classes[byte] = Class::kWord;
  }
  set("0123456789", Class::kDigit);
  set(" \t\r", Class::kBlank);
  set("\n", Class::kNewline);
  set("\"", Class::kQuote);
  set("`", Class::kRaw);
  set("'", Class::kRune);
  set("/", Class::kSlash);
  set("([{", Class::kOpen);
  set(")]}", Class::kClose);
  return classes;
}

constexpr std::array<Class, 256> kClasses = MakeClasses();

bool IsWordByte(unsigned char byte) {
  return kClasses[byte] == Class::kWord || kClasses[byte] == Class::kDigit;
}

/// Keywords after which a newline is no semicolon: all but break, continue, fallthrough and return.
/// Only those that can stand outside function bodies matter to a skim.
bool IsOpenKeyword(std::string_view word) {
  constexpr std::array<std::string_view, 10> kKeywords = {
      "package", "import", "func", "type", "const", "var", "struct", "interface", "map", "chan"};
  return std::ranges::find(kKeywords, word) != kKeywords.end();
}

}  // namespace

const GoLexer::Byte* GoLexer::PassWord(const Byte* p) {
  uint64_t hash = kIdentHashSeed;
  do {
    hash = IdentHashStep(hash, *p);
    ++p;
  } while (p < end_ && IsWordByte(*p));
  words_.Add(static_cast<uint32_t>(hash >> 32));
  return p;
}

const GoLexer::Byte* GoLexer::PassNumber(const Byte* p) const {
  while (p < end_ && (IsWordByte(*p) || *p == '.')) {
    ++p;
  }
  return p;
}

const GoLexer::Byte* GoLexer::PassQuoted(const Byte* p, char quote) const {
  for (++p; p < end_ && *p != '\n'; ++p) {
    if (*p == static_cast<Byte>(quote)) {
      return p + 1;
    }
    p += *p == '\\' && p + 1 < end_ && p[1] != '\n' ? 1 : 0;
  }
  return p;
}

const GoLexer::Byte* GoLexer::PassRaw(const Byte* p) const {
  const Byte* close = Find(p + 1, '`');
  return close == end_ ? end_ : close + 1;
}

/// `p` is at a slash. A line comment ends before its newline; what is no comment is one byte long.
const GoLexer::Byte* GoLexer::PassComment(const Byte* p) const {
  if (p + 1 < end_ && p[1] == '/') {
    return Find(p, '\n');
  }
  if (p + 1 >= end_ || p[1] != '*') {
    return p + 1;
  }
  for (p = Find(p + 2, '*'); p + 1 < end_; p = Find(p + 1, '*')) {
    if (p[1] == '/') {
      return p + 2;
    }
  }
  return end_;
}

const GoLexer::Byte* GoLexer::PassBlanks(const Byte* p) const {
  while (p < end_ && kClasses[*p] == Class::kBlank) {
    ++p;
  }
  return p;
}

bool GoLexer::IsNamedFunc(const Byte* p) const {
  if (p != begin_ && p[-1] != '\n') {
    return false;
  }
  p = PassBlanks(p + 4);
  const bool method = p < end_ && *p == '(';
  if (method) {
    while (p < end_ && *p != ')' && *p != '\n') {
      ++p;
    }
    p = p < end_ && *p == ')' ? PassBlanks(p + 1) : end_;
  }
  const Byte* name = p;
  while (p < end_ && IsWordByte(*p)) {
    ++p;
  }
  // A type may follow the parameters of a literal, but nothing in parentheses may follow that type.
  return p != name && p < end_ && (*p == '(' || (*p == '[' && !method));
}

GoLexer::Token GoLexer::Take(Kind kind, const Byte* end, bool ends_statement) {
  const Token token = {kind, {reinterpret_cast<const char*>(p_), static_cast<size_t>(end - p_)}};
  p_ = end;
  ended_statement_ = ends_statement_;
  ends_statement_ = ends_statement;
  return token;
}

GoLexer::Token GoLexer::Next() {
  while (p_ < end_) {
    switch (kClasses[*p_]) {
      case Class::kBlank:
        ++p_;
        break;
      case Class::kNewline:
        if (ends_statement_) {
          return Take(Kind::kSemicolon, p_ + 1, false);
        }
        ++p_;
        break;
      case Class::kSlash: {
        const Byte* end = PassComment(p_);
        if (end == p_ + 1) {
          return Take(Kind::kOther, end, false);
        }
        if (ends_statement_ && std::find(p_, end, '\n') != end) {
          return Take(Kind::kSemicolon, end, false);
        }
        p_ = end;
        break;
      }
      case Class::kWord: {
        const Token word = Take(Kind::kWord, PassWord(p_), true);
        ends_statement_ = !IsOpenKeyword(word.text);
        return word;
      }
      case Class::kDigit:
        return Take(Kind::kOther, PassNumber(p_), true);
      case Class::kQuote:
        return Take(Kind::kString, PassQuoted(p_, '"'), true);
      case Class::kRaw:
        return Take(Kind::kString, PassRaw(p_), true);
      case Class::kRune:
        return Take(Kind::kOther, PassQuoted(p_, '\''), true);
      case Class::kOpen:
        return Take(Kind::kOpen, p_ + 1, false);
      case Class::kClose:
        return Take(Kind::kClose, p_ + 1, true);
      case Class::kPlain:
        return Take(*p_ == ';' ? Kind::kSemicolon : Kind::kOther, p_ + 1, false);
    }
  }
  return Take(ends_statement_ ? Kind::kSemicolon : Kind::kEnd, end_, false);
}

void GoLexer::SkipBalanced() {
  const Byte* p = p_;
  for (size_t depth = 1; p < end_ && depth > 0;) {
    switch (kClasses[*p]) {
      case Class::kPlain:
      case Class::kBlank:
      case Class::kNewline:
        ++p;
        break;
      case Class::kWord: {
        const Byte* end = PassWord(p);
        if (end - p == 4 && std::memcmp(p, "func", 4) == 0 && IsNamedFunc(p)) {
          depth = 0;
          break;
        }
        p = end;
        break;
      }
      case Class::kDigit:
        p = PassNumber(p);
        break;
      case Class::kQuote:
        p = PassQuoted(p, '"');
        break;
      case Class::kRaw:
        p = PassRaw(p);
        break;
      case Class::kRune:
        p = PassQuoted(p, '\'');
        break;
      case Class::kSlash:
        p = PassComment(p);
        break;
      case Class::kOpen:
        ++depth;
        ++p;
        break;
      case Class::kClose:
        --depth;
        ++p;
        break;
    }
  }
  p_ = p;
  ends_statement_ = true;
}

}  // namespace windlass
