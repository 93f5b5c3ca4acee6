#ifndef WINDLASS_TRANSFORMER_RULES_KEPT_FACTS_H_
#define WINDLASS_TRANSFORMER_RULES_KEPT_FACTS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "transformer/rules/shared_facts.h"

namespace windlass {

/// Facts that follow from a project's Go files, its go.mod files and its settings alone, kept from
/// one run to the next by the driver. This one keeps nothing.
class KeptFacts {
 public:
  virtual ~KeptFacts() = default;

  /// What was kept of `kind` ("host-settings") for the project as it stands; nullopt if nothing
  /// was.
  virtual std::optional<std::string> Load(std::string_view /*kind*/) const { return std::nullopt; }
  virtual void Save(std::string_view /*kind*/, std::string_view /*bytes*/) const {}
};

/// Those of the run.
inline const KeptFacts& KeptFactsOf(SharedFacts& shared) {
  return shared.Get<KeptFacts>([](SharedFacts&) { return std::make_unique<const KeptFacts>(); });
}

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_KEPT_FACTS_H_
