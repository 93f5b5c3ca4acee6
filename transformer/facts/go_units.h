#ifndef WINDLASS_TRANSFORMER_FACTS_GO_UNITS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_UNITS_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"

namespace windlass {

/// What can be moved or stubbed by itself at the top level of a file: a function, a method, or one
/// spec of a type, const or var declaration.
struct GoUnit {
  enum class Kind : uint8_t { kFunc, kMethod, kType, kConst, kVar };
  Kind kind;
  std::vector<std::string_view> names;  // one, but `var a, b = f()`
  std::string_view receiver;            // type of a method's receiver
  Node node;                            // the declaration or spec
  Node statement;                       // the top-level declaration that holds it

  std::string_view name() const { return names.front(); }
  /// "Name" or "Type.Name".
  std::string key() const;
};

/// All of a file, in order; those called `_` and `init` too.
std::vector<GoUnit> UnitsOf(const GoFile& file);

/// What the text below a node refers to outside the function's own names.
struct UnitUses {
  struct Outside {
    std::string_view path;
    std::string_view name;
    Node node;  // selector_expression or qualified_type
  };
  /// Identifiers that mean something at package level (of this file or another), or in the
  /// universe.
  std::vector<Node> names;
  std::vector<Outside> outside;
  /// Fields and methods selected: the field_identifier of `x.Name`, and keys of `T{Name: v}`.
  std::vector<Node> members;
  /// String literals (interpreted or raw).
  std::vector<Node> strings;
};
UnitUses UsesBelow(const GoFile& file, Node node);

/// The comment directly above `statement` (no blank line in between): a span that begins at the
/// first comment line and ends at the statement's begin; empty if there is none. Directives
/// (`//go:…`) belong to it.
Span DocSpan(Node statement);
/// The first sentence or paragraph of a doc comment, as comment lines each with its newline; empty
/// if there is none. Directives are left out.
std::string ShortDoc(Node statement);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_UNITS_H_
