#ifndef WINDLASS_TRANSFORMER_SYNTAX_TREE_H_
#define WINDLASS_TRANSFORMER_SYNTAX_TREE_H_

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/syntax/language.h"
#include "transformer/text/source_file.h"
#include "transformer/text/span.h"
#include "tree_sitter/api.h"

namespace windlass {

/// A place in a Tree: a cheap value, valid as long as its Tree and SourceFile live. A null node
/// answers every question with null, zero or empty, so chains of calls need no tests in between.
class Node {
 public:
  Node() = default;
  Node(TSNode node, const SourceFile* source) : node_(node), source_(source) {}

  bool is_null() const { return node_.id == nullptr; }
  explicit operator bool() const { return !is_null(); }
  /// The grammar's name for the node: "binary_expression", "+", … Static storage.
  std::string_view kind() const;
  bool Is(std::string_view kind_name) const { return kind() == kind_name; }
  bool is_named() const;
  bool is_error() const;
  bool is_missing() const;
  /// True if an ERROR or MISSING node lies within.
  bool has_error() const;

  Span span() const;
  std::string_view text() const;
  /// The node and what it holds as an S-expression, without the texts; for tests.
  std::string Expression() const;
  const SourceFile& source() const { return *source_; }

  Node parent() const;
  Node Child(size_t index) const;
  size_t child_count() const;
  Node NamedChild(size_t index) const;
  size_t named_child_count() const;
  /// The child in the grammar's field of that name.
  Node Field(std::string_view name) const;
  Node next_sibling() const;
  Node previous_sibling() const;
  Node next_named_sibling() const;
  Node previous_named_sibling() const;
  /// All (named) children at once; linear, unlike calling Child in a loop.
  std::vector<Node> Children() const;
  std::vector<Node> NamedChildren() const;
  /// The smallest (named) node that covers `span`.
  Node Covering(Span span) const;
  Node NamedCovering(Span span) const;

  /// Identity within one tree; for maps.
  const void* id() const { return node_.id; }
  friend bool operator==(const Node& a, const Node& b) {
    return a.node_.id == b.node_.id && a.node_.tree == b.node_.tree;
  }
  TSNode raw() const { return node_; }

 private:
  TSNode node_ = {};
  const SourceFile* source_ = nullptr;
};

/// Limits of one parse. A file over a limit is a named skip, never an error of the run.
struct ParseBudget {
  size_t max_bytes = size_t{8} << 20;
  std::chrono::milliseconds max_time{10000};
  /// Deepest nesting of nodes that later recursive walks will accept.
  size_t max_depth = 1000;
};

/// The syntax tree of one SourceFile, which it borrows and which must outlive it. Used by one
/// thread at a time. Regions that did not parse are known, and no edit may touch them.
class Tree {
 public:
  /// Parses `source`. kResourceExhausted: over budget (the message says which limit);
  /// kInvalidArgument: not UTF-8 text.
  static absl::StatusOr<std::unique_ptr<Tree>> Parse(const SourceFile& source, Language language,
                                                     const ParseBudget& budget = {});
  /// The same for some regions of `source` alone, sorted and apart: the rest is as if it were not
  /// there, but places stay those of the whole. No parts: all of it.
  static absl::StatusOr<std::unique_ptr<Tree>> ParseParts(const SourceFile& source,
                                                          Language language,
                                                          std::span<const Span> parts,
                                                          const ParseBudget& budget = {});
  ~Tree();
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Node root() const;
  Language language() const { return language_; }
  const SourceFile& source() const { return source_; }
  /// Whether parts of the source alone were parsed.
  bool is_part() const { return is_part_; }
  bool has_errors() const { return !error_spans_.empty(); }
  /// ERROR and MISSING nodes, sorted; and nodes that lack a token which never has a node, such as
  /// the newline between two statements.
  const std::vector<Span>& error_spans() const { return error_spans_; }
  /// True if `span` overlaps or lies within a region that did not parse.
  bool TouchesError(Span span) const;

 private:
  Tree(const SourceFile& source, Language language, TSTree* tree);

  const SourceFile& source_;
  Language language_;
  TSTree* tree_;
  bool is_part_ = false;
  std::vector<Span> error_spans_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_TREE_H_
