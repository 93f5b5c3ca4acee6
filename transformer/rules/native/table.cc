#include "transformer/rules/native/table.h"

#include <algorithm>
#include <array>

namespace windlass {

namespace {

// The sole registration of native rules, sorted by name: {"concat_to_join", &ConcatToJoin},
constexpr auto kRows = std::to_array<NativeRule>({
    {"compare_newline", &CompareNewline},
    {"concat_to_join", &ConcatToJoin},
    {"convert_endings", &ConvertEndings},
    {"match_newline", &MatchNewline},
    {"measure_line", &MeasureLine},
    {"missing_declaration", &MissingDeclaration},
    {"native_to_slash", &NativeToSlash},
    {"path_to_filepath", &PathToFilepath},
    {"slash_compare", &SlashCompare},
    {"split_lines", &SplitLines},
    {"sprintf_to_join", &SprintfToJoin},
    {"syscall_to_xsys", &SyscallToXsys},
    {"test_constraint", &TestConstraint},
    {"trim_newline", &TrimNewline},
    {"unix_only", &UnixOnly},
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
