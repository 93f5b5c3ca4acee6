#include "tests/e2e/json_schema.h"

#include <algorithm>

#include "re2/re2.h"
#include "tests/e2e/repository.h"

namespace windlass::e2e {
namespace {

using Json = nlohmann::json;

class Validator {
 public:
  explicit Validator(const Json& schema) : root_(schema) {}

  std::string Check(const Json& rules, const Json& value, const std::string& place) const {
    if (rules.contains("$ref")) {
      const std::string ref = rules["$ref"].get<std::string>();
      const Json& target = root_.at(Json::json_pointer(ref.substr(1)));
      return Check(target, value, place);
    }
    if (rules.contains("type") && !HasType(value, rules["type"].get<std::string>())) {
      return place + ": is no " + rules["type"].get<std::string>();
    }
    if (rules.contains("enum") &&
        std::find(rules["enum"].begin(), rules["enum"].end(), value) == rules["enum"].end()) {
      return place + ": " + value.dump() + " is not allowed";
    }
    if (rules.contains("pattern") &&
        !RE2::PartialMatch(value.get<std::string>(), rules["pattern"].get<std::string>())) {
      return place + ": " + value.dump() + " does not fit";
    }
    if (rules.contains("minimum") && value.get<int64_t>() < rules["minimum"].get<int64_t>()) {
      return place + ": is too small";
    }
    return value.is_object()  ? CheckObject(rules, value, place)
           : value.is_array() ? CheckArray(rules, value, place)
                              : "";
  }

 private:
  static bool HasType(const Json& value, const std::string& type) {
    return type == "object"    ? value.is_object()
           : type == "array"   ? value.is_array()
           : type == "string"  ? value.is_string()
           : type == "integer" ? value.is_number_integer()
                               : value.is_boolean();
  }

  std::string CheckObject(const Json& rules, const Json& value, const std::string& place) const {
    for (const Json& key : rules.value("required", Json::array())) {
      if (!value.contains(key.get<std::string>())) {
        return place + ": lacks " + key.get<std::string>();
      }
    }
    const Json known = rules.value("properties", Json::object());
    const Json others = rules.value("additionalProperties", Json(true));
    for (const auto& [key, member] : value.items()) {
      const std::string inner = place + "/" + key;
      std::string error;
      if (known.contains(key)) {
        error = Check(known[key], member, inner);
      } else if (others.is_object()) {
        error = Check(others, member, inner);
      } else if (!others.get<bool>()) {
        error = inner + ": is not known";
      }
      if (!error.empty()) {
        return error;
      }
    }
    return "";
  }

  std::string CheckArray(const Json& rules, const Json& value, const std::string& place) const {
    if (value.size() < rules.value("minItems", size_t{0})) {
      return place + ": is too short";
    }
    for (size_t i = 0; i < value.size(); ++i) {
      if (rules.value("uniqueItems", false) &&
          std::find(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(i), value[i]) !=
              value.begin() + static_cast<std::ptrdiff_t>(i)) {
        return place + ": repeats " + value[i].dump();
      }
      if (rules.contains("items")) {
        std::string error = Check(rules["items"], value[i], place + "/" + std::to_string(i));
        if (!error.empty()) {
          return error;
        }
      }
    }
    return "";
  }

  const Json& root_;
};

}  // namespace

std::string SchemaError(const Json& schema, const Json& document) {
  return Validator(schema).Check(schema, document, "#");
}

Json ReadSchema(const std::string& name) {
  return Json::parse(ReadFile(fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e/schemas" / name));
}

}  // namespace windlass::e2e
