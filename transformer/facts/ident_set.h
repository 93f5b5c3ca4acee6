#ifndef WINDLASS_TRANSFORMER_FACTS_IDENT_SET_H_
#define WINDLASS_TRANSFORMER_FACTS_IDENT_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace windlass {

/// Collects 32-bit hashes, each once, for one fast pass over a file. An open table whose slots
/// follow the order of the hashes, so that it comes out nearly sorted. What finds no slot near its
/// place, as with names chosen to collide, is kept apart: every addition takes bounded time.
class IdentSet {
 public:
  IdentSet() : slots_(SlotCount()) {}

  /// Adds `hash`; 0 counts as 1.
  void Add(uint32_t hash) {
    hash += hash == 0 ? 1 : 0;
    const size_t home = hash >> shift_;
    for (size_t slot = home; slot < home + kReach; ++slot) {
      if (slots_[slot] == hash) {
        return;
      }
      if (slots_[slot] == 0) {
        slots_[slot] = hash;
        if (++size_ * 2 > slots_.size()) {
          Grow();
        }
        return;
      }
    }
    crowded_.push_back(hash);
  }

  /// The hashes in order.
  std::vector<uint32_t> Sorted() const;

 private:
  static constexpr size_t kReach = 32;

  size_t SlotCount() const { return (size_t{1} << (32 - shift_)) + kReach; }
  void Grow();

  unsigned shift_ = 32 - 11;
  size_t size_ = 0;
  std::vector<uint32_t> slots_;
  std::vector<uint32_t> crowded_;  // may hold a hash many times
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_IDENT_SET_H_
