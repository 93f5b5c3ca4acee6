#ifndef WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_EDITS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_EDITS_H_

#include <set>
#include <string_view>
#include <vector>

#include "transformer/facts/go_imports.h"

namespace windlass {

/// Edits that add `added` (sorted, none of them present) to the imports of `file` and take
/// `removed` out. Internal to UpdateImports, which documents the places.
EditSet EditImports(const GoFile& file, const std::vector<ImportRequest>& added,
                    std::string_view module, const std::set<const GoImport*>& removed);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_EDITS_H_
