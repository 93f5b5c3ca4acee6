// Reading build expressions: the grammars of Go's go/build/constraint, with its limits.

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "transformer/facts/build_expr.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// Letters beyond ASCII count without a look at Unicode's tables: no other sign of a build
/// expression is there.
bool IsTagByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

bool IsValidTag(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, IsTagByte);
}

/// Recursive descent; `token_` is the token read last, not yet used.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<BuildExpr> Parse() {
    WINDLASS_RETURN_IF_ERROR(Advance());
    WINDLASS_ASSIGN_OR_RETURN(BuildExpr x, ParseOr());
    if (!token_.empty()) {
      return Unexpected();
    }
    return x;
  }

 private:
  absl::Status ErrorAt(size_t offset, std::string_view what) const {
    return InvalidInput(
        absl::StrFormat("column %d: %s; write tags joined by &&, || and !, such as linux && !arm64",
                        offset + 1, what));
  }

  absl::Status Unexpected() const {
    return ErrorAt(begin_, token_.empty() ? std::string("unexpected end of the build expression")
                                          : Cat("unexpected `", token_, "`"));
  }

  absl::Status Advance() {
    size_t begin = begin_ + token_.size();
    while (begin < text_.size() && (text_[begin] == ' ' || text_[begin] == '\t')) {
      ++begin;
    }
    size_t end = begin;
    const std::string_view rest = text_.substr(begin);
    if (rest.starts_with("&&") || rest.starts_with("||")) {
      end += 2;
    } else if (rest.starts_with('(') || rest.starts_with(')') || rest.starts_with('!')) {
      end += 1;
    } else {
      end = static_cast<size_t>(std::find_if_not(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 text_.end(), IsTagByte) -
                                text_.begin());
      if (end == begin && !rest.empty()) {
        return ErrorAt(begin, Cat("unexpected `", rest.substr(0, 1), "`"));
      }
    }
    begin_ = begin;
    token_ = text_.substr(begin, end - begin);
    return absl::OkStatus();
  }

  absl::StatusOr<BuildExpr> ParseOr() {
    WINDLASS_ASSIGN_OR_RETURN(BuildExpr x, ParseAnd());
    while (token_ == "||") {
      WINDLASS_RETURN_IF_ERROR(Advance());
      WINDLASS_ASSIGN_OR_RETURN(BuildExpr y, ParseAnd());
      x = BuildExpr::Or(std::move(x), std::move(y));
    }
    return x;
  }

  absl::StatusOr<BuildExpr> ParseAnd() {
    WINDLASS_ASSIGN_OR_RETURN(BuildExpr x, ParseNot());
    while (token_ == "&&") {
      WINDLASS_RETURN_IF_ERROR(Advance());
      WINDLASS_ASSIGN_OR_RETURN(BuildExpr y, ParseNot());
      x = BuildExpr::And(std::move(x), std::move(y));
    }
    return x;
  }

  absl::StatusOr<BuildExpr> ParseNot() {
    // Go's own limit; it also bounds the depth of this recursion.
    constexpr int kMaxSize = 1000;
    if (++size_ > kMaxSize) {
      return ErrorAt(begin_, "the build expression is too large");
    }
    if (token_ != "!") {
      return ParseAtom();
    }
    WINDLASS_RETURN_IF_ERROR(Advance());
    if (token_ == "!") {
      return ErrorAt(begin_, "double negation is not allowed");
    }
    WINDLASS_ASSIGN_OR_RETURN(BuildExpr x, ParseAtom());
    return BuildExpr::Not(std::move(x));
  }

  absl::StatusOr<BuildExpr> ParseAtom() {
    if (token_ == "(") {
      const size_t open = begin_;
      WINDLASS_RETURN_IF_ERROR(Advance());
      WINDLASS_ASSIGN_OR_RETURN(BuildExpr x, ParseOr());
      if (token_ != ")") {
        return ErrorAt(open, "this parenthesis is not closed");
      }
      WINDLASS_RETURN_IF_ERROR(Advance());
      return x;
    }
    if (!IsValidTag(token_)) {
      return Unexpected();
    }
    BuildExpr x = BuildExpr::Tag(token_);
    WINDLASS_RETURN_IF_ERROR(Advance());
    return x;
  }

  std::string_view text_;
  std::string_view token_;
  size_t begin_ = 0;
  int size_ = 0;
};

/// One literal of a +build line: [!]tag; what is malformed is never true there, as `ignore` is not.
BuildExpr ParseLiteral(std::string_view literal) {
  if (literal.starts_with("!!") || literal == "!") {
    return BuildExpr::Tag("ignore");
  }
  const bool negated = literal.starts_with('!');
  literal.remove_prefix(negated ? 1 : 0);
  BuildExpr x = BuildExpr::Tag(IsValidTag(literal) ? literal : "ignore");
  return negated ? BuildExpr::Not(std::move(x)) : x;
}

}  // namespace

absl::StatusOr<BuildExpr> BuildExpr::Parse(std::string_view text) {
  return Parser(text).Parse();
}

absl::StatusOr<BuildExpr> BuildExpr::ParsePlusBuild(std::string_view text) {
  constexpr int kMaxOperators = 100;  // Go's own limit
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  int operators = -1;
  std::optional<BuildExpr> any;
  for (size_t begin = text.find_first_not_of(kSpace); begin < text.size();) {
    const size_t end = std::min(text.find_first_of(kSpace, begin), text.size());
    BuildExpr all;
    for (size_t part = begin; part <= end;) {
      const size_t comma = std::min(text.find(',', part), end);
      all = And(std::move(all), ParseLiteral(text.substr(part, comma - part)));
      part = comma + 1;
      ++operators;
    }
    any = any ? Or(*std::move(any), std::move(all)) : std::move(all);
    begin = text.find_first_not_of(kSpace, end);
  }
  if (operators > kMaxOperators) {
    return InvalidInput("column 1: too complex for a +build line; use //go:build");
  }
  return any.value_or(Tag("ignore"));
}

}  // namespace windlass
