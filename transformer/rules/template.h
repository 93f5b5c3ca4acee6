#ifndef WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_
#define WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/rules/place.h"
#include "transformer/text/span.h"

namespace windlass {

/// Text with holes: `@name` stands for a capture or a variable (`@module`, `@package`, `@filepath`
/// …: see patches/README.md), `@@` for an at sign, `@{name}` where a letter, digit or underscore
/// follows and for names with dots or hyphens. An immutable value.
class Template {
 public:
  /// Gives the text of a hole, or nullopt if it does not know the name.
  using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

  struct Hole {
    std::string_view name;  // lives as long as the Template
    size_t offset;          // of its at sign in the text as written
  };
  struct Expansion {
    std::string text;
    std::vector<Span> holes;  // where the text of each hole stands
  };

  /// Empty text.
  Template() = default;
  /// Text without holes; at signs stand for themselves.
  static Template Literal(std::string_view text);
  /// Errors: `origin:line:col: what; what to do`, the position counted within `text`.
  static absl::StatusOr<Template> Parse(std::string_view text, std::string_view origin);
  /// The same for text that begins at `place`.
  static absl::StatusOr<Template> ParseAt(std::string_view text, const Place& place);

  /// All holes, in order, with repetitions.
  std::vector<Hole> Holes() const;
  bool empty() const { return pieces_.empty(); }
  /// Fills the holes; nullopt if `lookup` does not know one.
  std::optional<std::string> Expand(const Lookup& lookup) const;
  /// The same, and tells where each hole's text came to stand.
  std::optional<Expansion> ExpandWithHoles(const Lookup& lookup) const;

 private:
  struct Piece {
    bool hole;
    std::string text;
    size_t offset;
  };
  std::vector<Piece> pieces_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_
