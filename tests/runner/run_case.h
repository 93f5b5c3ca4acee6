#ifndef WINDLASS_TESTS_RUNNER_RUN_CASE_H_
#define WINDLASS_TESTS_RUNNER_RUN_CASE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/runner/case.h"
#include "transformer/driver/transform.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What windlass made of a tree: everything that a case can see.
struct Outcome {
  StringMap<std::string> after;  // the whole tree
  StringSet executable;
  std::string findings;  // of the tree before, one a line, as cases write them
  std::string report;    // the JSON of `check`
  std::vector<std::pair<std::string, std::string>> patches;  // name, mail
};

/// Runs check and migrate, as the command does, over `tree` in a fresh git repository.
absl::StatusOr<Outcome> RunTree(const Case& golden, const Packs& packs,
                                const StringMap<std::string>& tree, const StringSet& executable,
                                int threads);

/// The packs of a case: its own, or the whole catalogue of the repository at `root` as it is on
/// disk.
absl::StatusOr<Packs> LoadCasePacks(const Case& golden, const std::string& root);

/// The checks that every case passes for free. Each returns what is wrong, or empty.
std::string CheckQuiet(const Case& golden, const Packs& packs, const Outcome& outcome);
std::string CheckParses(const Case& golden, const Outcome& outcome);
std::string CheckDeterminism(const Case& golden, const Packs& packs, const Outcome& outcome);
std::string CheckSeriesApplies(const Case& golden, const Outcome& outcome);
std::string CheckGofmt(const Case& golden, const Outcome& outcome);
/// The directives build and broken.
std::string CheckBuilds(const Case& golden, const Outcome& outcome);

}  // namespace windlass

#endif  // WINDLASS_TESTS_RUNNER_RUN_CASE_H_
