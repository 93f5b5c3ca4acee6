#include "transformer/facts/go_parts.h"

#include <algorithm>
#include <optional>

#include "transformer/facts/go_lexer.h"

namespace windlass {
namespace {

using TokenKind = GoLexer::Kind;

std::optional<GoPart::Kind> KindOf(const GoLexer::Token& token) {
  return token.Is("func")    ? std::optional(GoPart::Kind::kFunc)
         : token.Is("type")  ? std::optional(GoPart::Kind::kType)
         : token.Is("const") ? std::optional(GoPart::Kind::kConst)
         : token.Is("var")   ? std::optional(GoPart::Kind::kVar)
                             : std::nullopt;
}

/// Goes to the end of the declaration whose first word was read last.
void PassDeclaration(GoLexer* lexer) {
  for (GoLexer::Token token = lexer->Next();
       token.kind != TokenKind::kSemicolon && token.kind != TokenKind::kEnd;
       token = lexer->Next()) {
    if (lexer->IsNamedFunc(token)) {
      lexer->Unread(token);
      return;
    }
    if (token.kind == TokenKind::kOpen) {
      lexer->SkipBalanced();
    }
  }
}

}  // namespace

std::vector<GoPart> SplitGo(std::string_view bytes) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  std::vector<GoPart> parts(1);
  GoLexer lexer(bytes, bytes.starts_with(kBom) ? kBom.size() : 0);
  for (GoLexer::Token token = lexer.Next(); token.kind != TokenKind::kEnd; token = lexer.Next()) {
    const std::optional<GoPart::Kind> kind = KindOf(token);
    if (token.kind == TokenKind::kSemicolon) {
      continue;
    }
    if (kind && token.kind == TokenKind::kWord) {
      parts.back().span.end = lexer.OffsetOf(token);
      parts.push_back({*kind, {lexer.OffsetOf(token), bytes.size()}});
    } else {
      lexer.Unread(token);
    }
    PassDeclaration(&lexer);
  }
  parts.back().span.end = bytes.size();
  return parts;
}

size_t PartAt(const std::vector<GoPart>& parts, size_t offset) {
  const auto after = std::ranges::upper_bound(parts, offset, {},
                                              [](const GoPart& part) { return part.span.begin; });
  return after == parts.begin() ? 0 : static_cast<size_t>(after - parts.begin()) - 1;
}

}  // namespace windlass
