#include "transformer/facts/go_spacing.h"

#include <algorithm>
#include <string>

#include "transformer/facts/go_format.h"
#include "transformer/facts/go_kinds.h"

namespace windlass {
namespace {

// The decisions are those of go/printer (nodes.go, "Expressions"). Depth 1 is its normal mode,
// where all binary operators get blanks unless the expression mixes the levels of + and *; a
// greater depth is its compact mode.

constexpr int kMixedLevels = 5;
constexpr int kAllLevels = 6;
constexpr int kNoArithmetic = 4;

int Precedence(std::string_view op) {
  if (op == "||") {
    return 1;
  }
  if (op == "&&") {
    return 2;
  }
  if (op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=") {
    return 3;
  }
  return op == "+" || op == "-" || op == "|" || op == "^" ? 4 : 5;
}

int PrecedenceOf(Node binary) {
  return Precedence(binary.Field("operator").kind());
}

/// What occurs in a binary expression, without descending into parentheses or calls.
struct Levels {
  bool sums = false;
  bool products = false;
  int clash = 0;  // the level from which an operator would run into a unary one

  void Merge(const Levels& other) {
    sums |= other.sums;
    products |= other.products;
    clash = std::max(clash, other.clash);
  }
};

int Clash(std::string_view op, std::string_view unary) {
  const std::string both = std::string(op) + std::string(unary);
  if (both == "/*" || both == "&&" || both == "&^") {
    return 5;
  }
  return both == "++" || both == "--" ? 4 : 0;
}

Levels LevelsOf(Node binary) {
  const int precedence = PrecedenceOf(binary);
  Levels levels;
  levels.sums = precedence == 4;
  levels.products = precedence == 5;
  const Node left = binary.Field("left");
  if (left.Is("binary_expression") && PrecedenceOf(left) >= precedence) {
    levels.Merge(LevelsOf(left));
  }
  const Node right = binary.Field("right");
  if (right.Is("binary_expression") && PrecedenceOf(right) > precedence) {
    levels.Merge(LevelsOf(right));
  } else if (right.Is("unary_expression")) {
    levels.clash = std::max(levels.clash,
                            Clash(binary.Field("operator").kind(), right.Field("operator").kind()));
  }
  return levels;
}

/// Operators below this precedence get blanks.
int Cutoff(Node binary, int depth) {
  const Levels levels = LevelsOf(binary);
  if (levels.clash > 0) {
    return levels.clash + 1;
  }
  if (levels.sums && levels.products) {
    return depth == 1 ? kMixedLevels : kNoArithmetic;
  }
  return depth == 1 ? kAllLevels : kNoArithmetic;
}

int LeftDepth(Node left, int precedence, int depth) {
  const bool same = left.Is("binary_expression") && PrecedenceOf(left) == precedence;
  return same ? depth : depth + 1;
}

int ReduceDepth(int depth) {
  return std::max(depth - 1, 1);
}

size_t CountElements(Node list) {
  size_t count = 0;
  for (Node child : list.NamedChildren()) {
    count += child.Is("comment") ? 0 : 1;
  }
  return count;
}

/// The depth of the elements of an assignment's lists.
int AssignmentDepth(Node statement) {
  return CountElements(statement.Field("left")) > 1 && CountElements(statement.Field("right")) > 1
             ? 2
             : 1;
}

int ArgumentDepth(Node call, int depth) {
  return CountElements(call.Field("arguments")) > 1 ? depth + 1 : depth;
}

class SpacingWalker {
 public:
  explicit SpacingWalker(std::vector<GoBlank>* out) : out_(*out) {}

  void Visit(Node node, int depth) {
    switch (GoKindOf(node)) {
      case GoKind::kBinaryExpression:
        VisitBinary(node, Cutoff(node, depth), depth);
        break;
      case GoKind::kSliceExpression:
        VisitSlice(node, depth);
        break;
      case GoKind::kUnaryExpression:
        Visit(node.Field("operand"), node.Field("operator").Is("*") ? 1 : depth);
        break;
      case GoKind::kParenthesizedExpression:
        VisitAll(node, ReduceDepth(depth));
        break;
      case GoKind::kSelectorExpression:
        Visit(node.Field("operand"), depth);
        break;
      case GoKind::kTypeAssertionExpression:
        Visit(node.Field("operand"), depth);
        Visit(node.Field("type"), 1);
        break;
      case GoKind::kIndexExpression:
        Visit(node.Field("operand"), 1);
        Visit(node.Field("index"), depth + 1);
        break;
      case GoKind::kCallExpression: {
        const int inner = ArgumentDepth(node, depth);
        Visit(node.Field("function"), inner);
        VisitAll(node.Field("arguments"), inner);
        break;
      }
      case GoKind::kTypeConversionExpression:
        Visit(node.Field("type"), depth);
        Visit(node.Field("operand"), depth);
        break;
      case GoKind::kVariadicArgument:
        VisitAll(node, depth);
        break;
      case GoKind::kAssignmentStatement:
      case GoKind::kShortVarDeclaration: {
        const int inner = AssignmentDepth(node);
        VisitAll(node.Field("left"), inner);
        VisitAll(node.Field("right"), inner);
        break;
      }
      case GoKind::kIncStatement:
      case GoKind::kDecStatement:
        VisitAll(node, 2);
        break;
      case GoKind::kComment:
        break;
      default:
        VisitAll(node, 1);
    }
  }

 private:
  void VisitAll(Node node, int depth) {
    for (Node child : node.NamedChildren()) {
      Visit(child, depth);
    }
  }

  void VisitBinary(Node node, int cutoff, int depth) {
    const int precedence = PrecedenceOf(node);
    const Node left = node.Field("left");
    const Node op = node.Field("operator");
    const Node right = node.Field("right");
    Visit(left, LeftDepth(left, precedence, depth));
    Gap(node, left.span().end, op.span().begin, precedence < cutoff);
    Gap(node, op.span().end, right.span().begin, precedence < cutoff);
    Visit(right, depth + 1);
  }

  void VisitSlice(Node node, int depth) {
    Visit(node.Field("operand"), 1);
    size_t indices = 0;
    bool binary = false;
    bool within = false;
    for (Node child : node.Children()) {
      within |= child.Is("[");
      if (within && child.is_named() && !child.Is("comment")) {
        ++indices;
        binary |= child.Is("binary_expression");
      }
    }
    const bool blanks = depth <= 1 && indices > 1 && binary;
    Node previous;
    for (Node child : node.Children()) {
      if (child.Is("comment")) {
        continue;
      }
      const bool beside_colon = child.Is(":") || previous.Is(":");
      if (beside_colon && !previous.Is("[") && !child.Is("]")) {
        const bool two_colons = child.Is(":") && previous.Is(":");
        Gap(node, previous.span().end, child.span().begin, blanks && !two_colons);
      }
      if (previous && child.is_named()) {
        Visit(child, depth + 1);
      }
      previous = child;
    }
  }

  void Gap(Node node, size_t begin, size_t end, bool wanted) {
    const std::string_view text = node.source().Text({begin, end});
    if (text.find_first_not_of(' ') == std::string_view::npos) {
      out_.push_back({{begin, end}, wanted, text.size() == (wanted ? 1u : 0u)});
    }
  }

  std::vector<GoBlank>& out_;
};

}  // namespace

std::vector<GoBlank> GoBlanks(Node node, int depth) {
  std::vector<GoBlank> blanks;
  SpacingWalker(&blanks).Visit(node, depth);
  std::ranges::sort(blanks, {}, &GoBlank::gap);
  return blanks;
}

int GoExprDepth(Node expr) {
  const Node parent = expr.parent();
  switch (GoKindOf(parent)) {
    case GoKind::kBinaryExpression: {
      const int depth = GoExprDepth(parent);
      return expr == parent.Field("left") ? LeftDepth(expr, PrecedenceOf(parent), depth)
                                          : depth + 1;
    }
    case GoKind::kUnaryExpression:
      return parent.Field("operator").Is("*") ? 1 : GoExprDepth(parent);
    case GoKind::kParenthesizedExpression:
      return ReduceDepth(GoExprDepth(parent));
    case GoKind::kSelectorExpression:
    case GoKind::kTypeConversionExpression:
    case GoKind::kVariadicArgument:
      return GoExprDepth(parent);
    case GoKind::kTypeAssertionExpression:
      return expr == parent.Field("operand") ? GoExprDepth(parent) : 1;
    case GoKind::kIndexExpression:
    case GoKind::kSliceExpression:
      return expr == parent.Field("operand") ? 1 : GoExprDepth(parent) + 1;
    case GoKind::kCallExpression:
      return ArgumentDepth(parent, GoExprDepth(parent));
    case GoKind::kArgumentList: {
      const Node call = parent.parent();
      return ArgumentDepth(call, GoExprDepth(call));
    }
    case GoKind::kExpressionList: {
      const Node statement = parent.parent();
      const GoKind kind = GoKindOf(statement);
      return kind == GoKind::kAssignmentStatement || kind == GoKind::kShortVarDeclaration
                 ? AssignmentDepth(statement)
                 : 1;
    }
    case GoKind::kIncStatement:
    case GoKind::kDecStatement:
      return 2;
    default:
      return 1;
  }
}

std::string GoExprAt(Node expr, int depth) {
  const std::string_view bytes = expr.source().bytes();
  std::string out;
  size_t done = expr.span().begin;
  for (const GoBlank& blank : GoBlanks(expr, depth)) {
    out.append(bytes.substr(done, blank.gap.begin - done));
    out.append(blank.wanted ? " " : "");
    done = blank.gap.end;
  }
  out.append(bytes.substr(done, expr.span().end - done));
  return out;
}

}  // namespace windlass
