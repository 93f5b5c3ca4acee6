#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_EXPLAIN_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_EXPLAIN_H_

#include <string>
#include <vector>

#include "transformer/rules/native/path_domain.h"

namespace windlass {

/// The domain of an expression; of one that answers a question (HasPrefix, ==) or takes something
/// apart (Base, Split), that of what is examined.
Verdict JudgeExpression(const PathScene& scene, Node node);

/// What `windlass explain FILE:LINE` says of the places on a line (1-based) where the rules on
/// paths have something to decide: a line of text each, then its evidence, indented, from the value
/// to the witness.
std::vector<std::string> ExplainPlace(const FileContext& context, SharedFacts& shared, size_t line);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_EXPLAIN_H_
