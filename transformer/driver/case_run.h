#ifndef WINDLASS_TRANSFORMER_DRIVER_CASE_RUN_H_
#define WINDLASS_TRANSFORMER_DRIVER_CASE_RUN_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/pack_case.h"
#include "transformer/driver/rule_index.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What windlass made of a tree: everything that a case can see.
struct CaseOutcome {
  StringMap<std::string> after;  // the whole tree
  StringSet executable;
  std::string findings;  // of the tree before, one a line, as cases write them
  std::string report;    // the JSON of `check`
  std::vector<std::pair<std::string, std::string>> patches;  // name, mail
};

/// Readies the folder that holds a case's tree, such as by making a repository of it. Empty, or
/// what went wrong.
using PrepareTree = std::function<std::string(const std::string& dir)>;

/// Runs check and migrate, as the command does, over `tree` in a scratch folder.
absl::StatusOr<CaseOutcome> RunCase(const Case& golden, const Packs& packs,
                                    const StringMap<std::string>& tree, const StringSet& executable,
                                    int threads, const PrepareTree& prepare = nullptr);

/// The checks that every case passes for free. Each returns what is wrong, or empty.
std::string CheckQuiet(const Case& golden, const Packs& packs, const CaseOutcome& outcome,
                       const PrepareTree& prepare = nullptr);
std::string CheckParses(const Case& golden, const CaseOutcome& outcome);
std::string CheckDeterminism(const Case& golden, const Packs& packs, const CaseOutcome& outcome,
                             const PrepareTree& prepare = nullptr);

/// How `outcome` differs from what the case expects, as diffs; empty if it does not.
std::string CaseDifference(const Case& golden, const CaseOutcome& outcome);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_CASE_RUN_H_
