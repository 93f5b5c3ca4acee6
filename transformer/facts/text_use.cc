#include "transformer/facts/text_use.h"

#include <algorithm>

#include "transformer/facts/text_origin.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Role = TextTables::Role;

constexpr int kMaxDepth = 16;

bool MentionsNewline(Node node) {
  const Node literal = node.Is("type_conversion_expression") ? node.Field("operand") : node;
  const auto value = GoStringValue(literal);
  return value && value->find('\n') != std::string::npos;
}

/// line = f(line), in the block that the variable lives in.
bool IsOverwritten(Node use, const GoDecl& decl, const GoFile& go) {
  const Node call = use.parent().parent();
  const Node list = call.parent();
  const Node statement = list.parent();
  const Node left = statement.Field("left");
  return call.Is("call_expression") && statement.Is("assignment_statement") &&
         statement.Field("right") == list && left.named_child_count() == 1 &&
         go.Resolve(left.NamedChild(0)) == &decl;
}

}  // namespace

text_use::Set TextUseFinder::Of(const GoSpot& expression) {
  seen_.clear();
  depth_ = 0;
  hops_ = 0;
  return Value(expression);
}

text_use::Set TextUseFinder::Value(const GoSpot& at) {
  if (depth_ > kMaxDepth) {
    return text_use::kSensitive;
  }
  Node node = at.node;
  while (node.parent().Is("parenthesized_expression")) {
    node = node.parent();
  }
  const Node parent = node.parent();
  const std::string_view kind = parent.kind();
  ++depth_;
  text_use::Set out = text_use::kSensitive;
  if (kind == "argument_list" || kind == "variadic_argument") {
    const Node list = kind == "variadic_argument" ? parent.parent() : parent;
    out = Argument(at.At(kind == "variadic_argument" ? parent : node), list.parent());
  } else if (kind == "type_conversion_expression" || kind == "slice_expression" ||
             (kind == "index_expression" && parent.Field("operand") == node)) {
    out = Value(at.At(parent));
  } else if (kind == "binary_expression") {
    const std::string_view op = parent.Field("operator").text();
    out = op == "+" ? Value(at.At(parent)) : text_use::kSensitive;
  } else if (kind == "expression_list") {
    out = Stored(at.At(node), parent.parent(), parent);
  } else if (kind == "range_clause" && parent.Field("right") == node) {
    const std::vector<Node> left = parent.Field("left").NamedChildren();
    out = left.size() == 2 ? Variable(at, left[1], parent.span().end) : text_use::Set{0};
    if (left.size() == 1 && node.Is("call_expression")) {
      out |= Variable(at, left[0], parent.span().end);  // an iterator gives lines, a slice indexes
    }
  }
  --depth_;
  return out;
}

/// All uses of the variable that `name` declares or sets, from the offset `from` on.
text_use::Set TextUseFinder::Variable(const GoSpot& at, Node name, size_t from) {
  if (!name.Is("identifier") || name.text() == "_") {
    return name.text() == "_" ? text_use::Set{0} : text_use::kSensitive;
  }
  const GoDecl* decl = at.go->Resolve(name);
  if (decl == nullptr || decl->kind == GoDecl::Kind::kVar) {
    return text_use::kSensitive;
  }
  if (!seen_.insert(decl).second) {
    return 0;
  }
  text_use::Set out =
      decl->kind == GoDecl::Kind::kResult ? Returned(at.At(name)) : text_use::Set{0};
  for (const Node use : at.go->Uses(*decl)) {
    const Node list = use.parent();
    const bool target = use == decl->name_node ||
                        (list.Is("expression_list") && list.parent().Field("left") == list);
    // What stands before the text reached the variable is another value.
    if (target || use.span().begin < from) {
      continue;
    }
    const text_use::Set found = Value(at.At(use));
    out = static_cast<text_use::Set>(out | found);
    if (found == 0 && IsOverwritten(use, *decl, *at.go)) {
      break;  // line = strings.TrimSpace(line): from here on it is another value
    }
  }
  return out;
}

text_use::Set TextUseFinder::Argument(const GoSpot& at, Node call) {
  if (call.Is("argument_list")) {
    call = call.parent();
  }
  const std::string key = TextOriginFinder::CalleeKey(at.At(call));
  const std::vector<Node> arguments = GoArguments(call);
  const bool first = !arguments.empty() && arguments[0].span().begin == at.node.span().begin;
  if (tables_.Has(Role::kHashes, key)) {
    return text_use::kHashed;
  }
  if (tables_.Has(Role::kWrites, key)) {
    return text_use::kWritten;
  }
  if (tables_.Has(Role::kShows, key)) {
    return text_use::kShown | text_use::kSensitive;
  }
  if (key.starts_with("fmt.Fprint")) {
    // Into a buffer: the text is put together again.
    return arguments[0].Is("unary_expression") ? text_use::kWritten
                                               : text_use::kShown | text_use::kSensitive;
  }
  if (key == "strings.Join" || key == "bytes.Join") {
    const bool rejoined = arguments.size() == 2 && MentionsNewline(arguments[1]);
    return rejoined ? text_use::kWritten : Value(at.At(call));
  }
  if (key == "append" || key == "string" || key == "slices.Clone") {
    return Value(at.At(call));
  }
  if (first && tables_.Has(Role::kTolerates, key)) {
    return 0;
  }
  for (const Node argument : arguments) {  // TrimSuffix(line, "\r"), Trim(line, "\r\n")
    const auto value = GoStringValue(argument);
    if (first && key.find("Trim") != std::string::npos && value &&
        value->find('\r') != std::string::npos) {
      return 0;
    }
  }
  if (first && (tables_.Has(Role::kPasses, key) || key.starts_with("fmt.Sprint"))) {
    return key.ends_with(".Split") || key.ends_with(".SplitN") || key.ends_with(".Cut")
               ? Value(at.At(call)) | text_use::kSensitive
               : Value(at.At(call));
  }
  if (key.starts_with("fmt.Sprint")) {
    return Value(at.At(call));
  }
  return text_use::kSensitive;
}

/// x := value, x = value, x.f = value.
text_use::Set TextUseFinder::Stored(const GoSpot& at, Node statement, Node list) {
  if (statement.Is("return_statement")) {
    return Returned(at) | text_use::kSensitive;
  }
  std::vector<Node> targets = statement.Field("left").NamedChildren();
  if (statement.Is("var_spec")) {
    targets = {statement.Field("name")};
  } else if (statement.Field("right") != list) {
    return text_use::kSensitive;
  }
  const std::vector<Node> values = list.NamedChildren();
  const auto place = static_cast<size_t>(std::ranges::find(values, at.node) - values.begin());
  text_use::Set out = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    if (values.size() == targets.size() && i != place) {
      continue;
    }
    if (targets[i].Is("index_expression")) {  // lines[i] = value
      out |= Variable(at, targets[i].Field("operand"), statement.span().end);
      continue;
    }
    // Of several results of one call those that are no text have uses that do not matter.
    out |= targets[i].Is("identifier") ? Variable(at, targets[i], statement.span().end)
                                       : text_use::kSensitive;
    if (values.size() == 1 && targets.size() == 2) {
      break;
    }
  }
  return out;
}

/// What the callers of the function around do with its result.
text_use::Set TextUseFinder::Returned(const GoSpot& at) {
  const Node function = at.go->EnclosingFunction(at.node);
  if (hops_ > 0 || !function.Field("name") || !seen_.insert(function.id()).second) {
    return text_use::kReturned;
  }
  ++hops_;
  text_use::Set out = text_use::kReturned;
  for (const GoSpot& call : module_.CallsOf(at.At(function))) {
    out = static_cast<text_use::Set>(out | (Value(call) & text_use::kKept));
  }
  --hops_;
  return out;
}

}  // namespace windlass
