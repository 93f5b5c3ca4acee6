#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_

#include <span>

#include "transformer/rules/logic.h"

namespace windlass {

/// Every native rule, in the order of the table. FindNativeRule (logic.h) searches it by name.
std::span<const NativeRule> NativeRules();

// One declaration a rule: the function of `logic = "concat_to_join"` is ConcatToJoin, defined in
// rules/native/concat_to_join.cc.

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_
