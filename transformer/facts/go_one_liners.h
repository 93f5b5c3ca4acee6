#ifndef WINDLASS_TRANSFORMER_FACTS_GO_ONE_LINERS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_ONE_LINERS_H_

#include "transformer/syntax/tree.h"
#include "transformer/text/edit.h"

namespace windlass {

/// Edits that break the bodies of functions (`func f() { return x }`) that have become too long for
/// one line in gofmt's eyes: the outermost ones; what is within them may need another look.
EditSet BreakLongOneLiners(const Tree& tree);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_ONE_LINERS_H_
