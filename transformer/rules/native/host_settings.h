#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/finding.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// What the Go code of a project reads from its settings, and which of it names files of the
/// running system.
struct HostSettings {
  struct Field {
    std::string name;               // in Go
    std::vector<std::string> keys;  // names that tags give it: yaml, json, toml, mapstructure, …
    std::string env;                // of an env tag; "" without
    std::string type;               // "import/path.Type" of a struct of the project, or ""
    bool host = false;              // used as a file path
    Related witness;                // where, if so
    Related fallback;               // of a tag; its message is the value, "" without
  };
  struct Struct {
    std::vector<Field> fields;
    bool nested = false;  // the type of another one's field
  };
  StringMap<Struct> structs;       // by "import/path.Type"
  StringMap<Related> environment;  // variables that are read as file paths, and where
  /// What stands for one of them that is not set, as the message, and where the code says so.
  StringMap<Related> fallbacks;

  /// The field that `keys` lead to from the struct called `type`; null if none does.
  const Field* Find(std::string_view type, const std::vector<std::string>& keys) const;
};

/// Built once a run, from the files that mention tags or the environment.
const HostSettings& HostSettingsOf(SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_HOST_SETTINGS_H_
