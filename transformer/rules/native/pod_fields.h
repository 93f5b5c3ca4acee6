#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_POD_FIELDS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_POD_FIELDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// What patches/manifests/tables/fields.toml knows of fields that pods for Windows must not have.
struct PodFields {
  struct Row {
    std::string where;       // "pod" or "container"
    std::string path;        // "securityContext.runAsUser"
    bool hardening = false;  // only takes rights away: ignored on Windows, nothing is lost
    std::string instead;     // what to do, where it is not just removing it
  };
  std::vector<Row> rows;
};

/// Errors read `origin:line:col: …`.
absl::StatusOr<PodFields> ParsePodFields(std::string_view toml, std::string_view origin);
const PodFields& PodFieldsOf(SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_POD_FIELDS_H_
