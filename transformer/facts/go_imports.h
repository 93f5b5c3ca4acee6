#ifndef WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/text/edit.h"

namespace windlass {

/// The name under which `path` can be used at `offset`: that of an existing import unless a local
/// hides it there; else `preferred` (default: the name that the path suggests) if nothing visible
/// at `offset` is called so; else a variant that is free in the whole file: "std" and the name for
/// the standard library ("stdpath"), "pkg" behind it for others ("toolpkg"), then a number behind
/// that. With npos a name that is good anywhere in the file.
std::string ImportNameFor(const GoFile& file, std::string_view path, size_t offset,
                          std::string_view preferred = {});

/// One import that edited text relies on.
struct ImportRequest {
  std::string path;
  std::string name;  // as ImportNameFor returned it

  friend auto operator<=>(const ImportRequest&, const ImportRequest&) = default;
};

/// What `edits`, the replacements within the file, ask of its imports: AddImports and
/// RemoveUnusedImports, fitted to one another (`import "path"` becomes `import "path/filepath"`).
/// `module` is the module's own path or empty. Follow it with RealignGo, for comments behind
/// imports.
EditSet UpdateImports(const GoFile& file, const EditSet& edits,
                      std::span<const ImportRequest> wanted, std::string_view module);

/// Insertions that add each import of `wanted` that the file lacks where goimports would put it:
/// into the group of its kind (standard library, others, own module), in sorted place, keeping
/// comments; into the only group where that mixes kinds; else into a new group or declaration. A
/// declaration that holds `import "C"` alone stays as it is.
EditSet AddImports(const GoFile& file, std::span<const ImportRequest> wanted,
                   std::string_view module);

/// Deletions of the imports that the file used before and no longer uses once `edits` are made.
/// Whole lines go, with the comments that are theirs; an empty group or declaration goes with them.
/// Blank, dot and cgo imports stay, as do those in `wanted`.
EditSet RemoveUnusedImports(const GoFile& file, const EditSet& edits,
                            std::span<const ImportRequest> wanted);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_IMPORTS_H_
