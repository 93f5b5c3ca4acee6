#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/git_attributes.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/shared_facts.h"
#include "transformer/text/eol.h"
#include "transformer/text/strings.h"

namespace windlass {

/// A kind of file and what its consumer needs.
struct EolKind {
  std::string name;
  std::vector<std::string> globs;
  std::vector<std::string> interpreters;
  std::optional<Eol> want;    // nullopt: either, but one kind in a file
  std::optional<Eol> prefer;  // for those: the kind to make of a mixture; else the more frequent
  Level level = Level::kReview;
  std::string why;
  std::vector<std::string> attributes;
};

/// patches/eol/tables/consumers.toml.
struct EolKinds {
  std::vector<EolKind> kinds;
  std::vector<std::string> protected_globs;
  std::vector<std::string> protected_folders;
  std::vector<std::string> protected_attributes;
  std::vector<std::string> binary_attributes;

  /// The kind of a file by its name or, failing that, by the interpreter its first line names; null
  /// if none.
  const EolKind* Of(std::string_view path, std::string_view bytes) const;
  bool Protects(std::string_view path) const;
};

/// Errors read `origin:line:col: …`.
absl::StatusOr<EolKinds> ParseEolKinds(std::string_view text, std::string_view origin);

/// What the rules on line endings share over a run.
struct EolFacts {
  EolKinds kinds;
  GitAttributes attributes;
  StringSet embedded;  // files that a //go:embed directive names
};
const EolFacts& EolFactsOf(SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_
