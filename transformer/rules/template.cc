#include "transformer/rules/template.h"

#include "transformer/text/strings.h"

namespace windlass {

namespace {

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

Template Template::Literal(std::string_view text) {
  Template result;
  if (!text.empty()) {
    result.pieces_.push_back({false, std::string(text), 0});
  }
  return result;
}

absl::StatusOr<Template> Template::Parse(std::string_view text, std::string_view origin) {
  return ParseAt(text, Place{std::string(origin)});
}

absl::StatusOr<Template> Template::ParseAt(std::string_view text, const Place& place) {
  Template result;
  std::string literal;
  for (size_t i = 0; i < text.size();) {
    if (text[i] != '@') {
      literal += text[i++];
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == '@') {
      literal += '@';
      i += 2;
      continue;
    }
    const bool braced = i + 1 < text.size() && text[i + 1] == '{';
    const size_t begin = i + (braced ? 2 : 1);
    size_t end = begin;
    if (braced) {
      end = text.find_first_of("}\n", begin);
      end = end == std::string_view::npos ? text.size() : end;
    } else {
      while (end < text.size() && IsNameByte(text[end])) {
        ++end;
      }
    }
    if (end == begin || (braced && (end == text.size() || text[end] != '}'))) {
      return InvalidInput(Cat(place.At(text, i), ": `@` begins no hole; write @name, @{name}, ",
                              "or @@ for an at sign"));
    }
    if (!literal.empty()) {
      result.pieces_.push_back({false, std::move(literal), 0});
      literal.clear();
    }
    result.pieces_.push_back({true, std::string(text.substr(begin, end - begin)), i});
    i = end + (braced ? 1 : 0);
  }
  if (!literal.empty()) {
    result.pieces_.push_back({false, std::move(literal), 0});
  }
  return result;
}

std::vector<Template::Hole> Template::Holes() const {
  std::vector<Hole> holes;
  for (const Piece& piece : pieces_) {
    if (piece.hole) {
      holes.push_back({piece.text, piece.offset});
    }
  }
  return holes;
}

std::optional<std::string> Template::Expand(const Lookup& lookup) const {
  std::optional<Expansion> expansion = ExpandWithHoles(lookup);
  return expansion ? std::optional(std::move(expansion->text)) : std::nullopt;
}

std::optional<Template::Expansion> Template::ExpandWithHoles(const Lookup& lookup) const {
  Expansion out;
  for (const Piece& piece : pieces_) {
    if (!piece.hole) {
      out.text += piece.text;
      continue;
    }
    const std::optional<std::string> value = lookup(piece.text);
    if (!value) {
      return std::nullopt;
    }
    out.holes.push_back({out.text.size(), out.text.size() + value->size()});
    out.text += *value;
  }
  return out;
}

}  // namespace windlass
