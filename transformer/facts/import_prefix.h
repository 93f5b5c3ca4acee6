#ifndef WINDLASS_TRANSFORMER_FACTS_IMPORT_PREFIX_H_
#define WINDLASS_TRANSFORMER_FACTS_IMPORT_PREFIX_H_

#include <string>
#include <string_view>

#include "transformer/facts/project.h"

namespace windlass {

/// `dir` below the last src/ of a GOPATH within the tree.
std::string_view BelowSrc(std::string_view dir);

/// How import paths of a tree without go.mod begin before the folder: what most of its own imports
/// say.
std::string GuessImportPrefix(const GoModule& module);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_IMPORT_PREFIX_H_
