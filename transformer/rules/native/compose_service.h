#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_COMPOSE_SERVICE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_COMPOSE_SERVICE_H_

#include <string_view>
#include <vector>

#include "transformer/facts/yaml_view.h"

namespace windlass {

/// compose.yaml, docker-compose.prod.yml, … by its name alone.
bool IsComposeFile(std::string_view path);

/// Whether a service of Compose is one for Windows by its own word: platform, isolation, image or
/// Dockerfile.
bool IsComposeForWindows(const YamlValue& service);

/// The values of a service that containers for Windows know nothing of: privileged, cap_add, …
std::vector<YamlValue> UnknownToWindows(const YamlValue& service);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_COMPOSE_SERVICE_H_
