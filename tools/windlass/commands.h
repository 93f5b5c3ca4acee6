#ifndef WINDLASS_TOOLS_WINDLASS_COMMANDS_H_
#define WINDLASS_TOOLS_WINDLASS_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/windlass/terminal.h"
#include "transformer/driver/config.h"
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
  std::string level;  // empty: as configured
  std::vector<std::string> targets;
  std::vector<std::string> tags;
  int jobs = 0;
  bool quiet = false;
  std::string color = "auto";
  std::string config;  // path of a windlass.toml; empty: the nearest
  bool no_config = false;
};
/// Adds the shared flags to `command`; `flags` must outlive the parse.
void AddCommonFlags(CLI::App* command, CommonFlags* flags);
/// What a run needs to know beforehand.
struct Setup {
  Config config;
  Packs packs;
  RunOptions options;
};
/// Reads windlass.toml and the packs, and gives what `flags` ask for, which overrides what is
/// configured; kInvalidArgument for a value that is none.
absl::StatusOr<Setup> Prepare(const CommonFlags& flags, Terminal* terminal);
/// The first half of it: which configuration holds for `flags.dir`.
absl::StatusOr<Config> LoadConfig(const CommonFlags& flags);
/// The packs of the binary and those of the project around `dir`, with rules on, off and trusted as
/// configured.
absl::StatusOr<Packs> LoadAllPacks(const Config& config, const std::string& dir);
/// Prints the page of a family or rule; kInvalidArgument if there is none of that name.
absl::Status ShowFamilyOrRule(const Packs& packs, const std::string& name);
/// Prints `status` to standard error and gives the exit code for it.
ExitCode Fail(const absl::Status& status);

/// Adds every subcommand; running one stores its exit code in `code`.
void AddCommands(CLI::App* app, ExitCode* code);
void AddMigrate(CLI::App* app, ExitCode* code);
void AddCheck(CLI::App* app, ExitCode* code);
void AddConfig(CLI::App* app, ExitCode* code);
void AddTest(CLI::App* app, ExitCode* code);
void AddReview(CLI::App* app, ExitCode* code);
void AddRules(CLI::App* app, ExitCode* code);
void AddExplain(CLI::App* app, ExitCode* code);
void AddBuild(CLI::App* app, ExitCode* code);
void AddEol(CLI::App* app, ExitCode* code);
void AddUndo(CLI::App* app, ExitCode* code);

}  // namespace windlass

#endif  // WINDLASS_TOOLS_WINDLASS_COMMANDS_H_
