#include "transformer/facts/config_values.h"

#include <string_view>

#include "transformer/facts/yaml_view.h"

namespace windlass {
namespace {

constexpr int kMaxDepth = 64;
// Aliases can make a small file an endless one.
constexpr size_t kMaxValues = 20000;

using Keys = std::vector<std::string>;

Keys With(const Keys& keys, std::string key) {
  Keys longer = keys;
  longer.push_back(std::move(key));
  return longer;
}

/// A quoted text without its quotes, backslashes undone where they escape.
std::string Unquote(std::string_view text) {
  const bool doubled = text.starts_with(R"(""")") || text.starts_with("'''");
  const size_t quote = doubled ? 3 : 1;
  if (text.size() < 2 * quote || (text[0] != '"' && text[0] != '\'' && text[0] != '`')) {
    return std::string(text);
  }
  const std::string_view inner = text.substr(quote, text.size() - 2 * quote);
  if (text[0] != '"') {
    return std::string(inner);
  }
  std::string value;
  for (size_t i = 0; i < inner.size(); ++i) {
    i += inner[i] == '\\' && i + 1 < inner.size() ? 1 : 0;
    value += inner[i];
  }
  return value;
}

/// `budget`: how many more values are looked at.
void FromYaml(const YamlValue& value, const Keys& keys, int depth, size_t* budget,
              std::vector<ConfigValue>* out) {
  if (depth > kMaxDepth || *budget == 0) {
    return;
  }
  --*budget;
  if (value.is_map()) {
    for (const auto& [key, inner] : value.Entries()) {
      FromYaml(inner, With(keys, key), depth + 1, budget, out);
    }
  } else if (value.is_sequence()) {
    for (const YamlValue& item : value.Items()) {
      FromYaml(item, keys, depth + 1, budget, out);
    }
  } else if (value) {
    out->push_back({keys, value.Text(), value.node().span()});
  }
}

void FromJson(Node value, const Keys& keys, int depth, std::vector<ConfigValue>* out) {
  if (depth > kMaxDepth) {
    return;
  }
  if (value.Is("object")) {
    for (const Node pair : value.NamedChildren()) {
      if (pair.Is("pair")) {
        FromJson(pair.Field("value"), With(keys, Unquote(pair.Field("key").text())), depth + 1,
                 out);
      }
    }
  } else if (value.Is("array")) {
    for (const Node item : value.NamedChildren()) {
      FromJson(item, keys, depth + 1, out);
    }
  } else if (value.Is("string")) {
    out->push_back({keys, Unquote(value.text()), value.span()});
  }
}

Keys TomlKey(Node key) {
  if (!key.Is("dotted_key")) {
    return {Unquote(key.text())};
  }
  Keys keys;
  for (const Node part : key.NamedChildren()) {
    for (std::string& name : TomlKey(part)) {
      keys.push_back(std::move(name));
    }
  }
  return keys;
}

void FromToml(Node value, const Keys& keys, int depth, std::vector<ConfigValue>* out) {
  if (depth > kMaxDepth) {
    return;
  }
  if (value.Is("string")) {
    out->push_back({keys, Unquote(value.text()), value.span()});
    return;
  }
  const bool named = value.Is("pair") || value.Is("table") || value.Is("table_array_element");
  Keys inner = keys;
  bool first = named;
  for (const Node child : value.NamedChildren()) {
    if (first && !child.Is("comment")) {
      for (std::string& name : TomlKey(child)) {
        inner.push_back(std::move(name));
      }
      first = false;
    } else {
      FromToml(child, inner, depth + 1, out);
    }
  }
}

void FromDotenv(Node root, std::vector<ConfigValue>* out) {
  Keys section;
  for (const Node child : root.NamedChildren()) {
    if (child.Is("section")) {
      section = {std::string(child.Field("name").text())};
    } else if (child.Is("pair") && child.Field("value")) {
      const Node value = child.Field("value");
      // Backslashes of Windows paths are no escapes where nothing needs one.
      const std::string_view text = value.text();
      const std::string plain = value.Is("plain_value")
                                    ? std::string(text)
                                    : std::string(text.substr(1, text.size() - 2));
      out->push_back({With(section, std::string(child.Field("key").text())), plain, value.span()});
    }
  }
}

}  // namespace

std::vector<ConfigValue> ReadConfig(const Tree& tree) {
  std::vector<ConfigValue> values;
  switch (tree.language()) {
    case Language::kYaml:
      if (const std::vector<YamlValue> documents = YamlDocuments(tree); !documents.empty()) {
        size_t budget = kMaxValues;
        FromYaml(documents.front(), {}, 0, &budget, &values);
      }
      break;
    case Language::kJson:
      for (const Node child : tree.root().NamedChildren()) {
        FromJson(child, {}, 0, &values);
      }
      break;
    case Language::kToml:
      FromToml(tree.root(), {}, 0, &values);
      break;
    case Language::kDotenv:
      FromDotenv(tree.root(), &values);
      break;
    default:
      break;
  }
  return values;
}

}  // namespace windlass
