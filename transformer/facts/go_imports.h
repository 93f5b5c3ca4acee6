#ifndef WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/text/edit.h"

namespace windlass {

/// The name under which `path` can be used at `offset`: that of an existing import if it is not
/// shadowed there; else `preferred` (default: the path's last element) or, when that is taken
/// anywhere in the file, a variant ("stdpath", "filepath2", …) that is free in the whole file. The
/// same answer for the whole file when `offset` is npos.
std::string ImportNameFor(const GoFile& file, std::string_view path, size_t offset,
                          std::string_view preferred = {});

/// One import that edited text relies on.
struct ImportRequest {
  std::string path;
  std::string name;  // as ImportNameFor returned it

  friend auto operator<=>(const ImportRequest&, const ImportRequest&) = default;
};

/// Insertions that add each missing import of `wanted` where goimports would put it: into the group
/// of its kind (standard library, others, own module), in sorted place, keeping comments; into a
/// new group or declaration when there is none. gofmt-clean stays gofmt-clean. `module` is the
/// module's own path or empty.
EditSet AddImports(const GoFile& file, std::span<const ImportRequest> wanted,
                   std::string_view module);

/// Deletions of the imports that were used before and whose every use lies within the spans that
/// `edits` replace and does not reappear in the new text. An empty group or declaration goes with
/// them. Blank, dot and cgo imports stay, as do those in `wanted`.
EditSet RemoveUnusedImports(const GoFile& file, const EditSet& edits,
                            std::span<const ImportRequest> wanted);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_
