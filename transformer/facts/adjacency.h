#ifndef WINDLASS_TRANSFORMER_FACTS_ADJACENCY_H_
#define WINDLASS_TRANSFORMER_FACTS_ADJACENCY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace windlass {

/// What belongs to each node of a graph, in two arrays: a vector for each node would take several
/// times the memory.
template <typename Item>
class Adjacency {
 public:
  Adjacency() = default;
  /// `for_each(add)` calls `add(node, item)` for every item, twice over and in the same order;
  /// nodes are below `size`. Items of one node keep that order.
  template <typename ForEach>
  Adjacency(size_t size, ForEach for_each) : begins_(size + 1) {
    for_each([&](uint32_t node, const Item&) { ++begins_[node + 1]; });
    for (size_t node = 0; node < size; ++node) {
      begins_[node + 1] += begins_[node];
    }
    items_.resize(begins_[size]);
    std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
    for_each([&](uint32_t node, const Item& item) { items_[next[node]++] = item; });
  }

  std::span<const Item> operator[](uint32_t node) const {
    return std::span(items_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
  }

 private:
  std::vector<uint32_t> begins_;
  std::vector<Item> items_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_ADJACENCY_H_
