#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_YAML_EDIT_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_YAML_EDIT_H_

#include <string_view>
#include <vector>

#include "transformer/facts/yaml_view.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// Changes of single pairs of a YAML document in block or flow style: every byte that is not of the
/// pair stays, comments, anchors and line ends too. Each function gives `finding` a fix, or a
/// refusal where something else would change with it: `comment-inside`, and `code-inside` where the
/// place is anchored and its aliases lie outside of `owner`.

/// Takes out `pair`, a pair of a mapping. `going` are all the pairs that findings take out; where
/// no other is left in its mapping, the pair that holds the mapping goes.
void RemoveYamlPair(Node pair, const std::vector<Node>& going, Node owner, Finding* finding);

/// Puts `key: value` first in `map`; a value with a `key: ` of its own becomes a mapping.
void InsertYamlPair(const YamlValue& map, std::string_view key, std::string_view value, Node owner,
                    Finding* finding);

/// Puts `text` in the place of `node`, a scalar, a mapping or a key.
void ReplaceYaml(Node node, std::string_view text, Node owner, Finding* finding);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_YAML_EDIT_H_
