// Functions, types, variables and constants that a package declares for some targets only, although
// files that are built on others refer to them.

#include <algorithm>
#include <map>
#include <set>

#include "transformer/rules/focus.h"
#include "transformer/rules/native/reconstrain.h"
#include "transformer/rules/native/stub_plan.h"
#include "transformer/rules/native/table.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

/// What one file refers to at package level.
struct FileUses {
  std::multimap<std::string_view, Node> names;
  std::multimap<std::pair<std::string_view, std::string_view>, Node> outside;
  std::multimap<std::string_view, Node> members;
};

/// Where a confirmed use stands.
struct Use {
  const ProjectFile* file;
  const ParsedGo* parsed;
  Node node;
};

/// The type in `T`, `*T`, `&T{…}`, `T{…}`: a type_identifier or qualified_type; null for others.
Node NamedType(Node type) {
  if (type.Is("unary_expression")) {
    type = type.Field("operand");
  }
  if (type.Is("composite_literal")) {
    type = type.Field("type");
  }
  if (type.Is("pointer_type")) {
    type = type.NamedChild(0);
  }
  return type.Is("type_identifier") || type.Is("qualified_type") ? type : Node();
}

/// The type that a variable certainly has: the declared one, or that of the literal it begins with.
Node TypeOf(const GoDecl& decl) {
  if (!decl.type.is_null()) {
    return NamedType(decl.type);
  }
  if (!decl.decl.Is("short_var_declaration") && !decl.decl.Is("var_spec")) {
    return Node();
  }
  const bool is_short = decl.decl.Is("short_var_declaration");
  const Node values = decl.decl.Field(is_short ? "right" : "value");
  const bool single = values.named_child_count() == 1 &&
                      (!is_short || decl.decl.Field("left").named_child_count() == 1);
  return single ? NamedType(values.NamedChild(0)) : Node();
}

class PackageCheck {
 public:
  PackageCheck(const PackageDecls& package, SharedFacts& shared)
      : decls_(SharedDecls(shared)),
        package_(package),
        available_(SharedAvailability(shared)),
        view_(decls_, package),
        module_(decls_.project().ModuleOf(package.files().front().file->path)),
        planner_(&view_, available_, module_) {}

  void Run(std::vector<Finding>* out) {
    for (const MissingDecl& missing : FindMissing(decls_, package_)) {
      const TargetSet lacking = Relevant(missing);
      if (lacking == 0) {
        continue;
      }
      for (const ProjectFile* user : missing.users) {
        Confirm(missing, *user, lacking);
      }
    }
    if (uses_.empty()) {
      return;
    }
    const std::vector<PlannedStub> stubs = planner_.Plan();
    std::set<const ProjectFile*> changed;
    for (const PlannedStub& stub : stubs) {
      if (stub.model != nullptr && !changed.contains(stub.model->file)) {
        Report(stub, &changed, out);
      }
    }
  }

 private:
  /// Those lacking targets that the project cares for: Windows, and architectures of systems that
  /// have the name.
  TargetSet Relevant(const MissingDecl& missing) const {
    const auto& targets = decls_.project().targets();
    TargetSet relevant = 0;
    for (size_t i = 0; i < targets.size(); ++i) {
      bool same_system = targets[i].goos == "windows";
      for (size_t k = 0; k < targets.size(); ++k) {
        same_system = same_system ||
                      ((missing.entry->where >> k & 1) != 0 && targets[k].goos == targets[i].goos);
      }
      relevant |= same_system ? TargetSet{1} << i : 0;
    }
    return (missing.lacking & relevant) != 0 ? missing.lacking : 0;
  }

  const FileUses& UsesOf(const ProjectFile& file, const ParsedGo& parsed) {
    const auto [found, added] = file_uses_.try_emplace(&file);
    if (added) {
      const UnitUses uses = UsesBelow(*parsed.go, parsed.tree->root());
      for (Node name : uses.names) {
        found->second.names.emplace(name.text(), name);
      }
      for (const UnitUses::Outside& use : uses.outside) {
        found->second.outside.emplace(std::pair(use.path, use.name), use.node);
      }
      for (Node member : uses.members) {
        found->second.members.emplace(member.text(), member);
      }
    }
    return found->second;
  }

  void Confirm(const MissingDecl& missing, const ProjectFile& user, TargetSet lacking) {
    const ParsedGo* parsed = view_.Parse(user);
    if (parsed == nullptr) {
      return;
    }
    const FileUses& uses = UsesOf(user, *parsed);
    Node at;
    if (!missing.entry->receiver.empty()) {
      at = MethodUse(*parsed, uses, decls_.PackageOf(user) == &package_, *missing.entry);
    } else if (decls_.PackageOf(user) == &package_) {
      const auto found = uses.names.find(missing.entry->name);
      at = found == uses.names.end() ? Node() : found->second;
    } else {
      const std::pair<std::string_view, std::string_view> name(package_.package().import_path,
                                                               missing.entry->name);
      const auto found = uses.outside.find(name);
      at = found == uses.outside.end() ? Node() : found->second;
    }
    if (at.is_null()) {
      return;
    }
    const std::string key = Cat(missing.entry->receiver, missing.entry->receiver.empty() ? "" : ".",
                                missing.entry->name);
    const PackageDecls* home = decls_.PackageOf(user);
    const TargetSet there = home == nullptr ? lacking : lacking & home->FileTargets(&user);
    uses_[key].push_back({&user, parsed, at});
    planner_.Need(key, user.skim->constraint.Combined(), there);
  }

  /// The name of the type of the package that `x.field` has, or a pointer to it; empty if that
  /// isn't certain.
  std::string_view TypeOfField(const ParsedGo& parsed, Node selector) {
    const Node operand = selector.Field("operand");
    std::string_view holder;
    if (operand.Is("selector_expression")) {
      holder = TypeOfField(parsed, operand);
    } else if (const GoDecl* decl =
                   operand.Is("identifier") ? parsed.go->Resolve(operand) : nullptr) {
      const Node type = TypeOf(*decl);
      holder = type.Is("type_identifier") ? type.text() : std::string_view();
    }
    const PackageUnit* unit = holder.empty() ? nullptr : view_.Find(holder);
    const Node definition = unit == nullptr ? Node() : unit->unit.node.Field("type");
    for (const Node field : definition.NamedChild(0).NamedChildren()) {
      for (const Node name : field.NamedChildren()) {
        if (name.Is("field_identifier") && name.text() == selector.Field("field").text()) {
          const Node type = NamedType(field.Field("type"));
          return type.Is("type_identifier") ? type.text() : std::string_view();
        }
      }
    }
    return {};
  }

  /// A selection of the method on something whose type is certainly the receiver's.
  Node MethodUse(const ParsedGo& parsed, const FileUses& uses, bool same_package,
                 const PackageDecls::Entry& method) {
    const auto [begin, end] = uses.members.equal_range(method.name);
    for (auto it = begin; it != end; ++it) {
      const Node operand = it->second.parent().Field("operand");
      if (same_package && operand.Is("selector_expression") &&
          TypeOfField(parsed, operand) == method.receiver) {
        return it->second;
      }
      const GoDecl* decl = operand.Is("identifier") ? parsed.go->Resolve(operand) : nullptr;
      const Node type = decl != nullptr ? TypeOf(*decl) : Node();
      const auto qualified = parsed.go->ResolveQualified(type);
      if (same_package ? type.Is("type_identifier") && type.text() == method.receiver
                       : qualified && qualified->path == package_.package().import_path &&
                             qualified->name == method.receiver) {
        return it->second;
      }
    }
    return Node();
  }

  void Report(const PlannedStub& stub, std::set<const ProjectFile*>* changed,
              std::vector<Finding>* out) {
    Finding finding;
    finding.path = stub.model->file->path;
    finding.span = NameSpan(stub.model->unit);
    finding.level = stub.refusal ? Level::kSuggest : stub.level;
    finding.message = Message(stub);
    AddUses(stub, &finding);
    if (stub.refusal) {
      finding.reason = stub.note;
      Refuse(&finding, *stub.refusal);
    } else if (std::optional<Reconstraint> change = Reconstrain(stub)) {
      finding.level = Level::kSafe;
      finding.reason = change->message;
      finding.fix = std::move(change->fix);
      changed->insert(change->file);
      changed->insert(stub.model->file);
    } else if (stub.path.empty()) {
      Refuse(&finding, Refusal::kExists);
    } else {
      finding.reason = Reason(stub);
      finding.fix.emplace();
      finding.fix->new_files.push_back({stub.path, WriteStubFile(stub.file, &view_)});
    }
    out->push_back(std::move(finding));
  }

  std::optional<Reconstraint> Reconstrain(const PlannedStub& stub) {
    if (auto lifted = LiftArchitecture(stub, &view_, available_)) {
      return lifted;
    }
    return WidenGeneric(stub, &view_, available_, stub.file.plus_build);
  }

  static Span NameSpan(const GoUnit& unit) {
    if (const Node name = unit.node.Field("name")) {
      return name.span();
    }
    return unit.node.NamedChild(0).span();
  }

  std::string Message(const PlannedStub& stub) const {
    std::string names;
    size_t left = 0;
    for (const StubItem& item : stub.file.items) {
      const std::string key = item.unit->unit.key();
      if (names.size() > 60) {
        ++left;
      } else {
        names += Cat(names.empty() ? "" : ", ", "`", key, "`");
      }
    }
    if (stub.file.items.empty()) {
      names = Cat("`", stub.model->unit.key(), "`");
    }
    names += left > 0 ? Cat(" and ", std::to_string(left), " more") : "";
    const std::string where = TargetNames(stub.lacking, decls_.project().targets());
    return Cat(names, ", to which code refers, ", CountOf(stub) == 1 ? "is" : "are",
               " not declared for ", where);
  }

  static size_t CountOf(const PlannedStub& stub) {
    return std::max<size_t>(stub.file.items.size(), 1);
  }

  static std::string Reason(const PlannedStub& stub) {
    std::string text = Cat(stub.path.substr(stub.path.rfind('/') + 1), " declares it under `",
                           stub.file.constraint.ToString(), "`");
    return stub.note.empty() ? text : Cat(text, "; check: ", stub.note);
  }

  void AddUses(const PlannedStub& stub, Finding* finding) const {
    constexpr size_t kMost = 5;
    std::set<std::string> keys = {stub.model->unit.key()};
    for (const StubItem& item : stub.file.items) {
      keys.insert(item.unit->unit.key());
    }
    for (const auto& [key, uses] : uses_) {
      for (const Use& use : uses) {
        if (keys.contains(key) && finding->also.size() < kMost) {
          finding->also.push_back({use.file->path, use.node.span(), Cat("refers to `", key, "`")});
        }
      }
    }
  }

  const ProjectDecls& decls_;
  const PackageDecls& package_;
  const Availability& available_;
  PackageView view_;
  const GoModule* module_;
  StubPlanner planner_;
  std::map<const ProjectFile*, FileUses> file_uses_;
  std::map<std::string, std::vector<Use>> uses_;  // by key
};

}  // namespace

void MissingDeclaration(const Rule& rule, const Project& project, SharedFacts& shared,
                        std::vector<Finding>* out) {
  (void)rule;
  const ProjectDecls& decls = SharedDecls(shared);
  std::vector<const PackageDecls*> work;
  for (const PackageDecls& package : decls.packages()) {
    if (!package.entries().empty() && FolderInFocus(project, package.package().dir)) {
      work.push_back(&package);
    }
  }
  (void)SharedAvailability(shared);
  std::vector<std::vector<Finding>> slots(work.size());
  ParallelFor(work.size(), shared.threads(),
              [&](size_t i) { PackageCheck(*work[i], shared).Run(&slots[i]); });
  for (std::vector<Finding>& slot : slots) {
    std::move(slot.begin(), slot.end(), std::back_inserter(*out));
  }
}

}  // namespace windlass
