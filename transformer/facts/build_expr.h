#ifndef WINDLASS_TRANSFORMER_FACTS_BUILD_EXPR_H_
#define WINDLASS_TRANSFORMER_FACTS_BUILD_EXPR_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/target.h"

namespace windlass {

/// A boolean expression over build tags: an immutable value, cheap to copy.
class BuildExpr {
 public:
  enum class Op : uint8_t { kTrue, kTag, kNot, kAnd, kOr };

  /// Always true: a file without constraints. Not(BuildExpr()) is never true.
  BuildExpr() = default;
  static BuildExpr Tag(std::string_view tag);
  static BuildExpr Not(BuildExpr x);
  /// Nested uses become one node with many operands; a true operand leaves an And, and wins an Or.
  static BuildExpr And(BuildExpr a, BuildExpr b);
  static BuildExpr Or(BuildExpr a, BuildExpr b);
  /// Parses what follows `//go:build`. Errors name the column within `text`, from 1.
  static absl::StatusOr<BuildExpr> Parse(std::string_view text);
  /// Parses the arguments of one `// +build` line.
  static absl::StatusOr<BuildExpr> ParsePlusBuild(std::string_view text);

  Op op() const;
  bool is_true() const { return op() == Op::kTrue; }
  /// The name of a kTag, else empty.
  std::string_view tag() const;
  /// One for kNot, two or more for kAnd and kOr, else none.
  std::span<const BuildExpr> operands() const;

  /// True on `target` with cgo off, gc as the compiler, every release tag up to go1.99, the default
  /// level of each architecture's feature tags, and `tags` as custom tags (which may turn cgo on).
  bool Eval(const Target& target, std::span<const std::string> tags = {}) const;
  /// True if wherever this holds `other` does too, for any system, architecture, release and custom
  /// tag. False may also mean that it was too much to prove (more than ten tags beside systems and
  /// architectures).
  bool Implies(const BuildExpr& other) const;
  /// An equal expression in which only tags are negated and no operand follows from the others; a
  /// system excludes the other systems: `linux && !windows` is `linux`.
  BuildExpr Simplified() const;

  /// As gofmt prints it after `//go:build`: `||` inside `&&` and `&&` inside `||` stand in
  /// parentheses. Always true is the empty text; never true is `ignore`, the tag that people use
  /// for it.
  std::string ToString() const;
  /// Every tag that occurs, sorted, once.
  std::vector<std::string> Tags() const;

  /// Equal in form, not only in meaning.
  friend bool operator==(const BuildExpr& a, const BuildExpr& b);

 private:
  struct Node;
  explicit BuildExpr(Node node);
  static BuildExpr Combine(Op op, BuildExpr a, BuildExpr b);

  std::shared_ptr<const Node> node_;  // null for kTrue
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_BUILD_EXPR_H_
