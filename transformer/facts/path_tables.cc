#include "transformer/facts/path_tables.h"

#include <cctype>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "toml++/toml.h"
#include "transformer/text/status.h"

namespace windlass {

using Sink = PathTables::Sink;
using Source = PathTables::Source;

/// Turns the rows of one file into entries of a PathTables.
class PathTablesReader {
 public:
  PathTablesReader(PathTables* tables, std::string_view origin)
      : tables_(*tables), origin_(origin) {}

  absl::Status Read(const toml::table& root);

 private:
  absl::Status ReadRow(std::string_view section, const toml::table& row);
  absl::Status ReadSink(const toml::table& row, bool slash);
  absl::Status ReadSource(std::string_view section, const toml::table& row);
  absl::Status ReadFunction(const toml::table& row);
  absl::Status ReadField(std::string_view section, const toml::table& row);
  absl::Status ReadEnvironment(const toml::table& row);

  absl::StatusOr<std::string> Key(const toml::table& row);
  absl::StatusOr<Source::Style> Style(const toml::table& row);
  absl::Status Error(const toml::node& at, std::string_view what) const {
    const toml::source_position& place = at.source().begin;
    return InvalidInput(absl::StrFormat("%s:%d:%d: %s", origin_, place.line, place.column, what));
  }

  PathTables& tables_;
  std::string origin_;
};

namespace {

std::string Text(const toml::table& row, std::string_view key) {
  return std::string(row[key].value_or(std::string_view()));
}

bool Flag(const toml::table& row, std::string_view key) {
  return row[key].value_or(false);
}

std::vector<int> Numbers(const toml::table& row, std::string_view key) {
  std::vector<int> out;
  if (const toml::array* list = row[key].as_array()) {
    for (const toml::node& item : *list) {
      out.push_back(item.value_or(0));
    }
  }
  return out;
}

std::optional<Source::Style> ParseStyle(std::string_view name) {
  if (name == "native") {
    return Source::Style::kNative;
  }
  if (name == "slash") {
    return Source::Style::kSlash;
  }
  if (name == "element") {
    return Source::Style::kElement;
  }
  if (name == "native_list") {
    return Source::Style::kNativeList;
  }
  if (name == "host_slash") {
    return Source::Style::kHostSlash;
  }
  return std::nullopt;
}

/// "import/path.Type" with the version of the import path left out.
std::string PlainType(std::string_view type) {
  if (type.starts_with('*')) {
    type.remove_prefix(1);
  }
  const size_t slash = type.rfind('/');
  const size_t dot = type.find('.', slash == std::string_view::npos ? 0 : slash);
  if (dot == std::string_view::npos) {
    return std::string(type);
  }
  // gopkg.in/name.v2.Type: the type follows the last dot.
  const size_t last = type.rfind('.');
  return Cat(PathTables::Plain(type.substr(0, last)), type.substr(last));
}

Sink::Kind SinkKind(const toml::table& row, bool slash) {
  if (Flag(row, "not_a_path") || Flag(row, "dsn") || Flag(row, "file_url") ||
      Flag(row, "url_or_path") || Flag(row, "pipe")) {
    return Sink::Kind::kOther;
  }
  if (slash) {
    return Sink::Kind::kSlash;
  }
  const std::string kind = Text(row, "kind");
  if (kind == "text") {
    return Sink::Kind::kText;
  }
  if (kind == "other") {
    return Sink::Kind::kOther;
  }
  if (kind == "device") {
    return Sink::Kind::kDevice;
  }
  if (Flag(row, "executable")) {
    return Sink::Kind::kProgram;
  }
  return Flag(row, "pure") ? Sink::Kind::kPure : Sink::Kind::kHost;
}

}  // namespace

absl::Status PathTablesReader::Read(const toml::table& root) {
  for (const auto& [section, node] : root) {
    const toml::array* rows = node.as_array();
    if (rows == nullptr) {
      return Error(node, Cat("`", std::string_view(section.str()), "` must be an array of tables"));
    }
    for (const toml::node& item : *rows) {
      const toml::table* row = item.as_table();
      if (row == nullptr) {
        return Error(item, "a row must be a table");
      }
      WINDLASS_RETURN_IF_ERROR(ReadRow(section.str(), *row));
    }
  }
  return absl::OkStatus();
}

absl::Status PathTablesReader::ReadRow(std::string_view section, const toml::table& row) {
  if (section == "sink" || section == "slash") {
    return ReadSink(row, section == "slash");
  }
  if (section == "source" || section == "source_callback") {
    return ReadSource(section, row);
  }
  if (section == "function") {
    return ReadFunction(row);
  }
  if (section == "source_expr") {
    return ReadEnvironment(row);
  }
  if (section == "sink_conv") {
    tables_.host_conversions_.insert(PlainType(Text(row, "type")));
    return absl::OkStatus();
  }
  if (section == "slash_package") {
    tables_.slash_packages_.insert(Text(row, "package"));
    if (Flag(row, "whole")) {
      tables_.foreign_packages_.insert(Text(row, "package"));
    }
    return absl::OkStatus();
  }
  if (section == "slash_type" || section == "slash_directive") {
    return absl::OkStatus();
  }
  if (section.ends_with("_field") || section == "source_var" || section == "type") {
    return ReadField(section, row);
  }
  return Error(row,
               Cat("unknown section `", section,
                   "`; known: sink, sink_field, sink_conv, source, source_callback, "
                   "source_field, source_var, source_expr, slash, slash_field, function, type"));
}

absl::StatusOr<std::string> PathTablesReader::Key(const toml::table& row) {
  const std::string package = Text(row, "package");
  const std::string function = Text(row, "func");
  const std::string receiver = Text(row, "recv");
  const std::string method = Text(row, "method");
  if (!package.empty() && !function.empty()) {
    return Cat(PathTables::Plain(package), ".", function);
  }
  if (!receiver.empty() && !method.empty()) {
    return Cat(PlainType(receiver), ".", method);
  }
  return Error(row, "a row needs `package` and `func`, or `recv` and `method`");
}

absl::StatusOr<Source::Style> PathTablesReader::Style(const toml::table& row) {
  constexpr std::string_view kStyles = "native, slash, element, native_list or host_slash";
  if (!row.contains("style")) {
    return Error(row, Cat("`style` is missing; it says what the path looks like: ", kStyles));
  }
  if (const std::optional<Source::Style> style = ParseStyle(Text(row, "style"))) {
    return *style;
  }
  return Error(*row.get("style"), Cat("`style` must be ", kStyles));
}

absl::Status PathTablesReader::ReadSink(const toml::table& row, bool slash) {
  WINDLASS_ASSIGN_OR_RETURN(const std::string key, Key(row));
  const std::vector<int> args = Numbers(row, "args");
  if (args.empty()) {
    return Error(row, "`args` is missing; say which arguments are paths, such as args = [0]");
  }
  for (const int index : args) {
    Sink sink;
    sink.kind = SinkKind(row, slash);
    sink.index = index;
    sink.variadic = Flag(row, "variadic");
    sink.glob = Flag(row, "glob");
    sink.list = Flag(row, "list");
    sink.part = Text(row, "kind") == "host_relative";
    for (const int when : {0, 1}) {
      const std::string prefix = Text(row, Cat("when_arg", std::to_string(when), "_prefix"));
      if (!prefix.empty()) {
        sink.when_prefix = prefix;
        sink.when_index = when;
      }
    }
    tables_.functions_[key].sinks.push_back(std::move(sink));
  }
  return absl::OkStatus();
}

absl::Status PathTablesReader::ReadSource(std::string_view section, const toml::table& row) {
  WINDLASS_ASSIGN_OR_RETURN(const std::string key, Key(row));
  WINDLASS_ASSIGN_OR_RETURN(const Source::Style style, Style(row));
  const bool callback = section == "source_callback";
  const std::string_view where = callback ? "params" : "results";
  const std::vector<int> indexes = Numbers(row, where);
  if (indexes.empty()) {
    return Error(
        row, Cat("`", where, "` is missing; say which ones are paths, such as ", where, " = [0]"));
  }
  for (const int index : indexes) {
    Source source;
    source.style = Flag(row, "element") ? Source::Style::kElement : style;
    source.index = index;
    source.callback_arg = callback ? row["callback_arg"].value_or(0) : -1;
    source.nonempty = Flag(row, "nonempty") || Flag(row, "nonempty_if_nil_error");
    source.clean = Flag(row, "clean");
    tables_.functions_[key].sources.push_back(source);
  }
  return absl::OkStatus();
}

absl::Status PathTablesReader::ReadFunction(const toml::table& row) {
  WINDLASS_ASSIGN_OR_RETURN(const std::string key, Key(row));
  PathTables::Function& function = tables_.functions_[key];
  if (const toml::array* types = row["types"].as_array()) {
    for (const toml::node& type : *types) {
      function.types.emplace_back(type.value_or(std::string_view()));
    }
  }
  for (const int from : Numbers(row, "pass")) {
    function.passes.push_back({from, row["to"].value_or(0), Flag(row, "variadic")});
  }
  return absl::OkStatus();
}

absl::Status PathTablesReader::ReadField(std::string_view section, const toml::table& row) {
  const bool variable = row.contains("var");
  if (row.contains("index")) {
    return absl::OkStatus();  // one element of a list: more than a flow of whole variables can hold
  }
  const std::string owner = variable ? std::string(PathTables::Plain(Text(row, "package")))
                                     : PlainType(Text(row, "type"));
  const std::string name = Text(row, variable ? "var" : "field");
  if (owner.empty() || name.empty()) {
    return Error(row, "a row needs `type` and `field`, or `package` and `var`");
  }
  const std::string key = Cat(owner, ".", name);
  if (section == "type") {
    tables_.types_[key] = Text(row, "is");
  } else if (section == "sink_field" || section == "slash_field") {
    tables_.field_sinks_[key].kind = SinkKind(row, section == "slash_field");
  } else {
    WINDLASS_ASSIGN_OR_RETURN(tables_.field_sources_[key].style, Style(row));
  }
  return absl::OkStatus();
}

absl::Status PathTablesReader::ReadEnvironment(const toml::table& row) {
  const std::optional<Source::Style> style = ParseStyle(Text(row, "style"));
  auto pattern = std::make_unique<RE2>(Text(row, "arg_regex"), RE2::Quiet);
  if (!style || !pattern->ok()) {
    return Error(row, "a row needs `style` and a valid `arg_regex`");
  }
  Source source;
  source.style = *style;
  tables_.environment_.push_back({std::move(pattern), source});
  return absl::OkStatus();
}

absl::Status PathTables::Add(std::string_view toml, std::string_view origin, std::string_view key) {
  const toml::parse_result parsed = toml::parse(toml, origin);
  if (!parsed) {
    const toml::source_position& place = parsed.error().source().begin;
    return InvalidInput(absl::StrFormat("%s:%d:%d: %s; mend the TOML", origin, place.line,
                                        place.column, std::string(parsed.error().description())));
  }
  const toml::table* rows = key.empty() ? &parsed.table() : parsed.table()[key].as_table();
  return rows == nullptr ? absl::OkStatus() : PathTablesReader(this, origin).Read(*rows);
}

const PathTables::Function* PathTables::FindFunction(std::string_view key) const {
  const auto found = functions_.find(key);
  return found == functions_.end() ? nullptr : &found->second;
}

const PathTables::Sink* PathTables::FieldSink(std::string_view key) const {
  const auto found = field_sinks_.find(key);
  return found == field_sinks_.end() ? nullptr : &found->second;
}

const PathTables::Source* PathTables::FieldSource(std::string_view key) const {
  const auto found = field_sources_.find(key);
  return found == field_sources_.end() ? nullptr : &found->second;
}

std::string_view PathTables::TypeOf(std::string_view key) const {
  const auto found = types_.find(key);
  return found == types_.end() ? std::string_view() : found->second;
}

bool PathTables::IsHostConversion(std::string_view type) const {
  return host_conversions_.contains(type);
}

bool PathTables::IsSlashPackage(std::string_view import_path) const {
  return slash_packages_.contains(import_path) || IsForeignPackage(import_path);
}

bool PathTables::IsForeignPackage(std::string_view import_path) const {
  while (!foreign_packages_.contains(import_path)) {
    const size_t slash = import_path.rfind('/');
    if (slash == std::string_view::npos) {
      return false;
    }
    import_path = import_path.substr(0, slash);
  }
  return true;
}

const PathTables::Source* PathTables::Environment(std::string_view name) const {
  for (const EnvironmentRow& row : environment_) {
    if (RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *row.name)) {
      return &row.source;
    }
  }
  return nullptr;
}

std::string_view PathTables::Plain(std::string_view import_path) {
  const size_t slash = import_path.rfind('/');
  if (slash == std::string_view::npos || slash + 2 >= import_path.size() ||
      import_path[slash + 1] != 'v') {
    return import_path;
  }
  for (const char c : import_path.substr(slash + 2)) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
      return import_path;
    }
  }
  return import_path.substr(0, slash);
}

}  // namespace windlass
