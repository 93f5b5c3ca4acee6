#ifndef WINDLASS_TRANSFORMER_FACTS_GO_FILE_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_FILE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "transformer/facts/constraint.h"
#include "transformer/syntax/tree.h"

namespace windlass {

/// One import spec of a Go file.
struct GoImport {
  std::string path;
  /// The name by which the file speaks of the package: the explicit one, else the last path element
  /// without a major-version suffix, "go-" prefix, ".go"/"-go" suffix guess. "." and "_" as
  /// written.
  std::string name;
  bool explicit_name = false;
  Node spec;  // import_spec
};

/// A declaration that an identifier resolves to.
struct GoDecl {
  enum class Kind : uint8_t {
    kImport,
    kFunc,
    kType,
    kConst,
    kVar,  // file or package level
    kLocalVar,
    kLocalConst,
    kLocalType,
    kParam,
    kResult,
    kReceiver,
    kTypeParam,
    kLabel
  };
  Kind kind;
  std::string_view name;
  Node name_node;
  /// The node that declares: function_declaration, var_spec, short_var_declaration, range_clause,
  /// parameter_declaration, import_spec, …
  Node decl;
  /// The type as written, where one is.
  Node type;
  /// The function (declaration or literal) that holds a local; null at package level.
  Node function;
};

/// Everything one Go file tells by itself: derived once per Tree, immutable, borrowed from it.
class GoFile {
 public:
  /// `tree` must be a Go tree and outlive the result.
  static std::unique_ptr<GoFile> Derive(const Tree& tree);
  ~GoFile();

  const Tree& tree() const { return tree_; }
  std::string_view package_name() const;
  Node package_clause() const;
  const FileConstraint& constraint() const;
  const std::vector<GoImport>& imports() const;
  const GoImport* FindImport(std::string_view path) const;
  /// Package-level declarations of this file, in order.
  const std::vector<GoDecl>& declarations() const;

  /// What `identifier` (an identifier, type_identifier, package_identifier or field-less name node)
  /// refers to within this file: a local, a package-level declaration of this file, or an import.
  /// Null: unknown (another file of the package, universe, or a dot import).
  const GoDecl* Resolve(Node identifier) const;
  /// Every identifier of this file that resolves to `decl`, its own name included, in order.
  const std::vector<Node>& Uses(const GoDecl& decl) const;
  /// The import path if `node` is `pkg.Name` and pkg really is that import (not shadowed); e.g.
  /// {"os", "Open"}. Works on selector_expression and qualified_type.
  struct Qualified {
    std::string_view path;
    std::string_view name;
  };
  std::optional<Qualified> ResolveQualified(Node selector) const;
  /// The same for the function of a call_expression.
  std::optional<Qualified> Callee(Node call) const;

  /// True if `name` means something at `offset` that hides a package or universe name, or if the
  /// file or a visible scope declares it; what a new identifier must avoid.
  bool IsNameTaken(std::string_view name, size_t offset) const;
  /// The innermost function_declaration, method_declaration or func_literal around `node`.
  Node EnclosingFunction(Node node) const;

 private:
  struct Impl;
  GoFile(const Tree& tree, std::unique_ptr<Impl> impl);
  const Tree& tree_;
  std::unique_ptr<Impl> impl_;
};

/// The value of a Go string literal node (interpreted or raw), or nullopt for anything else.
std::optional<std::string> GoStringValue(Node literal);
/// `value` as gofmt-clean Go source: interpreted if it needs no escape but \\ and \", raw if that
/// is more readable (backslashes without backquotes).
std::string QuoteGoString(std::string_view value);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_FILE_H_
