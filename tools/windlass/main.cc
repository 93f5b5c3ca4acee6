#include <CLI/CLI.hpp>

#include "tools/windlass/commands.h"

int main(int argc, char** argv) {
  CLI::App app{windlass::kAbout, "windlass"};
  windlass::ExitCode code = windlass::ExitCode::kDone;
  windlass::AddCommands(&app, &code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return error.get_exit_code() == 0
               ? app.exit(error)
               : (app.exit(error), static_cast<int>(windlass::ExitCode::kUsage));
  }
  return static_cast<int>(code);
}
