#include "transformer/rules/replace_go.h"

#include <algorithm>
#include <array>
#include <memory>

#include "transformer/facts/go_format.h"
#include "transformer/text/source_file.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

constexpr std::string_view kHead = "package p\n\nvar _ = ";

// An expression parsed by itself.
class Scratch {
 public:
  explicit Scratch(std::string_view expression)
      : source_("scratch.go", Cat(kHead, expression, "\n")) {
    auto tree = Tree::Parse(source_, Language::kGo);
    if (!tree.ok() || (*tree)->has_errors()) {
      return;
    }
    tree_ = *std::move(tree);
    const Span whole{kHead.size(), kHead.size() + expression.size()};
    const Node found = tree_->root().NamedCovering(whole);
    if (found.span() == whole && found.Is("expression_list")) {
      node_ = found.named_child_count() == 1 ? found.NamedChild(0) : Node();
    } else if (found.span() == whole) {
      node_ = found;
    }
  }

  // Null if the text is no single expression.
  Node node() const { return node_; }

  // True if the bytes of `span` of the expression stand for themselves: they are one node, or part
  // of one token.
  bool HoldsTogether(Span span) const {
    const Span here{span.begin + kHead.size(), span.end + kHead.size()};
    const Node covering = tree_->root().NamedCovering(here);
    return covering.span() == here || covering.named_child_count() == 0;
  }

 private:
  SourceFile source_;
  std::unique_ptr<Tree> tree_;
  Node node_;
};

// Puts parentheses around every hole whose text comes apart in its new surroundings.
std::string WithHolesKept(const Template::Expansion& text) {
  const Scratch scratch(text.text);
  if (!scratch.node()) {
    return text.text;
  }
  std::string out;
  size_t done = 0;
  for (const Span hole : text.holes) {
    const std::string_view value = std::string_view(text.text).substr(hole.begin, hole.size());
    const Scratch alone(value);
    const bool can_break = alone.node() && (alone.node().Is("binary_expression") ||
                                            alone.node().Is("unary_expression"));
    out.append(text.text, done, hole.begin - done);
    out += can_break && !scratch.HoldsTogether(hole) ? Cat("(", value, ")") : std::string(value);
    done = hole.end;
  }
  out.append(text.text, done);
  return out;
}

// Whether `expression`, put in place of `site`, stays one operand of what is around it.
bool StaysWhole(Node site, Node expression) {
  const Node parent = site.parent();
  if (!parent || !IsGoExpression(parent)) {
    return true;
  }
  // An operator in one index of a slice changes the blanks around all its colons.
  if (parent.Is("slice_expression") && expression.Is("binary_expression")) {
    return site.Is("binary_expression");
  }
  const Span at{site.span().begin - parent.span().begin, site.span().end - parent.span().begin};
  const std::string_view around = parent.text();
  const std::string_view text = expression.text();
  const Scratch scratch(Cat(around.substr(0, at.begin), text, around.substr(at.end)));
  return !scratch.node() || scratch.HoldsTogether({at.begin, at.begin + text.size()});
}

}  // namespace

bool IsGoExpression(Node node) {
  static constexpr std::array<std::string_view, 19> kKinds = {"binary_expression",
                                                              "call_expression",
                                                              "composite_literal",
                                                              "false",
                                                              "float_literal",
                                                              "func_literal",
                                                              "identifier",
                                                              "index_expression",
                                                              "int_literal",
                                                              "interpreted_string_literal",
                                                              "nil",
                                                              "parenthesized_expression",
                                                              "raw_string_literal",
                                                              "rune_literal",
                                                              "selector_expression",
                                                              "slice_expression",
                                                              "true",
                                                              "type_assertion_expression",
                                                              "unary_expression"};
  return std::ranges::binary_search(kKinds, node.kind());
}

std::string FitGoReplacement(Node site, const Template::Expansion& text) {
  if (!IsGoExpression(site)) {
    return text.text;
  }
  const std::string kept = WithHolesKept(text);
  const Scratch scratch(kept);
  if (!scratch.node()) {
    return kept;
  }
  const int depth = GoExprDepth(site);
  if (StaysWhole(site, scratch.node())) {
    return GoExprAt(scratch.node(), depth);
  }
  const Scratch wrapped(Cat("(", kept, ")"));
  return wrapped.node() ? GoExprAt(wrapped.node(), depth) : Cat("(", kept, ")");
}

}  // namespace windlass
