#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "tools/windlass/reporting.h"
#include "transformer/driver/review.h"
#include "transformer/driver/source_cache.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct ReviewFlags {
  CommonFlags common;
  ReportFlags report;
  ReviewRequest request;
  std::string patch;  // path, or "-"
};

absl::StatusOr<std::string> ReadPatch(const std::string& path) {
  if (path == "-") {
    return std::string(std::istreambuf_iterator<char>(std::cin), {});
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return InvalidInput(Cat(path, ": cannot be read; name a patch, or - for standard input"));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::StatusOr<ExitCode> RunReview(ReviewFlags flags) {
  // `git diff | windlass review` needs no flag.
  const bool named = !flags.patch.empty() || !flags.request.base.empty() || flags.request.staged;
  if (flags.common.dir == "-" || (!named && isatty(STDIN_FILENO) == 0)) {
    flags.patch = "-";
    flags.common.dir = flags.common.dir == "-" ? "." : flags.common.dir;
  }
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(flags.common, &terminal));
  ReviewRequest request = flags.request;
  if (!flags.patch.empty()) {
    WINDLASS_ASSIGN_OR_RETURN(request.patch, ReadPatch(flags.patch));
  }
  if (!named && (!request.patch || request.patch->empty())) {
    return InvalidInput(
        "review: which change? give --base REV, --staged, or a patch on "
        "standard input");
  }
  WINDLASS_ASSIGN_OR_RETURN(Review review, ReviewChange(setup.packs, setup.options, request));
  terminal.Clear();
  const SourceCache sources(flags.common.dir, review.head);
  const SourceLookup lookup = sources.Lookup();
  FormatContext context{.sources = lookup};
  context.commit = review.commit;
  context.commentable = [&](std::string_view path, size_t first, size_t last) {
    const auto shown = review.shown.find(path);
    return shown != review.shown.end() && Holds(shown->second, first, last);
  };
  return Deliver(review.report, context, flags.common, flags.report, setup);
}

}  // namespace

void AddReview(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<ReviewFlags>();
  CLI::App* command = app->add_subcommand(
      "review", "Report only what a change brings: findings that were not there before it");
  AddCommonFlags(command, &flags->common);
  AddReportFlags(command, &flags->report);
  auto* base = command->add_option("--base", flags->request.base,
                                   "Revision to compare with (where the two histories part)");
  auto* head = command->add_option("--head", flags->request.head,
                                   "Revision to look at (default: the files as they are)");
  auto* staged = command->add_flag("--staged", flags->request.staged,
                                   "Look at what is staged, compared with HEAD or --base");
  auto* patch = command->add_option(
      "--patch", flags->patch,
      "Look at this unified diff (- for standard input), whether applied already or not");
  head->needs(base)->excludes(staged);
  patch->excludes(base)->excludes(head)->excludes(staged);
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = RunReview(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
