#include "transformer/facts/go_layout.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "transformer/facts/go_kinds.h"

namespace windlass {
namespace {

// Everything here follows go/printer (nodes.go). It breaks lines with a newline, which lets the
// columns of the lines go on, or with a form feed, which ends them.

/// Where an expression list stands: between which tokens, if the printer looks at them.
struct ListFrame {
  std::optional<size_t> before;  // offset of the token before the list
  std::optional<size_t> after;   // of the one behind it
};

class LayoutWalker {
 public:
  LayoutWalker(const SourceFile& source, GoLayout* out) : source_(source), out_(*out) {}

  void VisitFile(Node root) {
    for (Node child : root.NamedChildren()) {
      const bool function = child.Is("function_declaration") || child.Is("method_declaration");
      if (function && !OnOneLine(child)) {
        Break(child);
      }
      Visit(child);
    }
  }

 private:
  // --- Helpers -----------------------------------------------------------------------------------

  size_t LineOf(size_t offset) const { return source_.PositionAt(offset).line; }
  size_t FirstLine(Node node) const { return LineOf(node.span().begin); }
  size_t LastLine(Node node) const { return LineOf(node.span().end); }
  bool OnOneLine(Node node) const { return FirstLine(node) == LastLine(node); }

  void Break(Node node) { out_.section_breaks.insert(node.span().begin); }
  void EndCells(Node node, int count) { out_.cell_ends[node.span().begin] = count; }
  void EndCellsBeforeComment(Node last, int count) {
    out_.cell_ends_before_comment[last.span().end] = count;
  }

  static std::vector<Node> Elements(Node list) {
    std::vector<Node> elements = list.NamedChildren();
    std::erase_if(elements, [](Node child) { return child.Is("comment"); });
    return elements;
  }

  static Node Token(Node node, std::string_view token) {
    for (Node child : node.Children()) {
      if (child.Is(token)) {
        return child;
      }
    }
    return Node();
  }

  void VisitChildren(Node node) {
    for (Node child : node.NamedChildren()) {
      Visit(child);
    }
  }

  // --- The walk ----------------------------------------------------------------------------------

  void Visit(Node node) {
    switch (GoKindOf(node)) {
      case GoKind::kBlock:
        VisitBlock(node);
        break;
      case GoKind::kExpressionSwitchStatement:
      case GoKind::kTypeSwitchStatement:
      case GoKind::kSelectStatement:
        VisitCases(node);
        break;
      case GoKind::kFunctionDeclaration:
      case GoKind::kMethodDeclaration:
        if (Node body = node.Field("body")) {
          EndCells(body, OnOneLine(body) ? 1 : 0);
        }
        break;
      case GoKind::kStructType:
        VisitStruct(FirstGoChild(node));
        break;
      case GoKind::kInterfaceType:
        VisitLines(node, Elements(node));
        break;
      case GoKind::kConstDeclaration:
      case GoKind::kVarSpecList:
        VisitValueSpecs(node);
        break;
      case GoKind::kTypeDeclaration:
        VisitTypeSpecs(node);
        break;
      case GoKind::kImportSpecList:
        VisitLines(node, Elements(node));
        break;
      case GoKind::kParameterList:
      case GoKind::kTypeParameterList:
        VisitParameters(node);
        break;
      default:
        VisitExpression(node);
    }
    VisitChildren(node);
  }

  void VisitExpression(Node node) {
    switch (GoKindOf(node)) {
      case GoKind::kBinaryExpression:
        if (const Node right = node.Field("right");
            FirstLine(right) != LineOf(node.Field("operator").span().begin)) {
          Break(right);
        }
        break;
      case GoKind::kLiteralValue:
        VisitList(Elements(node), {Token(node, "{").span().begin, Token(node, "}").span().begin});
        BreakBeforeClosing(node, "}");
        break;
      case GoKind::kArgumentList:
      case GoKind::kTypeConversionExpression:
        VisitArguments(node);
        break;
      case GoKind::kTypeArguments:
        VisitList(Elements(node), {Token(node, "[").span().begin, Token(node, "]").span().begin});
        BreakBeforeClosing(node, "]");
        break;
      case GoKind::kAssignmentStatement:
      case GoKind::kShortVarDeclaration:
      case GoKind::kReceiveStatement:
        if (const Node left = node.Field("left")) {
          const size_t op = left.next_sibling().span().begin;
          VisitList(Elements(left), {node.span().begin, op});
          const Node right = node.Field("right");
          VisitList(right.Is("expression_list") ? Elements(right) : std::vector<Node>{right},
                    {op, std::nullopt});
        }
        break;
      case GoKind::kExpressionCase:
        if (const Node value = node.Field("value")) {
          VisitList(Elements(value), {node.span().begin, Token(node, ":").span().begin});
        }
        break;
      case GoKind::kReturnStatement:
      case GoKind::kConstSpec:
      case GoKind::kVarSpec:
        VisitPlainLists(node);
        break;
      default:
        break;
    }
  }

  // --- Statements --------------------------------------------------------------------------------

  void VisitBlock(Node block) {
    if (OnOneLine(block)) {
      return;
    }
    for (Node child : block.NamedChildren()) {
      if (child.Is("statement_list")) {
        VisitStatements(child);
      }
    }
    Break(Token(block, "}"));
  }

  void VisitCases(Node node) {
    for (Node child : node.NamedChildren()) {
      const GoKind kind = GoKindOf(child);
      if (kind != GoKind::kExpressionCase && kind != GoKind::kDefaultCase &&
          kind != GoKind::kTypeCase && kind != GoKind::kCommunicationCase) {
        continue;
      }
      Break(child);
      if (kind == GoKind::kTypeCase) {
        VisitTypeCase(child);
      }
      for (Node part : child.NamedChildren()) {
        if (part.Is("statement_list")) {
          VisitStatements(part);
        }
      }
    }
    const std::vector<Node> children = node.Children();
    Break(children.back());
  }

  void VisitTypeCase(Node node) {
    std::vector<Node> types = Elements(node);
    std::erase_if(types, [](Node child) { return child.Is("statement_list"); });
    VisitList(types, {node.span().begin, Token(node, ":").span().begin});
  }

  void VisitStatements(Node list) {
    bool ends_section = true;  // the first one does
    for (Node statement : Elements(list)) {
      if (statement.Is("empty_statement")) {
        continue;
      }
      Node inner = statement;
      while (inner.Is("labeled_statement")) {
        Break(inner);
        const std::vector<Node> parts = Elements(inner);
        if (parts.size() < 2) {
          break;
        }
        inner = parts[1];
        Break(inner);
      }
      if (ends_section) {
        Break(statement);
      }
      ends_section = !OnOneLine(inner);
    }
  }

  // --- Declarations ------------------------------------------------------------------------------

  /// Members of a group in braces or parentheses, one a line: one that spans lines ends a section.
  void VisitLines(Node group, const std::vector<Node>& members) {
    bool ends_section = true;
    for (Node member : members) {
      if (ends_section) {
        Break(member);
      }
      ends_section = !OnOneLine(member);
    }
    Break(group.Children().back());
  }

  void VisitStruct(Node list) {
    const std::vector<Node> fields = Elements(list);
    if (OnOneLine(list)) {
      return;
    }
    VisitLines(list, fields);
    for (Node field : fields) {
      VisitPlainLists(field);
    }
    if (fields.size() == 1) {
      return;  // blanks, for want of a column
    }
    for (Node field : fields) {
      const bool named = !field.Field("name").is_null();
      const Node tag = field.Field("tag");
      if (named) {
        EndCells(field.Field("type"), 1);
      }
      if (tag) {
        EndCells(tag, named ? 2 : 1);
      } else {
        EndCellsBeforeComment(field, named ? 1 : 2);
      }
    }
  }

  void VisitValueSpecs(Node node) {
    if (Token(node, "(").is_null()) {
      return;
    }
    const std::vector<Node> specs = Elements(node);
    VisitLines(node, specs);
    if (specs.size() == 1) {
      return;
    }
    const std::vector<bool> keeps_type = KeepTypeColumn(specs);
    for (size_t i = 0; i < specs.size(); ++i) {
      const Node type = specs[i].Field("type");
      const bool value = !specs[i].Field("value").is_null();
      const bool type_column = !type.is_null() || keeps_type[i];
      if (type) {
        EndCells(type, 1);
      }
      if (value) {
        EndCells(Token(specs[i], "="), type.is_null() && keeps_type[i] ? 2 : 1);
      }
      EndCellsBeforeComment(specs[i], 3 - (type_column ? 1 : 0) - (value ? 1 : 0));
    }
  }

  /// Whether each spec leaves room for a type: in a run of specs with values all do if one has a
  /// type.
  static std::vector<bool> KeepTypeColumn(const std::vector<Node>& specs) {
    std::vector<bool> keeps(specs.size(), false);
    size_t begin = 0;
    while (begin < specs.size()) {
      bool typed = false;
      size_t end = begin;
      while (end < specs.size() && specs[end].Field("value")) {
        typed |= !specs[end].Field("type").is_null();
        ++end;
      }
      std::fill(keeps.begin() + static_cast<std::ptrdiff_t>(begin),
                keeps.begin() + static_cast<std::ptrdiff_t>(end), typed);
      begin = end + 1;
    }
    return keeps;
  }

  void VisitTypeSpecs(Node node) {
    if (Token(node, "(").is_null()) {
      return;
    }
    const std::vector<Node> specs = Elements(node);
    VisitLines(node, specs);
    for (Node spec : specs) {
      if (specs.size() > 1) {
        EndCells(spec.Is("type_alias") ? Token(spec, "=") : spec.Field("type"), 1);
      }
    }
  }

  void VisitParameters(Node list) {
    size_t line = FirstLine(list);
    for (Node parameter : list.NamedChildren()) {
      for (Node part : parameter.NamedChildren()) {
        if (FirstLine(part) > line) {
          Break(part);
        }
        line = LastLine(part);
      }
    }
    if (const Node closing = list.Children().back(); FirstLine(closing) > line) {
      Break(closing);
    }
  }

  // --- Expression lists --------------------------------------------------------------------------

  void VisitArguments(Node node) {
    const Node open = Token(node, "(");
    const Node close = Token(node, ")");
    std::vector<Node> elements = Elements(node);
    if (node.Is("type_conversion_expression")) {
      elements = {node.Field("operand")};
    }
    VisitList(elements, {open.span().begin, close.span().begin});
    BreakBeforeClosing(node, ")");
  }

  void BreakBeforeClosing(Node node, std::string_view token) {
    const std::vector<Node> children = node.Children();
    if (const Node closing = children.back();
        closing.Is(token) && children.size() > 1 &&
        FirstLine(closing) > LastLine(children[children.size() - 2])) {
      Break(closing);
    }
  }

  /// Lists of names or values that the printer lays out without a look at what is around them.
  void VisitPlainLists(Node node) {
    for (Node child : node.NamedChildren()) {
      if (child.Is("expression_list")) {
        VisitList(Elements(child), {});
      }
    }
    std::vector<Node> names = Elements(node);
    std::erase_if(
        names, [](Node child) { return !child.Is("identifier") && !child.Is("field_identifier"); });
    VisitList(names, {});
  }

  /// Bytes of `node` as printed without its comments, 0 if it takes more than a line.
  size_t SizeOf(Node node) const {
    if (OnOneLine(node)) {
      return node.span().size();
    }
    const std::vector<Node> children = node.Children();
    size_t size = 0;
    Node previous;
    for (Node child : children) {
      if (child.Is("comment")) {
        continue;
      }
      const bool emptied = previous && previous == children.front() && child == children.back() &&
                           (node.Is("literal_value") || node.Is("argument_list"));
      if (previous && !emptied) {
        if (FirstLine(child) != LastLine(previous)) {
          return 0;
        }
        size += child.span().begin - previous.span().end;
      }
      const size_t own = SizeOf(child);
      if (own == 0) {
        return 0;
      }
      size += own;
      previous = child;
    }
    return size;
  }

  void VisitList(const std::vector<Node>& elements, ListFrame frame) {
    if (elements.empty()) {
      return;
    }
    const size_t before = frame.before ? LineOf(*frame.before) : 0;
    if (before != 0 && before == FirstLine(elements[0]) && before == LastLine(elements.back())) {
      return;
    }
    const bool sized = frame.before.has_value() && frame.after.has_value();
    ListColumns columns;
    std::optional<size_t> last_break;  // index of the last element that begins a line
    if (before != 0 && before < FirstLine(elements[0])) {
      Break(elements[0]);
      last_break = 0;
    }
    size_t previous_line = before;
    for (size_t i = 0; i < elements.size(); ++i) {
      const Node element = elements[i];
      const bool is_pair = element.Is("keyed_element");
      const size_t whole = sized ? SizeOf(element) : 0;
      const size_t size = whole > 0 && is_pair ? SizeOf(element.Field("key")) : whole;
      const bool apart = columns.StartsAfresh(size);
      const size_t line = FirstLine(element);
      const bool on_new_line = previous_line > 0 && previous_line < line;
      if (i > 0 && on_new_line) {
        const size_t lines = line - LastLine(elements[i - 1]);
        const bool breaks = apart || (last_break.has_value() ? *last_break + 1 : 0) < i;
        if (lines > 0) {
          if (breaks) {
            Break(element);
          }
          last_break = i;
        }
        if (lines > 1 || (lines > 0 && breaks)) {
          columns.Reset();
        }
      }
      if (is_pair) {
        const bool column = elements.size() > 1 && size > 0 && on_new_line;
        EndCells(element.Field("value"), column ? 1 : 0);
      }
      columns.Count(size);
      previous_line = line;
    }
  }

  /// Elements of much differing size are not aligned: the printer compares each with the geometric
  /// mean of those before it.
  class ListColumns {
   public:
    bool StartsAfresh(size_t size) {
      constexpr size_t kSmall = 40;
      constexpr double kRatio = 2.5;
      const size_t previous = std::exchange(previous_, size);
      if (previous == 0 || size == 0) {
        return true;
      }
      if (count_ == 0 || (previous <= kSmall && size <= kSmall)) {
        return false;
      }
      const double mean = std::exp(log_sum_ / count_);
      const double ratio = static_cast<double>(size) / mean;
      return kRatio * ratio <= 1 || kRatio <= ratio;
    }
    void Count(size_t size) {
      if (size > 0) {
        log_sum_ += std::log(static_cast<double>(size));
        count_ += 1;
      }
    }
    void Reset() {
      log_sum_ = 0;
      count_ = 0;
    }

   private:
    size_t previous_ = 0;
    double log_sum_ = 0;
    double count_ = 0;
  };

  const SourceFile& source_;
  GoLayout& out_;
};

void CollectTokens(Node node, const SourceFile& source, std::vector<GoToken>* out) {
  const GoKind kind = GoKindOf(node);
  const bool leaf = kind == GoKind::kInterpretedStringLiteral ||
                    kind == GoKind::kRawStringLiteral || node.child_count() == 0;
  if (!leaf) {
    for (Node child : node.Children()) {
      CollectTokens(child, source, out);
    }
    return;
  }
  Span span = node.span();
  const std::string_view text = source.Text(span);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return;  // the line end that stands for a semicolon
  }
  if (kind == GoKind::kComment) {
    span.end = span.begin + text.find_last_not_of(" \t\r\n") + 1;
  }
  out->push_back({span, source.PositionAt(span.begin).line, source.PositionAt(span.end).line,
                  kind == GoKind::kComment});
}

}  // namespace

std::vector<GoToken> GoTokens(const Tree& tree) {
  std::vector<GoToken> tokens;
  CollectTokens(tree.root(), tree.source(), &tokens);
  return tokens;
}

GoLayout DeriveGoLayout(const Tree& tree) {
  GoLayout layout;
  LayoutWalker(tree.source(), &layout).VisitFile(tree.root());
  return layout;
}

}  // namespace windlass
