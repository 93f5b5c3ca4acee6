#include "transformer/rules/native/xsys_types.h"

#include <algorithm>
#include <numeric>

#include "transformer/facts/go_mod_edit.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr std::string_view kSyscall = "syscall";
constexpr std::string_view kWindows = "golang.org/x/sys/windows";

bool IsExportedName(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

/// `x` of `(x)`, `&x`, `*x`.
Node Bare(Node value) {
  while (value.Is("parenthesized_expression") || value.Is("unary_expression")) {
    const Node operand = value.Field("operand");
    value = operand.is_null() ? value.NamedChild(0) : operand;
  }
  return value;
}

/// The value that `decl` begins with where it is written, else null; of `a, b := f()` the call.
Node InitialValue(const GoDecl& decl) {
  const bool is_short = decl.decl.Is("short_var_declaration");
  if (!is_short && !decl.decl.Is("var_spec")) {
    return {};
  }
  const Node values = decl.decl.Field(is_short ? "right" : "value");
  if (values.named_child_count() == 1) {
    return values.NamedChild(0);
  }
  const Node names = is_short ? decl.decl.Field("left") : decl.decl;
  for (size_t i = 0; i < values.named_child_count(); ++i) {
    if (names.NamedChild(i) == decl.name_node) {
      return values.NamedChild(i);
    }
  }
  return {};
}

/// True if `type` stands in `x.(type)` or in a case of a type switch: then it is the type of a
/// value that somebody else has put into an interface.
bool IsTypeTest(Node type) {
  Node inner = type;
  Node outer = type.parent();
  while (outer.Is("pointer_type")) {
    inner = outer;
    outer = outer.parent();
  }
  return (outer.Is("type_assertion_expression") && outer.Field("type") == inner) ||
         outer.Is("type_case");
}

/// True for `T{a, b}`.
bool IsPositionalLiteral(Node type) {
  const Node literal = type.parent();
  const Node first = literal.Field("body").NamedChild(0);
  return literal.Is("composite_literal") && first.Is("literal_element");
}

/// Fields of syscall.SysProcAttr, which is one type, that hold values of others.
constexpr std::pair<std::string_view, std::string_view> kProcAttrFields[] = {
    {"Token", "Token"},
    {"ProcessAttributes", "SecurityAttributes"},
    {"ThreadAttributes", "SecurityAttributes"},
    {"AdditionalInheritedHandles", "Handle"},
    {"ParentProcess", "Handle"}};

/// The names of the fields that `unit`, if it is a struct type, declares.
std::vector<Node> FieldNodes(const GoUnit& unit) {
  std::vector<Node> names;
  const Node definition = unit.node.Field("type");
  if (unit.kind != GoUnit::Kind::kType || !definition.Is("struct_type")) {
    return names;
  }
  for (Node field : definition.NamedChild(0).NamedChildren()) {
    for (Node name : field.NamedChildren()) {
      if (name.Is("field_identifier")) {
        names.push_back(name);
      }
    }
  }
  return names;
}

bool IsConstantNumber(Node value, const XSysTable& table, const GoFile& go) {
  const auto qualified = go.ResolveQualified(value);
  const auto* entry =
      qualified && qualified->path == kSyscall ? table.Find(qualified->name) : nullptr;
  return Bare(value).Is("int_literal") || (entry != nullptr && entry->code);
}

/// True if `use` is right only as the function of a call, or the argument of one, and is none.
bool IsMisplaced(const XSysUse& use, const XSysTable& table, const GoFile& go) {
  const Node parent = use.node.parent();
  if (use.entry->loose >= 0) {
    const Node argument =
        parent.Field("arguments").NamedChild(static_cast<size_t>(use.entry->loose));
    return !parent.Is("call_expression") || parent.Field("function") != use.node ||
           !IsConstantNumber(argument, table, go);
  }
  if (use.entry->code) {
    const auto callee = go.Callee(parent.parent());
    return !parent.Is("argument_list") || !callee || callee->path != kSyscall ||
           callee->name != "GetStdHandle";
  }
  return false;
}

}  // namespace

const XSysTable& SharedXSys(SharedFacts& shared) {
  return shared.Get<XSysTable>([](SharedFacts& facts) {
    auto table = std::make_unique<XSysTable>();
    if (const Pack* pack = facts.FindPack("syscalls")) {
      const auto file = pack->files.find("tables/xsys.txt");
      auto parsed = XSysTable::Parse(file == pack->files.end() ? "" : file->second);
      const auto pointers = pack->files.find("tables/xsys_pointers.txt");
      if (parsed.ok() &&
          (pointers == pack->files.end() || parsed->AddPointers(pointers->second).ok())) {
        *table = *std::move(parsed);
      }
    }
    return std::unique_ptr<const XSysTable>(std::move(table));
  });
}

XSysTypes::XSysTypes(PackageView* view, const XSysTable& table, std::string_view version)
    : view_(view), table_(table), version_(version) {
  const BuildExpr elsewhere = BuildExpr::Not(BuildExpr::Tag("windows"));
  for (const ProjectFile* file : view->decls().package().files) {
    const FileConstraint& constraint = file->skim->constraint;
    // For any architecture of Windows, whether it is a target of the run or not.
    if (!constraint.ignored && !constraint.Combined().Implies(elsewhere)) {
      AddFile(*file);
    }
  }
  if (unreadable_) {
    files_.clear();
    return;
  }
  for (XSysFile& file : files_) {
    FollowLines(&file);
    MarkWhatStays(&file);
    if (file.movable) {
      PinMembers(UsesBelow(*file.parsed->go, file.parsed->tree->root()), &file);
      PinExported(&file);
      PinImported(&file);
      PinCalls(file.parsed->tree->root(), &file);
    }
  }
  LinkFiles();
  while (Spread()) {
  }
}

void XSysTypes::AddFile(const ProjectFile& file) {
  const bool names_it = file.skim->Imports(kSyscall);
  const ParsedGo* parsed = view_->Parse(file);
  unreadable_ = unreadable_ || (parsed == nullptr && names_it);
  if (parsed == nullptr) {
    return;
  }
  ReadFields(file);
  XSysFile entry{&file, parsed, false, {}, {}};
  entry.movable =
      file.editable() && file.skim->constraint.Combined().Implies(BuildExpr::Tag("windows"));
  if (entry.movable) {
    lines_.Add(file.path, parsed->tree->root());
  }
  const UnitUses uses = names_it ? UsesBelow(*parsed->go, parsed->tree->root()) : UnitUses();
  for (const UnitUses::Outside& use : uses.outside) {
    const XSysTable::Entry* known = use.path == kSyscall ? table_.Find(use.name) : nullptr;
    if (known != nullptr) {
      entry.uses.push_back({use.node, use.name, known, !entry.movable});
    }
  }
  files_.push_back(std::move(entry));
}

void XSysTypes::ReadFields(const ProjectFile& file) {
  for (const PackageUnit& unit : view_->Units(file)) {
    for (Node name : FieldNodes(unit.unit)) {
      fields_[std::string(name.text())].merge(
          TypesBelow(*unit.parsed->go, name.parent().Field("type")));
    }
  }
}

StringSet XSysTypes::TypesBelow(const GoFile& go, Node node) const {
  StringSet types;
  if (node.is_null()) {
    return types;
  }
  for (const UnitUses::Outside& use : UsesBelow(go, node).outside) {
    const XSysTable::Entry* entry = use.path == kSyscall ? table_.Find(use.name) : nullptr;
    if (entry != nullptr) {
      types.insert(entry->types.begin(), entry->types.end());
    }
  }
  return types;
}

void XSysTypes::MarkWhatStays(XSysFile* file) const {
  for (XSysUse& use : file->uses) {
    const XSysTable::Entry& entry = *use.entry;
    use.stays = use.stays || entry.since.empty() ||
                CompareModuleVersions(version_, entry.since) < 0 ||
                IsMisplaced(use, table_, *file->parsed->go);
    if (use.stays || IsTypeTest(use.node) || IsPositionalLiteral(use.node)) {
      file->pinned.insert(entry.types.begin(), entry.types.end());
    }
  }
}

void XSysTypes::PinMembers(const UnitUses& uses, XSysFile* file) const {
  const auto selections = [&uses](std::string_view name) {
    std::vector<Node> found;
    std::ranges::copy_if(uses.members, std::back_inserter(found),
                         [&](Node member) { return member.text() == name; });
    return found;
  };
  StringSet seen;
  for (const XSysUse& use : file->uses) {
    for (const std::string& type : use.entry->types) {
      const XSysTable::Entry* known = seen.insert(type).second ? table_.Find(type) : nullptr;
      for (const std::string& member :
           known == nullptr ? std::vector<std::string>() : known->members) {
        const std::vector<Node> found = selections(member);
        const XSysTable::Pointer* pointer = table_.FindPointer(type, member);
        if (!found.empty() && (pointer == nullptr || !SeamMember(type, *pointer, found, file))) {
          file->pinned.insert(type);
        }
      }
    }
  }
  for (const auto& [field, type] : kProcAttrFields) {
    if (file->file->skim->Mentions("SysProcAttr") && !selections(field).empty()) {
      file->pinned.emplace(type);
    }
  }
}

/// True if another package may hold, or ask for, what `name` is made of. Libraries and procedures
/// are only used by their methods, unless somebody names the type.
bool XSysTypes::MattersElsewhere(std::string_view name, bool is_library) const {
  const GoPackage& package = view_->decls().package();
  if (!IsExportedName(name) || package.name == "main") {
    return false;
  }
  const std::string path = Cat("/", package.import_path, "/");
  if (path.find("/internal/") == std::string::npos) {
    return true;
  }
  return std::ranges::any_of(
      view_->project_decls().Importers(package), [&](const ProjectFile* importer) {
        const GoSkim& skim = *importer->skim;
        return skim.Mentions(name) &&
               (!is_library || skim.Mentions("LazyDLL") || skim.Mentions("LazyProc"));
      });
}

void XSysTypes::PinExported(XSysFile* file) {
  for (const PackageUnit& unit : view_->Units(*file->file)) {
    const GoUnit& declared = unit.unit;
    const bool hidden = !declared.receiver.empty() && !IsExportedName(declared.receiver);
    const bool is_library = declared.kind == GoUnit::Kind::kVar &&
                            TypesBelow(*unit.parsed->go, declared.node) == StringSet{"LazyDLL"};
    if (hidden || file->file->skim->constraint.is_test ||
        std::ranges::none_of(declared.names, [&](std::string_view name) {
          return MattersElsewhere(name, is_library);
        })) {
      continue;
    }
    const Node definition = declared.node.Field("type");
    if (declared.kind == GoUnit::Kind::kFunc || declared.kind == GoUnit::Kind::kMethod) {
      for (const GoParameter& parameter : GoParameters(declared.node.Field("parameters"))) {
        if (!SeamParameter(declared, parameter, file)) {
          file->pinned.merge(TypesBelow(*unit.parsed->go, parameter.type));
        }
      }
      file->pinned.merge(TypesBelow(*unit.parsed->go, declared.node.Field("result")));
    } else if (definition.Is("struct_type")) {
      for (Node field : definition.NamedChild(0).NamedChildren()) {
        const Node name = field.Field("name");
        if (name.is_null() || IsExportedName(name.text())) {
          file->pinned.merge(TypesBelow(*unit.parsed->go, field));
        }
      }
    } else {
      file->pinned.merge(TypesBelow(*unit.parsed->go, declared.node));
    }
  }
}

StringSet XSysTypes::TypesOfValue(const XSysFile& file, Node value) const {
  const GoFile& go = *file.parsed->go;
  value = Bare(value);
  if (value.Is("call_expression")) {
    return TypesBelow(go, value.Field("function"));
  }
  if (value.Is("composite_literal")) {
    return TypesBelow(go, value.Field("type"));
  }
  if (value.Is("selector_expression")) {
    const auto found = fields_.find(value.Field("field").text());
    return found == fields_.end() ? TypesBelow(go, value) : found->second;
  }
  const GoDecl* decl = value.Is("identifier") ? go.Resolve(value) : nullptr;
  if (decl == nullptr) {
    return {};
  }
  if (!decl->type.is_null()) {
    return TypesBelow(go, decl->type);
  }
  const Node initial = Bare(InitialValue(*decl));
  return initial.Is("identifier") ? StringSet() : TypesOfValue(file, initial);
}

/// True if `value` may be of a type that this package does not name: what a function of another
/// module returns, or a field of its types.
bool XSysTypes::FromElsewhere(const XSysFile& file, Node value) const {
  const GoFile& go = *file.parsed->go;
  value = Bare(value);
  if (value.Is("call_expression")) {
    const auto callee = go.Callee(value);
    return callee && !IsStandardImport(callee->path) && callee->path != kWindows;
  }
  if (value.Is("selector_expression") && !go.ResolveQualified(value)) {
    return !fields_.contains(value.Field("field").text()) &&
           TypesOfValue(file, value.Field("operand")).empty();
  }
  const GoDecl* decl = value.Is("identifier") ? go.Resolve(value) : nullptr;
  const Node initial = decl == nullptr ? Node() : Bare(InitialValue(*decl));
  return !initial.is_null() && !initial.Is("identifier") && FromElsewhere(file, initial);
}

void XSysTypes::PinArguments(Node call, const XSysTable::Entry* callee, XSysFile* file) const {
  for (Node argument : call.Field("arguments").NamedChildren()) {
    if (callee == nullptr) {
      file->pinned.merge(TypesOfValue(*file, argument));
    } else if (FromElsewhere(*file, argument)) {
      file->pinned.insert(callee->types.begin(), callee->types.end());
    }
  }
}

void XSysTypes::PinCalls(Node node, XSysFile* file) const {
  if (node.Is("call_expression")) {
    const Node function = node.Field("function");
    if (const auto callee = file->parsed->go->Callee(node)) {
      const XSysTable::Entry* entry =
          callee->path == kSyscall ? table_.Find(callee->name) : nullptr;
      const bool conversion = entry != nullptr && table_.Find(callee->name)->types.size() == 1 &&
                              entry->types.front() == callee->name;
      if (entry != nullptr ? !conversion
                           : !IsStandardImport(callee->path) && callee->path != kWindows) {
        PinArguments(node, entry, file);
      }
    } else if (function.Is("selector_expression")) {
      // A method: of this package if a declaration here is called so.
      const std::string_view name = function.Field("field").text();
      const auto& files = view_->decls().package().files;
      const bool own = std::ranges::any_of(files, [&](const ProjectFile* other) {
        return std::ranges::any_of(other->skim->decls,
                                   [&](const SkimDecl& decl) { return decl.name == name; });
      });
      if (!own && !fields_.contains(name) &&
          TypesOfValue(*file, function.Field("operand")).empty()) {
        PinArguments(node, nullptr, file);
      }
    }
  }
  for (Node child : node.NamedChildren()) {
    PinCalls(child, file);
  }
}

void XSysTypes::LinkFiles() {
  for (size_t i = 0; i < files_.size(); ++i) {
    for (const PackageUnit& unit : view_->Units(*files_[i].file)) {
      const GoUnit& declared = unit.unit;
      StringSet types;
      const bool is_func =
          declared.kind == GoUnit::Kind::kFunc || declared.kind == GoUnit::Kind::kMethod;
      for (const char* part : {"parameters", "result"}) {
        types.merge(TypesBelow(*unit.parsed->go, is_func ? declared.node.Field(part) : Node()));
      }
      types.merge(TypesBelow(*unit.parsed->go, is_func ? Node() : declared.node));
      StringSet names(declared.names.begin(), declared.names.end());
      for (Node field : FieldNodes(declared)) {
        names.emplace(field.text());
      }
      for (size_t k = 0; k < files_.size() && !types.empty(); ++k) {
        const bool shared = k != i && std::ranges::any_of(names, [&](const std::string& name) {
                              return files_[k].file->skim->Mentions(name);
                            });
        for (const std::string& type : shared ? types : StringSet()) {
          links_.push_back({i, k, type});
        }
      }
    }
  }
}

/// The types whose values cannot move because `use` stays. A call of a function of several types
/// that gives nothing but an error reaches the values handed to it; what is converted right there
/// is an island: nobody else has that value.
StringSet XSysTypes::ReachedBy(XSysFile* file, const XSysUse& use) const {
  const StringSet all(use.entry->types.begin(), use.entry->types.end());
  const Node call = use.node.parent();
  const Node left = call.parent().parent().Field("left");
  if (all.size() < 2 || !call.Is("call_expression") || call.Field("function") != use.node ||
      (!left.is_null() && left.named_child_count() > 1)) {
    return all;
  }
  StringSet reached;
  for (Node argument : call.Field("arguments").NamedChildren()) {
    const auto conversion = std::ranges::find_if(file->uses, [&](const XSysUse& other) {
      return argument.Is("call_expression") && argument.Field("function") == other.node &&
             other.entry->types.size() == 1 && other.entry->types.front() == other.name;
    });
    StringSet types = TypesOfValue(*file, argument);
    if (conversion != file->uses.end()) {
      conversion->stays = conversion->island = true;
    } else if (types.empty() && !argument.kind().ends_with("_literal") && !argument.Is("nil")) {
      return all;
    } else {
      reached.merge(types);
    }
  }
  return reached;
}

bool XSysTypes::CallStays(const XSysFile& file, const XSysUse& argument) const {
  const Node function = argument.node.parent().parent().Field("function");
  return std::ranges::any_of(file.uses,
                             [&](const XSysUse& use) { return use.node == function && use.stays; });
}

bool XSysTypes::Spread() {
  bool more = false;
  for (XSysFile& file : files_) {
    for (XSysUse& use : file.uses) {
      const bool stays = use.stays || (use.entry->code && CallStays(file, use)) ||
                         std::ranges::any_of(use.entry->types, [&](const auto& type) {
                           return file.pinned.contains(type);
                         });
      if (stays && !use.island) {
        more = more || !use.stays;
        use.stays = true;
        for (const std::string& type : ReachedBy(&file, use)) {
          more = file.pinned.insert(type).second || more;
        }
      }
    }
  }
  for (const Link& link : links_) {
    for (const auto& [from, to] : {std::pair(link.from, link.to), std::pair(link.to, link.from)}) {
      if (files_[from].pinned.contains(link.type)) {
        more = files_[to].pinned.insert(link.type).second || more;
      }
    }
  }
  return more;
}

std::vector<std::vector<size_t>> XSysTypes::Groups() const {
  std::vector<size_t> root(files_.size());
  std::iota(root.begin(), root.end(), size_t{0});
  const auto find = [&root](size_t i) {
    while (root[i] != i) {
      i = root[i];
    }
    return i;
  };
  for (const Link& link : links_) {
    if (!files_[link.from].pinned.contains(link.type)) {
      root[std::max(find(link.from), find(link.to))] = std::min(find(link.from), find(link.to));
    }
  }
  std::vector<std::vector<size_t>> groups(files_.size());
  for (size_t i = 0; i < files_.size(); ++i) {
    groups[find(i)].push_back(i);
  }
  std::erase_if(groups, [](const std::vector<size_t>& group) { return group.empty(); });
  return groups;
}

}  // namespace windlass
