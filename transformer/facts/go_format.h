#ifndef WINDLASS_TRANSFORMER_FACTS_GO_FORMAT_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_FORMAT_H_

#include <optional>
#include <string>
#include <string_view>

#include "transformer/syntax/tree.h"
#include "transformer/text/edit.h"

namespace windlass {

/// The nesting depth by which gofmt decides whether binary operators get blanks around them: 1 at
/// statement level, more inside calls with several arguments, indexes and slices
/// (go/printer's nodes.go: expr1, exprList, reduceDepth). Of the place where `expr` stands.
int GoExprDepth(Node expr);

/// The source of `expr` as gofmt prints it at `depth` (GoExprDepth of its new place). Only blanks
/// around binary operators change; comments, literals and line breaks are kept byte for byte.
std::string GoExprAt(Node expr, int depth);

/// Edits that give the lines touched by `edits` (and their neighbours of the same alignment
/// section) the trailing-comment and key-value alignment that gofmt would give them after `edits`,
/// merged with `edits`. The source must be gofmt-clean for the result to be; returns `edits` alone
/// where nothing moves, or if `tree` has errors. nullopt: what a tree without errors becomes does
/// not parse.
std::optional<EditSet> RealignGo(const Tree& tree, const EditSet& edits);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_FORMAT_H_
