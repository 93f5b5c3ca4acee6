#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tools/windlass/commands.h"
#include "transformer/driver/journal.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

absl::Status RunUndo(const std::string& dir, bool quiet) {
  WINDLASS_ASSIGN_OR_RETURN(const std::vector<std::string> paths, UndoApply(dir));
  if (!quiet) {
    for (const std::string& path : paths) {
      std::printf("%s\n", path.c_str());
    }
    std::printf("took back %zu files\n", paths.size());
  }
  return absl::OkStatus();
}

}  // namespace

void AddUndo(CLI::App* app, ExitCode* code) {
  auto dir = std::make_shared<std::string>(".");
  auto quiet = std::make_shared<bool>(false);
  CLI::App* command = app->add_subcommand(
      "undo", "Take back the last migrate --apply, or one that was interrupted, file by file");
  command->add_option("DIR", *dir, "Folder that the series was applied to");
  command->add_flag("-q,--quiet", *quiet, "Print nothing");
  command->footer(
      "A file that was changed since the --apply stops it: nothing is undone then. The record "
      "lies\n"
      "in the git directory; each --apply replaces that of the one before.");
  command->callback([dir, quiet, code] {
    const absl::Status status = RunUndo(*dir, *quiet);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
