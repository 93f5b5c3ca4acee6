#ifndef WINDLASS_TRANSFORMER_PATCH_TALLY_H_
#define WINDLASS_TRANSFORMER_PATCH_TALLY_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/finding.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Findings counted by family and by what becomes of them.
class Tally {
 public:
  void Add(const Finding& finding);
  /// Header, one row a family in order of name, and the sums if there is more than one; columns
  /// that are zero throughout are left out. Empty without findings.
  std::vector<std::vector<std::string>> Table() const;

 private:
  // safe, review, suggest, refused, suppressed
  static constexpr size_t kColumns = 5;
  using Counts = std::array<size_t, kColumns>;

  StringMap<Counts> families_;
  Counts total_{};
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_TALLY_H_
