#include "transformer/patch/tally.h"

#include <utility>

namespace windlass {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"safe", "review", "suggest", "refused",
                                                    "suppressed"};

size_t ColumnOf(const Finding& finding) {
  if (finding.refusal) {
    return finding.refusal == Refusal::kSuppressed ? 4 : 3;
  }
  return finding.fix ? static_cast<size_t>(finding.level) : 2;
}

}  // namespace

void Tally::Add(const Finding& finding) {
  const size_t column = ColumnOf(finding);
  ++families_[finding.family][column];
  ++total_[column];
}

std::vector<std::vector<std::string>> Tally::Table() const {
  std::vector<std::vector<std::string>> rows;
  if (families_.empty()) {
    return rows;
  }
  const auto add = [&](std::string name, const Counts& counts) {
    std::vector<std::string> row{std::move(name)};
    for (size_t i = 0; i < kColumns; ++i) {
      if (total_[i] > 0) {
        row.push_back(std::to_string(counts[i]));
      }
    }
    rows.push_back(std::move(row));
  };
  std::vector<std::string> header{"family"};
  for (size_t i = 0; i < kColumns; ++i) {
    if (total_[i] > 0) {
      header.emplace_back(kNames[i]);
    }
  }
  rows.push_back(std::move(header));
  for (const auto& [family, counts] : families_) {
    add(family, counts);
  }
  if (families_.size() > 1) {
    add("total", total_);
  }
  return rows;
}

}  // namespace windlass
