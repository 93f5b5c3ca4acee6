#include "transformer/facts/path_extract.h"

namespace windlass {
namespace {

bool IsExpressionKind(std::string_view kind) {
  return kind.ends_with("_expression") || kind.ends_with("_literal") || kind == "identifier";
}

/// The expressions of an expression_list, or the one expression itself.
std::vector<Node> ExpressionsOf(Node node) {
  if (!node) {
    return {};
  }
  if (!node.Is("expression_list")) {
    return {node};
  }
  std::vector<Node> out;
  for (const Node child : node.NamedChildren()) {
    if (!child.Is("comment")) {
      out.push_back(child);
    }
  }
  return out;
}

bool IsBlank(Node node) {
  return node.Is("identifier") && node.text() == "_";
}

}  // namespace

void FlowExtractor::Children(Node node) {
  for (const Node child : node.NamedChildren()) {
    Statement(child);
  }
}

void FlowExtractor::Statement(Node node) {
  const std::string_view kind = node.kind();
  if (IsExpressionKind(kind)) {
    Expression(node);
  } else if (kind == "short_var_declaration") {
    Declare(node.Field("left"), node.Field("right"));
  } else if (kind == "assignment_statement") {
    Assign(node);
  } else if (kind == "var_spec" || kind == "const_spec") {
    Specification(node);
  } else if (kind == "return_statement") {
    Return(node);
  } else if (kind == "range_clause") {
    Range(node);
  } else if (kind == "expression_switch_statement") {
    Switch(node);
  } else if (kind == "type_switch_statement") {
    TypeSwitch(node);
  } else if (kind == "send_statement") {
    const ValueId value = Expression(node.Field("value"));
    Copy(value, Expression(node.Field("channel")));
  } else if (kind == "receive_statement") {
    if (const Node left = node.Field("left")) {
      Declare(left, node.Field("right"));
    } else {
      Expression(node.Field("right"));
    }
  } else if (kind == "type_declaration") {
    DeclareTypes(node);
  } else if (kind != "comment" && kind != "label_name" && !kind.ends_with("_type")) {
    Children(node);
  }
}

/// `from` is stored in what `target` names.
void FlowExtractor::Flow(ValueId from, Node target) {
  const ValueId to = Expression(target);
  Copy(from, to);
  if (to != kNoValue && out_.values[to].kind == FlowValue::Kind::kLocal &&
      out_.values[to].type == 0 && out_.values[to].base == kNoValue) {
    out_.values[to].base = from;
  }
}

void FlowExtractor::Declare(Node left, Node right) {
  const std::vector<Node> targets = ExpressionsOf(left);
  const std::vector<Node> values = ExpressionsOf(right);
  if (values.size() == 1 && targets.size() > 1) {
    if (values[0].Is("call_expression")) {
      const ValueId first = Call(values[0], targets.size());
      for (size_t i = 0; i < targets.size(); ++i) {
        if (!IsBlank(targets[i])) {
          Flow(first == kNoValue ? kNoValue : first + static_cast<ValueId>(i), targets[i]);
        }
      }
      return;
    }
    const ValueId value = Expression(values[0]);  // v, ok := m[k], x.(T), <-ch
    if (!IsBlank(targets[0])) {
      Flow(value, targets[0]);
    }
    return;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    const ValueId value = Expression(values[i]);
    if (i < targets.size() && !IsBlank(targets[i])) {
      Flow(value, targets[i]);
    }
  }
}

void FlowExtractor::Assign(Node node) {
  const std::string_view op = node.Field("operator").text();
  if (op == "=" || op.empty()) {
    Declare(node.Field("left"), node.Field("right"));
    return;
  }
  const ValueId value = Expression(node.Field("right").NamedChild(0));
  const ValueId target = Expression(node.Field("left").NamedChild(0));
  if (op == "+=") {
    Edge(FlowEdge::Kind::kPart, value, target);
    Place(node, target);
  }
}

void FlowExtractor::Specification(Node spec) {
  const Node type = spec.Field("type");
  const std::vector<Node> values = ExpressionsOf(spec.Field("value"));
  std::vector<Node> names;
  for (const Node child : spec.NamedChildren()) {
    if (child.Is("identifier") && !(child == type)) {
      names.push_back(child);
    }
  }
  const std::string type_text = type ? TypeText(type) : std::string();
  std::vector<ValueId> results;
  if (values.size() == 1 && names.size() > 1 && values[0].Is("call_expression")) {
    const ValueId first = Call(values[0], names.size());
    for (size_t i = 0; i < names.size(); ++i) {
      results.push_back(first == kNoValue ? kNoValue : first + static_cast<ValueId>(i));
    }
  } else {
    for (const Node value : values) {
      results.push_back(Expression(value));
    }
  }
  for (size_t i = 0; i < names.size(); ++i) {
    if (IsBlank(names[i])) {
      continue;
    }
    const GoDecl* decl = go_.Resolve(names[i]);
    const bool of_package =
        decl == nullptr || decl->kind == GoDecl::Kind::kVar || decl->kind == GoDecl::Kind::kConst;
    const std::string key = Cat("V", Qualify(names[i].text()));
    const ValueId target =
        of_package ? Entity(key, names[i].text(), type_text, names[i]) : Local(*decl);
    const ValueId value = i < results.size() ? results[i] : kNoValue;
    Copy(value, target);
    if (of_package && !type_text.empty()) {
      out_.variable_types[key] = type_text;
    } else if (of_package && value != kNoValue) {
      out_.variable_values[key] = value;
    } else if (!of_package && type_text.empty()) {
      out_.values[target].base = value;
    }
    if (!of_package && values.empty()) {
      out_.values[target].zero = true;
    }
  }
}

void FlowExtractor::Return(Node node) {
  if (scopes_.empty()) {
    return;
  }
  const std::vector<Node> values = ExpressionsOf(node.NamedChild(0));
  const Scope scope = scopes_.back();
  const auto result = [&](size_t index) {
    return index < scope.named_results.size()
               ? scope.named_results[index]
               : Entity(Cat("R", scope.key, "#", std::to_string(index)), "", "", node);
  };
  if (values.size() == 1 && scope.result_count > 1 && values[0].Is("call_expression")) {
    const ValueId first = Call(values[0], scope.result_count);
    for (size_t i = 0; first != kNoValue && i < scope.result_count; ++i) {
      Copy(first + static_cast<ValueId>(i), result(i));
    }
    return;
  }
  for (size_t i = 0; i < values.size(); ++i) {
    const ValueId value = Expression(values[i]);
    if (i < scope.result_count) {
      Copy(value, result(i));
    }
  }
}

void FlowExtractor::Range(Node clause) {
  const ValueId container = Expression(clause.Field("right"));
  const std::vector<Node> targets = ExpressionsOf(clause.Field("left"));
  const ValueId element = Element(container, clause);
  for (size_t i = 0; i < targets.size(); ++i) {
    if (IsBlank(targets[i])) {
      continue;
    }
    if (i == 1) {
      Flow(element, targets[i]);
    } else if (targets.size() == 1 && container != kNoValue) {
      FlowValue received;
      received.kind = FlowValue::Kind::kIndex;
      received.base = container;
      received.element_of_base = true;
      received.received = true;
      const ValueId value = Add(received, clause);
      Copy(element, value);
      Flow(value, targets[i]);
    } else {
      Expression(targets[i]);
    }
  }
}

void FlowExtractor::Switch(Node node) {
  const Node tag = node.Field("value");
  const ValueId value = tag ? Expression(tag) : kNoValue;
  for (const Node child : node.NamedChildren()) {
    if (child == tag) {
      continue;
    }
    if (!child.Is("expression_case")) {
      Statement(child);
      continue;
    }
    const Node cases = child.Field("value");
    for (const Node option : ExpressionsOf(cases)) {
      const ValueId other = Expression(option);
      if (value != kNoValue && other != kNoValue) {
        Edge(FlowEdge::Kind::kPeer, value, other);
        Use(FlowUse::Kind::kCompare, value, option);
      }
    }
    for (const Node statement : child.NamedChildren()) {
      if (!(statement == cases)) {
        Statement(statement);
      }
    }
  }
}

void FlowExtractor::TypeSwitch(Node node) {
  const Node alias = node.Field("alias");
  const Node tag = node.Field("value");
  const ValueId value = tag ? Expression(tag) : kNoValue;
  for (const Node name : ExpressionsOf(alias)) {
    Copy(value, Expression(name));
  }
  for (const Node child : node.NamedChildren()) {
    if (!(child == alias) && !(child == tag)) {
      Statement(child);
    }
  }
}

}  // namespace windlass
