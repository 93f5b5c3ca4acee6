#ifndef WINDLASS_TRANSFORMER_SYNTAX_QUERY_TEXT_H_
#define WINDLASS_TRANSFORMER_SYNTAX_QUERY_TEXT_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "transformer/syntax/language.h"

namespace windlass {

/// The text of a query, and how its faults are told.
struct QueryText {
  /// A word with its '@', '#', '?' or '!', a string with its quotes, or a sign.
  struct Token {
    std::string_view text;
    size_t offset;
  };

  Language language;
  std::string_view text;
  std::string_view origin;

  /// `origin:line:col: what` for the place at `offset`.
  absl::Status ErrorAt(size_t offset, std::string_view what) const;
  /// All tokens; blanks and comments are left out.
  std::vector<Token> Tokens() const;
};

/// Faults that tree-sitter would report less well: a bracket without its partner, and a field that
/// the grammar has not (which its runtime up to 0.25 answers with a leak).
absl::Status CheckQueryText(const QueryText& query);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_QUERY_TEXT_H_
