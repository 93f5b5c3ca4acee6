#include <algorithm>
#include <array>
#include <cctype>

#include "transformer/facts/path_extract.h"
#include "transformer/facts/path_tables.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 12> kBuiltins = {"append", "cap",    "clear", "close",
                                                        "copy",   "delete", "len",   "make",
                                                        "new",    "panic",  "print", "println"};

bool IsTypeNode(Node node) {
  const std::string_view kind = node.kind();
  return kind.ends_with("_type") || kind == "type_identifier";
}

/// The expression of an argument, without the dots of a spread one.
Node ArgumentOf(Node node) {
  return node.Is("variadic_argument") ? node.NamedChild(0) : node;
}

std::vector<Node> ArgumentsOf(Node list) {
  std::vector<Node> out;
  for (const Node child : list.NamedChildren()) {
    if (!child.Is("comment")) {
      out.push_back(child);
    }
  }
  return out;
}

}  // namespace

bool SplitFormat(std::string_view format, std::vector<FormatPiece>* pieces) {
  std::string literal;
  int argument = 0;
  const auto flush = [&] {
    if (!literal.empty()) {
      pieces->push_back({literal, -1});
      literal.clear();
    }
  };
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      literal += format[i];
      continue;
    }
    size_t end = i + 1;
    while (end < format.size() &&
           std::string_view("+-# 0123456789.").find(format[end]) != std::string_view::npos) {
      ++end;
    }
    if (end == format.size() || format[end] == '*' || format[end] == '[') {
      return false;
    }
    if (format[end] == '%') {
      literal += '%';
    } else {
      flush();
      pieces->push_back({std::string(format.substr(i, end + 1 - i)), argument++});
    }
    i = end;
  }
  flush();
  return true;
}

bool FlowExtractor::ResolveCallee(Node function, FlowCall* call, std::string* conversion,
                                  std::string* builtin) {
  while (function.Is("parenthesized_expression") || function.Is("type_instantiation_expression")) {
    function = function.NamedChild(0);
  }
  if (function.Is("index_expression")) {  // an instance of a generic function, most likely
    function = function.Field("operand");
  }
  if (IsTypeNode(function)) {
    *conversion = TypeText(function);
    return false;
  }
  if (function.Is("unary_expression")) {  // (*T)(x)
    *conversion = TypeText(function.Field("operand"));
    return false;
  }
  if (function.Is("identifier")) {
    const std::string_view name = function.text();
    const GoDecl* decl = go_.Resolve(function);
    if (decl == nullptr && IsUniverseType(name)) {
      *conversion = std::string(name);
      return false;
    }
    if (decl == nullptr && std::ranges::find(kBuiltins, name) != kBuiltins.end()) {
      *builtin = std::string(name);
      return false;
    }
    if (decl == nullptr || decl->kind == GoDecl::Kind::kFunc || decl->kind == GoDecl::Kind::kVar) {
      call->form = FlowCall::Form::kFunction;
      call->callee = Intern(Qualify(name));
      return true;
    }
    if (decl->kind == GoDecl::Kind::kType || decl->kind == GoDecl::Kind::kLocalType ||
        decl->kind == GoDecl::Kind::kTypeParam) {
      *conversion = NamedType(function);
      return false;
    }
  } else if (function.Is("selector_expression")) {
    if (const auto qualified = go_.ResolveQualified(function)) {
      call->form = FlowCall::Form::kFunction;
      call->callee = Intern(Cat(PathTables::Plain(qualified->path), ".", qualified->name));
      return true;
    }
    call->form = FlowCall::Form::kMethod;
    call->receiver = Expression(function.Field("operand"));
    call->callee = Intern(function.Field("field").text());
    return true;
  }
  call->form = FlowCall::Form::kValue;
  call->receiver = Expression(function);
  return true;
}

ValueId FlowExtractor::Conversion(Node node, const std::string& type, Node operand) {
  if (operand.Is("argument_list")) {
    operand = operand.NamedChild(0);
  }
  FlowValue value;
  value.type = Intern(type);
  const ValueId from = operand ? Expression(operand) : kNoValue;
  value.base = from;
  value.name = from == kNoValue ? 0 : out_.values[from].name;
  const ValueId to = Add(value, node);
  Copy(from, to);
  return to;
}

ValueId FlowExtractor::Builtin(std::string_view name, Node node, Node arguments) {
  const std::vector<Node> list = ArgumentsOf(arguments);
  if (list.empty()) {
    return kNoValue;
  }
  FlowValue value;
  if (name == "make" || name == "new") {
    value.type = Intern(TypeText(list[0]));
    for (size_t i = 1; i < list.size(); ++i) {
      Expression(list[i]);
    }
    return Add(value, node);
  }
  std::vector<ValueId> values;
  for (const Node argument : list) {
    values.push_back(Expression(ArgumentOf(argument)));
  }
  if (name == "append") {
    value.base = values[0];
    const ValueId result = Add(value, node);
    if (values[0] != kNoValue) {
      out_.values[result].name = out_.values[values[0]].name;
    }
    for (const ValueId from : values) {
      Copy(from, result);
    }
    UseOutputs(values, node);
    return result;
  }
  if (name == "copy" && values.size() == 2) {
    Copy(values[1], values[0]);
  } else if (name == "panic" || name.starts_with("print")) {
    Use(FlowUse::Kind::kText, values[0], node);
  } else if (name == "delete" && values.size() == 2) {
    Use(FlowUse::Kind::kMapKey, values[1], node);
  }
  return kNoValue;
}

/// "-o", file: what compilers and their like write.
void FlowExtractor::UseOutputs(const std::vector<ValueId>& arguments, Node at) {
  for (size_t i = 1; i < arguments.size(); ++i) {
    const ValueId flag = arguments[i - 1];
    if (flag != kNoValue && out_.values[flag].kind == FlowValue::Kind::kLiteral &&
        out_.texts[out_.values[flag].text] == "-o") {
      Use(FlowUse::Kind::kOutput, arguments[i], at);
    }
  }
}

ValueId FlowExtractor::Call(Node node, size_t results) {
  FlowCall call;
  std::string conversion;
  std::string builtin;
  const Node arguments = node.Field("arguments");
  if (!ResolveCallee(node.Field("function"), &call, &conversion, &builtin)) {
    const ValueId value = builtin.empty() ? Conversion(node, conversion, arguments)
                                          : Builtin(builtin, node, arguments);
    return results == 1 ? value : kNoValue;
  }
  std::vector<ValueId> args;
  for (const Node argument : ArgumentsOf(arguments)) {
    call.spread = argument.Is("variadic_argument");
    const bool slash = argument.Is("rune_literal") && argument.text() == "'/'";
    args.push_back(IsTypeNode(argument) ? kNoValue
                   : slash              ? Literal(argument)
                                        : Expression(ArgumentOf(argument)));
  }
  UseOutputs(args, node);
  const Span span = node.span();
  call.begin = static_cast<uint32_t>(span.begin);
  call.end = static_cast<uint32_t>(span.end);
  call.first_arg = static_cast<uint32_t>(out_.args.size());
  call.arg_count = static_cast<uint32_t>(args.size());
  out_.args.insert(out_.args.end(), args.begin(), args.end());
  call.result_count = static_cast<uint32_t>(results);
  for (size_t i = 0; i < results; ++i) {
    FlowValue value;
    value.kind = FlowValue::Kind::kCall;
    value.index = static_cast<uint16_t>(i);
    value.base = static_cast<ValueId>(out_.calls.size());
    value.name = call.form == FlowCall::Form::kMethod ? call.callee : 0;
    const ValueId id = Add(value, node);
    call.result = i == 0 ? id : call.result;
  }
  if (call.form == FlowCall::Form::kFunction && results > 0) {
    Compose(TextOf(call.callee), arguments, call);
  }
  Place(node, results > 0 ? call.result : kNoValue);
  out_.calls.push_back(call);
  return results > 0 ? call.result : kNoValue;
}

namespace {

constexpr std::array<std::string_view, 8> kCompared = {
    "strings.HasPrefix", "strings.HasSuffix", "strings.TrimPrefix", "strings.TrimSuffix",
    "strings.Contains",  "strings.EqualFold", "strings.CutPrefix",  "strings.CutSuffix"};

}  // namespace

/// Calls that put their arguments together, or compare them.
void FlowExtractor::Compose(std::string_view callee, Node arguments, const FlowCall& call) {
  const bool asserted = call.arg_count > 2 && callee.ends_with(".Equal") &&
                        callee.starts_with("github.com/stretchr/testify/");
  if (asserted ||
      (call.arg_count == 2 && std::ranges::find(kCompared, callee) != kCompared.end())) {
    const uint32_t first = call.first_arg + (asserted ? 1 : 0);  // after the test
    const ValueId a = out_.args[first];
    const ValueId b = out_.args[first + 1];
    Edge(FlowEdge::Kind::kPeer, a, b);
    Use(FlowUse::Kind::kCompare, a, arguments);
    Use(FlowUse::Kind::kCompare, b, arguments);
  } else if (callee == "fmt.Sprintf") {
    ComposeFormat(call);
  } else if (callee == "path.Join" || callee == "path/filepath.Join" || callee == "fmt.Sprint") {
    for (uint32_t i = 0; i < call.arg_count; ++i) {
      Edge(i == 0 ? FlowEdge::Kind::kHead : FlowEdge::Kind::kPart, out_.args[call.first_arg + i],
           call.result);
    }
  } else if (callee == "strings.Join" && call.arg_count == 2) {
    const Node list = ArgumentsOf(arguments)[0];
    const Node body = list.Field("body");
    if (!list.Is("composite_literal")) {
      Edge(FlowEdge::Kind::kHead, out_.args[call.first_arg], call.result);
      return;
    }
    bool first = true;
    for (const Node element : body.NamedChildren()) {
      const Span span = element.span();
      const ValueId value = out_.At(span);
      Edge(first ? FlowEdge::Kind::kHead : FlowEdge::Kind::kPart, value, call.result);
      first = false;
    }
  }
}

void FlowExtractor::ComposeFormat(const FlowCall& call) {
  if (call.arg_count == 0 || out_.args[call.first_arg] == kNoValue) {
    return;
  }
  const FlowValue& format = out_.values[out_.args[call.first_arg]];
  std::vector<FormatPiece> pieces;
  const bool known =
      format.kind == FlowValue::Kind::kLiteral && SplitFormat(TextOf(format.text), &pieces);
  for (uint32_t i = 1; i < call.arg_count; ++i) {
    const bool head = known && !pieces.empty() && pieces[0].argument == static_cast<int>(i) - 1;
    Edge(head ? FlowEdge::Kind::kHead : FlowEdge::Kind::kPart, out_.args[call.first_arg + i],
         call.result);
  }
  if (!known) {
    return;
  }
  const uint32_t begin = format.begin;
  const uint32_t end = format.end;
  bool account = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].argument >= 0) {
      continue;
    }
    const std::string_view text = pieces[i].text;
    const bool scheme = text.find("://") != std::string_view::npos;
    if (scheme || (account && text.starts_with(':'))) {  // "%s@%s:%s" is a file of another machine
      out_.uses.push_back({FlowUse::Kind::kUrl, call.result, call.begin, call.end});
    }
    account = account || text == "@";
    // The first piece tells what the whole is, and so does "://" wherever it stands.
    if (i > 0 && !scheme) {
      continue;
    }
    FlowValue literal;
    literal.kind = FlowValue::Kind::kLiteral;
    literal.text = Intern(text);
    literal.type = Intern("string");
    literal.begin = begin;
    literal.end = end;
    out_.values.push_back(literal);
    Edge(FlowEdge::Kind::kHead, static_cast<ValueId>(out_.values.size() - 1), call.result);
  }
}

}  // namespace windlass
