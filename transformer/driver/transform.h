#ifndef WINDLASS_TRANSFORMER_DRIVER_TRANSFORM_H_
#define WINDLASS_TRANSFORMER_DRIVER_TRANSFORM_H_

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/readiness.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"
#include "transformer/patch/report.h"
#include "transformer/patch/series.h"

namespace windlass {

/// What `migrate` does with a tree; nothing is written yet.
struct Migration {
  PatchSeries series;
  /// The tree's files before the first and after the last commit, as they stand (or will stand) on
  /// disk, for --apply.
  std::vector<FileChange> changes;
  /// What remains to be said of the tree after the series: suggestions, refusals, and (with a
  /// warning in `not_quiet`) fixes that kept coming.
  CheckReport rest;
  std::vector<std::string> not_quiet;      // families that did not settle within four rounds
  std::vector<PackageReadiness> packages;  // after the series
  CodeOwners owners;
  /// For each commit of the series: its files as they stand on disk (the series has them as git
  /// stores them), and the keys of the fixes in it (RunOptions::dropped).
  std::vector<std::vector<FileChange>> steps;
  std::vector<std::vector<std::string>> keys;
  std::vector<std::string> module_dirs;  // of every module whose packages `go build` would build
};

/// Takes away findings that nobody wants to hear of, before their fixes are composed.
using FindingFilter = std::function<void(const SourceLookup&, std::vector<Finding>*)>;

/// Findings of every selected rule over the tree, fixes composed per file so that all of them
/// together apply. `packs` must outlive nothing: the report owns its data.
absl::StatusOr<CheckReport> CheckProjectTree(const Packs& packs, const RunOptions& options,
                                             const FindingFilter& filter = nullptr);

/// The same of the one file at `path` (relative to the root) with the text `text` in place of what
/// is on disk, if anything: the facts of the whole tree, the findings of that file.
absl::StatusOr<CheckReport> CheckOneFile(const Packs& packs, const RunOptions& options,
                                         const std::string& path, const std::string& text);

/// The whole job: families in the order of their packs, each until quiet, one commit for each
/// family and level.
absl::StatusOr<Migration> Migrate(const Packs& packs, const RunOptions& options);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_TRANSFORM_H_
