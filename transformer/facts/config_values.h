#ifndef WINDLASS_TRANSFORMER_FACTS_CONFIG_VALUES_H_
#define WINDLASS_TRANSFORMER_FACTS_CONFIG_VALUES_H_

#include <string>
#include <vector>

#include "transformer/syntax/tree.h"

namespace windlass {

/// A text in a file of settings and the keys that lead to it. Elements of lists have the key of
/// their list.
struct ConfigValue {
  std::vector<std::string> keys;  // outermost first, as written
  std::string text;               // unquoted
  Span span;                      // of the value as written
};

/// Every text of a YAML, JSON, TOML or dotenv tree, in the order of the file; of YAML the first
/// document. Aliases count where they stand.
std::vector<ConfigValue> ReadConfig(const Tree& tree);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_CONFIG_VALUES_H_
