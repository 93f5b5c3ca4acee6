#include <cstdio>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/transform.h"
#include "transformer/patch/report.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct CheckFlags {
  CommonFlags common;
  std::string format = "text";
  std::string fail_level;  // empty: as configured
};

/// True if a finding is at `fail_level` or better; "none" never fails.
bool Fails(const CheckReport& report, const std::string& fail_level) {
  const auto limit = LevelFromName(fail_level);
  if (!limit) {
    return false;
  }
  for (const Finding& finding : report.findings) {
    if (finding.level <= *limit && (finding.fix || *limit == Level::kSuggest)) {
      return true;
    }
  }
  return false;
}

absl::StatusOr<ExitCode> RunCheck(const CheckFlags& flags) {
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(flags.common, &terminal));
  WINDLASS_ASSIGN_OR_RETURN(const CheckReport report, CheckProjectTree(setup.packs, setup.options));
  terminal.Clear();
  const SourceCache sources(flags.common.dir);
  const std::string text =
      flags.format == "json" ? FormatJson(report, sources.Lookup())
                             : FormatText(report, sources.Lookup(), WantColor(flags.common.color));
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return absl::UnavailableError("standard output: cannot be written");
  }
  const std::string& fail_level =
      flags.fail_level.empty() ? setup.config.fail_level : flags.fail_level;
  return Fails(report, fail_level) ? ExitCode::kFindings : ExitCode::kDone;
}

}  // namespace

void AddCheck(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<CheckFlags>();
  CLI::App* command = app->add_subcommand("check",
                                          "Report what would break on Windows and how "
                                          "it would be changed; writes nothing");
  AddCommonFlags(command, &flags->common);
  command->add_option("--format", flags->format, "text, or json (the contract, \"schema\": 1)")
      ->check(CLI::IsMember({"text", "json"}))
      ->default_str("text");
  command
      ->add_option("--fail-level", flags->fail_level,
                   "Exit with 1 on findings of this level or better: safe, "
                   "review, suggest, none")
      ->check(CLI::IsMember({"safe", "review", "suggest", "none"}))
      ->default_str("review");
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = RunCheck(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
