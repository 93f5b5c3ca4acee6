#include "transformer/facts/path_extract.h"
#include "transformer/facts/path_names.h"
#include "transformer/facts/path_tables.h"

namespace windlass {
namespace {

bool IsComparison(std::string_view op) {
  return op == "==" || op == "!=" || op == "<" || op == ">";
}

bool IsNumber(Node node) {
  return node.Is("int_literal") || node.Is("float_literal") || node.Is("rune_literal") ||
         node.Is("imaginary_literal");
}

bool IsSlashByte(Node node) {
  return node.Is("rune_literal") && node.text() == "'/'";
}

/// The operands of a chain of +, left to right, through parentheses on the left.
void ChainOperands(Node node, std::vector<Node>* out) {
  if (node.Is("parenthesized_expression") && node.NamedChild(0).Is("binary_expression")) {
    node = node.NamedChild(0);
  }
  if (node.Is("binary_expression") && node.Field("operator").text() == "+") {
    ChainOperands(node.Field("left"), out);
    ChainOperands(node.Field("right"), out);
  } else {
    out->push_back(node);
  }
}

}  // namespace

ValueId FlowExtractor::Expression(Node node) {
  const std::string_view kind = node.kind();
  ValueId value = kNoValue;
  if (kind == "identifier") {
    value = Identifier(node);
  } else if (kind == "selector_expression") {
    value = Selector(node);
  } else if (kind == "interpreted_string_literal" || kind == "raw_string_literal") {
    value = Literal(node);
  } else if (kind == "call_expression") {
    value = Call(node, 1);
  } else if (kind == "binary_expression") {
    value = Binary(node);
  } else if (kind == "parenthesized_expression") {
    value = Expression(node.NamedChild(0));
  } else if (kind == "unary_expression") {
    value = Expression(node.Field("operand"));
    const std::string_view op = node.Field("operator").text();
    if (op == "&" && value != kNoValue) {
      out_.values[value].address_taken = true;
    }
    value = op == "<-" ? Element(value, node) : op == "!" || op == "-" ? kNoValue : value;
  } else if (kind == "index_expression" || kind == "slice_expression") {
    value = Index(node);
  } else if (kind == "composite_literal") {
    value = Composite(node);
  } else if (kind == "func_literal") {
    value = FunctionLiteral(node);
  } else if (kind == "type_assertion_expression") {
    value = Conversion(node, TypeText(node.Field("type")), node.Field("operand"));
  } else if (kind == "type_conversion_expression") {
    value = Conversion(node, TypeText(node.Field("type")), node.Field("operand"));
  } else {
    Children(node);
  }
  Place(node, value);
  return value;
}

ValueId FlowExtractor::Literal(Node node) {
  const std::optional<std::string> text =
      IsSlashByte(node) ? std::optional<std::string>("/") : GoStringValue(node);
  FlowValue value;
  value.kind = FlowValue::Kind::kLiteral;
  value.text = text ? Intern(*text) : 0;
  value.type = Intern("string");
  return Add(value, node);
}

ValueId FlowExtractor::Identifier(Node node) {
  const std::string_view name = node.text();
  const GoDecl* decl = go_.Resolve(node);
  if (decl == nullptr) {
    if (name == "nil" || name == "true" || name == "false" || name == "iota" || name == "_" ||
        IsUniverseType(name)) {
      return kNoValue;
    }
    return Entity(Cat("V", Qualify(name)), name, "", node);
  }
  switch (decl->kind) {
    case GoDecl::Kind::kLocalVar:
    case GoDecl::Kind::kLocalConst:
    case GoDecl::Kind::kParam:
    case GoDecl::Kind::kResult:
    case GoDecl::Kind::kReceiver:
      return Local(*decl);
    case GoDecl::Kind::kVar:
    case GoDecl::Kind::kConst:
    case GoDecl::Kind::kFunc:
      return Entity(Cat("V", Qualify(name)), name, "", node);
    default:
      return kNoValue;
  }
}

ValueId FlowExtractor::Selector(Node node) {
  if (const auto qualified = go_.ResolveQualified(node)) {
    return Entity(Cat("V", PathTables::Plain(qualified->path), ".", qualified->name),
                  qualified->name, "", node);
  }
  const ValueId base = Expression(node.Field("operand"));
  return base == kNoValue ? kNoValue : Select(base, node.Field("field").text(), node);
}

ValueId FlowExtractor::Binary(Node node) {
  const std::string_view op = node.Field("operator").text();
  if (op == "+") {
    return Chain(node);
  }
  const Node left = node.Field("left");
  const Node right = node.Field("right");
  const auto operand = [&](Node side) {
    return IsSlashByte(side) ? Literal(side) : Expression(side);
  };
  const ValueId a = operand(left);
  const ValueId b = operand(right);
  if (IsComparison(op) && a != kNoValue && b != kNoValue) {
    Edge(FlowEdge::Kind::kPeer, a, b);
    Use(FlowUse::Kind::kCompare, a, node);
    Use(FlowUse::Kind::kCompare, b, node);
  }
  return kNoValue;
}

ValueId FlowExtractor::Chain(Node node) {
  std::vector<Node> operands;
  ChainOperands(node, &operands);
  bool numeric = false;
  std::vector<ValueId> pieces;
  for (const Node operand : operands) {
    numeric = numeric || IsNumber(operand);
    pieces.push_back(Expression(operand));
  }
  if (numeric) {
    return kNoValue;
  }
  FlowValue value;
  value.kind = FlowValue::Kind::kConcat;
  value.base = pieces[0];
  const ValueId result = Add(value, node);
  bool account = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool tells = i == 0 || IsScheme(pieces[i]);
    const std::string_view text = LiteralText(pieces[i]);
    if (IsScheme(pieces[i]) || (account && text.starts_with(':'))) {  // user@host:file
      Use(FlowUse::Kind::kUrl, result, node);
    }
    account = account || text == "@";
    Edge(tells ? FlowEdge::Kind::kHead : FlowEdge::Kind::kPart, pieces[i], result);
  }
  return result;
}

std::string_view FlowExtractor::LiteralText(ValueId value) const {
  return value != kNoValue && out_.values[value].kind == FlowValue::Kind::kLiteral
             ? std::string_view(TextOf(out_.values[value].text))
             : std::string_view();
}

/// "://": whatever it stands in is a URL.
bool FlowExtractor::IsScheme(ValueId value) const {
  return LiteralText(value).find("://") != std::string_view::npos;
}

ValueId FlowExtractor::Index(Node node) {
  const ValueId base = Expression(node.Field("operand"));
  for (const Node child : node.NamedChildren()) {
    if (child == node.Field("operand")) {
      continue;
    }
    const ValueId index = Expression(child);
    if (node.Is("index_expression")) {
      Use(FlowUse::Kind::kMapKey, index, node);
    }
  }
  if (node.Is("index_expression")) {
    const std::optional<std::string> key = GoStringValue(node.Field("index"));
    const bool list = key && base != kNoValue && IsListName(*key);
    return list ? Select(base, Cat("[", *key, "]"), node) : Element(base, node);
  }
  if (base == kNoValue) {
    return kNoValue;
  }
  FlowValue value;
  value.base = base;
  value.name = out_.values[base].name;
  const ValueId slice = Add(value, node);
  Copy(base, slice);
  return slice;
}

ValueId FlowExtractor::Composite(Node node) {
  const Node type = node.Field("type");
  return CompositeBody(node.Field("body"), TypeText(type), type);
}

ValueId FlowExtractor::CompositeBody(Node body, const std::string& type, Node type_node) {
  FlowValue composite;
  composite.type = Intern(type);
  const ValueId value = Add(composite, body);
  Place(body, value);
  size_t index = 0;
  (void)type_node;
  for (const Node element : body.NamedChildren()) {
    if (element.Is("keyed_element") || element.Is("literal_element")) {
      CompositeElement(element, value, type, index++);
    }
  }
  return value;
}

void FlowExtractor::CompositeElement(Node element, ValueId value, std::string_view type,
                                     size_t index) {
  const bool is_map = type.starts_with("map[");
  const bool is_list = type.starts_with("[]");
  Node content = element;
  ValueId target = value;
  if (element.Is("keyed_element")) {
    content = element.Field("value");
    const Node key = element.Field("key").NamedChild(0);
    if (!is_map && !is_list && key.Is("identifier")) {
      target = Select(value, key.text(), key);
    } else if (key.Is("literal_value")) {
      CompositeBody(key, "", key);
    } else {
      Use(FlowUse::Kind::kMapKey, Expression(key), key);
    }
  } else if (!is_map && !is_list) {
    target = Select(value, Cat("#", std::to_string(index)), element);
  }
  content = content.NamedChild(0);
  ValueId from = kNoValue;
  if (content.Is("literal_value")) {
    from = CompositeBody(content, std::string(ElementType(type)), content);
    if (!is_map && !is_list) {
      return;
    }
  } else if (content) {
    from = Expression(content);
  }
  Copy(from, target);
}

ValueId FlowExtractor::FunctionLiteral(Node node) {
  const std::string key = Cat(out_.path, ":", std::to_string(node.span().begin));
  OpenFunction(key, node.Field("parameters"), node.Field("result"), node.Field("body"));
  FlowValue value;
  value.kind = FlowValue::Kind::kFunction;
  value.text = Intern(key);
  return Add(value, node);
}

}  // namespace windlass
