#ifndef WINDLASS_TRANSFORMER_FACTS_GO_COLUMNS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_COLUMNS_H_

#include <vector>

#include "transformer/syntax/tree.h"
#include "transformer/text/span.h"

namespace windlass {

/// A run of blanks by which gofmt aligns what follows: between two tokens of one line, or before a
/// comment at its end.
struct GoPadding {
  Span gap;
  size_t width;       // blanks that gofmt would write
  bool clean;         // whether that is what stands there
  size_t first_line;  // of the section whose lines decide the width
  size_t last_line;
};

/// Every padding of the file, in order. The widths are gofmt's if all else in the file is.
std::vector<GoPadding> GoPaddings(const Tree& tree);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_COLUMNS_H_
