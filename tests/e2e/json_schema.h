#ifndef WINDLASS_TESTS_E2E_JSON_SCHEMA_H_
#define WINDLASS_TESTS_E2E_JSON_SCHEMA_H_

#include <nlohmann/json.hpp>
#include <string>

namespace windlass::e2e {

/// What is wrong with `document` by the JSON schema `schema`, as `#/place: what`; empty if nothing.
/// Knows $ref within the schema, type, enum, pattern, minimum, required, properties,
/// additionalProperties, items, minItems and uniqueItems.
std::string SchemaError(const nlohmann::json& schema, const nlohmann::json& document);

/// The schema of that name below tests/e2e/schemas.
nlohmann::json ReadSchema(const std::string& name);

}  // namespace windlass::e2e

#endif  // WINDLASS_TESTS_E2E_JSON_SCHEMA_H_
