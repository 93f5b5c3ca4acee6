#ifndef WINDLASS_TRANSFORMER_PATCH_LINE_RANGES_H_
#define WINDLASS_TRANSFORMER_PATCH_LINE_RANGES_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace windlass {

/// Lines from `first` to `last`, both of them, counted from 1.
struct LineRange {
  size_t first = 1;
  size_t last = 1;

  friend bool operator==(const LineRange&, const LineRange&) = default;
};

/// The lines of `after` that a diff from `before` shows, with that many lines of context, in order.
std::vector<LineRange> ChangedRanges(std::string_view before, std::string_view after,
                                     size_t context_lines);

/// True if one of `ranges` holds all lines from `first` to `last`.
bool Holds(const std::vector<LineRange>& ranges, size_t first, size_t last);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_LINE_RANGES_H_
