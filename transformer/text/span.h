#ifndef WINDLASS_TRANSFORMER_TEXT_SPAN_H_
#define WINDLASS_TRANSFORMER_TEXT_SPAN_H_

#include <compare>
#include <cstddef>

namespace windlass {

/// Half-open range of byte offsets within one SourceFile: `begin <= end <= size of the file`.
/// An empty span is a place between two bytes.
struct Span {
  size_t begin = 0;
  size_t end = 0;

  size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool Contains(size_t offset) const { return begin <= offset && offset < end; }
  bool Contains(Span other) const { return begin <= other.begin && other.end <= end; }
  /// True if the two share at least one byte; touching spans do not overlap.
  bool Overlaps(Span other) const { return begin < other.end && other.begin < end; }

  friend auto operator<=>(const Span&, const Span&) = default;
};

/// A place as people count: line and column start at 1, the column counts bytes.
struct Position {
  size_t line = 1;
  size_t column = 1;

  friend auto operator<=>(const Position&, const Position&) = default;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_SPAN_H_
