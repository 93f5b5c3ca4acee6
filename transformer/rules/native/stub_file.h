#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_FILE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/build_expr.h"
#include "transformer/rules/native/package_view.h"

namespace windlass {

/// How a declaration comes into a file for the targets that lack it.
enum class StubKind : uint8_t {
  kCopy,   // as it is
  kError,  // the complete signature; returns an error and zero values
  kZero,   // the complete signature; does nothing and returns zero values
  kEmpty,  // a type of the same name, of which nothing is known
};

struct StubItem {
  const PackageUnit* unit;
  StubKind kind;
  /// Fields of a struct type (field_declaration nodes) that are left out of a copy.
  std::vector<Node> dropped;
};

/// A file to be written. `items` in the order in which they shall stand.
struct StubFile {
  std::string package;
  BuildExpr constraint;
  bool constraint_in_name = false;  // the file's name says it all
  bool plus_build = false;          // `// +build` lines too, for Go below 1.17
  /// The error that stubs wrap: "errors.ErrUnsupported", the name of a variable of the package, or
  /// empty for an error of each stub's own.
  std::string error;
  bool declare_error = false;  // `error` is a variable that this file declares
  std::vector<StubItem> items;
};

/// True if the last result of a function or method is `error`.
bool ReturnsError(const GoUnit& unit);
/// The types of the results, one for each value.
std::vector<Node> ResultTypes(const GoUnit& unit);
/// The zero value of a type as an expression, or empty if only `var zero T` can tell.
std::string ZeroValue(Node type, PackageView* view);

/// gofmt-clean source of the file.
std::string WriteStubFile(const StubFile& file, PackageView* view);

/// The lines of a header for `constraint`, with their newlines: `//go:build`, and `// +build` if
/// asked for and expressible.
std::string ConstraintHeader(const BuildExpr& constraint, bool plus_build);

/// Import specs of a Go file as source, grouped and sorted as goimports does: an import
/// declaration with its newline, or nothing.
std::string ImportBlock(const StringSet& specs);
/// The spec by which `file` imports `path`: `"os"` or `name "path"`.
std::string ImportSpec(const GoFile& file, std::string_view path);

/// The text of one spec or declaration as a statement of its own at the top level.
std::string StatementText(const PackageUnit& unit, const std::vector<Node>& dropped);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_FILE_H_
