#ifndef WINDLASS_TRANSFORMER_RULES_NAMES_H_
#define WINDLASS_TRANSFORMER_RULES_NAMES_H_

#include <span>
#include <string>
#include <string_view>

namespace windlass {

/// The member of `known` that somebody who wrote `name` most likely meant, or empty if none is
/// near. Of equally near ones the first.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> known);

/// What to do about a wrong `name`: "did you mean `x`?" where one is near, else "one of a, b, c".
std::string NameHint(std::string_view name, std::span<const std::string_view> known);

/// True for what a family, and a rule within it, may be called: lower-case letters, digits and
/// hyphens, a letter first.
bool IsPackName(std::string_view name);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NAMES_H_
