#ifndef WINDLASS_TRANSFORMER_RULES_REPLACE_GO_H_
#define WINDLASS_TRANSFORMER_RULES_REPLACE_GO_H_

#include <string>

#include "transformer/rules/template.h"
#include "transformer/syntax/tree.h"

namespace windlass {

/// True for nodes of a Go tree that are expressions (types that may stand for one included).
bool IsGoExpression(Node node);

/// The new text of `site`, as it has to be written there: captures that would come apart get
/// parentheses, so does the whole where what stands around would tear it, and blanks around
/// operators follow gofmt. Text that is no expression, or goes where none stood, comes back as it
/// is.
std::string FitGoReplacement(Node site, const Template::Expansion& text);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_REPLACE_GO_H_
