#include "transformer/facts/go_kinds.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "transformer/text/words.h"

namespace windlass {
namespace {

struct KindName {
  std::string_view name;
  GoKind kind;
};

constexpr KindName kKindNames[] = {
    {"argument_list", GoKind::kArgumentList},
    {"array_type", GoKind::kArrayType},
    {"assignment_statement", GoKind::kAssignmentStatement},
    {"binary_expression", GoKind::kBinaryExpression},
    {"blank_identifier", GoKind::kBlankIdentifier},
    {"block", GoKind::kBlock},
    {"break_statement", GoKind::kBreakStatement},
    {"call_expression", GoKind::kCallExpression},
    {"channel_type", GoKind::kChannelType},
    {"comment", GoKind::kComment},
    {"communication_case", GoKind::kCommunicationCase},
    {"composite_literal", GoKind::kCompositeLiteral},
    {"const_declaration", GoKind::kConstDeclaration},
    {"const_spec", GoKind::kConstSpec},
    {"continue_statement", GoKind::kContinueStatement},
    {"dec_statement", GoKind::kDecStatement},
    {"default_case", GoKind::kDefaultCase},
    {"defer_statement", GoKind::kDeferStatement},
    {"dot", GoKind::kDot},
    {"empty_statement", GoKind::kEmptyStatement},
    {"expression_case", GoKind::kExpressionCase},
    {"expression_list", GoKind::kExpressionList},
    {"expression_statement", GoKind::kExpressionStatement},
    {"expression_switch_statement", GoKind::kExpressionSwitchStatement},
    {"fallthrough_statement", GoKind::kFallthroughStatement},
    {"false", GoKind::kFalse},
    {"field_declaration", GoKind::kFieldDeclaration},
    {"field_declaration_list", GoKind::kFieldDeclarationList},
    {"field_identifier", GoKind::kFieldIdentifier},
    {"float_literal", GoKind::kFloatLiteral},
    {"for_clause", GoKind::kForClause},
    {"for_statement", GoKind::kForStatement},
    {"func_literal", GoKind::kFuncLiteral},
    {"function_declaration", GoKind::kFunctionDeclaration},
    {"function_type", GoKind::kFunctionType},
    {"generic_type", GoKind::kGenericType},
    {"go_statement", GoKind::kGoStatement},
    {"goto_statement", GoKind::kGotoStatement},
    {"identifier", GoKind::kIdentifier},
    {"if_statement", GoKind::kIfStatement},
    {"imaginary_literal", GoKind::kImaginaryLiteral},
    {"implicit_length_array_type", GoKind::kImplicitLengthArrayType},
    {"import_declaration", GoKind::kImportDeclaration},
    {"import_spec", GoKind::kImportSpec},
    {"import_spec_list", GoKind::kImportSpecList},
    {"inc_statement", GoKind::kIncStatement},
    {"index_expression", GoKind::kIndexExpression},
    {"int_literal", GoKind::kIntLiteral},
    {"interface_type", GoKind::kInterfaceType},
    {"interpreted_string_literal", GoKind::kInterpretedStringLiteral},
    {"iota", GoKind::kIota},
    {"keyed_element", GoKind::kKeyedElement},
    {"label_name", GoKind::kLabelName},
    {"labeled_statement", GoKind::kLabeledStatement},
    {"literal_element", GoKind::kLiteralElement},
    {"literal_value", GoKind::kLiteralValue},
    {"map_type", GoKind::kMapType},
    {"method_declaration", GoKind::kMethodDeclaration},
    {"method_elem", GoKind::kMethodElem},
    {"negated_type", GoKind::kNegatedType},
    {"nil", GoKind::kNil},
    {"package_clause", GoKind::kPackageClause},
    {"package_identifier", GoKind::kPackageIdentifier},
    {"parameter_declaration", GoKind::kParameterDeclaration},
    {"parameter_list", GoKind::kParameterList},
    {"parenthesized_expression", GoKind::kParenthesizedExpression},
    {"parenthesized_type", GoKind::kParenthesizedType},
    {"pointer_type", GoKind::kPointerType},
    {"qualified_type", GoKind::kQualifiedType},
    {"range_clause", GoKind::kRangeClause},
    {"raw_string_literal", GoKind::kRawStringLiteral},
    {"receive_statement", GoKind::kReceiveStatement},
    {"return_statement", GoKind::kReturnStatement},
    {"rune_literal", GoKind::kRuneLiteral},
    {"select_statement", GoKind::kSelectStatement},
    {"selector_expression", GoKind::kSelectorExpression},
    {"send_statement", GoKind::kSendStatement},
    {"short_var_declaration", GoKind::kShortVarDeclaration},
    {"slice_expression", GoKind::kSliceExpression},
    {"slice_type", GoKind::kSliceType},
    {"statement_list", GoKind::kStatementList},
    {"struct_type", GoKind::kStructType},
    {"true", GoKind::kTrue},
    {"type_alias", GoKind::kTypeAlias},
    {"type_arguments", GoKind::kTypeArguments},
    {"type_assertion_expression", GoKind::kTypeAssertionExpression},
    {"type_case", GoKind::kTypeCase},
    {"type_constraint", GoKind::kTypeConstraint},
    {"type_conversion_expression", GoKind::kTypeConversionExpression},
    {"type_declaration", GoKind::kTypeDeclaration},
    {"type_elem", GoKind::kTypeElem},
    {"type_identifier", GoKind::kTypeIdentifier},
    {"type_instantiation_expression", GoKind::kTypeInstantiationExpression},
    {"type_parameter_declaration", GoKind::kTypeParameterDeclaration},
    {"type_parameter_list", GoKind::kTypeParameterList},
    {"type_spec", GoKind::kTypeSpec},
    {"type_switch_statement", GoKind::kTypeSwitchStatement},
    {"unary_expression", GoKind::kUnaryExpression},
    {"var_declaration", GoKind::kVarDeclaration},
    {"var_spec", GoKind::kVarSpec},
    {"var_spec_list", GoKind::kVarSpecList},
    {"variadic_argument", GoKind::kVariadicArgument},
    {"variadic_parameter_declaration", GoKind::kVariadicParameterDeclaration},
};

const absl::flat_hash_map<std::string_view, GoKind>& Kinds() {
  static const auto& kinds = *[] {
    auto* map = new absl::flat_hash_map<std::string_view, GoKind>();
    for (const KindName& row : kKindNames) {
      map->emplace(row.name, row.kind);
    }
    return map;
  }();
  return kinds;
}

constexpr std::array<std::string_view, 25> kKeywords = {
    "break",  "case",        "chan", "const",   "continue", "default", "defer",
    "else",   "fallthrough", "for",  "func",    "go",       "goto",    "if",
    "import", "interface",   "map",  "package", "range",    "return",  "select",
    "struct", "switch",      "type", "var"};

constexpr std::array<std::string_view, 44> kPredeclared = {
    "any",     "append",     "bool",      "byte",   "cap",    "clear", "close", "comparable",
    "complex", "complex128", "complex64", "copy",   "delete", "error", "false", "float32",
    "float64", "imag",       "int",       "int16",  "int32",  "int64", "int8",  "iota",
    "len",     "make",       "max",       "min",    "new",    "nil",   "panic", "print",
    "println", "real",       "recover",   "rune",   "string", "true",  "uint",  "uint16",
    "uint32",  "uint64",     "uint8",     "uintptr"};

static_assert(std::ranges::is_sorted(kKeywords));
static_assert(std::ranges::is_sorted(kPredeclared));

}  // namespace

GoKind GoKindOf(Node node) {
  if (node.is_null() || !node.is_named()) {
    return GoKind::kOther;
  }
  const auto& kinds = Kinds();
  const auto found = kinds.find(node.kind());
  return found == kinds.end() ? GoKind::kOther : found->second;
}

Node FirstGoChild(Node node) {
  Node child = node.NamedChild(0);
  while (child.Is("comment")) {
    child = child.next_named_sibling();
  }
  return child;
}

bool IsGoName(GoKind kind) {
  switch (kind) {
    case GoKind::kIdentifier:
    case GoKind::kTypeIdentifier:
    case GoKind::kPackageIdentifier:
    case GoKind::kBlankIdentifier:
    case GoKind::kNil:
    case GoKind::kTrue:
    case GoKind::kFalse:
    case GoKind::kIota:
      return true;
    default:
      return false;
  }
}

bool IsGoReserved(std::string_view name) {
  return std::ranges::binary_search(kKeywords, name) ||
         std::ranges::binary_search(kPredeclared, name);
}

bool IsGoIdentifier(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, IsWordByte) &&
         !(name[0] >= '0' && name[0] <= '9') && !std::ranges::binary_search(kKeywords, name);
}

}  // namespace windlass
