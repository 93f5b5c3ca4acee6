#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_LISTS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_LISTS_H_

#include "transformer/rules/native/path_domain.h"

namespace windlass {

/// Whether an expression is, or a question about a text is about, a PATH-like list that the code
/// takes apart or puts together at ':'. Not a list: `domain` is kUnknown.
Verdict JudgeList(const PathScene& scene, Node node);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_LISTS_H_
