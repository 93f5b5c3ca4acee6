#include "transformer/facts/text_tables.h"

#include <algorithm>
#include <array>
#include <utility>

#include "toml++/toml.h"

namespace windlass {
namespace {

using Role = TextTables::Role;

constexpr auto kRoles = std::to_array<std::pair<std::string_view, Role>>({
    {"source", Role::kSource},
    {"opens", Role::kOpens},
    {"reads", Role::kReads},
    {"wraps", Role::kWraps},
    {"holds", Role::kHolds},
    {"passes", Role::kPasses},
    {"cleans", Role::kCleans},
    {"tolerates", Role::kTolerates},
    {"writes", Role::kWrites},
    {"hashes", Role::kHashes},
    {"shows", Role::kShows},
});

constexpr auto kOrigins = std::to_array<std::pair<std::string_view, origin::Set>>({
    {"file", origin::kFile},
    {"stdin", origin::kStdin},
    {"command", origin::kCommand},
    {"http", origin::kHttp},
    {"json", origin::kJson},
    {"protocol", origin::kProtocol},
    {"internal", origin::kInternal},
});

absl::Status Error(std::string_view origin, const toml::source_region& place,
                   std::string_view what) {
  return InvalidInput(Cat(origin, ":", std::to_string(place.begin.line), ":",
                          std::to_string(place.begin.column), ": ", what));
}

std::vector<std::string> Strings(const toml::node* node) {
  std::vector<std::string> out;
  if (node != nullptr && node->is_array()) {
    for (const toml::node& item : *node->as_array()) {
      out.push_back(item.value_or(std::string()));
    }
  }
  return out;
}

/// "a/b" is `folder` or below it.
bool IsBelow(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

absl::StatusOr<TextTables> TextTables::Parse(std::string_view text, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return Error(origin, parsed.error().source(), parsed.error().description());
  }
  const toml::table& table = parsed.table();
  TextTables out;
  for (const auto& [name, role] : kRoles) {
    const toml::array* rows = table[name].as_array();
    for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
      const toml::table* row = rows->get(i)->as_table();
      if (row == nullptr) {
        return Error(origin, rows->get(i)->source(), Cat("[[", name, "]] must be a table"));
      }
      const auto named = std::ranges::find(kOrigins, (*row)["origin"].value_or(std::string_view()),
                                           [](const auto& entry) { return entry.first; });
      const bool wants = role == Role::kSource || role == Role::kOpens;
      if (wants && named == kOrigins.end()) {
        return Error(origin, row->source(), "no such origin; the head of the table lists them");
      }
      Row entry;
      entry.origin = wants ? named->second : origin::Set{0};
      entry.argument = (*row)["argument"].value_or(0);
      entry.path = (*row)["path"].value_or(-1);
      for (std::string& function : Strings(row->get("functions"))) {
        out.rows_[std::move(function)].emplace_back(role, entry);
      }
      for (std::string& package : Strings(row->get("packages"))) {
        out.hash_packages_.push_back(std::move(package));
      }
    }
  }
  out.unix_roots_ = Strings(table["unix"]["roots"].node());
  for (std::string& program : Strings(table["unix"]["programs"].node())) {
    out.unix_programs_.insert(std::move(program));
  }
  if (const toml::table* names = table["names"].as_table()) {
    for (const auto& [kind, pattern] : *names) {
      auto compiled =
          std::make_unique<RE2>(Cat("(?i)", pattern.value_or(std::string())), RE2::Quiet);
      if (!compiled->ok()) {
        return Error(origin, pattern.source(), compiled->error());
      }
      out.names_.emplace(std::string(kind.str()), std::move(compiled));
    }
  }
  return out;
}

const TextTables::Row* TextTables::Find(Role role, std::string_view key) const {
  static constexpr Row kHash;
  if (const auto rows = rows_.find(key); rows != rows_.end()) {
    for (const auto& [of, row] : rows->second) {
      if (of == role) {
        return &row;
      }
    }
  }
  const bool hash =
      role == Role::kHashes && std::ranges::any_of(hash_packages_, [&](auto& package) {
        return key.starts_with(package) && key.size() > package.size() &&
               (key[package.size()] == '/' || key[package.size()] == '.');
      });
  return hash ? &kHash : nullptr;
}

bool TextTables::IsUnixPath(std::string_view path) const {
  return std::ranges::any_of(unix_roots_, [&](const auto& root) { return IsBelow(path, root); });
}

bool TextTables::IsUnixProgram(std::string_view program) const {
  return IsUnixPath(program) || program.starts_with("/bin/") || program.starts_with("/sbin/") ||
         unix_programs_.contains(program);
}

bool TextTables::NameFits(std::string_view kind, std::string_view name) const {
  const auto found = names_.find(kind);
  return found != names_.end() &&
         RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *found->second);
}

}  // namespace windlass
