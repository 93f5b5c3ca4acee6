#include "transformer/facts/go_parts.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "transformer/facts/go_lexer.h"
#include "transformer/text/words.h"

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

using Words = absl::flat_hash_set<std::string_view>;

void AddWords(std::string_view text, Words* words) {
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t begin = at;
    while (at < text.size() && IsWordByte(text[at])) {
      ++at;
    }
    if (at > begin) {
      words->insert(text.substr(begin, at - begin));
    }
  }
}

void SortOnce(std::vector<size_t>* indexes) {
  std::ranges::sort(*indexes);
  indexes->erase(std::unique(indexes->begin(), indexes->end()), indexes->end());
}

/// Whether no blank line comes between what `before` ends with and the line that follows it,
/// comments right above that line aside.
bool FollowsClosely(std::string_view before) {
  while (!before.empty()) {
    before.remove_suffix(before.size() - before.rfind('\n') - 1);  // npos + 1 is 0
    if (before.empty()) {
      break;
    }
    before.remove_suffix(1);
    const size_t text = before.find_first_not_of(" \t\r", before.rfind('\n') + 1);
    if (text == std::string_view::npos) {
      return false;
    }
    if (!before.substr(text).starts_with("//")) {
      return true;
    }
  }
  return false;
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

std::vector<size_t> PartsMentioning(const std::vector<GoPart>& parts, std::string_view bytes,
                                    std::span<const std::string_view> names) {
  std::vector<size_t> found;
  for (const std::string_view name : names) {
    for (size_t at = FindWord(bytes, name, 0); at != std::string_view::npos;) {
      const size_t part = PartAt(parts, at);
      if (part != 0) {
        found.push_back(part);
      }
      at = FindWord(bytes, name, parts[part].span.end);  // once is enough
    }
  }
  SortOnce(&found);
  return found;
}

std::vector<size_t> WithSpeakers(const std::vector<GoPart>& parts, std::string_view bytes,
                                 const GoSkim& skim, std::vector<size_t> chosen, size_t max_size) {
  SortOnce(&chosen);
  std::vector<std::string_view> names;
  for (const GoSkim::Decl& decl : skim.decls) {
    const size_t part = PartAt(parts, decl.offset);
    if (parts[part].kind != GoPart::Kind::kFunc && parts[part].span.size() <= max_size &&
        std::ranges::binary_search(chosen, part)) {
      names.push_back(decl.name);
    }
  }
  const std::vector<size_t> speakers = PartsMentioning(parts, bytes, names);
  chosen.insert(chosen.end(), speakers.begin(), speakers.end());
  SortOnce(&chosen);
  return chosen;
}

std::vector<size_t> WithMentioned(const std::vector<GoPart>& parts, std::string_view bytes,
                                  const GoSkim& skim, std::vector<size_t> chosen, size_t max_size) {
  std::vector<bool> taken(parts.size());
  Words words;
  const auto take = [&](size_t part) {
    taken[part] = true;
    AddWords(bytes.substr(parts[part].span.begin, parts[part].span.size()), &words);
  };
  std::ranges::for_each(chosen, take);
  for (bool more = !chosen.empty(); more;) {
    more = false;
    for (const GoSkim::Decl& decl : skim.decls) {
      const size_t part = PartAt(parts, decl.offset);
      if (!taken[part] && parts[part].kind != GoPart::Kind::kFunc &&
          parts[part].span.size() <= max_size && words.contains(decl.name)) {
        take(part);
        more = true;
      }
    }
  }
  chosen.clear();
  for (size_t part = 0; part < parts.size(); ++part) {
    if (taken[part]) {
      chosen.push_back(part);
    }
  }
  return chosen;
}

std::vector<size_t> PartsAround(const std::vector<GoPart>& parts, std::string_view bytes,
                                std::span<const Span> spans) {
  std::vector<bool> taken(parts.size());
  for (const Span& span : spans) {
    for (size_t part = PartAt(parts, span.begin); part <= PartAt(parts, span.end); ++part) {
      taken[part] = true;
    }
  }
  std::vector<bool> follows(parts.size());
  for (size_t part = 1; part < parts.size(); ++part) {
    follows[part] = FollowsClosely(bytes.substr(0, parts[part].span.begin));
    taken[part] = taken[part] || (follows[part] && taken[part - 1]);
  }
  std::vector<size_t> chosen;
  for (size_t part = parts.size(); part-- > 1;) {
    if (taken[part]) {
      chosen.push_back(part);
      taken[part - 1] = taken[part - 1] || follows[part];
    }
  }
  std::ranges::reverse(chosen);
  return chosen;
}

std::vector<Span> SpansOf(const std::vector<GoPart>& parts, std::span<const size_t> chosen) {
  std::vector<Span> spans = {parts[0].span};
  for (const size_t part : chosen) {
    if (const Span span = parts[part].span; part != 0 && spans.back().end == span.begin) {
      spans.back().end = span.end;
    } else if (part != 0) {
      spans.push_back(span);
    }
  }
  return spans;
}

}  // namespace windlass
