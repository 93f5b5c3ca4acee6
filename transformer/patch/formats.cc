#include "transformer/patch/formats.h"

#include <algorithm>
#include <array>
#include <optional>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 8> kNames{"text",    "json",   "sarif",  "rdjson",
                                                 "rdjsonl", "github", "gitlab", "markdown"};

/// Files that come, go or move fit into no report.
bool MovesFiles(const Fix& fix) {
  return !fix.new_files.empty() || !fix.renames.empty();
}

}  // namespace

std::span<const std::string_view> ReportFormatNames() {
  return kNames;
}

ReportFormat ReportFormatFromName(std::string_view name) {
  return static_cast<ReportFormat>(std::ranges::find(kNames, name) - kNames.begin());
}

std::string FormatReport(const CheckReport& report, const FormatContext& context,
                         ReportFormat format) {
  switch (format) {
    case ReportFormat::kJson:
      return FormatJson(report, context.sources);
    case ReportFormat::kSarif:
      return FormatSarif(report, context);
    case ReportFormat::kRdjson:
    case ReportFormat::kRdjsonl:
      return FormatRdjson(report, context, format == ReportFormat::kRdjsonl);
    case ReportFormat::kGithub:
      return FormatGithub(report, context);
    case ReportFormat::kGitlab:
      return FormatGitlab(report, context);
    case ReportFormat::kMarkdown:
      return FormatMarkdown(report, context);
    case ReportFormat::kText:
      break;
  }
  return FormatText(report, context.sources, context.color);
}

std::vector<size_t> NotCarried(const CheckReport& report, const FormatContext& context,
                               ReportFormat format) {
  const bool as_lines = format == ReportFormat::kGithub || format == ReportFormat::kRdjson ||
                        format == ReportFormat::kRdjsonl;
  if (as_lines) {
    const PlaceFilter everywhere = [](std::string_view, size_t, size_t) { return true; };
    const bool limited = format == ReportFormat::kGithub && context.commentable;
    return PlanSuggestions(report.findings, context.sources,
                           limited ? context.commentable : everywhere)
        .rest;
  }
  std::vector<size_t> rest;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const std::optional<Fix>& fix = report.findings[i].fix;
    const bool whole = format == ReportFormat::kSarif && fix && !MovesFiles(*fix);
    if (fix && !fix->empty() && !whole) {
      rest.push_back(i);
    }
  }
  return rest;
}

}  // namespace windlass
