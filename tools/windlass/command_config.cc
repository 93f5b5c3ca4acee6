#include <cstdio>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

absl::Status ShowConfig(const CommonFlags& flags) {
  Terminal quiet(true);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(flags, &quiet));
  Config config = setup.config;
  StringMap<std::string> overrides;
  if (!flags.level.empty()) {
    config.level = setup.options.level;
    overrides["level"] = "--level";
  }
  if (!flags.targets.empty()) {
    config.targets = setup.options.targets;
    overrides["targets"] = "--targets";
  }
  if (!flags.tags.empty()) {
    config.tags = flags.tags;
    overrides["tags"] = "--tags";
  }
  std::fputs(DescribeConfig(config, overrides).c_str(), stdout);
  return absl::OkStatus();
}

}  // namespace

void AddConfig(CLI::App* app, ExitCode* code) {
  CLI::App* command = app->add_subcommand("config", "Show what is configured (windlass.toml)");
  command->require_subcommand(1);
  auto flags = std::make_shared<CommonFlags>();
  CLI::App* show =
      command->add_subcommand("show", "Every setting and where it came from; checks windlass.toml");
  AddCommonFlags(show, flags.get());
  show->callback([flags, code] {
    const absl::Status status = ShowConfig(*flags);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
