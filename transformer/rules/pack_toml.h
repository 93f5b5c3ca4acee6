#ifndef WINDLASS_TRANSFORMER_RULES_PACK_TOML_H_
#define WINDLASS_TRANSFORMER_RULES_PACK_TOML_H_

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/rules/place.h"

namespace windlass {

/// A string of a manifest and where its first byte stands.
struct PlacedText {
  std::string value;
  Place place;
};

/// A manifest: parsed TOML together with the text it came from, which exact positions need.
class TomlDocument {
 public:
  /// Errors: `path:line:col: what; what to do`.
  static absl::StatusOr<TomlDocument> Parse(std::string path, std::string text);

  const toml::table& root() const { return root_; }
  Place PlaceOf(const toml::source_region& region) const;
  /// The string with the place of its contents. Exact for texts without escapes.
  PlacedText TextOf(const toml::value<std::string>& value) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<size_t> line_starts_;
  toml::table root_;
};

/// Reads one table whose keys are all known: every accessor names a key, remembers the first
/// mistake and then gives empty values; Finish reports that mistake or a key that nobody asked for.
class TableReader {
 public:
  /// `what` names the table in messages: "[pack]". Both are borrowed.
  TableReader(const TomlDocument& document, const toml::table& table, std::string_view what);

  bool Has(std::string_view key) const { return table_.contains(key); }
  /// Where `key` stands, else the table.
  Place PlaceOf(std::string_view key) const;

  std::optional<PlacedText> Text(std::string_view key);
  PlacedText RequiredText(std::string_view key);
  std::optional<int64_t> Integer(std::string_view key);
  bool Boolean(std::string_view key);
  /// A string or an array of strings.
  std::vector<PlacedText> Texts(std::string_view key);
  const toml::table* Table(std::string_view key);
  /// An array of tables, `[[key]]` or inline.
  std::vector<const toml::table*> Tables(std::string_view key);
  /// Every key that has not been asked for, as a string or array of strings; for tables whose keys
  /// are names of captures.
  std::vector<std::pair<PlacedText, std::vector<PlacedText>>> Rest();

  /// Remembers `status` unless an earlier mistake is known.
  void Fail(absl::Status status);
  void Fail(const Place& place, std::string_view what);
  bool ok() const { return status_.ok(); }
  absl::Status Finish();

 private:
  const toml::node* Find(std::string_view key);
  void WrongType(const toml::node& node, std::string_view key, std::string_view wanted);
  std::vector<PlacedText> TextsOf(const toml::node& node, std::string_view key);

  const TomlDocument& document_;
  const toml::table& table_;
  std::string_view what_;
  std::vector<std::string_view> known_;
  absl::Status status_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_PACK_TOML_H_
