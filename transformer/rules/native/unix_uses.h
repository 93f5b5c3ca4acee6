#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_USES_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_USES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/availability.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/native/package_view.h"

namespace windlass {

/// One place that names something of a package outside the project which some targets lack.
struct UnixUse {
  Node node;         // selector_expression, qualified_type, or the name of a field
  std::string what;  // "syscall.Kill", "syscall.SysProcAttr.Setpgid"
  std::string_view path;
  std::string_view name;
  TargetSet lacking = 0;
};

/// False: no use of that kind can be in `file` as far as `targets_of_file` go. Reads the file's
/// bytes but does not parse them.
bool MayHaveUnixUses(const ProjectFile& file, const Project& project, const Availability& available,
                     TargetSet targets_of_file);

/// Those of `unit` that are missing on some of `targets_of_file`, in order.
std::vector<UnixUse> UnixUsesOf(const PackageUnit& unit, const Availability& available,
                                const Project& project, TargetSet targets_of_file);

/// How one use is made portable without moving anything.
struct UseReplacement {
  Span span;
  std::string text;         // `@` stands for the package's name in the file
  std::string import_path;  // of that package; "winport" for the helper package
  Level level = Level::kSafe;
  std::string reason;
  /// Templates of the helper package, without suffix: "kill" stands for kill_unix.go and
  /// kill_windows.go.
  std::string helper;
};
std::optional<UseReplacement> ReplacementFor(const UnixUse& use, const PackageUnit& unit,
                                             const Availability& available,
                                             std::span<const Target> targets);

/// Adds those files of the helper `helper` ("kill") that the module lacks to `fix`.
void AddHelper(std::string_view helper, const GoModule& module, SharedFacts& shared, Fix* fix);
/// The import path of the helper package in `module`.
std::string HelperImport(const GoModule& module, const Project& project);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_USES_H_
