// Stands in for transaction.cc until it lands; delete this file then.
#include "transformer/driver/transaction.h"

namespace windlass {

absl::Status ApplyChanges(const std::string& /*root*/, const std::vector<FileChange>& /*changes*/) {
  return absl::UnimplementedError("--apply has not landed yet");
}
absl::Status RequireCleanTree(const std::string& /*root*/) {
  return absl::OkStatus();
}

}  // namespace windlass
