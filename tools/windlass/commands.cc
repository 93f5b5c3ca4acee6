#include "tools/windlass/commands.h"

#include <cstdio>
#include <map>
#include <memory>
#include <utility>

#include "transformer/driver/project_packs.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {

const char* const kAbout =
    "windlass hauls Go services onto Windows Server containers: it finds what "
    "breaks there\n"
    "and writes patches that a reviewer would merge.\n\n"
    "  windlass check .                 see what it would say\n"
    "  windlass migrate . -o patches    write the patch series; then: git am "
    "patches/*.patch\n"
    "  windlass rules show paths/join  why a rule exists, before and after, "
    "when it refuses";

void AddCommonFlags(CLI::App* command, CommonFlags* flags) {
  command->add_option("DIR", flags->dir, "Folder (or one file) to look at")->default_str(".");
  command
      ->add_option("--only", flags->only,
                   "Families or rules, comma-separated; naming a rule that is "
                   "off turns it on")
      ->delimiter(',')
      ->type_name("FAMILY|RULE,...");
  command
      ->add_option("--level", flags->level,
                   "Lowest level to patch: safe (no change on Linux) or review")
      ->check(CLI::IsMember({"safe", "review"}))
      ->default_str("review");
  command
      ->add_option("--targets", flags->targets,
                   "GOOS/GOARCH pairs to build for (default: linux, windows, "
                   "darwin on amd64, arm64)")
      ->delimiter(',')
      ->type_name("GOOS/GOARCH,...");
  command
      ->add_option("--tags", flags->tags,
                   "Build tags that hold in every build, as go build -tags takes them")
      ->delimiter(',')
      ->type_name("TAG,...");
  command->add_option("-j,--jobs", flags->jobs, "Threads (default: one for each processor)")
      ->check(CLI::NonNegativeNumber);
  auto* config = command->add_option("--config", flags->config,
                                     "Configuration file (default: the nearest windlass.toml in "
                                     "DIR or above)");
  command->add_flag("--no-config", flags->no_config, "Heed no windlass.toml")->excludes(config);
  command->add_flag("-q,--quiet", flags->quiet, "No progress and no summary");
  command->add_option("--color", flags->color, "Colours: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->default_str("auto");
}

absl::StatusOr<Config> LoadConfig(const CommonFlags& flags) {
  const std::string path = flags.config.empty() ? FindConfig(flags.dir) : flags.config;
  if (flags.no_config || path.empty()) {
    return Config();
  }
  return ReadConfig(path);
}

absl::StatusOr<Packs> LoadAllPacks(const Config& config, const std::string& dir) {
  WINDLASS_ASSIGN_OR_RETURN(Packs packs, LoadEmbeddedPacks());
  if (const std::string folder = FindPackFolder(dir); !folder.empty()) {
    WINDLASS_RETURN_IF_ERROR(AddProjectPacks(folder, &packs));
  }
  WINDLASS_RETURN_IF_ERROR(ApplyRuleChoices(config, packs));
  return packs;
}

namespace {

absl::Status SetTags(const std::vector<std::string>& tags, RunOptions* options) {
  if (tags.empty()) {
    return absl::OkStatus();
  }
  for (const std::string& tag : tags) {
    if (!IsBuildTag(tag)) {
      return InvalidInput(Cat("--tags ", tag, ": no build tag; use letters, digits, _ and ."));
    }
  }
  auto settings = std::make_shared<ProjectSettings>(
      options->settings == nullptr ? ProjectSettings() : *options->settings);
  settings->tags = tags;
  options->settings = std::move(settings);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Setup> Prepare(const CommonFlags& flags, Terminal* terminal) {
  Setup setup;
  WINDLASS_ASSIGN_OR_RETURN(setup.config, LoadConfig(flags));
  WINDLASS_ASSIGN_OR_RETURN(setup.packs, LoadAllPacks(setup.config, flags.dir));
  RunOptions& options = setup.options;
  options.root = flags.dir;
  ApplyConfig(setup.config, &options);
  AddPackTables(setup.packs, &options);
  options.only = flags.only;
  options.level = LevelFromName(flags.level).value_or(options.level);
  options.threads = flags.jobs;
  options.progress = terminal->progress();
  if (!flags.targets.empty()) {
    options.targets.clear();
  }
  for (const std::string& name : flags.targets) {
    const auto target = ParseTarget(name);
    if (!target) {
      return InvalidInput(Cat("--targets ", name, ": not a GOOS/GOARCH pair that Go knows"));
    }
    options.targets.push_back(*target);
  }
  WINDLASS_RETURN_IF_ERROR(SetTags(flags.tags, &options));
  return setup;
}

ExitCode Fail(const absl::Status& status) {
  std::fprintf(stderr, "windlass: %s\n", std::string(Std(status.message())).c_str());
  return status.code() == absl::StatusCode::kInvalidArgument ? ExitCode::kUsage : ExitCode::kFailed;
}

void AddCommands(CLI::App* app, ExitCode* code) {
  app->require_subcommand(1);
  app->set_version_flag("--version", "windlass " WINDLASS_VERSION);
  app->footer(
      "Exit codes: 0 nothing to do or all done, 1 findings at "
      "--fail-level, 2 usage or\n"
      "configuration, 3 failed and nothing written.");
  AddMigrate(app, code);
  AddCheck(app, code);
  AddConfig(app, code);
  AddReview(app, code);
  AddTest(app, code);
  AddRules(app, code);
  AddExplain(app, code);
  AddBuild(app, code);
  AddEol(app, code);
  AddUndo(app, code);
}

}  // namespace windlass
