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
  /// The name by which the file speaks of the package: the explicit one ("." and "_" as written),
  /// else the one of GuessImportNames(path) that the file uses as a qualifier, else the first of
  /// them.
  std::string name;
  bool explicit_name = false;
  Node spec;  // import_spec
};

/// The names that the package at `path` may have, the likeliest first: the last element of the path
/// without a major-version suffix, then that without "go-", "-go", ".go" and the like. Never empty.
std::vector<std::string> GuessImportNames(std::string_view path);

/// True if `path` can only be a package of the standard library: no dot in its first element.
bool IsStandardImport(std::string_view path);

/// A declaration that an identifier resolves to. Methods and struct fields are none.
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
  /// receive_statement, parameter_declaration, import_spec, labeled_statement, … A type switch
  /// (`switch x := v.(type)`) declares in each of its clauses: type_case or default_case.
  Node decl;
  /// The type as written, where one is; of a type, what it stands for.
  Node type;
  /// The function (declaration or literal) that holds a local, a parameter or a result; null at
  /// package level.
  Node function;
};

/// One parameter or result: `a, b int` are two, `int` is one without a name.
struct GoParameter {
  Node name;
  Node type;
  Node decl;  // parameter_declaration or variadic_parameter_declaration
  bool variadic = false;
};

/// What a parameter_list declares, in order. Use this instead of the grammar's nodes, which read
/// `(a, b, c, d, e, f, g int)` as six types and a parameter.
std::vector<GoParameter> GoParameters(Node parameter_list);

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
  /// What `import`, one of imports(), declares; the name is "." or "_" where it declares none.
  const GoDecl& DeclOf(const GoImport& import) const;
  /// Package-level declarations of this file, in order; functions called `init` and names `_` too,
  /// though nothing refers to them.
  const std::vector<GoDecl>& declarations() const;

  /// What `identifier` (identifier, type_identifier, package_identifier, label_name) refers to
  /// within this file: a local, a package-level declaration of this file, or an import; a declaring
  /// name refers to itself. Null: unknown (another file of the package, universe, a dot import, or
  /// a key in T{key: v} where T may be a struct). In `switch x := v.(type)` the name that declares
  /// gives the x of the first clause.
  const GoDecl* Resolve(Node identifier) const;
  /// Every identifier of this file that resolves to `decl`, its own name included, in order.
  const std::vector<Node>& Uses(const GoDecl& decl) const;
  /// What `name` would mean to an identifier written at `offset`; null as with Resolve.
  const GoDecl* Lookup(std::string_view name, size_t offset) const;

  /// The import path if `node` is `pkg.Name` and pkg really is that import (not shadowed); e.g.
  /// {"os", "Open"}. Works on selector_expression and qualified_type. Views of the source and of
  /// this.
  struct Qualified {
    std::string_view path;
    std::string_view name;
  };
  std::optional<Qualified> ResolveQualified(Node selector) const;
  /// The same for the function of a call_expression.
  std::optional<Qualified> Callee(Node call) const;

  /// True if a new import or local called `name` could change or break what is visible at `offset`:
  /// Go reserves the name, or the file uses it there, or mentions it as a name of another file of
  /// the package. With npos: anywhere in the file, which is what an import must avoid.
  bool IsNameTaken(std::string_view name, size_t offset) const;
  /// True if something within a function of the file is called `name`: a local, a parameter, …
  bool IsLocalName(std::string_view name) const;
  /// The innermost function_declaration, method_declaration or func_literal around `node`, other
  /// than `node` itself; null if there is none.
  Node EnclosingFunction(Node node) const;

 private:
  struct Impl;
  GoFile(const Tree& tree, std::unique_ptr<Impl> impl);
  const Tree& tree_;
  std::unique_ptr<Impl> impl_;
};

/// The value of a Go string literal node (interpreted or raw), or nullopt for anything else.
std::optional<std::string> GoStringValue(Node literal);
/// `value` as a Go string literal: raw if it holds a backslash among other characters and can be
/// raw
/// (`C:\dir`), else interpreted, where only what cannot be seen is escaped beside \\ and \".
std::string QuoteGoString(std::string_view value);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_FILE_H_
