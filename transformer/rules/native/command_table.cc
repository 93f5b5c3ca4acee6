#include "transformer/rules/native/command_table.h"

#include <algorithm>
#include <utility>

#include "toml++/toml.h"
#include "transformer/rules/pack.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

std::string At(std::string_view origin, const toml::source_region& place) {
  return Cat(origin, ":", std::to_string(place.begin.line), ":", std::to_string(place.begin.column),
             ": ");
}

std::unique_ptr<const CommandTable> MakeTable(SharedFacts& shared) {
  auto table = std::make_unique<CommandTable>();
  const Pack* pack = shared.FindPack("containers");
  if (pack == nullptr) {
    return table;
  }
  if (const auto file = pack->files.find("tables/commands.toml"); file != pack->files.end()) {
    if (auto parsed = ParseCommandTable(file->second, file->first); parsed.ok()) {
      *table = *std::move(parsed);
    }
  }
  return table;
}

}  // namespace

const CommandTable::Row* CommandTable::Find(std::string_view group,
                                            std::string_view command) const {
  const auto found = std::ranges::find_if(rows, [&](const Row& row) {
    return row.group == group &&
           RE2::PartialMatch(re2::StringPiece(command.data(), command.size()), *row.pattern);
  });
  return found == rows.end() ? nullptr : &*found;
}

absl::StatusOr<CommandTable> ParseCommandTable(std::string_view toml, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(toml, origin);
  if (!parsed) {
    return InvalidInput(
        Cat(At(origin, parsed.error().source()), parsed.error().description(), "; correct it"));
  }
  CommandTable table;
  const toml::array* rows = parsed.table()["command"].as_array();
  for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
    const toml::table* row = rows->get(i)->as_table();
    if (row == nullptr) {
      continue;
    }
    CommandTable::Row& out = table.rows.emplace_back();
    out.group = (*row)["group"].value_or(std::string());
    out.what = (*row)["what"].value_or(std::string());
    out.instead = (*row)["instead"].value_or(std::string());
    out.anywhere = (*row)["where"].value_or(std::string_view()) == "any";
    out.pattern = std::make_unique<RE2>((*row)["pattern"].value_or(std::string("[")), RE2::Quiet);
    if (const auto with = (*row)["with"].value<std::string>()) {
      out.with = std::make_unique<RE2>(*with, RE2::Quiet);
    }
    if (out.group.empty() || out.what.empty() || !out.pattern->ok()) {
      return InvalidInput(
          Cat(At(origin, row->source()), "a command needs group, what and a pattern in RE2"));
    }
  }
  return table;
}

const CommandTable& CommandsOf(SharedFacts& shared) {
  return shared.Get<CommandTable>(&MakeTable);
}

}  // namespace windlass
