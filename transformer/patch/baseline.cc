#include "transformer/patch/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "transformer/patch/fingerprint.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

/// The part of a fingerprint that equal findings share.
std::string Shared(const std::string& fingerprint) {
  return fingerprint.substr(0, fingerprint.find(':'));
}

}  // namespace

absl::StatusOr<Baseline> Baseline::Parse(std::string_view name, std::string_view text) {
  const auto wrong = [&](std::string_view what) {
    return InvalidInput(Cat(name, ": ", what, "; make it anew with --write-baseline"));
  };
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("schema", 0) != 1 || !json.contains("findings") ||
      !json["findings"].is_array()) {
    return wrong("is no baseline of windlass");
  }
  Baseline baseline;
  for (const Json& row : json["findings"]) {
    const auto has_text = [&](const char* key) {
      return row.contains(key) && row[key].is_string();
    };
    if (!row.is_object() || !has_text("id") || !has_text("rule") || !has_text("path") ||
        !row.contains("count") || !row["count"].is_number_unsigned()) {
      return wrong(Cat("an entry lacks id, rule, path or count: ", row.dump()));
    }
    Entry& entry = baseline.entries_[row["id"].get<std::string>()];
    entry.rule = row["rule"].get<std::string>();
    entry.path = row["path"].get<std::string>();
    entry.count += row["count"].get<size_t>();
  }
  return baseline;
}

std::string Baseline::Format(std::span<const Finding> findings, const SourceLookup& sources) {
  const std::vector<std::string> prints = Fingerprints(findings, sources);
  StringMap<std::pair<std::string, size_t>> rows;  // by the order of the file
  for (size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].refusal == Refusal::kSuppressed) {
      continue;
    }
    const std::string id = Shared(prints[i]);
    auto& [print, count] = rows[Cat(findings[i].path, "\n", findings[i].rule, "\n", id)];
    print = id;
    ++count;
  }
  std::string out = "{\"schema\": 1, \"findings\": [";
  bool first = true;
  for (const auto& [key, row] : rows) {
    const size_t path_end = key.find('\n');
    const size_t rule_end = key.find('\n', path_end + 1);
    const Json json{{"path", key.substr(0, path_end)},
                    {"rule", key.substr(path_end + 1, rule_end - path_end - 1)},
                    {"id", row.first},
                    {"count", row.second}};
    out += Cat(first ? "\n" : ",\n", json.dump(-1, ' ', false, Json::error_handler_t::replace));
    first = false;
  }
  return out + (first ? "]}\n" : "\n]}\n");
}

size_t Baseline::Remove(const SourceLookup& sources, std::vector<Finding>* findings) {
  const std::vector<std::string> prints = Fingerprints(*findings, sources);
  std::vector<Finding> fresh;
  for (size_t i = 0; i < findings->size(); ++i) {
    const auto entry = entries_.find(Shared(prints[i]));
    const bool suppressed = (*findings)[i].refusal == Refusal::kSuppressed;
    if (suppressed || entry == entries_.end() || entry->second.count == 0) {
      fresh.push_back(std::move((*findings)[i]));
    } else {
      --entry->second.count;
    }
  }
  const size_t removed = findings->size() - fresh.size();
  *findings = std::move(fresh);
  return removed;
}

std::vector<std::string> Baseline::Unused() const {
  std::vector<std::string> unused;
  for (const auto& [print, entry] : entries_) {
    if (entry.count > 0) {
      unused.push_back(Cat(entry.path, ": ", entry.rule));
    }
  }
  std::ranges::sort(unused);
  return unused;
}

}  // namespace windlass
