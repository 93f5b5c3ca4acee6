#ifndef WINDLASS_TRANSFORMER_PATCH_MIGRATION_REPORT_H_
#define WINDLASS_TRANSFORMER_PATCH_MIGRATION_REPORT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/report.h"
#include "transformer/patch/series.h"

namespace windlass {

/// What a package is to one target, as far as the rules of a run can tell.
struct TargetReadiness {
  std::string target;  // "windows/arm64"
  size_t files = 0;    // of the package that a build for the target takes
  size_t patched = 0;  // findings in them that the series fixes
  size_t open = 0;     // findings in them that are left to a person
};

/// One Go package of the tree.
struct PackageReadiness {
  std::string path;  // import path, or the folder outside any module
  std::vector<TargetReadiness> targets;
};

/// All that the report on a migration is made of. Borrowed for the length of a call.
struct MigrationReportInput {
  const PatchSeries& series;
  const CheckReport& rest;
  const SourceLookup& sources;  // of the tree after the series, in which `rest` has its places
  std::vector<PackageReadiness> packages;
  /// Who owns a path, as CODEOWNERS says; "" if nobody.
  std::function<std::string(std::string_view path)> owner;
  /// JSON of an earlier report, as ReadReportData gave it; empty: there is none to compare with.
  std::string earlier;
};

/// The report as JSON ("schema": 1): totals, trend, effort, packages, commits with their diffs,
/// findings, refusals, skipped files. Equal input, equal bytes.
std::string MigrationReportJson(const MigrationReportInput& input);
/// The same for people, from what MigrationReportJson gave: one page that needs nothing else, and
/// Markdown.
std::string MigrationReportHtml(std::string_view json);
std::string MigrationReportMarkdown(std::string_view json);

/// The JSON within a report of any of these kinds but Markdown; kInvalidArgument if it holds none.
absl::StatusOr<std::string> ReadReportData(std::string_view report);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_MIGRATION_REPORT_H_
