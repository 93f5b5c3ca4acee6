#ifndef WINDLASS_TRANSFORMER_RULES_SUPPRESS_H_
#define WINDLASS_TRANSFORMER_RULES_SUPPRESS_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/finding.h"
#include "transformer/syntax/tree.h"
#include "transformer/text/source_file.h"

namespace windlass {

/// One comment `//windlass:ignore RULE reason` or `# windlass:ignore RULE reason`. RULE is the id
/// of a rule, a family or `all`.
struct Suppression {
  std::string rule;    // empty if the comment names none
  std::string reason;  // empty if the comment gives none; it then suppresses nothing
  Span span;           // from "windlass:ignore" to the end of the line
  size_t line = 1;     // of the comment
  size_t covers = 1;   // the line it speaks of: its own or, when it stands alone, the next that
                       // is no such comment

  bool valid() const { return !rule.empty() && !reason.empty(); }
  /// True if it speaks of `finding` (in the same file): the rule is meant, and the place begins on
  /// the covered line or has the comment among its lines.
  bool Covers(const Finding& finding, const SourceFile& source) const;
};

/// Whether there can be a suppression in `bytes` at all; cheap.
bool MaySuppress(std::string_view bytes);

/// The suppressions in `source`, in order. With `tree` only real comments count; without, whatever
/// follows a comment sign (`//`, `#`, `;`, `REM`, `::`).
std::vector<Suppression> FindSuppressions(const SourceFile& source, const Tree* tree);

/// Refuses (kSuppressed) every finding that a valid suppression covers.
void ApplySuppressions(std::span<const Suppression> suppressions, const SourceFile& source,
                       std::span<Finding> findings);

/// Findings about the suppressions of one file themselves: no reason, or a rule that `is_known`
/// denies (it gets ids, families and "all"); with `complete`, which says that `findings` are all
/// findings of the file by all rules, also those that suppress nothing.
std::vector<Finding> CheckSuppressions(std::span<const Suppression> suppressions,
                                       const SourceFile& source, std::span<const Finding> findings,
                                       bool complete,
                                       const std::function<bool(std::string_view)>& is_known);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_SUPPRESS_H_
