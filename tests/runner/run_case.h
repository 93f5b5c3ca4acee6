#ifndef WINDLASS_TESTS_RUNNER_RUN_CASE_H_
#define WINDLASS_TESTS_RUNNER_RUN_CASE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/case_run.h"
#include "transformer/driver/pack_case.h"
#include "transformer/text/strings.h"

namespace windlass {

using Outcome = CaseOutcome;

/// Runs check and migrate, as the command does, over `tree` in a fresh git repository.
absl::StatusOr<Outcome> RunTree(const Case& golden, const Packs& packs,
                                const StringMap<std::string>& tree, const StringSet& executable,
                                int threads);

/// The packs of a case: its own, or the whole catalogue of the repository at `root` as it is on
/// disk.
absl::StatusOr<Packs> LoadCasePacks(const Case& golden, const std::string& root);

/// The checks that every case passes for free, beside CheckParses. Each returns what is wrong, or
/// empty.
std::string CheckQuietInGit(const Case& golden, const Packs& packs, const Outcome& outcome);
std::string CheckDeterminismInGit(const Case& golden, const Packs& packs, const Outcome& outcome);
std::string CheckSeriesApplies(const Case& golden, const Outcome& outcome);
std::string CheckGofmt(const Case& golden, const Outcome& outcome);
/// The directives build and broken.
std::string CheckBuilds(const Case& golden, const Outcome& outcome);

}  // namespace windlass

#endif  // WINDLASS_TESTS_RUNNER_RUN_CASE_H_
