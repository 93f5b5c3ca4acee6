#ifndef WINDLASS_TRANSFORMER_FACTS_GO_SPACING_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_SPACING_H_

#include <vector>

#include "transformer/syntax/tree.h"
#include "transformer/text/span.h"

namespace windlass {

/// What gofmt writes between two tokens of one line where that depends on what is around: beside a
/// binary operator, and beside the colons of a slice.
struct GoBlank {
  Span gap;     // from one token to the next; may be empty
  bool wanted;  // one blank, or none
  bool clean;   // whether the gap is so already
};

/// All such gaps below `node`, which is printed at `depth` if it is an expression, in the order of
/// the source. Gaps that hold a comment or a line break are left out.
std::vector<GoBlank> GoBlanks(Node node, int depth = 1);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_SPACING_H_
