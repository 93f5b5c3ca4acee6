#include "transformer/text/regex.h"

#include <algorithm>

namespace windlass {

std::vector<size_t> MatchOffsets(const RE2& pattern, std::string_view bytes) {
  std::vector<size_t> offsets;
  const re2::StringPiece text(bytes.data(), bytes.size());
  re2::StringPiece match;
  for (size_t at = 0;
       at <= text.size() && pattern.Match(text, at, text.size(), RE2::UNANCHORED, &match, 1);) {
    offsets.push_back(static_cast<size_t>(match.data() - text.data()));
    at = offsets.back() + std::max<size_t>(match.size(), 1);
  }
  return offsets;
}

}  // namespace windlass
