#ifndef WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_LAYOUT_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_imports.h"

namespace windlass {

/// The kinds of imports that people keep in groups of their own, in the order of the groups.
enum class ImportClass : uint8_t { kStandard, kOther, kOwn };

ImportClass ClassOfImport(std::string_view path, std::string_view module);

/// An import spec and the lines it stands on (1-based).
struct ImportLine {
  const GoImport* import;
  ImportClass kind;
  size_t line;
  bool removed = false;
};

/// Specs on consecutive lines: gofmt sorts them by path. A comment or blank line ends a run.
struct ImportRun {
  std::vector<ImportLine> specs;
  /// First line of the comment directly above the first spec; the spec's own line without one.
  size_t top = 0;
  std::vector<ImportRequest> added;

  bool Has(ImportClass kind) const;
  bool Mixed() const;
  bool AllRemoved() const;
};

/// One import declaration.
struct ImportDecl {
  Node node;
  bool parenthesized = false;
  /// Every spec, and the closing parenthesis, has a line of its own, as gofmt would have it.
  bool tidy = false;
  bool only_c = false;
  std::vector<ImportRun> runs;

  bool AllRemoved() const;
};

/// The import declarations of `file`; those of `removed` are marked.
std::vector<ImportDecl> ReadImportLayout(const GoFile& file, std::string_view module,
                                         const std::set<const GoImport*>& removed);

/// `request` as an import spec: the name only where the path does not tell it.
std::string ImportSpecText(const ImportRequest& request);

/// How many leading elements two import paths share.
size_t SharedElements(std::string_view a, std::string_view b);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_IMPORT_LAYOUT_H_
