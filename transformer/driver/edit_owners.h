#ifndef WINDLASS_TRANSFORMER_DRIVER_EDIT_OWNERS_H_
#define WINDLASS_TRANSFORMER_DRIVER_EDIT_OWNERS_H_

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "transformer/facts/go_imports.h"
#include "transformer/text/edit.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Tells which findings of a file an edit of the composed file belongs to: the ones that wrote it,
/// the ones that asked for the import it adds, else the nearest. Add every finding, in order, then
/// ask; answers take logarithmic time.
class EditOwners {
 public:
  /// `own` is what the finding's rule wrote; it must outlive this object.
  void Add(size_t finding, const EditSet& own, std::span<const ImportRequest> imports);
  /// Findings in the order in which they were added; at least one if any was added.
  std::vector<size_t> Of(const Edit& edit) const;

 private:
  using Entry = std::pair<const Edit*, size_t>;

  void AddWriters(const Edit& edit, std::vector<size_t>* owners) const;
  size_t Nearest(const Edit& edit) const;

  std::vector<Entry> entries_;                     // sorted by the begin of the span
  std::vector<std::pair<size_t, size_t>> begins_;  // first begin of each finding, sorted
  StringMap<std::vector<size_t>> importers_;       // by import path
  size_t last_ = 0;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_EDIT_OWNERS_H_
