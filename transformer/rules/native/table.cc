#include "transformer/rules/native/table.h"

#include <algorithm>
#include <array>

namespace windlass {

namespace {

// The sole registration of native rules, sorted by name: {"unix_only", &UnixOnly},
constexpr auto kRows = std::to_array<NativeRule>({
    {"account_order", &AccountOrder},
    {"attribute_names", &AttributeNames},
    {"compare_newline", &CompareNewline},
    {"concat_to_join", &ConcatToJoin, &MayDecidePaths},
    {"convert_endings", &ConvertEndings},
    {"ending_conflicts", &EndingConflicts},
    {"escape_character", &EscapeCharacter},
    {"exec_form", &ExecForm},
    {"image_programs", &ImagePrograms},
    {"linux_stage", &LinuxStage},
    {"match_newline", &MatchNewline},
    {"measure_line", &MeasureLine},
    {"missing_declaration", &MissingDeclaration},
    {"native_to_slash", &NativeToSlash, &MayDecidePaths},
    {"path_lists", &PathLists},
    {"path_to_filepath", &PathToFilepath, &MayDecidePaths},
    {"setting_disagreement", &SettingDisagreement},
    {"setting_paths", &SettingPaths},
    {"slash_compare", &SlashCompare, &MayDecidePaths},
    {"split_lines", &SplitLines},
    {"sprintf_to_join", &SprintfToJoin, &MayDecidePaths},
    {"syscall_to_xsys", &SyscallToXsys},
    {"test_constraint", &TestConstraint},
    {"trim_newline", &TrimNewline},
    {"unix_only", &UnixOnly},
    {"windows_overlay", &WindowsOverlay},
    {"windows_partner", &WindowsPartner},
    {"windows_pod", &WindowsPod},
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
