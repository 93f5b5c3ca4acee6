#ifndef WINDLASS_TRANSFORMER_PATCH_BASELINE_H_
#define WINDLASS_TRANSFORMER_PATCH_BASELINE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/report.h"
#include "transformer/rules/finding.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Findings that a project had when it took windlass up: they are not spoken of again. Recognised
/// by rule, path and content, each as often as it was there.
class Baseline {
 public:
  /// Errors: `name:line: what; what to do`.
  static absl::StatusOr<Baseline> Parse(std::string_view name, std::string_view text);
  /// The file for `findings` as they are, sorted, an entry a line; suppressed ones are left out.
  static std::string Format(std::span<const Finding> findings, const SourceLookup& sources);

  /// Takes the known ones from `findings` and returns how many those were. An entry that is spent
  /// covers nothing more.
  size_t Remove(const SourceLookup& sources, std::vector<Finding>* findings);
  /// Entries that covered nothing, as "path: rule": what they speak of is gone.
  std::vector<std::string> Unused() const;

 private:
  struct Entry {
    std::string rule;
    std::string path;
    size_t count = 0;
  };
  StringMap<Entry> entries_;  // by fingerprint
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_BASELINE_H_
