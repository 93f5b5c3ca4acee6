#ifndef WINDLASS_TRANSFORMER_FACTS_GO_SCOPES_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_SCOPES_H_

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "transformer/facts/go_file.h"

namespace windlass {

/// A block of the file and the names it declares, each visible from an offset on.
struct GoScope {
  static constexpr uint32_t kNone = UINT32_MAX;

  struct Name {
    std::string_view name;
    size_t visible_from;
    const GoDecl* decl;
  };
  Span span;
  uint32_t parent = kNone;
  std::vector<Name> names;
};

/// The declarations of one file and what its identifiers refer to, by the Go spec's scoping rules.
/// Internal to GoFile, which documents the meaning. Neither copied nor moved: it points into
/// itself.
struct GoScopes {
  GoScopes() = default;
  GoScopes(const GoScopes&) = delete;
  GoScopes& operator=(const GoScopes&) = delete;

  /// A name that no scope of the file declares; `qualifier` if a selector follows it.
  struct Unresolved {
    Node node;
    bool qualifier;
  };
  struct Function {
    Node node;
    uint32_t parent = GoScope::kNone;  // index of the function around it
  };

  std::vector<GoDecl> package_decls;
  std::deque<GoDecl> locals;
  std::vector<GoScope>
      scopes;  // scopes[0] is the package's; each parent stands before its children
  std::vector<Function> functions;  // in order of their begin
  std::vector<Unresolved> unresolved;
  absl::flat_hash_set<std::string_view> local_names;
  absl::flat_hash_map<size_t, const GoDecl*> resolved;  // by the identifier's first byte
  std::unordered_map<const GoDecl*, std::vector<Node>> uses;
  std::vector<Node> import_specs;
  Node package_clause;

  /// Reads all of the file at `root`.
  void Build(Node root);
  void Bind(Node identifier, const GoDecl& decl);
  /// Brings `uses` into the order of the source; call once everything is bound.
  void Finish();

  /// What `name` means at `offset` to the scopes within functions and the package scope.
  const GoDecl* Lookup(std::string_view name, size_t offset) const;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_SCOPES_H_
