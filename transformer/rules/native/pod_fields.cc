#include "transformer/rules/native/pod_fields.h"

#include <memory>
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

std::unique_ptr<const PodFields> MakeFields(SharedFacts& shared) {
  auto fields = std::make_unique<PodFields>();
  const Pack* pack = shared.FindPack("manifests");
  if (pack == nullptr) {
    return fields;
  }
  if (const auto file = pack->files.find("tables/fields.toml"); file != pack->files.end()) {
    if (auto parsed = ParsePodFields(file->second, file->first); parsed.ok()) {
      *fields = *std::move(parsed);
    }
  }
  return fields;
}

}  // namespace

absl::StatusOr<PodFields> ParsePodFields(std::string_view toml, std::string_view origin) {
  const toml::parse_result parsed = toml::parse(toml, origin);
  if (!parsed) {
    return InvalidInput(
        Cat(At(origin, parsed.error().source()), parsed.error().description(), "; correct it"));
  }
  PodFields fields;
  const toml::array* rows = parsed.table()["field"].as_array();
  for (size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
    const toml::table* row = rows->get(i)->as_table();
    if (row == nullptr) {
      continue;
    }
    PodFields::Row& out = fields.rows.emplace_back();
    out.where = (*row)["where"].value_or(std::string());
    out.path = (*row)["path"].value_or(std::string());
    out.hardening = (*row)["hardening"].value_or(false);
    out.instead = (*row)["instead"].value_or(std::string());
    if ((out.where != "pod" && out.where != "container") || out.path.empty()) {
      return InvalidInput(Cat(At(origin, row->source()),
                              R"(a field needs where = "pod" or "container", and a path)"));
    }
  }
  return fields;
}

const PodFields& PodFieldsOf(SharedFacts& shared) {
  return shared.Get<PodFields>(&MakeFields);
}

}  // namespace windlass
