#ifndef WINDLASS_TRANSFORMER_TEXT_REGEX_H_
#define WINDLASS_TRANSFORMER_TEXT_REGEX_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "re2/re2.h"

namespace windlass {

/// Where `pattern` matches in `bytes`, in bytes from their start, ascending; matches do not
/// overlap.
std::vector<size_t> MatchOffsets(const RE2& pattern, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_REGEX_H_
