// Values: expressions, variables, parameters and fields. Calls are in text_origin_call.cc, readers
// in text_origin_reader.cc.

#include "transformer/facts/text_origin.h"

#include <algorithm>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr int kMaxDepth = 24;
constexpr int kMaxHops = 3;
constexpr int kMaxFieldHops = 5;  // a text is often stored more than once on its way
constexpr int kMaxSteps = 600;

/// Adds one while it lives.
class Deeper {
 public:
  explicit Deeper(int& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;

 private:
  int& depth_;
};

Node FunctionName(const GoDecl& decl) {
  return decl.function.Field("name");
}

/// The place of a parameter among all of its function; receivers do not count.
int ParameterIndex(const GoDecl& decl) {
  const std::vector<GoParameter> all = GoParameters(decl.function.Field("parameters"));
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == decl.name_node) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

bool HasType(const GoDecl& decl, std::string_view type) {
  return decl.type.text().find(type) != std::string_view::npos;
}

}  // namespace

void TextOrigins::Add(const TextOrigins& other) {
  if (what.empty() || (!Has(origin::kOutside) && other.Has(origin::kOutside))) {
    what = other.what;
  }
  set |= other.set;
}

TextOrigins TextOriginFinder::Of(const GoSpot& expression) {
  steps_ = 0;
  return Text(expression);
}

TextOrigins TextOriginFinder::OfReader(const GoSpot& reader) {
  steps_ = 0;
  return Reader(reader);
}

TextOrigins TextOriginFinder::Text(const GoSpot& at) {
  if (!at || depth_ > kMaxDepth || ++steps_ > kMaxSteps) {
    return {};
  }
  const Deeper deeper(depth_);
  const Node node = WithoutParentheses(at.node);
  const std::string_view kind = node.kind();
  if (kind == "identifier") {
    return Identifier(at.At(node), false);
  }
  if (kind == "selector_expression") {
    return Field(at.At(node), false);
  }
  if (kind == "call_expression") {
    return Call(at.At(node), false, 0);
  }
  if (kind == "index_expression" || kind == "slice_expression" ||
      kind == "type_conversion_expression" || kind == "unary_expression") {
    const Node operand = node.Field("operand");
    return Text(at.At(operand));
  }
  if (kind == "binary_expression") {
    TextOrigins out = Text(at.At(node.Field("left")));
    out.Add(Text(at.At(node.Field("right"))));
    out.set &= static_cast<origin::Set>(~origin::kLine);
    return out;
  }
  if (kind.ends_with("literal")) {
    return {origin::kInternal, {}};
  }
  return {};
}

TextOrigins TextOriginFinder::Identifier(const GoSpot& at, bool reader) {
  const GoDecl* decl = at.go->Resolve(at.node);
  if (decl == nullptr || decl->kind == GoDecl::Kind::kVar || decl->kind == GoDecl::Kind::kConst) {
    const GoSpot value = module_.VariableValue(at, at.node.text());
    if (value && value.node != at.node) {
      const TextOrigins out = Any(value, reader);
      if (out.set != 0) {
        return out;
      }
    }
    return decl == nullptr ? ByName(at.node.text(), reader) : Definitions(at, *decl, reader);
  }
  return Definitions(at, *decl, reader);
}

TextOrigins TextOriginFinder::Definitions(const GoSpot& at, const GoDecl& decl, bool reader) {
  if (!visiting_.insert(&decl).second) {
    return {};
  }
  TextOrigins out = Definition(at, decl, reader);
  for (const Node use : at.go->Uses(decl)) {
    const Node parent = use.parent();
    const Node statement = parent.parent();
    if (parent.Is("expression_list") && statement.Is("assignment_statement") &&
        statement.Field("left") == parent) {
      out.Add(Assigned(at, parent, statement.Field("right"), use, reader));
    } else {
      out.Add(Filled(at.At(use), reader));
    }
  }
  visiting_.erase(&decl);
  if (out.set == 0) {
    out = ByName(decl.name, reader);
  }
  return out;
}

/// The origin that the declaration itself gives.
TextOrigins TextOriginFinder::Definition(const GoSpot& at, const GoDecl& decl, bool reader) {
  const Node node = decl.decl;
  if (decl.kind == GoDecl::Kind::kParam) {
    return Parameter(at, decl, reader);
  }
  if (node.Is("short_var_declaration") || node.Is("assignment_statement")) {
    return Assigned(at, node.Field("left"), node.Field("right"), decl.name_node, reader);
  }
  if (node.Is("var_spec") || node.Is("const_spec")) {
    if (reader && (HasType(decl, "net.Conn") || HasType(decl, "TCPConn"))) {
      return {origin::kProtocol, {}};
    }
    const std::vector<Node> values = node.Field("value").NamedChildren();
    return values.size() == 1 ? Any(at.At(values[0]), reader) : TextOrigins();
  }
  if (node.Is("range_clause")) {
    const std::vector<Node> left = node.Field("left").NamedChildren();
    const bool element =
        left.size() != 1 || decl.name_node != left[0] || node.Field("right").Is("call_expression");
    const bool key = left.size() == 2 && decl.name_node == left[0];
    return element && !key ? Any(at.At(node.Field("right")), reader) : TextOrigins();
  }
  return {};
}

/// left = right: what `target`, one of `left`, gets.
TextOrigins TextOriginFinder::Assigned(const GoSpot& at, Node left, Node right, Node target,
                                       bool reader) {
  const std::vector<Node> targets = left.NamedChildren();
  const std::vector<Node> values = right.NamedChildren();
  const auto place = static_cast<size_t>(std::ranges::find(targets, target) - targets.begin());
  if (place < targets.size() && values.size() == targets.size()) {
    return Any(at.At(values[place]), reader);
  }
  const Node value = values.size() == 1 ? WithoutParentheses(values[0]) : Node();
  if (value.Is("call_expression")) {
    return Call(at.At(value), reader, place);
  }
  return place == 0 && value ? Any(at.At(value), reader) : TextOrigins();
}

/// f.Read(buf), io.ReadFull(r, buf): what is put into a variable that is lent.
TextOrigins TextOriginFinder::Filled(const GoSpot& use, bool reader) {
  Node argument = use.node;
  while (argument.parent().Is("slice_expression") || argument.parent().Is("unary_expression")) {
    argument = argument.parent();
  }
  const Node call = argument.parent().parent();
  if (reader || !argument.parent().Is("argument_list") || !call.Is("call_expression")) {
    return {};
  }
  const std::string key = CalleeKey(use.At(call));
  if (key == ".Read" || key == ".ReadAt") {
    return Reader(use.At(call.Field("function").Field("operand")));
  }
  const std::vector<Node> arguments = GoArguments(call);
  if (key.starts_with("io.Read") && arguments.size() >= 2 && arguments[1] == argument) {
    return Reader(use.At(arguments[0]));
  }
  return {};
}

/// What callers hand in; what nobody within the module hands in comes from outside of it.
TextOrigins TextOriginFinder::Parameter(const GoSpot& at, const GoDecl& decl, bool reader) {
  if (reader && (HasType(decl, "net.Conn") || HasType(decl, "TCPConn") || HasType(decl, "ssh."))) {
    return {origin::kProtocol, {}};
  }
  if (reader && HasType(decl, "os.File")) {
    return {origin::kFile, "a file"};
  }
  TextOrigins out;
  bool mixed = false;
  const int index = ParameterIndex(decl);
  if (index < 0 || hops_ >= kMaxHops || !FunctionName(decl)) {
    return HandedIn(decl, reader);
  }
  const Deeper hop(hops_);
  for (const GoSpot& call : module_.CallsOf(at.At(decl.function))) {
    const std::vector<Node> arguments = GoArguments(call.node);
    if (static_cast<size_t>(index) < arguments.size()) {
      const TextOrigins one = Any(call.At(arguments[static_cast<size_t>(index)]), reader);
      mixed = mixed || (one.Has(origin::kInternal) && !one.Has(origin::kOutside));
      out.Add(one);
    }
  }
  const std::string_view function = FunctionName(decl).text();
  if (mixed && !reader && !tables_.NameFits("parser", function)) {
    return {origin::kMixed, {}};  // a helper for texts of every kind
  }
  if (!out.Has(origin::kOutside | origin::kProtocol | origin::kClean) &&
      (out.set == 0 || (function[0] >= 'A' && function[0] <= 'Z'))) {
    out.Add(HandedIn(decl, reader));
  }
  return out;
}

/// Bytes or a reader that an exported function takes: if it parses them, they come from somewhere.
TextOrigins TextOriginFinder::HandedIn(const GoDecl& decl, bool reader) const {
  if (reader) {
    const bool plain = HasType(decl, "io.Reader") || HasType(decl, "io.ReadCloser") ||
                       HasType(decl, "bufio.Reader");
    return plain && !tables_.NameFits("connection", decl.name) &&
                   tables_.NameFits("parser", FunctionName(decl).text())
               ? TextOrigins{origin::kHanded, Cat("the reader ", decl.name)}
               : ByName(decl.name, true);
  }
  const bool bytes = decl.type.text() == "[]byte";
  const bool text = decl.type.text() == "string";
  const std::string_view function = FunctionName(decl).text();
  if ((bytes || text) && tables_.NameFits("handed", decl.name) &&
      tables_.NameFits("parser", function)) {
    return {origin::kHanded, Cat("what ", function, " is given")};
  }
  return ByName(decl.name, false);
}

/// x.f: what is stored there, or decoded into it.
TextOrigins TextOriginFinder::Field(const GoSpot& at, bool reader) {
  const std::string_view field = at.node.Field("field").text();
  if (const auto qualified = at.go->ResolveQualified(at.node)) {
    if (qualified->path == "os" && qualified->name == "Stdin") {
      return {origin::kStdin, "standard input"};
    }
    return {};
  }
  if (reader && field == "Body") {
    return {origin::kHttp, "an HTTP body"};
  }
  TextOrigins out;
  if (hops_ < kMaxFieldHops && visiting_.insert(at.node.id()).second) {
    const Deeper hop(hops_);
    const std::string_view type = module_.TypeName(at.At(at.node.Field("operand")));
    for (const GoSpot& value : module_.FieldValues(at, field, type)) {
      out.Add(Any(value, reader));
    }
    bool decoded = !reader;
    bool declared = false;
    for (const GoSpot& declaration : module_.FieldDeclarations(at, field, type)) {
      declared = true;
      const std::string_view text = declaration.node.text();
      decoded = decoded && declaration.node.Field("type").text() == "string" &&
                declaration.node.Field("tag").text().find("json:\"") != std::string_view::npos &&
                text.find("yaml:\"") == std::string_view::npos &&
                text.find("json:\"-") == std::string_view::npos;
      if (reader && text.find("net.Conn") != std::string_view::npos) {
        out.Add({origin::kProtocol, {}});
      }
    }
    if (declared && decoded && !out.Has(origin::kOutside | origin::kInternal)) {
      out.Add({origin::kJson, Cat("the JSON field ", field)});
    }
    visiting_.erase(at.node.id());
  }
  if (out.set == 0) {
    out = ByName(field, reader);
  }
  return out;
}

TextOrigins TextOriginFinder::ByName(std::string_view name, bool reader) const {
  if (reader) {
    if (tables_.NameFits("stdin", name)) {
      return {origin::kStdin, Cat("the reader ", name)};
    }
    return tables_.NameFits("connection", name) ? TextOrigins{origin::kProtocol, {}}
                                                : TextOrigins();
  }
  return tables_.NameFits("text", name) ? TextOrigins{origin::kNamed, Cat("a value called ", name)}
                                        : TextOrigins();
}

}  // namespace windlass
