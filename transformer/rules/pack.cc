#include "transformer/rules/pack.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "transformer/rules/embedded.h"
#include "transformer/rules/names.h"
#include "transformer/rules/pack_rule.h"
#include "transformer/rules/pack_toml.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

constexpr std::string_view kManifest = "pack.toml";

// Splits files by their family, which is the first element of the path.
StringMap<PackSource> GroupByFamily(std::span<const PackFile> files, std::string_view origin) {
  StringMap<PackSource> sources;
  for (const PackFile& file : files) {
    const size_t slash = file.path.find('/');
    if (slash == std::string::npos) {
      continue;
    }
    PackSource& source = sources[file.path.substr(0, slash)];
    source.family = file.path.substr(0, slash);
    source.prefix = Cat(origin, origin.empty() ? "" : "/", source.family, "/");
    source.files[file.path.substr(slash + 1)] = file.bytes;
  }
  return sources;
}

absl::Status ReadHeader(const TomlDocument& document, const PackSource& source, Pack* pack) {
  TableReader top(document, document.root(), "the manifest");
  const toml::table* header = top.Table("pack");
  const std::vector<const toml::table*> rules = top.Tables("rule");
  WINDLASS_RETURN_IF_ERROR(top.Finish());
  if (header == nullptr) {
    return top.PlaceOf({}).Error("there is no [pack]; begin with one");
  }
  const auto is_table = [](const auto& file) { return file.first.starts_with("tables/"); };
  if (rules.empty() && std::ranges::none_of(source.files, is_table)) {
    return top.PlaceOf("pack").Error("there is no [[rule]]; add one or remove the folder");
  }
  TableReader reader(document, *header, "[pack]");
  const PlacedText family = reader.RequiredText("family");
  pack->title = reader.RequiredText("title").value;
  const int64_t order = reader.Integer("order").value_or(-1);
  WINDLASS_RETURN_IF_ERROR(reader.Finish());
  if (family.value != source.family) {
    return family.place.Error(Cat("family `", family.value, "` lies in the folder `", source.family,
                                  "`; give both one name"));
  }
  if (!IsPackName(family.value)) {
    return family.place.Error(Cat("`", family.value, "` is no name for a family; use lower-case ",
                                  "letters, digits and hyphens"));
  }
  if (order < 0 || order > std::numeric_limits<int>::max()) {
    return reader.PlaceOf("order").Error(
        "`order` must be an integer of at least 0: the place of the commits in a series");
  }
  pack->family = family.value;
  pack->order = static_cast<int>(order);
  return absl::OkStatus();
}

absl::Status ReadRules(const TomlDocument& document, const PackSource& source, Pack* pack) {
  TableReader top(document, document.root(), "the manifest");
  StringMap<Place> ids;
  for (const toml::table* table : top.Tables("rule")) {
    const Place place = TableReader(document, *table, "[[rule]]").PlaceOf("id");
    WINDLASS_ASSIGN_OR_RETURN(std::unique_ptr<Rule> rule, ReadRule(document, *table, source));
    const auto [first, fresh] = ids.try_emplace(rule->id, place);
    if (!fresh) {
      return place.Error(Cat("rule `", rule->id, "` is already defined at ",
                             first->second.ToString(), "; rename one"));
    }
    rule->page = pack->page;
    pack->rules.push_back(std::move(rule));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Pack>> LoadPack(const PackSource& source) {
  const auto manifest = source.files.find(kManifest);
  if (manifest == source.files.end()) {
    return InvalidInput(Cat(source.prefix, kManifest,
                            ":1:1: there is no such file; each folder of ", "packs needs one"));
  }
  WINDLASS_ASSIGN_OR_RETURN(const TomlDocument document,
                            TomlDocument::Parse(Cat(source.prefix, kManifest), manifest->second));
  auto pack = std::make_unique<Pack>();
  pack->origin = source.prefix.substr(0, source.prefix.size() - 1);
  WINDLASS_RETURN_IF_ERROR(ReadHeader(document, source, pack.get()));
  for (const auto& [path, bytes] : source.files) {
    if (path.starts_with("templates/") || path.starts_with("tables/")) {
      pack->files[path] = bytes;
    } else if (path == "README.md") {
      pack->page = bytes;
    }
  }
  WINDLASS_RETURN_IF_ERROR(ReadRules(document, source, pack.get()));
  return pack;
}

}  // namespace

absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadPacks(std::span<const PackFile> files,
                                                             std::string_view origin) {
  std::vector<std::unique_ptr<Pack>> packs;
  for (const auto& [family, source] : GroupByFamily(files, origin)) {
    WINDLASS_ASSIGN_OR_RETURN(std::unique_ptr<Pack> pack, LoadPack(source));
    packs.push_back(std::move(pack));
  }
  std::ranges::sort(packs, [](const std::unique_ptr<Pack>& a, const std::unique_ptr<Pack>& b) {
    return std::tie(a->order, a->family) < std::tie(b->order, b->family);
  });
  return packs;
}

absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadEmbeddedPacks() {
  std::vector<PackFile> files;
  for (const EmbeddedFile& file : EmbeddedPatches()) {
    files.push_back({std::string(file.path), std::string(file.bytes)});
  }
  return LoadPacks(files, "patches");
}

}  // namespace windlass
