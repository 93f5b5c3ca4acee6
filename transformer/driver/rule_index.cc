#include "transformer/driver/rule_index.h"

#include <algorithm>

#include "transformer/rules/check.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool IsProjectRule(const Rule& rule) {
  return rule.native != nullptr && std::holds_alternative<ProjectLogic>(rule.native->logic);
}

bool Names(std::string_view name, const Rule& rule) {
  return name == rule.family || name == rule.id;
}

}  // namespace

absl::StatusOr<RuleIndex> RuleIndex::Select(const Packs& packs, std::span<const std::string> only) {
  RuleIndex index;
  index.all_ = &packs;
  std::vector<bool> used(only.size(), false);
  for (const auto& pack : packs) {
    const size_t before = index.rules_.size();
    for (const auto& rule : pack->rules) {
      bool take = only.empty() && rule->disabled.empty();
      for (size_t i = 0; i < only.size(); ++i) {
        // A family means its rules that are on; a rule's own id turns it on.
        if (Names(only[i], *rule)) {
          used[i] = true;
          take = take || only[i] == rule->id || rule->disabled.empty();
        }
      }
      if (take) {
        index.rules_.push_back(rule.get());
      }
    }
    if (index.rules_.size() > before) {
      index.packs_.push_back(pack.get());
    }
  }
  for (size_t i = 0; i < only.size(); ++i) {
    if (!used[i]) {
      return InvalidInput(
          Cat("--only ", only[i], ": no such family or rule; see `windlass rules list`"));
    }
  }
  WINDLASS_RETURN_IF_ERROR(index.CompileFilters());
  return index;
}

absl::Status RuleIndex::CompileFilters() {
  for (size_t i = 0; i < rules_.size(); ++i) {
    const Rule& rule = *rules_[i];
    if (IsProjectRule(rule)) {
      continue;
    }
    Filter& filter = filters_[rule.language];
    const auto number = static_cast<uint16_t>(i);
    if (rule.prefilter.empty()) {
      filter.always.push_back(number);
    }
    for (const auto& pattern : rule.prefilter) {
      if (!filter.set) {
        RE2::Options options(RE2::Quiet);
        options.set_max_mem(int64_t{64} << 20);
        filter.set = std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
      }
      std::string error;
      if (filter.set->Add(pattern->pattern(), &error) < 0) {
        return InvalidInput(Cat(rule.id, ": prefilter: ", error));
      }
      filter.owner.push_back(number);
    }
  }
  for (auto& [language, filter] : filters_) {
    if (filter.set && !filter.set->Compile()) {
      return InvalidInput("prefilters: too large together; make them simpler");
    }
  }
  return absl::OkStatus();
}

const Pack* RuleIndex::FindPack(std::string_view family) const {
  for (const auto& pack : *all_) {
    if (pack->family == family) {
      return pack.get();
    }
  }
  return nullptr;
}

std::vector<uint16_t> RuleIndex::Wanted(const ProjectFile& file, std::string_view bytes) const {
  std::vector<uint16_t> wanted;
  // Rules in the language "text" look at the text of files in any language.
  for (const Language language : {Language::kText, file.language}) {
    const auto it = filters_.find(language);
    if (it == filters_.end() || (language == Language::kText && it->first != language)) {
      continue;
    }
    const Filter& filter = it->second;
    wanted.insert(wanted.end(), filter.always.begin(), filter.always.end());
    std::vector<int> hits;
    if (filter.set && filter.set->Match(re2::StringPiece(bytes.data(), bytes.size()), &hits)) {
      for (const int hit : hits) {
        wanted.push_back(filter.owner[static_cast<size_t>(hit)]);
      }
    }
    if (file.language == Language::kText) {
      break;
    }
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  std::erase_if(wanted, [&](uint16_t i) { return !RuleWantsFile(*rules_[i], file); });
  return wanted;
}

}  // namespace windlass
