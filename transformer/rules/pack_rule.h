#ifndef WINDLASS_TRANSFORMER_RULES_PACK_RULE_H_
#define WINDLASS_TRANSFORMER_RULES_PACK_RULE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/rules/pack.h"
#include "transformer/rules/pack_toml.h"
#include "transformer/text/strings.h"

namespace windlass {

/// The files of one pack by their path relative to it, and what precedes that path in messages.
struct PackSource {
  std::string family;
  std::string prefix;  // "patches/paths/"
  StringMap<std::string> files;
};

/// Reads one `[[rule]]` table whole: fields, guards, query, templates; then checks what they say of
/// each other.
absl::StatusOr<std::unique_ptr<Rule>> ReadRule(const TomlDocument& document,
                                               const toml::table& table, const PackSource& source);

/// Reads a `where` table into `guards`.
absl::Status ReadGuards(const TomlDocument& document, const toml::table& table, Language language,
                        Guards* guards);

/// Compiles `pattern`; the error points into it.
absl::StatusOr<std::unique_ptr<RE2>> CompileRegex(const PlacedText& pattern);

/// What a template may speak of.
enum class TemplateUse : uint8_t { kReplace, kMessage, kNewFile, kImport };

/// What the parts of a rule were read from, for messages about them.
struct RuleText {
  struct Part {
    const Template* parsed;
    PlacedText text;
    TemplateUse use;
  };
  Place rule;
  PlacedText query;
  std::vector<Part> templates;
  std::vector<PlacedText> guard_captures;
  std::vector<PlacedText> imports;  // in the order of Rule::imports
  Place logic;
};

/// Checks holes against captures, captures against their use, level against fix, query against
/// logic.
absl::Status CheckRule(const Rule& rule, const RuleText& text);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_PACK_RULE_H_
