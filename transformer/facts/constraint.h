#ifndef WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_
#define WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_

#include <span>
#include <string>
#include <string_view>

#include "transformer/facts/build_expr.h"
#include "transformer/facts/target.h"
#include "transformer/text/span.h"

namespace windlass {

/// All that decides whether a Go file is part of a build: its name and its header.
struct FileConstraint {
  BuildExpr header;            // from //go:build, else from // +build lines
  std::string_view name_goos;  // from the file name's suffix, or empty; static storage
  std::string_view name_goarch;
  bool has_go_build_line = false;
  bool has_plus_build_line = false;
  /// The header does not parse or has two //go:build lines: go build refuses the package.
  bool broken = false;
  bool ignored =
      false;  // name begins with '_' or '.', or the header holds only under the tag `ignore`
  bool is_test = false;  // _test.go
  bool needs_cgo =
      false;  // imports "C"; only a skim or a parse knows (ReadConstraint leaves it false)
  /// The lines that hold the constraint, with their line ends: the //go:build line and the +build
  /// lines directly around it. Empty if there are none.
  Span header_span;

  /// Whether a build for `target` would take the file, with cgo off unless `tags` holds "cgo". Test
  /// files are judged like others.
  bool Includes(const Target& target, std::span<const std::string> tags = {}) const;
  bool constrained() const {
    return !header.is_true() || !name_goos.empty() || !name_goarch.empty() || needs_cgo;
  }
  /// Name suffix, header and cgo in one expression.
  BuildExpr Combined() const;
};

/// Reads name and header (the text before the package clause is enough, more does no harm). A
/// header that does not parse counts as none.
FileConstraint ReadConstraint(std::string_view path, std::string_view bytes);

/// The offset where the first byte that is neither blank nor comment stands, or the size of
/// `bytes`. A leading byte-order mark is passed over.
size_t GoHeaderEnd(std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_CONSTRAINT_H_
