#ifndef WINDLASS_TRANSFORMER_FACTS_GO_VALUES_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_VALUES_H_

#include "transformer/facts/go_file.h"

namespace windlass {

/// The expression that the constant or variable which `identifier` means begins with, if it is
/// declared in this file with one value of its own; null for anything else. A variable may get
/// other values later.
Node GoInitialValue(Node identifier, const GoFile& file);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_VALUES_H_
