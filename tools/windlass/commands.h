#ifndef WINDLASS_TOOLS_WINDLASS_COMMANDS_H_
#define WINDLASS_TOOLS_WINDLASS_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/windlass/terminal.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"

namespace windlass {

extern const char* const kAbout;

/// What the process says to its caller (DESIGN §6).
enum class ExitCode { kDone = 0, kFindings = 1, kUsage = 2, kFailed = 3 };

/// Flags that several subcommands share.
struct CommonFlags {
  std::string dir = ".";
  std::vector<std::string> only;
  std::string level = "review";
  std::vector<std::string> targets;
  int jobs = 0;
  bool quiet = false;
  std::string color = "auto";
};
/// Adds the shared flags to `command`; `flags` must outlive the parse.
void AddCommonFlags(CLI::App* command, CommonFlags* flags);
/// The options of a run that `flags` ask for; kInvalidArgument for a value that is none.
absl::StatusOr<RunOptions> OptionsFrom(const CommonFlags& flags, Terminal* terminal);
/// The packs of the binary.
absl::StatusOr<Packs> LoadAllPacks();
/// Prints `status` to standard error and gives the exit code for it.
ExitCode Fail(const absl::Status& status);

/// Adds every subcommand; running one stores its exit code in `code`.
void AddCommands(CLI::App* app, ExitCode* code);
void AddMigrate(CLI::App* app, ExitCode* code);
void AddCheck(CLI::App* app, ExitCode* code);
void AddRules(CLI::App* app, ExitCode* code);
void AddBuild(CLI::App* app, ExitCode* code);
void AddEol(CLI::App* app, ExitCode* code);
void AddUndo(CLI::App* app, ExitCode* code);

}  // namespace windlass

#endif  // WINDLASS_TOOLS_WINDLASS_COMMANDS_H_
