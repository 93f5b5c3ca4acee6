#include "transformer/driver/edit_owners.h"

#include <algorithm>
#include <string>

namespace windlass {
namespace {

bool Before(const std::pair<const Edit*, size_t>& entry, size_t begin) {
  return entry.first->span.begin < begin;
}

}  // namespace

void EditOwners::Add(size_t finding, const EditSet& own, std::span<const ImportRequest> imports) {
  // Findings come in the order of the source, so that most of these go to the end.
  for (const Edit& edit : own.edits()) {
    auto at = entries_.end();
    if (!entries_.empty() && entries_.back().first->span.begin > edit.span.begin) {
      at = std::lower_bound(entries_.begin(), entries_.end(), edit.span.begin + 1, Before);
    }
    entries_.insert(at, {&edit, finding});
  }
  if (!own.empty()) {
    const std::pair<size_t, size_t> begin(own.edits().front().span.begin, finding);
    begins_.insert(std::upper_bound(begins_.begin(), begins_.end(), begin), begin);
  }
  for (const ImportRequest& request : imports) {
    importers_[Cat("\"", request.path, "\"")].push_back(finding);
  }
  last_ = finding;
}

void EditOwners::AddWriters(const Edit& edit, std::vector<size_t>* owners) const {
  auto it = std::lower_bound(entries_.begin(), entries_.end(), edit.span.begin, Before);
  while (it != entries_.begin() && std::prev(it)->first->span.end > edit.span.begin) {
    --it;
  }
  for (; it != entries_.end() && it->first->span.begin <= edit.span.end; ++it) {
    if (*it->first == edit || it->first->span.Overlaps(edit.span)) {
      owners->push_back(it->second);
    }
  }
}

size_t EditOwners::Nearest(const Edit& edit) const {
  // Before all of them lies a dropped import: only with the last finding is every use gone.
  const std::pair<size_t, size_t> after(edit.span.begin + 1, 0);
  const auto it = std::lower_bound(begins_.begin(), begins_.end(), after);
  return it == begins_.begin() ? last_ : std::prev(it)->second;
}

std::vector<size_t> EditOwners::Of(const Edit& edit) const {
  std::vector<size_t> owners;
  AddWriters(edit, &owners);
  if (edit.span.empty()) {
    for (const auto& [quoted, findings] : importers_) {
      if (edit.text.find(quoted) != std::string::npos) {
        owners.insert(owners.end(), findings.begin(), findings.end());
      }
    }
  }
  if (owners.empty()) {
    owners.push_back(Nearest(edit));
  }
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  return owners;
}

}  // namespace windlass
