#include "transformer/rules/native/table.h"

#include <algorithm>
#include <initializer_list>

namespace windlass {

namespace {

// The sole registration of native rules, sorted by name: {"concat_to_join", &ConcatToJoin},
constexpr std::initializer_list<NativeRule> kRows = {};

}  // namespace

std::span<const NativeRule> NativeRules() {
  return {kRows.begin(), kRows.size()};
}

const NativeRule* FindNativeRule(std::string_view name) {
  const auto* row = std::ranges::find(kRows, name, &NativeRule::name);
  return row == kRows.end() ? nullptr : row;
}

}  // namespace windlass
