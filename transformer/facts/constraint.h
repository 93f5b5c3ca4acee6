#ifndef WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_
#define WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/target.h"
#include "transformer/text/span.h"

namespace windlass {

/// A boolean expression over build tags: an immutable value.
class BuildExpr {
 public:
  enum class Op { kTrue, kTag, kNot, kAnd, kOr };

  /// Always true: a file without constraints.
  BuildExpr();
  static BuildExpr Tag(std::string_view tag);
  static BuildExpr Not(BuildExpr x);
  static BuildExpr And(BuildExpr a, BuildExpr b);
  static BuildExpr Or(BuildExpr a, BuildExpr b);
  /// Parses what follows `//go:build`.
  static absl::StatusOr<BuildExpr> Parse(std::string_view text);
  /// Parses the arguments of one `// +build` line.
  static absl::StatusOr<BuildExpr> ParsePlusBuild(std::string_view text);

  Op op() const;
  bool is_true() const { return op() == Op::kTrue; }
  /// True on `target` with cgo off, gc as the compiler, every release tag up to go1.99, and `tags`
  /// as custom tags.
  bool Eval(const Target& target, std::span<const std::string> tags = {}) const;
  /// As `//go:build` would print it, without needless parentheses.
  std::string ToString() const;
  /// Every tag that occurs, sorted, once.
  std::vector<std::string> Tags() const;

 private:
  struct Node;
  std::shared_ptr<const Node> node_;
};

/// All that decides whether a Go file is part of a build: its name and its header.
struct FileConstraint {
  BuildExpr header;       // from //go:build, else from // +build lines
  std::string name_goos;  // from the file name's suffix, or empty
  std::string name_goarch;
  bool has_go_build_line = false;
  bool has_plus_build_line = false;
  Span header_span;      // the lines that hold the constraint; empty if none
  bool ignored = false;  // name begins with '_' or '.', or the header says `ignore`
  bool is_test = false;  // _test.go

  /// Whether go build would take the file on `target`.
  bool Includes(const Target& target, std::span<const std::string> tags = {}) const;
  bool constrained() const {
    return !header.is_true() || !name_goos.empty() || !name_goarch.empty();
  }
  /// Name suffix and header in one expression.
  BuildExpr Combined() const;
};

/// Reads name and header (the text before the package clause is enough, more does no harm). A
/// header that does not parse counts as none.
FileConstraint ReadConstraint(std::string_view path, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_
