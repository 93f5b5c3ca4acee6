#include "transformer/facts/go_file.h"

#include <algorithm>

#include "transformer/facts/go_kinds.h"
#include "transformer/facts/go_scopes.h"

namespace windlass {

struct GoFile::Impl {
  std::string_view package_name;
  FileConstraint constraint;
  std::vector<GoImport> imports;
  std::vector<GoDecl> import_decls;  // one for each of `imports`
  absl::flat_hash_map<std::string_view, const GoDecl*> import_names;
  absl::flat_hash_set<std::string_view> foreign_names;  // unresolved, so perhaps of another file
  GoScopes scopes;

  void ReadImports();
  void BindImports();
  void NameImports(const absl::flat_hash_set<std::string_view>& qualifiers);
};

namespace {

/// The longest of `qualifiers` that occurs in the last two elements of `path`; empty if none does.
/// For packages whose name the path does not end with ("…/acme-client/src" → client).
std::string NearestQualifier(std::string_view path,
                             const absl::flat_hash_set<std::string_view>& qualifiers) {
  const size_t last_two = path.rfind('/', path.rfind('/') - 1);
  const std::string_view tail =
      path.find('/') == path.rfind('/') || last_two == std::string_view::npos
          ? path
          : path.substr(last_two + 1);
  std::string_view best;
  for (std::string_view name : qualifiers) {
    if (name.size() > 2 && tail.find(name) != std::string_view::npos &&
        (name.size() > best.size() || (name.size() == best.size() && name < best))) {
      best = name;
    }
  }
  return std::string(best);
}

}  // namespace

void GoFile::Impl::ReadImports() {
  for (Node spec : scopes.import_specs) {
    const std::optional<std::string> path = GoStringValue(spec.Field("path"));
    if (!path.has_value()) {
      continue;
    }
    const Node name = spec.Field("name");
    imports.push_back({*path, std::string(name.text()), !name.is_null(), spec});
  }
}

void GoFile::Impl::NameImports(const absl::flat_hash_set<std::string_view>& qualifiers) {
  absl::flat_hash_set<std::string_view> unclaimed = qualifiers;
  std::vector<GoImport*> doubtful;
  for (GoImport& import : imports) {
    if (!import.explicit_name) {
      import.name = GuessImportNames(import.path).front();
      if (!qualifiers.contains(import.name)) {
        doubtful.push_back(&import);
      }
    }
    unclaimed.erase(import.name);
  }
  for (GoImport* import : doubtful) {
    if (IsStandardImport(import->path)) {
      continue;  // named by its last element for certain, and not used here
    }
    const std::vector<std::string> guesses = GuessImportNames(import->path);
    const auto used = std::ranges::find_if(
        guesses, [&](const std::string& guess) { return unclaimed.contains(guess); });
    std::string name = used != guesses.end() ? *used : NearestQualifier(import->path, unclaimed);
    if (!name.empty()) {
      unclaimed.erase(name);
      import->name = std::move(name);
    }
  }
}

void GoFile::Impl::BindImports() {
  absl::flat_hash_set<std::string_view> qualifiers;
  for (const GoScopes::Unresolved& unresolved : scopes.unresolved) {
    if (unresolved.qualifier) {
      qualifiers.insert(unresolved.node.text());
    }
  }
  NameImports(qualifiers);

  import_decls.reserve(imports.size());
  for (const GoImport& import : imports) {
    const Node name = import.explicit_name ? import.spec.Field("name") : import.spec.Field("path");
    const GoDecl& decl = import_decls.emplace_back(
        GoDecl{GoDecl::Kind::kImport, import.name, name, import.spec, Node(), Node()});
    if (import.name == "_" || import.name == ".") {
      continue;
    }
    import_names.emplace(decl.name, &decl);
    if (import.explicit_name) {
      scopes.Bind(name, decl);
    }
  }
  for (const GoScopes::Unresolved& unresolved : scopes.unresolved) {
    const auto import = import_names.find(unresolved.node.text());
    if (import != import_names.end()) {
      scopes.Bind(unresolved.node, *import->second);
    } else {
      foreign_names.insert(unresolved.node.text());
    }
  }
}

GoFile::GoFile(const Tree& tree, std::unique_ptr<Impl> impl)
    : tree_(tree), impl_(std::move(impl)) {}
GoFile::~GoFile() = default;

std::unique_ptr<GoFile> GoFile::Derive(const Tree& tree) {
  auto impl = std::make_unique<Impl>();
  impl->scopes.Build(tree.root());
  impl->package_name = FirstGoChild(impl->scopes.package_clause).text();
  impl->constraint = ReadConstraint(tree.source().path(), tree.source().bytes());
  impl->ReadImports();
  impl->BindImports();
  impl->scopes.Finish();
  return std::unique_ptr<GoFile>(new GoFile(tree, std::move(impl)));
}

std::string_view GoFile::package_name() const {
  return impl_->package_name;
}
Node GoFile::package_clause() const {
  return impl_->scopes.package_clause;
}
const FileConstraint& GoFile::constraint() const {
  return impl_->constraint;
}
const std::vector<GoImport>& GoFile::imports() const {
  return impl_->imports;
}
const std::vector<GoDecl>& GoFile::declarations() const {
  return impl_->scopes.package_decls;
}

const GoImport* GoFile::FindImport(std::string_view path) const {
  const auto found = std::ranges::find(impl_->imports, path, &GoImport::path);
  return found == impl_->imports.end() ? nullptr : &*found;
}

const GoDecl& GoFile::DeclOf(const GoImport& import) const {
  return impl_->import_decls[static_cast<size_t>(&import - impl_->imports.data())];
}

const GoDecl* GoFile::Resolve(Node identifier) const {
  const GoKind kind = GoKindOf(identifier);
  if (!IsGoName(kind) && kind != GoKind::kLabelName) {
    return nullptr;
  }
  const auto found = impl_->scopes.resolved.find(identifier.span().begin);
  return found == impl_->scopes.resolved.end() ? nullptr : found->second;
}

const std::vector<Node>& GoFile::Uses(const GoDecl& decl) const {
  static const auto& none = *new std::vector<Node>();
  const auto found = impl_->scopes.uses.find(&decl);
  return found == impl_->scopes.uses.end() ? none : found->second;
}

const GoDecl* GoFile::Lookup(std::string_view name, size_t offset) const {
  if (const GoDecl* decl = impl_->scopes.Lookup(name, offset)) {
    return decl;
  }
  const auto import = impl_->import_names.find(name);
  return import == impl_->import_names.end() ? nullptr : import->second;
}

std::optional<GoFile::Qualified> GoFile::ResolveQualified(Node selector) const {
  const bool is_type = selector.Is("qualified_type");
  if (!is_type && !selector.Is("selector_expression")) {
    return std::nullopt;
  }
  const GoDecl* package = Resolve(selector.Field(is_type ? "package" : "operand"));
  if (package == nullptr || package->kind != GoDecl::Kind::kImport) {
    return std::nullopt;
  }
  const size_t index = static_cast<size_t>(package - impl_->import_decls.data());
  return Qualified{impl_->imports[index].path, selector.Field(is_type ? "name" : "field").text()};
}

std::optional<GoFile::Qualified> GoFile::Callee(Node call) const {
  return call.Is("call_expression") ? ResolveQualified(call.Field("function")) : std::nullopt;
}

bool GoFile::IsNameTaken(std::string_view name, size_t offset) const {
  if (IsGoReserved(name) || impl_->import_names.contains(name) ||
      impl_->foreign_names.contains(name) ||
      std::ranges::find(declarations(), name, &GoDecl::name) != declarations().end()) {
    return true;
  }
  return offset == std::string_view::npos ? IsLocalName(name)
                                          : impl_->scopes.Lookup(name, offset) != nullptr;
}

bool GoFile::IsLocalName(std::string_view name) const {
  return impl_->scopes.local_names.contains(name);
}

Node GoFile::EnclosingFunction(Node node) const {
  const auto& functions = impl_->scopes.functions;
  const Span span = node.span();
  const auto after = std::ranges::upper_bound(
      functions, span.begin, {},
      [](const GoScopes::Function& function) { return function.node.span().begin; });
  if (after == functions.begin()) {
    return Node();
  }
  uint32_t index = static_cast<uint32_t>(after - functions.begin()) - 1;
  while (index != GoScope::kNone) {
    const Node function = functions[index].node;
    if (function != node && function.span().Contains(span)) {
      return function;
    }
    index = functions[index].parent;
  }
  return Node();
}

}  // namespace windlass
