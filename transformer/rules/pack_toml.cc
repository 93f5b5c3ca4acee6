#include "transformer/rules/pack_toml.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "transformer/rules/names.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

std::string TypeName(const toml::node& node) {
  std::ostringstream out;
  out << node.type();
  return out.str();
}

}  // namespace

absl::StatusOr<TomlDocument> TomlDocument::Parse(std::string path, std::string text) {
  TomlDocument document;
  toml::parse_result result = toml::parse(text, path);
  if (!result) {
    const toml::source_position at = result.error().source().begin;
    return Place{std::move(path), at.line, at.column}.Error(
        Cat(result.error().description(), "; mend the TOML"));
  }
  document.path_ = std::move(path);
  document.root_ = std::move(result).table();
  document.line_starts_.push_back(0);
  for (size_t i = text.find('\n'); i != std::string::npos; i = text.find('\n', i + 1)) {
    document.line_starts_.push_back(i + 1);
  }
  document.text_ = std::move(text);
  return document;
}

Place TomlDocument::PlaceOf(const toml::source_region& region) const {
  return Place{path_, std::max<size_t>(region.begin.line, 1),
               std::max<size_t>(region.begin.column, 1)};
}

PlacedText TomlDocument::TextOf(const toml::value<std::string>& value) const {
  PlacedText result{*value, PlaceOf(value.source())};
  if (result.place.line > line_starts_.size()) {
    return result;
  }
  const size_t offset = line_starts_[result.place.line - 1] + result.place.column - 1;
  const std::string_view rest = std::string_view(text_).substr(std::min(offset, text_.size()));
  if (rest.starts_with("'''") || rest.starts_with("\"\"\"")) {
    const bool new_line = rest.substr(3, 1) == "\n" || rest.substr(3, 2) == "\r\n";
    result.place.line += new_line ? 1 : 0;
    result.place.column = new_line ? 1 : result.place.column + 3;
  } else {
    ++result.place.column;
  }
  return result;
}

TableReader::TableReader(const TomlDocument& document, const toml::table& table,
                         std::string_view what)
    : document_(document), table_(table), what_(what) {}

Place TableReader::PlaceOf(std::string_view key) const {
  for (const auto& [name, node] : table_) {
    if (name.str() == key) {
      return document_.PlaceOf(name.source());
    }
  }
  return document_.PlaceOf(table_.source());
}

const toml::node* TableReader::Find(std::string_view key) {
  known_.push_back(key);
  return table_.get(key);
}

void TableReader::WrongType(const toml::node& node, std::string_view key, std::string_view wanted) {
  Fail(document_.PlaceOf(node.source()),
       Cat("`", key, "` is a TOML ", TypeName(node), "; it must be ", wanted));
}

std::optional<PlacedText> TableReader::Text(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return std::nullopt;
  }
  if (!node->is_string()) {
    WrongType(*node, key, "a string");
    return std::nullopt;
  }
  return document_.TextOf(*node->as_string());
}

PlacedText TableReader::RequiredText(std::string_view key) {
  const bool present = Has(key);
  std::optional<PlacedText> text = Text(key);
  if (!present) {
    Fail(PlaceOf({}), Cat(what_, " has no `", key, "`; add ", key, " = \"…\""));
  }
  if (text && text->value.empty()) {
    Fail(text->place, Cat("`", key, "` is empty; write something"));
  }
  return text ? *std::move(text) : PlacedText{"", PlaceOf(key)};
}

std::optional<int64_t> TableReader::Integer(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return std::nullopt;
  }
  if (!node->is_integer()) {
    WrongType(*node, key, "an integer");
    return std::nullopt;
  }
  return **node->as_integer();
}

bool TableReader::Boolean(std::string_view key) {
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return false;
  }
  if (!node->is_boolean()) {
    WrongType(*node, key, "true or false");
    return false;
  }
  return **node->as_boolean();
}

std::vector<PlacedText> TableReader::TextsOf(const toml::node& node, std::string_view key) {
  if (node.is_string()) {
    return {document_.TextOf(*node.as_string())};
  }
  std::vector<PlacedText> texts;
  if (const toml::array* array = node.as_array(); array != nullptr && !array->empty()) {
    for (const toml::node& element : *array) {
      if (!element.is_string()) {
        WrongType(element, key, "a string in each element");
        return {};
      }
      texts.push_back(document_.TextOf(*element.as_string()));
    }
    return texts;
  }
  WrongType(node, key, "a string or a non-empty array of strings");
  return {};
}

std::vector<PlacedText> TableReader::Texts(std::string_view key) {
  const toml::node* node = Find(key);
  return node == nullptr ? std::vector<PlacedText>{} : TextsOf(*node, key);
}

const toml::table* TableReader::Table(std::string_view key) {
  const toml::node* node = Find(key);
  if (node != nullptr && !node->is_table()) {
    WrongType(*node, key, "a table");
  }
  return node == nullptr ? nullptr : node->as_table();
}

std::vector<const toml::table*> TableReader::Tables(std::string_view key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = Find(key);
  if (node == nullptr) {
    return tables;
  }
  if (!node->is_array()) {
    WrongType(*node, key, "an array of tables");
    return tables;
  }
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_table()) {
      WrongType(element, key, "a table in each element");
      return {};
    }
    tables.push_back(element.as_table());
  }
  return tables;
}

std::vector<std::pair<PlacedText, std::vector<PlacedText>>> TableReader::Rest() {
  std::vector<std::pair<PlacedText, std::vector<PlacedText>>> rest;
  for (const auto& [name, node] : table_) {
    if (std::ranges::find(known_, name.str()) == known_.end()) {
      known_.push_back(name.str());
      rest.emplace_back(PlacedText{std::string(name.str()), document_.PlaceOf(name.source())},
                        TextsOf(node, name.str()));
    }
  }
  return rest;
}

void TableReader::Fail(absl::Status status) {
  if (status_.ok()) {
    status_ = std::move(status);
  }
}

void TableReader::Fail(const Place& place, std::string_view what) {
  Fail(place.Error(what));
}

absl::Status TableReader::Finish() {
  const toml::key* unknown = nullptr;
  for (const auto& [name, node] : table_) {
    if (std::ranges::find(known_, name.str()) == known_.end() &&
        (unknown == nullptr || name.source().begin < unknown->source().begin)) {
      unknown = &name;
    }
  }
  if (unknown != nullptr) {
    // An unknown key often explains what seems to be missing, so it goes first.
    return document_.PlaceOf(unknown->source())
        .Error(Cat("unknown key `", unknown->str(), "` in ", what_, "; ",
                   NameHint(unknown->str(), known_)));
  }
  return status_;
}

}  // namespace windlass
