#include "transformer/facts/go_scopes.h"

#include <algorithm>
#include <optional>

#include "transformer/facts/go_kinds.h"

namespace windlass {
namespace {

using Kind = GoDecl::Kind;

bool HasToken(Node node, std::string_view token) {
  for (size_t i = 0; i < node.child_count(); ++i) {
    if (node.Child(i).Is(token)) {
      return true;
    }
  }
  return false;
}

bool DeclaresName(std::string_view name) {
  return !name.empty() && name != "_";
}

/// Walks the tree in the order of evaluation, so that a name is declared exactly when the spec lets
/// its scope begin: a lookup sees what has been declared so far in the blocks around it.
class ScopeWalker {
 public:
  explicit ScopeWalker(GoScopes* out) : out_(*out) {}

  void VisitFile(Node root) {
    OpenScope(root);
    const std::vector<Node> children = root.NamedChildren();
    for (Node child : children) {
      Hoist(child);
    }
    for (const GoDecl& decl : out_.package_decls) {
      out_.Bind(decl.name_node, decl);
      // Any number of functions may be called init; none of them can be referred to.
      if (DeclaresName(decl.name) && !(decl.kind == Kind::kFunc && decl.name == "init")) {
        Name(decl, root.span().begin);
      }
    }
    for (Node child : children) {
      Visit(child);
    }
    CloseScope();
  }

 private:
  struct Label {
    std::string_view name;
    const GoDecl* decl;
  };

  // --- Package level -----------------------------------------------------------------------------

  void Hoist(Node node) {
    switch (GoKindOf(node)) {
      case GoKind::kPackageClause:
        out_.package_clause = node;
        break;
      case GoKind::kFunctionDeclaration:
        HoistName(Kind::kFunc, node.Field("name"), node, Node());
        break;
      case GoKind::kTypeSpec:
      case GoKind::kTypeAlias:
        HoistName(Kind::kType, node.Field("name"), node, node.Field("type"));
        break;
      case GoKind::kConstSpec:
      case GoKind::kVarSpec: {
        const Kind kind = node.Is("const_spec") ? Kind::kConst : Kind::kVar;
        for (Node child : node.NamedChildren()) {
          if (child.Is("identifier")) {
            HoistName(kind, child, node, node.Field("type"));
          }
        }
        break;
      }
      case GoKind::kImportSpec:
        out_.import_specs.push_back(node);
        break;
      case GoKind::kConstDeclaration:
      case GoKind::kVarDeclaration:
      case GoKind::kVarSpecList:
      case GoKind::kTypeDeclaration:
      case GoKind::kImportDeclaration:
      case GoKind::kImportSpecList:
        for (Node child : node.NamedChildren()) {
          Hoist(child);
        }
        break;
      default:
        break;
    }
  }

  void HoistName(Kind kind, Node name, Node decl, Node type) {
    if (name) {
      out_.package_decls.push_back({kind, name.text(), name, decl, type, Node()});
    }
  }

  // --- Scopes and names --------------------------------------------------------------------------

  void OpenScope(Node node) {
    out_.scopes.push_back({node.span(), scope_, {}});
    scope_ = static_cast<uint32_t>(out_.scopes.size() - 1);
  }
  void CloseScope() { scope_ = out_.scopes[scope_].parent; }

  void Name(const GoDecl& decl, size_t visible_from) {
    out_.scopes[scope_].names.push_back({decl.name, visible_from, &decl});
    if (scope_ == 0) {
      package_names_.emplace(decl.name, &decl);
    }
  }

  Node Function() const {
    return function_ == GoScope::kNone ? Node() : out_.functions[function_].node;
  }

  const GoDecl& Declare(Kind kind, Node name, Node decl, Node type, size_t visible_from) {
    const GoDecl& local =
        out_.locals.emplace_back(GoDecl{kind, name.text(), name, decl, type, Function()});
    out_.Bind(name, local);
    if (DeclaresName(local.name)) {
      out_.local_names.insert(local.name);
      Name(local, visible_from);
    }
    return local;
  }

  const GoDecl* FindInScope(std::string_view name) const {
    const auto& names = out_.scopes[scope_].names;
    const auto found = std::ranges::find(names.rbegin(), names.rend(), name, &GoScope::Name::name);
    return found == names.rend() ? nullptr : found->decl;
  }

  const GoDecl* Find(std::string_view name) const {
    for (uint32_t scope = scope_; scope != 0; scope = out_.scopes[scope].parent) {
      const auto& names = out_.scopes[scope].names;
      for (auto it = names.rbegin(); it != names.rend(); ++it) {
        if (it->name == name) {
          return it->decl;
        }
      }
    }
    const auto found = package_names_.find(name);
    return found == package_names_.end() ? nullptr : found->second;
  }

  void ResolveName(Node name, bool qualifier = false) {
    const std::string_view text = name.text();
    if (text == "_") {
      return;
    }
    if (const GoDecl* decl = Find(text)) {
      out_.Bind(name, *decl);
    } else if (!IsGoReserved(text)) {
      out_.unresolved.push_back({name, qualifier});
    }
  }

  // --- The walk ----------------------------------------------------------------------------------

  void VisitChildren(Node node) {
    for (Node child : node.NamedChildren()) {
      Visit(child);
    }
  }

  void VisitInScope(Node node) {
    OpenScope(node);
    VisitChildren(node);
    CloseScope();
  }

  void VisitField(Node node, std::string_view field) {
    if (Node child = node.Field(field)) {
      Visit(child);
    }
  }

  void Visit(Node node) {
    const GoKind kind = GoKindOf(node);
    if (IsGoName(kind)) {
      ResolveName(node);
      return;
    }
    switch (kind) {
      case GoKind::kComment:
      case GoKind::kFieldIdentifier:
      case GoKind::kPackageClause:
      case GoKind::kImportDeclaration:
      case GoKind::kInterpretedStringLiteral:
      case GoKind::kRawStringLiteral:
        break;
      case GoKind::kBlock:
      case GoKind::kIfStatement:
      case GoKind::kForStatement:
      case GoKind::kExpressionSwitchStatement:
      case GoKind::kExpressionCase:
      case GoKind::kDefaultCase:
      case GoKind::kCommunicationCase:
        VisitInScope(node);
        break;
      case GoKind::kLabelName:
        label_uses_.push_back(node);
        break;
      case GoKind::kLabeledStatement:
        VisitLabeled(node);
        break;
      default:
        VisitDeclaring(node, kind);
    }
  }

  void VisitDeclaring(Node node, GoKind kind) {
    switch (kind) {
      case GoKind::kFunctionDeclaration:
      case GoKind::kMethodDeclaration:
      case GoKind::kFuncLiteral:
        VisitFunction(node);
        break;
      case GoKind::kFunctionType:
      case GoKind::kMethodElem:
        OpenScope(node);
        VisitSignature(node);
        CloseScope();
        break;
      case GoKind::kTypeSpec:
      case GoKind::kTypeAlias:
        VisitTypeSpec(node);
        break;
      case GoKind::kConstSpec:
      case GoKind::kVarSpec:
        VisitValueSpec(node, kind);
        break;
      case GoKind::kShortVarDeclaration:
        VisitField(node, "right");
        DeclareOrReuse(node);
        break;
      case GoKind::kRangeClause:
      case GoKind::kReceiveStatement:
        if (HasToken(node, ":=")) {
          VisitField(node, "right");
          DeclareOrReuse(node);
        } else {
          VisitChildren(node);
        }
        break;
      case GoKind::kTypeSwitchStatement:
        VisitTypeSwitch(node);
        break;
      default:
        VisitExpression(node, kind);
    }
  }

  void VisitExpression(Node node, GoKind kind) {
    switch (kind) {
      case GoKind::kSelectorExpression: {
        const Node operand = node.Field("operand");
        if (operand.Is("identifier")) {
          ResolveName(operand, /*qualifier=*/true);
        } else {
          Visit(operand);
        }
        break;
      }
      case GoKind::kQualifiedType:
        ResolveName(node.Field("package"), /*qualifier=*/true);
        break;
      case GoKind::kCompositeLiteral:
        VisitField(node, "type");
        VisitLiteral(node.Field("body"), node.Field("type"));
        break;
      default:
        VisitChildren(node);
    }
  }

  // --- Functions ---------------------------------------------------------------------------------

  void VisitFunction(Node node) {
    const uint32_t outer_function = function_;
    const std::vector<Node> outer_uses = std::move(label_uses_);
    const std::vector<Label> outer_labels = std::move(labels_);
    label_uses_.clear();
    labels_.clear();
    out_.functions.push_back({node, function_});
    function_ = static_cast<uint32_t>(out_.functions.size() - 1);

    OpenScope(node);
    VisitSignature(node);
    // The body's block is the block of the parameters: redeclaring one of them reuses it.
    if (Node body = node.Field("body")) {
      VisitChildren(body);
    }
    CloseScope();

    for (Node use : label_uses_) {
      const auto label = std::ranges::find(labels_, use.text(), &Label::name);
      if (label != labels_.end()) {
        out_.Bind(use, *label->decl);
      }
    }
    function_ = outer_function;
    label_uses_ = outer_uses;
    labels_ = outer_labels;
  }

  /// Type parameters are visible in the whole signature, parameters only in the body.
  void VisitSignature(Node node) {
    const Node receiver = node.Field("receiver");
    for (Node parameter : receiver.NamedChildren()) {
      DeclareReceiverTypeParams(parameter.Field("type"));
    }
    if (Node params = node.Field("type_parameters")) {
      VisitTypeParams(params);
    }
    const Node parameters = node.Field("parameters");
    const Node result = node.Field("result");
    VisitParameterTypes(receiver);
    VisitParameterTypes(parameters);
    if (result.Is("parameter_list")) {
      VisitParameterTypes(result);
    } else if (result) {
      Visit(result);
    }
    const Node body = node.Field("body");
    const size_t visible_from = body ? body.span().begin : node.span().end;
    DeclareParameters(receiver, Kind::kReceiver, visible_from);
    DeclareParameters(parameters, Kind::kParam, visible_from);
    if (result.Is("parameter_list")) {
      DeclareParameters(result, Kind::kResult, visible_from);
    }
  }

  /// In `func (r *T[K, V])`, K and V are declared here.
  void DeclareReceiverTypeParams(Node type) {
    while (type.Is("pointer_type") || type.Is("parenthesized_type")) {
      type = FirstGoChild(type);
    }
    for (Node argument : type.Field("type_arguments").NamedChildren()) {
      const Node name = FirstGoChild(argument);
      if (name.Is("type_identifier")) {
        Declare(Kind::kTypeParam, name, argument, Node(), type.span().begin);
      }
    }
  }

  void VisitTypeParams(Node list) {
    const std::vector<Node> parameters = list.NamedChildren();
    for (Node parameter : parameters) {
      for (Node name : parameter.NamedChildren()) {
        if (name.Is("identifier")) {
          Declare(Kind::kTypeParam, name, parameter, parameter.Field("type"), list.span().begin);
        }
      }
    }
    for (Node parameter : parameters) {
      VisitField(parameter, "type");
    }
  }

  void VisitParameterTypes(Node list) {
    Node visited;
    for (const GoParameter& parameter : GoParameters(list)) {
      if (parameter.type && parameter.type != visited) {
        Visit(parameter.type);
        visited = parameter.type;
      }
    }
  }

  void DeclareParameters(Node list, Kind kind, size_t visible_from) {
    for (const GoParameter& parameter : GoParameters(list)) {
      if (parameter.name) {
        Declare(kind, parameter.name, parameter.decl, parameter.type, visible_from);
      }
    }
  }

  void VisitLabeled(Node node) {
    const Node label = node.Field("label");
    if (label) {
      const GoDecl& decl = out_.locals.emplace_back(
          GoDecl{Kind::kLabel, label.text(), label, node, Node(), Function()});
      out_.Bind(label, decl);
      labels_.push_back({decl.name, &decl});
    }
    for (Node child : node.NamedChildren()) {
      if (child != label) {
        Visit(child);
      }
    }
  }

  // --- Declarations within functions -------------------------------------------------------------

  bool AtPackageLevel() const { return scope_ == 0; }

  void VisitTypeSpec(Node node) {
    const Node name = node.Field("name");
    const Node type = node.Field("type");
    if (!AtPackageLevel() && name) {
      Declare(Kind::kLocalType, name, node, type, name.span().begin);
    }
    OpenScope(node);
    if (Node params = node.Field("type_parameters")) {
      VisitTypeParams(params);
    }
    if (type) {
      Visit(type);
    }
    CloseScope();
  }

  void VisitValueSpec(Node node, GoKind kind) {
    VisitField(node, "type");
    VisitField(node, "value");
    if (AtPackageLevel()) {
      return;
    }
    const Kind local = kind == GoKind::kConstSpec ? Kind::kLocalConst : Kind::kLocalVar;
    for (Node name : node.NamedChildren()) {
      if (name.Is("identifier")) {
        Declare(local, name, node, node.Field("type"), node.span().end);
      }
    }
  }

  /// `a, b := …`: a name that this very block has declared is assigned to, the others are new.
  void DeclareOrReuse(Node node) {
    for (Node name : node.Field("left").NamedChildren()) {
      if (!IsGoName(GoKindOf(name))) {
        Visit(name);
      } else if (const GoDecl* known = FindInScope(name.text()); known && !AtPackageLevel()) {
        out_.Bind(name, *known);
      } else {
        Declare(Kind::kLocalVar, name, node, Node(), node.span().end);
      }
    }
  }

  /// `switch x := v.(type)` declares an x of its own in every clause.
  void VisitTypeSwitch(Node node) {
    OpenScope(node);
    VisitField(node, "initializer");
    VisitField(node, "value");
    const Node alias = FirstGoChild(node.Field("alias"));
    for (Node child : node.NamedChildren()) {
      if (!child.Is("type_case") && !child.Is("default_case")) {
        continue;
      }
      OpenScope(child);
      size_t types = 0;
      Node body;
      for (Node part : child.NamedChildren()) {
        if (part.Is("statement_list")) {
          body = part;
        } else if (!part.Is("comment")) {
          Visit(part);
          ++types;
        }
      }
      if (alias && IsGoName(GoKindOf(alias))) {
        const Node type = types == 1 ? child.Field("type") : Node();
        Declare(Kind::kLocalVar, alias, child, type, child.span().begin);
      }
      if (body) {
        Visit(body);
      }
      CloseScope();
    }
    CloseScope();
  }

  // --- Composite literals ------------------------------------------------------------------------

  /// The type literal behind `type`, as far as this file tells; null if it does not.
  Node Underlying(Node type) const {
    for (int step = 0; step < 16 && type; ++step) {
      switch (GoKindOf(type)) {
        case GoKind::kPointerType:
        case GoKind::kParenthesizedType:
          type = FirstGoChild(type);
          break;
        case GoKind::kGenericType:
          type = type.Field("type");
          break;
        case GoKind::kTypeIdentifier: {
          const auto found = out_.resolved.find(type.span().begin);
          const GoDecl* decl = found == out_.resolved.end() ? Find(type.text()) : found->second;
          const bool known =
              decl != nullptr && (decl->kind == Kind::kType || decl->kind == Kind::kLocalType);
          type = known ? decl->type : Node();
          break;
        }
        default:
          return type;
      }
    }
    return Node();
  }

  void VisitLiteral(Node literal, Node type) {
    const Node underlying = Underlying(type);
    const GoKind kind = GoKindOf(underlying);
    const bool is_map = kind == GoKind::kMapType;
    const bool is_list = kind == GoKind::kSliceType || kind == GoKind::kArrayType ||
                         kind == GoKind::kImplicitLengthArrayType;
    const Node element = underlying.Field(is_map ? "value" : "element");
    for (Node child : literal.NamedChildren()) {
      if (!child.Is("keyed_element")) {
        VisitElement(child, element);
        continue;
      }
      const Node key = child.Field("key");
      if (is_map || is_list) {
        VisitElement(key, underlying.Field("key"));
      } else if (!IsGoName(GoKindOf(FirstGoChild(key)))) {  // a name may be that of a field
        VisitElement(key, Node());
      }
      VisitElement(child.Field("value"), element);
    }
  }

  void VisitElement(Node element, Node type) {
    if (!element.Is("literal_element")) {
      Visit(element);
      return;
    }
    for (Node child : element.NamedChildren()) {
      if (child.Is("literal_value")) {
        VisitLiteral(child, type);
      } else {
        Visit(child);
      }
    }
  }

  GoScopes& out_;
  uint32_t scope_ = GoScope::kNone;
  uint32_t function_ = GoScope::kNone;
  absl::flat_hash_map<std::string_view, const GoDecl*> package_names_;
  std::vector<Node> label_uses_;
  std::vector<Label> labels_;
};

}  // namespace

void GoScopes::Build(Node root) {
  ScopeWalker(this).VisitFile(root);
}

void GoScopes::Bind(Node identifier, const GoDecl& decl) {
  resolved.try_emplace(identifier.span().begin, &decl);
  uses[&decl].push_back(identifier);
}

void GoScopes::Finish() {
  const auto begin = [](const Node& node) { return node.span().begin; };
  for (auto& [decl, nodes] : uses) {
    std::ranges::sort(nodes, {}, begin);
    const auto same = std::ranges::unique(nodes, {}, begin);
    nodes.erase(same.begin(), same.end());
  }
}

const GoDecl* GoScopes::Lookup(std::string_view name, size_t offset) const {
  // The innermost block around the offset is the last one that begins before it, or encloses that.
  const auto after = std::ranges::upper_bound(
      scopes, offset, {}, [](const GoScope& scope) { return scope.span.begin; });
  uint32_t scope = after == scopes.begin() ? 0 : static_cast<uint32_t>(after - scopes.begin()) - 1;
  for (; scope != GoScope::kNone; scope = scopes[scope].parent) {
    if (scope != 0 && !scopes[scope].span.Contains(offset)) {
      continue;
    }
    const auto& names = scopes[scope].names;
    for (auto it = names.rbegin(); it != names.rend(); ++it) {
      if (it->name == name && (scope == 0 || it->visible_from <= offset)) {
        return it->decl;
      }
    }
  }
  return nullptr;
}

}  // namespace windlass
