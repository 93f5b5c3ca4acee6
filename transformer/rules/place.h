#ifndef WINDLASS_TRANSFORMER_RULES_PLACE_H_
#define WINDLASS_TRANSFORMER_RULES_PLACE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace windlass {

/// Where a text of a pack begins, so that mistakes in it can be pointed at.
struct Place {
  std::string path;
  size_t line = 1;
  size_t column = 1;

  /// "path:line:col" of byte `offset` of `text`, whose first byte stands at this place.
  std::string At(std::string_view text, size_t offset) const;
  /// "path:line:col" of the place itself.
  std::string ToString() const { return At({}, 0); }
  /// An error `path:line:col: what`.
  absl::Status Error(std::string_view what) const;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_PLACE_H_
