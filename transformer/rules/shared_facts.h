#ifndef WINDLASS_TRANSFORMER_RULES_SHARED_FACTS_H_
#define WINDLASS_TRANSFORMER_RULES_SHARED_FACTS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <utility>

#include "transformer/facts/project.h"

namespace windlass {

struct Pack;

/// Lazily built facts that the native rules of one run share, one of each type: built on first use
/// by whichever thread comes first, then immutable.
class SharedFacts {
 public:
  SharedFacts(const Project& project, std::function<const Pack*(std::string_view)> find_pack,
              size_t threads = 1)
      : project_(project), find_pack_(std::move(find_pack)), threads_(threads) {}

  const Project& project() const { return project_; }
  /// How many threads `make` may use (ParallelFor).
  size_t threads() const { return threads_; }
  /// The pack of a family, for its templates and tables; null if it isn't loaded.
  const Pack* FindPack(std::string_view family) const { return find_pack_(family); }

  /// The one T of this run; `make` builds it. Re-entrant: `make` may ask for other types.
  template <typename T>
  const T& Get(const std::function<std::unique_ptr<const T>(SharedFacts&)>& make) {
    const std::lock_guard<std::recursive_mutex> lock(mutex_);
    auto& slot = slots_[std::type_index(typeid(T))];
    if (!slot) {
      slot = std::shared_ptr<const void>(make(*this));
    }
    return *static_cast<const T*>(slot.get());
  }

 private:
  const Project& project_;
  std::function<const Pack*(std::string_view)> find_pack_;
  size_t threads_;
  std::recursive_mutex mutex_;
  std::unordered_map<std::type_index, std::shared_ptr<const void>> slots_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_SHARED_FACTS_H_
