#ifndef WINDLASS_TRANSFORMER_TEXT_EDIT_H_
#define WINDLASS_TRANSFORMER_TEXT_EDIT_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "transformer/text/span.h"

namespace windlass {

/// Replaces the bytes of `span` by `text`; an empty span inserts, an empty text deletes.
struct Edit {
  Span span;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
  friend auto operator<=>(const Edit&, const Edit&) = default;
};

/// Edits of one file: sorted by place, disjoint, owning their text; applied entirely or not at all.
///
/// Two edits conflict when they replace a common byte and are not identical, or when one inserts
/// strictly inside what the other replaces. Touching is allowed. Insertions at one offset keep the
/// order in which they were added and stand before a replacement that begins there.
class EditSet {
 public:
  /// Adds one edit. An identical replacement or insertion merges with the one present.
  /// Fails with kAlreadyExists, and changes nothing, when `edit` conflicts.
  absl::Status Add(Edit edit);
  absl::Status Add(Span span, std::string_view text);

  /// Adds all of `other`, or, on any conflict, nothing and returns kAlreadyExists.
  absl::Status Merge(const EditSet& other);
  bool ConflictsWith(const EditSet& other) const;

  bool empty() const { return edits_.empty(); }
  size_t size() const { return edits_.size(); }
  std::span<const Edit> edits() const { return edits_; }

  /// `bytes` with all edits made, in one linear pass. Every span must lie within `bytes`.
  std::string Apply(std::string_view bytes) const;
  /// Where a byte of the original stands after Apply; a deleted byte maps to the edit's end.
  size_t MapOffset(size_t offset) const;

 private:
  std::vector<Edit> edits_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_EDIT_H_
