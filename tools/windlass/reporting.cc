#include "tools/windlass/reporting.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "transformer/driver/files.h"
#include "transformer/driver/git.h"
#include "transformer/patch/suggestions.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

/// True if a finding is at `fail_level` or better; "none" never fails.
bool Fails(const CheckReport& report, const std::string& fail_level) {
  const auto limit = LevelFromName(fail_level);
  if (!limit) {
    return false;
  }
  for (const Finding& finding : report.findings) {
    if (finding.level <= *limit && (finding.fix || *limit == Level::kSuggest) &&
        finding.refusal != Refusal::kSuppressed) {
      return true;
    }
  }
  return false;
}

/// Where the folder of the run lies below the top of its repository: "" or "services/a/".
std::string PrefixOf(const std::string& dir) {
  std::error_code error;
  const bool is_file = fs::is_regular_file(dir, error);
  const std::string parent = fs::path(dir).parent_path().string();
  const auto git = GitTree::Open(is_file ? (parent.empty() ? "." : parent) : dir);
  return git ? git->prefix() : "";
}

std::string PatchText(const CheckReport& report, const FormatContext& context,
                      ReportFormat format) {
  std::string text;
  const std::vector<size_t> rest = NotCarried(report, context, format);
  for (FileChange& change : ChangesOf(report.findings, rest, context.sources)) {
    change.path = Cat(context.prefix, change.path);
    change.old_path = Cat(context.prefix, change.old_path);
    text += GitDiff(change);
  }
  return text;
}

}  // namespace

void AddReportFlags(CLI::App* command, ReportFlags* flags) {
  std::vector<std::string> names;
  for (const std::string_view name : ReportFormatNames()) {
    names.emplace_back(name);
  }
  command
      ->add_option("--format", flags->format,
                   "text, json (the contract, \"schema\": 1), sarif, rdjson or rdjsonl "
                   "(reviewdog), github (body of a review), gitlab (code quality), markdown")
      ->check(CLI::IsMember(names))
      ->default_str("text");
  command
      ->add_option("--fail-level", flags->fail_level,
                   "Exit with 1 on findings of this level or better: safe, "
                   "review, suggest, none")
      ->check(CLI::IsMember({"safe", "review", "suggest", "none"}))
      ->default_str("review");
  command->add_option("--patch-out", flags->patch_out,
                      "Write here, for git apply, the fixes that the format cannot hold");
  command->add_option("--baseline", flags->baseline,
                      "Say nothing of the findings that this file lists");
}

std::string BaselinePath(const std::string& flag, const Config& config) {
  if (!flag.empty() || config.baseline.empty()) {
    return flag;
  }
  return Cat(config.folder, "/", config.baseline);
}

absl::StatusOr<std::optional<Baseline>> LoadBaseline(const ReportFlags& flags,
                                                     const Config& config) {
  const std::string path = BaselinePath(flags.baseline, config);
  std::ifstream in(path, std::ios::binary);
  if (path.empty() || (!in && flags.baseline.empty())) {
    return std::optional<Baseline>();
  }
  if (!in) {
    return InvalidInput(Cat(path, ": cannot be read; make it with --write-baseline"));
  }
  const std::string text(std::istreambuf_iterator<char>(in), {});
  WINDLASS_ASSIGN_OR_RETURN(Baseline baseline, Baseline::Parse(path, text));
  return std::optional<Baseline>(std::move(baseline));
}

absl::StatusOr<ExitCode> Deliver(const CheckReport& report, FormatContext context,
                                 const CommonFlags& common, const ReportFlags& flags,
                                 const Setup& setup) {
  const ReportFormat format = ReportFormatFromName(flags.format);
  context.prefix = PrefixOf(common.dir);
  context.packs = setup.packs;
  context.color = WantColor(common.color);
  if (!flags.patch_out.empty()) {
    WINDLASS_RETURN_IF_ERROR(WriteWhole(flags.patch_out, PatchText(report, context, format)));
  }
  const std::string text = FormatReport(report, context, format);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return absl::UnavailableError("standard output: cannot be written");
  }
  const std::string& fail_level =
      flags.fail_level.empty() ? setup.config.fail_level : flags.fail_level;
  return Fails(report, fail_level) ? ExitCode::kFindings : ExitCode::kDone;
}

}  // namespace windlass
