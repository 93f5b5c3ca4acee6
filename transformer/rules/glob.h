#ifndef WINDLASS_TRANSFORMER_RULES_GLOB_H_
#define WINDLASS_TRANSFORMER_RULES_GLOB_H_

#include <string>
#include <string_view>

namespace windlass {

/// An RE2 pattern for full matches of slash-separated paths by `glob`: `*` and `?` stay within one
/// element, `**` crosses elements, `[…]` and `{a,b}` as in a shell. A glob without a slash speaks
/// of the file's name wherever it lies; one with a slash of the whole path. Unbalanced brackets
/// stand for themselves.
std::string GlobToRegex(std::string_view glob);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_GLOB_H_
