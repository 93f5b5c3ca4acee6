#ifndef WINDLASS_TRANSFORMER_DRIVER_RULE_INDEX_H_
#define WINDLASS_TRANSFORMER_DRIVER_RULE_INDEX_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "re2/set.h"
#include "transformer/rules/pack.h"

namespace windlass {

using Packs = std::vector<std::unique_ptr<Pack>>;

/// The rules of a run in the order of their packs, and one automaton for all prefilters of a
/// language, so that a file is scanned once however many rules there are. Immutable, shared by
/// threads.
class RuleIndex {
 public:
  /// Picks from `packs` (borrowed) what `only` names (families or ids), or, when it is empty, all
  /// that are on by default. A name that fits nothing is an error.
  static absl::StatusOr<RuleIndex> Select(const Packs& packs, std::span<const std::string> only);

  std::span<const Rule* const> rules() const { return rules_; }
  /// The packs that have a selected rule, in order.
  std::span<const Pack* const> packs() const { return packs_; }
  const Pack* FindPack(std::string_view family) const;

  /// Indexes into rules() of the rules on single files that want `file`, ascending.
  std::vector<uint16_t> Wanted(const ProjectFile& file, std::string_view bytes) const;

 private:
  /// Prefilter patterns of one language; pattern i belongs to rule owner[i].
  struct Filter {
    std::unique_ptr<RE2::Set> set;
    std::vector<uint16_t> owner;
    std::vector<uint16_t> always;  // rules without a prefilter
  };

  absl::Status CompileFilters();

  const Packs* all_ = nullptr;
  std::vector<const Rule*> rules_;
  std::vector<const Pack*> packs_;
  std::map<Language, Filter> filters_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_RULE_INDEX_H_
