#include "transformer/rules/native/table.h"

#include <algorithm>
#include <array>

namespace windlass {

namespace {

// The sole registration of native rules, sorted by name: {"unix_only", &UnixOnly},
constexpr auto kRows = std::to_array<NativeRule>({
    {"account_needs", &AccountNeeds},
    {"account_order", &AccountOrder},
    {"attribute_names", &AttributeNames},
    {"chmod_guard", &ChmodGuard},
    {"compare_errno", &CompareErrno},
    {"compare_newline", &CompareNewline},
    {"compose_partner", &ComposePartner},
    {"concat_to_join", &ConcatToJoin, &DecidingPlaces},
    {"convert_endings", &ConvertEndings},
    {"ending_conflicts", &EndingConflicts},
    {"escape_character", &EscapeCharacter},
    {"exec_form", &ExecForm},
    {"file_name", &FileName, &OpenedPlaces},
    {"image_programs", &ImagePrograms},
    {"last_error", &LastError},
    {"linux_stage", &LinuxStage},
    {"match_newline", &MatchNewline},
    {"measure_line", &MeasureLine},
    {"missing_declaration", &MissingDeclaration},
    {"mode_assert", &ModeAssert},
    {"mode_compare", &ModeCompare},
    {"native_to_slash", &NativeToSlash, &DecidingPlaces},
    {"open_file", &OpenFile},
    {"owner_change", &OwnerChange},
    {"path_lists", &PathLists},
    {"path_to_filepath", &PathToFilepath, &DecidingPlaces},
    {"secret_file", &SecretFile},
    {"secret_folders", &SecretFolders},
    {"setting_disagreement", &SettingDisagreement},
    {"setting_paths", &SettingPaths},
    {"silent_signal", &SilentSignal},
    {"slash_compare", &SlashCompare, &DecidingPlaces},
    {"split_lines", &SplitLines},
    {"sprintf_to_join", &SprintfToJoin, &DecidingPlaces},
    {"syscall_to_xsys", &SyscallToXsys},
    {"system_path", &SystemPath},
    {"test_constraint", &TestConstraint},
    {"time_zones", &TimeZones},
    {"trim_newline", &TrimNewline},
    {"unix_only", &UnixOnly},
    {"unix_program", &UnixProgram},
    {"utf16_pointer", &Utf16Pointer},
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
