#ifndef WINDLASS_TRANSFORMER_SYNTAX_GRAMMAR_H_
#define WINDLASS_TRANSFORMER_SYNTAX_GRAMMAR_H_

#include "transformer/syntax/language.h"
#include "tree_sitter/api.h"

namespace windlass {

/// The compiled grammar of `language`, of static storage; null for kText. For syntax/ alone.
const TSLanguage* GrammarOf(Language language);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_GRAMMAR_H_
