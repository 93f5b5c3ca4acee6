#ifndef WINDLASS_TRANSFORMER_RULES_VARIABLES_H_
#define WINDLASS_TRANSFORMER_RULES_VARIABLES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "transformer/rules/logic.h"

namespace windlass {

/// The names that templates may use beside captures: "module", "package", …, sorted. No capture may
/// be called like one of them.
std::span<const std::string_view> VariableNames();

/// The value of a variable in a file; nullopt if the file has none (`@module` outside any module)
/// or the name is unknown.
std::optional<std::string> VariableValue(std::string_view name, const FileContext& context);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_VARIABLES_H_
