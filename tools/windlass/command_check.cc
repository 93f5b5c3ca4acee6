#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

#include "tools/windlass/commands.h"
#include "tools/windlass/reporting.h"
#include "transformer/driver/fact_cache.h"
#include "transformer/driver/files.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/transform.h"
#include "transformer/patch/baseline.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct CheckFlags {
  CommonFlags common;
  ReportFlags report;
  std::string write_baseline;
  std::string stdin_path;
};

void PrintUnused(const Baseline& baseline, const CommonFlags& flags) {
  const std::vector<std::string> unused = baseline.Unused();
  if (!unused.empty() && !flags.quiet) {
    std::fprintf(stderr,
                 "windlass: %zu entries of the baseline speak of what is gone (%s%s); renew it "
                 "with --write-baseline\n",
                 unused.size(), unused.front().c_str(), unused.size() > 1 ? ", …" : "");
  }
}

/// `path` as a run over the working directory names it.
absl::StatusOr<std::string> BelowHere(const std::string& path) {
  std::error_code error;
  const auto here = std::filesystem::current_path(error);
  const auto full = std::filesystem::absolute(path, error).lexically_normal();
  const std::string below = full.lexically_relative(here).generic_string();
  if (path.empty() || below.empty() || below.starts_with("..")) {
    return InvalidInput(Cat("--stdin-path ", path, ": is not below the working directory"));
  }
  return below;
}

/// The text of one file from standard input, among the files of the working directory.
absl::StatusOr<ExitCode> CheckStdin(CheckFlags flags) {
  flags.common.dir = ".";
  WINDLASS_ASSIGN_OR_RETURN(const std::string path, BelowHere(flags.stdin_path));
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  Terminal terminal(true);
  WINDLASS_ASSIGN_OR_RETURN(Setup setup, Prepare(flags.common, &terminal));
  setup.options.cache_folder = UserCacheFolder();
  WINDLASS_ASSIGN_OR_RETURN(const CheckReport report,
                            CheckOneFile(setup.packs, setup.options, path, text));
  const FileChange change{.path = path, .old_path = path, .before = std::nullopt, .after = text};
  const SourceCache sources(".", {change});
  const SourceLookup lookup = sources.Lookup();
  return Deliver(report, FormatContext{.sources = lookup}, flags.common, flags.report, setup);
}

absl::StatusOr<ExitCode> RunCheck(const CheckFlags& flags) {
  if (flags.common.dir == "-" || !flags.stdin_path.empty()) {
    return CheckStdin(flags);
  }
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(Setup setup, Prepare(flags.common, &terminal));
  setup.options.cache_folder = UserCacheFolder();
  std::optional<Baseline> baseline;
  FindingFilter filter;
  if (flags.write_baseline.empty()) {
    WINDLASS_ASSIGN_OR_RETURN(baseline, LoadBaseline(flags.report, setup.config));
  }
  if (baseline) {
    filter = [&](const SourceLookup& sources, std::vector<Finding>* findings) {
      baseline->Remove(sources, findings);
    };
  }
  WINDLASS_ASSIGN_OR_RETURN(const CheckReport report,
                            CheckProjectTree(setup.packs, setup.options, filter));
  terminal.Clear();
  const SourceCache sources(flags.common.dir);
  const SourceLookup lookup = sources.Lookup();
  if (!flags.write_baseline.empty()) {
    WINDLASS_RETURN_IF_ERROR(
        WriteWhole(flags.write_baseline, Baseline::Format(report.findings, lookup)));
    return ExitCode::kDone;
  }
  if (baseline && flags.common.only.empty()) {
    PrintUnused(*baseline, flags.common);
  }
  return Deliver(report, FormatContext{.sources = lookup}, flags.common, flags.report, setup);
}

}  // namespace

void AddCheck(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<CheckFlags>();
  CLI::App* command = app->add_subcommand("check",
                                          "Report what would break on Windows and how "
                                          "it would be changed; writes nothing");
  AddCommonFlags(command, &flags->common);
  AddReportFlags(command, &flags->report);
  command->add_option("--write-baseline", flags->write_baseline,
                      "Write the findings to this file, to say nothing of them from now on");
  command->add_option("--stdin-path", flags->stdin_path,
                      "With - for DIR: check standard input as if it were this file below the "
                      "working directory");
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = RunCheck(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
