#ifndef WINDLASS_TRANSFORMER_DRIVER_VERIFY_H_
#define WINDLASS_TRANSFORMER_DRIVER_VERIFY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/transform.h"

namespace windlass {

/// The ladder of DESIGN §8; each rung includes those before it.
enum class Verify : uint8_t {
  kNone,   // what always happens: every changed file parses as well as before
  kParse,  // the same
  kBuild,  // go build and go vet after every commit, for every target
  kTest,   // and go test on the system that windlass runs on and, if it is there, under Wine
};
std::optional<Verify> VerifyFromName(std::string_view name);

/// A migration none of whose commits breaks what worked before.
struct VerifiedMigration {
  Migration migration;
  /// What was found for each module and target, one sentence a line, what could not be found out,
  /// and by which commit of the series something was broken (whose fixes are left out) or tests
  /// were mended.
  std::vector<std::string> notes;
  size_t dropped = 0;  // fixes that broke something; the migration's rest names them
};

/// Migrate, then the rungs up to `verify` in a scratch copy. A commit that breaks what worked
/// before it is bisected to its fixes; those are dropped (refusal `broken-result`), and the rest
/// is made anew. Runs the code generators of nobody, and never asks the network.
absl::StatusOr<VerifiedMigration> MigrateVerified(const Packs& packs, const RunOptions& options,
                                                  Verify verify);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_VERIFY_H_
