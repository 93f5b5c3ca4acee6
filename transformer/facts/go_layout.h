#ifndef WINDLASS_TRANSFORMER_FACTS_GO_LAYOUT_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_LAYOUT_H_

#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "transformer/syntax/tree.h"
#include "transformer/text/span.h"

namespace windlass {

/// A token or a comment of a Go file, with the lines (1-based) it begins and ends on.
struct GoToken {
  Span span;
  size_t first_line;
  size_t last_line;
  bool is_comment;
};

/// Every token and comment of the tree in order; strings count as one.
std::vector<GoToken> GoTokens(const Tree& tree);

/// What gofmt's printer tells its tab writer, as far as it depends on the syntax. Offsets are those
/// of the token behind the place in question.
struct GoLayout {
  /// Line breaks that end a section of aligned lines; all others let columns go on.
  absl::flat_hash_set<size_t> section_breaks;
  /// How many cells end before a token: a column begins there. A cell may be empty. None: one blank
  /// stands where, but for a line break somewhere, a cell might have ended.
  absl::flat_hash_map<size_t, int> cell_ends;
  /// The same for a comment at the end of a line, by the end of the token before it, where it is
  /// not the one cell that any such comment ends.
  absl::flat_hash_map<size_t, int> cell_ends_before_comment;
};

/// Derives the layout of a gofmt-clean file from its tree.
GoLayout DeriveGoLayout(const Tree& tree);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_LAYOUT_H_
