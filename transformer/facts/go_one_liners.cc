#include "transformer/facts/go_one_liners.h"

#include <string>
#include <vector>

#include "transformer/facts/go_kinds.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

// go/printer's limits (nodes.go: funcBody, bodySize).
constexpr size_t kMaxSize = 100;
constexpr size_t kMaxStatements = 5;

class OneLinerBreaker {
 public:
  explicit OneLinerBreaker(const Tree& tree) : source_(tree.source()) { Visit(tree.root()); }

  EditSet Take() { return std::move(edits_); }

 private:
  void Visit(Node node) {
    const GoKind kind = GoKindOf(node);
    if (kind == GoKind::kFunctionDeclaration || kind == GoKind::kMethodDeclaration ||
        kind == GoKind::kFuncLiteral) {
      const Node body = node.Field("body");
      if (body && IsLongOneLiner(node, body)) {
        BreakUp(node, body);
        return;
      }
    }
    for (Node child : node.NamedChildren()) {
      Visit(child);
    }
  }

  size_t LineOf(size_t offset) const { return source_.PositionAt(offset).line; }

  static std::vector<Node> Statements(Node body) {
    std::vector<Node> statements;
    for (Node list : body.NamedChildren()) {
      for (Node statement : list.NamedChildren()) {
        if (!statement.Is("comment") && !statement.Is("empty_statement")) {
          statements.push_back(statement);
        }
      }
    }
    return statements;
  }

  static bool HasComment(Node node) {
    for (Node child : node.NamedChildren()) {
      if (child.Is("comment") || HasComment(child)) {
        return true;
      }
    }
    return false;
  }

  /// One with a comment inside is left alone.
  bool IsLongOneLiner(Node function, Node body) const {
    if (LineOf(body.span().begin) != LineOf(body.span().end)) {
      return false;
    }
    const std::vector<Node> statements = Statements(body);
    size_t size = 0;
    for (Node statement : statements) {
      size += statement.span().size() + (size > 0 ? 2 : 0);
    }
    const std::string_view header = source_.Text({function.span().begin, body.span().begin});
    size += header.find_last_not_of(' ') + 1;
    size += function.Is("func_literal") ? 0 : 1;  // so the printer counts
    const bool is_long = LineOf(function.span().begin) != LineOf(body.span().begin) ||
                         statements.size() > kMaxStatements || size > kMaxSize;
    return is_long && !HasComment(body);
  }

  void BreakUp(Node function, Node body) {
    const std::string_view line = source_.Text(source_.LineSpan(LineOf(function.span().begin)));
    const std::string_view indent = line.substr(0, line.find_first_not_of('\t'));
    const std::string_view eol = source_.EolAt(body.span().begin);
    const std::string inner = Cat(eol, indent, "\t");
    size_t previous = body.span().begin + 1;
    for (Node statement : Statements(body)) {
      (void)edits_.Add({previous, statement.span().begin}, inner);
      previous = statement.span().end;
    }
    (void)edits_.Add({previous, body.span().end - 1}, Cat(eol, indent));
  }

  const SourceFile& source_;
  EditSet edits_;
};

}  // namespace

EditSet BreakLongOneLiners(const Tree& tree) {
  return OneLinerBreaker(tree).Take();
}

}  // namespace windlass
