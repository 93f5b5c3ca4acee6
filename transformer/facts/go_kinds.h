#ifndef WINDLASS_TRANSFORMER_FACTS_GO_KINDS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_KINDS_H_

#include <cstdint>
#include <string_view>

#include "transformer/syntax/tree.h"

namespace windlass {

/// The kinds of named nodes in the Go grammar that windlass tells apart, for switches. The names
/// are the grammar's: kFuncLiteral is func_literal.
enum class GoKind : uint8_t {
  kOther,
  kArgumentList,
  kArrayType,
  kAssignmentStatement,
  kBinaryExpression,
  kBlankIdentifier,
  kBlock,
  kBreakStatement,
  kCallExpression,
  kChannelType,
  kComment,
  kCommunicationCase,
  kCompositeLiteral,
  kConstDeclaration,
  kConstSpec,
  kContinueStatement,
  kDecStatement,
  kDefaultCase,
  kDeferStatement,
  kDot,
  kEmptyStatement,
  kExpressionCase,
  kExpressionList,
  kExpressionStatement,
  kExpressionSwitchStatement,
  kFallthroughStatement,
  kFalse,
  kFieldDeclaration,
  kFieldDeclarationList,
  kFieldIdentifier,
  kFloatLiteral,
  kForClause,
  kForStatement,
  kFuncLiteral,
  kFunctionDeclaration,
  kFunctionType,
  kGenericType,
  kGoStatement,
  kGotoStatement,
  kIdentifier,
  kIfStatement,
  kImaginaryLiteral,
  kImplicitLengthArrayType,
  kImportDeclaration,
  kImportSpec,
  kImportSpecList,
  kIncStatement,
  kIndexExpression,
  kIntLiteral,
  kInterfaceType,
  kInterpretedStringLiteral,
  kIota,
  kKeyedElement,
  kLabelName,
  kLabeledStatement,
  kLiteralElement,
  kLiteralValue,
  kMapType,
  kMethodDeclaration,
  kMethodElem,
  kNegatedType,
  kNil,
  kPackageClause,
  kPackageIdentifier,
  kParameterDeclaration,
  kParameterList,
  kParenthesizedExpression,
  kParenthesizedType,
  kPointerType,
  kQualifiedType,
  kRangeClause,
  kRawStringLiteral,
  kReceiveStatement,
  kReturnStatement,
  kRuneLiteral,
  kSelectStatement,
  kSelectorExpression,
  kSendStatement,
  kShortVarDeclaration,
  kSliceExpression,
  kSliceType,
  kStatementList,
  kStructType,
  kTrue,
  kTypeAlias,
  kTypeArguments,
  kTypeAssertionExpression,
  kTypeCase,
  kTypeConstraint,
  kTypeConversionExpression,
  kTypeDeclaration,
  kTypeElem,
  kTypeIdentifier,
  kTypeInstantiationExpression,
  kTypeParameterDeclaration,
  kTypeParameterList,
  kTypeSpec,
  kTypeSwitchStatement,
  kUnaryExpression,
  kVarDeclaration,
  kVarSpec,
  kVarSpecList,
  kVariadicArgument,
  kVariadicParameterDeclaration,
};

/// The kind of `node`; kOther for a null node, a token, an ERROR node.
GoKind GoKindOf(Node node);

/// The first named child that is no comment; null if there is none.
Node FirstGoChild(Node node);

/// True for nodes that spell a name that may be declared: identifier, type_identifier,
/// package_identifier, and the predeclared words that the grammar treats apart (nil, true, …).
bool IsGoName(GoKind kind);

/// Names that Go declares in the universe block ("string", "len", "nil", …), and its keywords.
bool IsGoReserved(std::string_view name);

/// True if `name` can be declared: letters, digits and underscores, no digit first, no keyword.
bool IsGoIdentifier(std::string_view name);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_KINDS_H_
