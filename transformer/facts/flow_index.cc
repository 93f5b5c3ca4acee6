#include "transformer/facts/flow_index.h"

#include <algorithm>
#include <functional>

namespace windlass {
namespace {

uint64_t HashOf(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

template <typename Value>
std::span<const std::pair<uint64_t, Value>> Find(
    const std::vector<std::pair<uint64_t, Value>>& sorted, std::string_view text) {
  const auto found = std::ranges::equal_range(sorted, HashOf(text), {},
                                              [](const auto& entry) { return entry.first; });
  return {found.begin(), found.end()};
}

template <typename Value>
void SortOnce(std::vector<std::pair<uint64_t, Value>>* entries) {
  std::ranges::sort(*entries);
  const auto repeated = std::ranges::unique(*entries);
  entries->erase(repeated.begin(), repeated.end());
}

}  // namespace

void FlowIndex::Declare(std::string_view key, uint32_t file) {
  declared_.emplace_back(HashOf(key), file);
}

void FlowIndex::DeclareMethod(std::string_view name, std::string key) {
  methods_.emplace_back(HashOf(name), std::move(key));
}

void FlowIndex::Finish() {
  SortOnce(&declared_);
  SortOnce(&methods_);
  auto kept = methods_.begin();
  for (auto begin = methods_.begin(); begin != methods_.end();) {
    const auto end = std::find_if(
        begin, methods_.end(), [&](const Method& method) { return method.first != begin->first; });
    kept = end - begin <= static_cast<ptrdiff_t>(kFewMethods) ? std::move(begin, end, kept) : kept;
    begin = end;
  }
  methods_.erase(kept, methods_.end());
  declared_.shrink_to_fit();
  methods_.shrink_to_fit();
}

std::span<const FlowIndex::Entry> FlowIndex::FilesOf(std::string_view key) const {
  return Find(declared_, key);
}

std::span<const FlowIndex::Method> FlowIndex::MethodsNamed(std::string_view name) const {
  return Find(methods_, name);
}

}  // namespace windlass
