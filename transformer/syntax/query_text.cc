#include "transformer/syntax/query_text.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_format.h"
#include "transformer/syntax/grammar.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::string_view kWord =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.@#?!";

/// The end of the string that begins at `begin`, behind its quote if there is one.
size_t StringEnd(std::string_view text, size_t begin) {
  size_t i = begin + 1;
  while (i < text.size() && text[i] != '"') {
    i += text[i] == '\\' ? 2 : 1;
  }
  return std::min(i + 1, text.size());
}

/// The bracket that `close` answers, or NUL.
char Partner(std::string_view close) {
  return close == ")" ? '(' : close == "]" ? '[' : '\0';
}

}  // namespace

absl::Status QueryText::ErrorAt(size_t offset, std::string_view what) const {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::ranges::count(before, '\n');
  const size_t column = offset - (before.rfind('\n') + 1) + 1;
  return InvalidInput(absl::StrFormat("%s:%d:%d: %s", origin, line, column, what));
}

std::vector<QueryText::Token> QueryText::Tokens() const {
  std::vector<Token> tokens;
  size_t end = 0;
  for (size_t i = 0; i < text.size(); i = end) {
    if (kBlank.find(text[i]) != std::string_view::npos) {
      end = i + 1;
      continue;
    }
    if (text[i] == ';') {
      end = std::min(text.find('\n', i), text.size());
      continue;
    }
    if (text[i] == '"') {
      end = StringEnd(text, i);
    } else {
      end = std::min(std::max(text.find_first_not_of(kWord, i), i + 1), text.size());
    }
    tokens.push_back({text.substr(i, end - i), i});
  }
  return tokens;
}

absl::Status CheckQueryText(const QueryText& query) {
  const std::vector<QueryText::Token> tokens = query.Tokens();
  std::vector<QueryText::Token> open;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const auto& [text, offset] = tokens[i];
    if (text == "(" || text == "[") {
      open.push_back(tokens[i]);
    } else if (const char partner = Partner(text); partner != '\0') {
      if (open.empty() || open.back().text.front() != partner) {
        return query.ErrorAt(offset, Cat("this ", text, " closes nothing; remove it"));
      }
      open.pop_back();
    } else if (text == ":" && i > 0) {
      const auto& [field, field_offset] = tokens[i - 1];
      if (ts_language_field_id_for_name(GrammarOf(query.language), field.data(),
                                        static_cast<uint32_t>(field.size())) == 0) {
        return query.ErrorAt(field_offset,
                             Cat("the grammar of ", LanguageName(query.language), " has no field `",
                                 field, "`; see its node-types.json"));
      }
    }
  }
  if (!open.empty()) {
    return query.ErrorAt(open.back().offset, Cat("this ", open.back().text, " is not closed"));
  }
  return absl::OkStatus();
}

}  // namespace windlass
