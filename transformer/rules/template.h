#ifndef WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_
#define WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace windlass {

/// Text with holes: `@name` stands for a capture or a variable (`@module`, `@package`, `@filepath`
/// …: see patches/README.md), `@@` for an at sign, `@{name}` where a letter follows.
class Template {
 public:
  static absl::StatusOr<Template> Parse(std::string_view text, std::string_view origin);
  /// Names of all holes, in order, with repetitions.
  std::vector<std::string> Holes() const;
  /// Fills the holes; nullopt if `lookup` does not know one.
  std::optional<std::string> Expand(
      const std::function<std::optional<std::string>(std::string_view)>& lookup) const;

 private:
  struct Piece {
    bool hole;
    std::string text;
  };
  std::vector<Piece> pieces_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_TEMPLATE_H_
