#include "transformer/facts/go_imports.h"

#include <algorithm>
#include <memory>
#include <set>

#include "transformer/facts/go_import_edits.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool DeclaresName(const GoImport& import) {
  return import.name != "." && import.name != "_";
}

bool Usable(const GoFile& file, const GoImport& import, size_t offset) {
  if (offset == std::string_view::npos) {
    return !file.IsLocalName(import.name);
  }
  const GoDecl* seen = file.Lookup(import.name, offset);
  return seen != nullptr && seen->decl == import.spec;
}

bool Requested(const GoImport& import, std::span<const ImportRequest> wanted) {
  return std::ranges::any_of(wanted, [&](const ImportRequest& request) {
    return request.path == import.path && request.name == import.name;
  });
}

/// True if every use of `import` lies within what `edits` replace, and there is one.
bool AllUsesEdited(const GoFile& file, const GoImport& import, const EditSet& edits) {
  const Span own = import.spec.span();
  size_t used = 0;
  for (Node use : file.Uses(file.DeclOf(import))) {
    const Span span = use.span();
    if (own.Contains(span)) {
      continue;
    }
    ++used;
    if (std::ranges::none_of(edits.edits(),
                             [&](const Edit& edit) { return edit.span.Overlaps(span); })) {
      return false;
    }
  }
  return used > 0;
}

/// The imports that are used now and will not be after `edits`.
std::set<const GoImport*> UnusedImports(const GoFile& file, const EditSet& edits,
                                        std::span<const ImportRequest> wanted) {
  std::set<const GoImport*> unused;
  for (const GoImport& import : file.imports()) {
    if (DeclaresName(import) && import.path != "C" && !Requested(import, wanted) &&
        AllUsesEdited(file, import, edits)) {
      unused.insert(&import);
    }
  }
  if (unused.empty()) {
    return unused;
  }
  const SourceFile& source = file.tree().source();
  const SourceFile edited(source.path(), edits.Apply(source.bytes()));
  const auto tree = Tree::Parse(edited, Language::kGo);
  if (!tree.ok()) {
    return {};
  }
  const auto after = GoFile::Derive(**tree);
  for (const GoImport& import : after->imports()) {
    const bool used = after->Uses(after->DeclOf(import)).size() > (import.explicit_name ? 1u : 0u);
    if (used) {
      std::erase_if(unused, [&](const GoImport* candidate) {
        return candidate->path == import.path && candidate->name == import.name;
      });
    }
  }
  return unused;
}

std::vector<ImportRequest> Missing(const GoFile& file, std::span<const ImportRequest> wanted) {
  std::vector<ImportRequest> missing;
  for (const ImportRequest& request : wanted) {
    const bool present = std::ranges::any_of(file.imports(), [&](const GoImport& import) {
      return import.path == request.path && import.name == request.name;
    });
    if (!present) {
      missing.push_back(request);
    }
  }
  std::ranges::sort(missing);
  const auto same = std::ranges::unique(missing);
  missing.erase(same.begin(), same.end());
  return missing;
}

}  // namespace

std::string ImportNameFor(const GoFile& file, std::string_view path, size_t offset,
                          std::string_view preferred) {
  for (const GoImport& import : file.imports()) {
    if (import.path == path && DeclaresName(import) && Usable(file, import, offset)) {
      return import.name;
    }
  }
  std::string name = preferred.empty() ? GuessImportNames(path).front() : std::string(preferred);
  if (!file.IsNameTaken(name, offset)) {
    return name;
  }
  const std::string variant = IsStandardImport(path) ? Cat("std", name) : Cat(name, "pkg");
  std::string free = variant;
  for (int number = 2; file.IsNameTaken(free, std::string_view::npos); ++number) {
    free = Cat(variant, std::to_string(number));
  }
  return free;
}

EditSet UpdateImports(const GoFile& file, const EditSet& edits,
                      std::span<const ImportRequest> wanted, std::string_view module) {
  return EditImports(file, Missing(file, wanted), module, UnusedImports(file, edits, wanted));
}

EditSet AddImports(const GoFile& file, std::span<const ImportRequest> wanted,
                   std::string_view module) {
  return EditImports(file, Missing(file, wanted), module, {});
}

EditSet RemoveUnusedImports(const GoFile& file, const EditSet& edits,
                            std::span<const ImportRequest> wanted) {
  return EditImports(file, {}, "", UnusedImports(file, edits, wanted));
}

}  // namespace windlass
