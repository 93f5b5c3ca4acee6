#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_EXTRACT_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_EXTRACT_H_

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "transformer/facts/path_graph.h"

namespace windlass {

/// The walk over one file that fills a FlowFile; internal to ExtractFlow. The parts:
/// path_extract.cc (declarations), path_extract_stmt.cc, path_extract_expr.cc,
/// path_extract_call.cc, path_extract_type.cc.
class FlowExtractor {
 public:
  FlowExtractor(const GoFile& go, std::string_view package);
  FlowFile Run();

 private:
  void Pack();
  /// The function whose body is walked.
  struct Scope {
    std::string key;
    std::vector<ValueId> named_results;
    size_t result_count = 0;
  };

  // Declarations.
  void DeclareFunction(Node declaration);
  std::string FunctionKey(Node declaration) const;
  void OpenFunction(const std::string& key, Node parameters, Node result, Node body);
  std::vector<std::string> DeclareParameters(const std::string& key, char prefix, Node list,
                                             std::vector<ValueId>* values, bool* variadic);
  void DeclareTypes(Node declaration);
  void DeclareStruct(Node type, FlowTypeDecl* out);
  void DeclareInterface(Node type, FlowTypeDecl* out);
  void PackageVariables(Node declaration);

  // Statements.
  void Statement(Node node);
  void Children(Node node);
  void Assign(Node node);
  void Declare(Node left, Node right);
  void Specification(Node spec);
  void Return(Node node);
  void Range(Node clause);
  void Switch(Node node);
  void TypeSwitch(Node node);
  void Flow(ValueId from, Node target);

  // Expressions. Each returns the value of the expression, or kNoValue where it holds no string.
  ValueId Expression(Node node);
  ValueId Identifier(Node node);
  ValueId Selector(Node node);
  ValueId Binary(Node node);
  ValueId Chain(Node node);
  bool IsScheme(ValueId value) const;
  std::string_view LiteralText(ValueId value) const;
  ValueId Index(Node node);
  ValueId Composite(Node node);
  ValueId CompositeBody(Node body, const std::string& type, Node type_node);
  void CompositeElement(Node element, ValueId value, std::string_view type, size_t index);
  ValueId FunctionLiteral(Node node);
  ValueId Literal(Node node);

  // Calls.
  ValueId Call(Node node, size_t results);
  ValueId Builtin(std::string_view name, Node node, Node arguments);
  void UseOutputs(const std::vector<ValueId>& arguments, Node at);
  ValueId Conversion(Node node, const std::string& type, Node arguments);
  void Compose(std::string_view callee, Node arguments, const FlowCall& call);
  void ComposeFormat(const FlowCall& call);
  bool ResolveCallee(Node function, FlowCall* call, std::string* conversion, std::string* builtin);

  // Types.
  std::string TypeText(Node type);
  std::string NamedType(Node identifier) const;

  // Building blocks.
  uint32_t Intern(std::string_view text);
  ValueId Add(FlowValue value, Node at);
  ValueId Entity(std::string_view key, std::string_view name, std::string_view type, Node at);
  ValueId Select(ValueId base, std::string_view field, Node at);
  ValueId Element(ValueId container, Node at);
  ValueId Local(const GoDecl& decl);
  void Edge(FlowEdge::Kind kind, ValueId from, ValueId to);
  void Copy(ValueId from, ValueId to) { Edge(FlowEdge::Kind::kCopy, from, to); }
  void Use(FlowUse::Kind kind, ValueId value, Node at);
  void Place(Node node, ValueId value);
  std::string Qualify(std::string_view name) const { return Cat(package_, ".", name); }
  const std::string& TextOf(uint32_t id) const { return out_.texts[id]; }

  const GoFile& go_;
  std::string package_;
  FlowFile out_;
  std::vector<Scope> scopes_;
  std::unordered_map<uint64_t, ValueId> places_;  // (begin << 32 | end) → value
  std::unordered_map<std::string, uint32_t> interned_;
  std::unordered_map<const GoDecl*, ValueId> locals_;
  std::unordered_map<std::string, ValueId> entities_;
  std::map<std::pair<ValueId, uint32_t>, ValueId> selects_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_EXTRACT_H_
