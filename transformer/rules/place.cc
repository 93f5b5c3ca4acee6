#include "transformer/rules/place.h"

#include <algorithm>

#include "transformer/text/strings.h"

namespace windlass {

std::string Place::At(std::string_view text, size_t offset) const {
  const std::string_view before = text.substr(0, offset);
  const auto newlines = static_cast<size_t>(std::ranges::count(before, '\n'));
  const size_t at_column =
      newlines == 0 ? column + before.size() : before.size() - before.rfind('\n');
  return Cat(path, ":", std::to_string(line + newlines), ":", std::to_string(at_column));
}

absl::Status Place::Error(std::string_view what) const {
  return InvalidInput(Cat(ToString(), ": ", what));
}

}  // namespace windlass
