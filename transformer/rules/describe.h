#ifndef WINDLASS_TRANSFORMER_RULES_DESCRIBE_H_
#define WINDLASS_TRANSFORMER_RULES_DESCRIBE_H_

#include <string>
#include <string_view>

#include "transformer/rules/pack.h"

namespace windlass {

/// The rules of a family as a Markdown table: id, level, language, what it is about. It stands word
/// for word in the family's README.md.
std::string RuleTableMarkdown(const Pack& pack);

/// How a rule decides: "query", "query and logic", "logic over a file", "logic over the project".
std::string_view RuleKind(const Rule& rule);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_DESCRIBE_H_
