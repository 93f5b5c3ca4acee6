#ifndef WINDLASS_TRANSFORMER_FACTS_GO_MOD_EDIT_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_MOD_EDIT_H_

#include <string_view>

#include "transformer/syntax/tree.h"
#include "transformer/text/edit.h"

namespace windlass {

/// Makes the go.mod of `tree` require `path` directly: takes `// indirect` off the line that is
/// there, whose version stays, else adds one, in sorted place within the first block of direct
/// requirements if there is one. Empty if nothing needs to change.
EditSet RequireModule(const Tree& tree, std::string_view path, std::string_view version);

/// Orders module versions as Go does: negative if `a` is the older one, 0 if both are the same.
/// `+incompatible` does not count; a pseudo-version is older than the version that it precedes.
int CompareModuleVersions(std::string_view a, std::string_view b);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_MOD_EDIT_H_
