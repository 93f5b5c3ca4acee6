#include "transformer/rules/native/table.h"

#include <algorithm>
#include <array>

namespace windlass {

namespace {

// The sole registration of native rules, sorted by name: {"concat_to_join", &ConcatToJoin},
constexpr auto kRows = std::to_array<NativeRule>({
    {"convert_endings", &ConvertEndings},
    {"missing_declaration", &MissingDeclaration},
    {"write_git_attributes", &WriteGitAttributes},
});

}  // namespace

std::span<const NativeRule> NativeRules() {
  return kRows;
}

const NativeRule* FindNativeRule(std::string_view name) {
  const auto* row = std::ranges::find(kRows, name, &NativeRule::name);
  return row == kRows.end() ? nullptr : row;
}

}  // namespace windlass
