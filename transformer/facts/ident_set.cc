#include "transformer/facts/ident_set.h"

#include <algorithm>
#include <utility>

namespace windlass {

std::vector<uint32_t> IdentSet::Sorted() const {
  std::vector<uint32_t> hashes;
  hashes.reserve(size_);
  for (const uint32_t hash : slots_) {
    if (hash == 0) {
      continue;
    }
    // Insertion sort: no hash is further than its reach out of order.
    size_t place = hashes.size();
    hashes.push_back(hash);
    for (; place > 0 && hashes[place - 1] > hash; --place) {
      hashes[place] = hashes[place - 1];
    }
    hashes[place] = hash;
  }
  if (!crowded_.empty()) {
    hashes.insert(hashes.end(), crowded_.begin(), crowded_.end());
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  }
  return hashes;
}

void IdentSet::Grow() {
  --shift_;
  const std::vector<uint32_t> old = std::exchange(slots_, std::vector<uint32_t>(SlotCount()));
  size_ = 0;
  for (const uint32_t hash : old) {
    if (hash != 0) {
      Add(hash);
    }
  }
}

}  // namespace windlass
