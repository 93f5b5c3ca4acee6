#include "transformer/rules/native/stub_plan.h"

#include <algorithm>
#include <array>
#include <set>

#include "transformer/rules/native/reconstrain.h"

namespace windlass {
namespace {

/// Words in a name that promise an effect which a stub that does nothing would feign.
constexpr std::array<std::string_view, 24> kPromises = {
    "lock",   "priv", "chroot", "setuid", "setgid", "sandbox", "secure", "encrypt",
    "verify", "auth", "must",   "wipe",   "sync",   "commit",  "save",   "write",
    "store",  "send", "delete", "remove", "mount",  "kill",    "allow",  "jail"};

bool Promises(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return std::ranges::any_of(
      kPromises, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool IsExportedName(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

std::string_view Folder(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
}

/// "lock" of "dir/lock_linux_amd64.go": the name without what constrains it or hints at it.
std::string BaseName(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.find('.'));
  const std::string_view whole = name;
  for (;;) {
    const size_t underscore = name.rfind('_');
    if (underscore == std::string_view::npos) {
      break;
    }
    const std::string_view word = name.substr(underscore + 1);
    if (!IsKnownGoos(word) && !IsKnownGoarch(word) && word != "unix" && word != "posix") {
      break;
    }
    name = name.substr(0, underscore);
  }
  return std::string(name.empty() ? whole : name);
}

/// What the tests of files call "ErrUnsupported": an error variable that a package has already.
constexpr std::array<std::string_view, 8> kErrorNames = {
    "errUnsupported",    "ErrUnsupported",    "errNotSupported",        "ErrNotSupported",
    "errNotImplemented", "ErrNotImplemented", "ErrNotImplementedError", "errNotImplementedError"};

}  // namespace

StubPlanner::StubPlanner(PackageView* view, const Availability& available, const GoModule* module)
    : view_(view), available_(available), module_(module) {}

Portability& StubPlanner::PortabilityOn(TargetSet lacking) {
  return portability_.try_emplace(lacking, view_, available_, lacking).first->second;
}

BuildExpr StubPlanner::DeclaredWhere(const PackageDecls::Entry& entry) const {
  BuildExpr where = entry.files.front()->skim->constraint.Combined();
  for (size_t i = 1; i < entry.files.size(); ++i) {
    where = BuildExpr::Or(where, entry.files[i]->skim->constraint.Combined());
  }
  return BuildExpr::And(where, entry.only);
}

void StubPlanner::Need(std::string_view key, const BuildExpr& region, TargetSet lacking) {
  const PackageDecls::Entry* entry = view_->decls().Find(key);
  if (entry == nullptr) {
    return;
  }
  lacking &= ~entry->where;
  if (lacking == 0) {
    return;
  }
  const auto [found, added] = wanted_.try_emplace(std::string(key));
  Wanted& wanted = found->second;
  if (added) {
    wanted.region = region;
  } else if ((lacking & ~wanted.lacking) == 0 && region.Implies(wanted.region)) {
    return;
  } else {
    wanted.region = BuildExpr::Or(wanted.region, region).Simplified();
  }
  wanted.lacking |= lacking;
  queue_.emplace_back(key);
}

void StubPlanner::Decide(const std::string& key, Wanted* wanted) {
  wanted->level = Level::kSafe;
  wanted->note.clear();
  wanted->refusal.reset();
  wanted->unit = view_->Find(key);
  if (wanted->unit == nullptr || view_->decls().Find(key)->in_cgo) {
    wanted->refusal = Refusal::kIncomplete;
    wanted->note = "its declaration could not be read whole";
    return;
  }
  switch (wanted->unit->unit.kind) {
    case GoUnit::Kind::kFunc:
    case GoUnit::Kind::kMethod:
      return DecideFunc(wanted);
    case GoUnit::Kind::kType:
      return DecideType(wanted);
    case GoUnit::Kind::kConst:
    case GoUnit::Kind::kVar:
      return DecideValue(wanted);
  }
}

void StubPlanner::DecideFunc(Wanted* wanted) {
  const GoUnit& unit = wanted->unit->unit;
  Portability& portability = PortabilityOn(wanted->lacking);
  if (portability.IsPortable(*wanted->unit)) {
    wanted->kind = StubKind::kCopy;
    return;
  }
  for (const char* part : {"receiver", "type_parameters", "parameters", "result"}) {
    const Node node = unit.node.Field(part);
    if (!node.is_null() &&
        !portability.ExistsThere(*wanted->unit, UsesBelow(*wanted->unit->parsed->go, node))) {
      wanted->refusal = Refusal::kIncomplete;
      wanted->note = "its signature names what does not exist there";
      return;
    }
  }
  if (ReturnsError(unit)) {
    wanted->kind = StubKind::kError;
    return;
  }
  wanted->kind = StubKind::kZero;
  wanted->level = Level::kReview;
  const std::vector<Node> results = ResultTypes(unit);
  const bool says_no = !results.empty() && results.back().text() == "bool";
  const bool pointer = std::ranges::any_of(results, [](Node type) {
    return type.Is("pointer_type") || type.Is("function_type") || type.Is("channel_type");
  });
  if (!says_no && (pointer || Promises(unit.name()))) {
    wanted->refusal = Refusal::kNoStub;
    wanted->note =
        Cat("`", unit.key(), "` has no way to say that it did nothing; write it for these targets");
    return;
  }
  wanted->note = results.empty() ? Cat("`", unit.key(), "` does nothing there")
                                 : Cat("`", unit.key(), "` returns zero values there");
}

/// True if no code that is built on `lacking` makes a value of `type` from another, or names its
/// members in a literal.
bool StubPlanner::IsOpaque(const PackageUnit& type, TargetSet lacking) const {
  const std::string name(type.unit.name());
  return std::ranges::none_of(view_->decls().files(), [&](const PackageDecls::File& file) {
    if ((file.where & lacking) == 0 || !file.file->skim->Mentions(name)) {
      return false;
    }
    const ParsedGo* parsed = view_->Parse(*file.file);
    if (parsed == nullptr) {
      return true;
    }
    const UnitUses uses = UsesBelow(*parsed->go, parsed->tree->root());
    return std::ranges::any_of(uses.names, [&](Node use) {
      const Node outer = use.parent();
      return use.text() == name &&
             (outer.Is("call_expression") || outer.Is("type_conversion_expression") ||
              outer.Is("composite_literal"));
    });
  });
}

void StubPlanner::DecideType(Wanted* wanted) {
  const PackageUnit& unit = *wanted->unit;
  Portability& portability = PortabilityOn(wanted->lacking);
  wanted->kind = StubKind::kCopy;
  wanted->dropped.clear();
  if (IsAbiMirror(unit)) {
    wanted->level = Level::kReview;
    wanted->note = Cat("`", unit.unit.name(), "` has the layout of another architecture");
  }
  if (portability.ExistsThere(unit, unit.uses)) {
    return;
  }
  const Node definition = unit.unit.node.Field("type");
  if (definition.Is("qualified_type") && IsOpaque(unit, wanted->lacking)) {
    wanted->kind = StubKind::kEmpty;
    wanted->level = Level::kReview;
    wanted->note = Cat("`", unit.unit.name(), "` is empty there: nothing can be read from it");
    return;
  }
  if (!definition.Is("struct_type")) {
    wanted->refusal = Refusal::kIncomplete;
    wanted->note = "the type is made of what does not exist there";
    return;
  }
  wanted->dropped = portability.MissingFields(unit);
  for (Node field : wanted->dropped) {
    for (Node name : field.NamedChildren()) {
      if (name.Is("field_identifier") && MentionedThere(name.text(), wanted->lacking)) {
        wanted->refusal = Refusal::kIncomplete;
        wanted->note =
            Cat("its field `", name.text(), "` is used but its type does not exist there");
        return;
      }
    }
  }
}

void StubPlanner::DecideValue(Wanted* wanted) {
  const PackageUnit& unit = *wanted->unit;
  wanted->kind = StubKind::kCopy;
  if (!PortabilityOn(wanted->lacking).IsPortable(unit)) {
    wanted->refusal = Refusal::kIncomplete;
    wanted->note = "its value is made of what does not exist there";
    return;
  }
  const bool is_error = std::ranges::any_of(unit.uses.outside, [](const UnitUses::Outside& use) {
    return use.path == "errors" && use.name == "New";
  });
  if (!is_error && unit.unit.kind == GoUnit::Kind::kVar) {
    wanted->level = Level::kReview;
    wanted->note = Cat("`", unit.unit.name(), "` gets the same value there");
  }
}

bool StubPlanner::MentionedThere(std::string_view name, TargetSet lacking) const {
  return std::ranges::any_of(view_->decls().files(), [&](const PackageDecls::File& file) {
    return (file.where & lacking) != 0 && file.file->skim->Mentions(name);
  });
}

void StubPlanner::FollowUses(const PackageUnit& unit, const UnitUses& uses, const Wanted& wanted) {
  for (Node name : uses.names) {
    const bool dropped = std::ranges::any_of(
        wanted.dropped, [&](Node field) { return field.span().Contains(name.span()); });
    if (!dropped && name.text() != unit.unit.name()) {
      Need(name.text(), wanted.region, wanted.lacking);
    }
  }
}

void StubPlanner::FollowMethods(const PackageUnit& type, const Wanted& wanted) {
  const std::string prefix = Cat(type.unit.name(), ".");
  const auto& entries = view_->decls().entries();
  for (auto it = entries.lower_bound(prefix); it != entries.end() && it->first.starts_with(prefix);
       ++it) {
    const PackageDecls::Entry& method = it->second;
    // What the model's own systems lack is nothing that others could ask for.
    const bool beside_model = (method.where & view_->decls().FileTargets(type.file)) != 0;
    bool needed = (IsExportedName(method.name) && beside_model) ||
                  MentionedThere(method.name, wanted.lacking);
    for (const auto& [key, other] : wanted_) {
      needed = needed || (other.unit != nullptr && other.kind == StubKind::kCopy &&
                          std::ranges::any_of(other.unit->uses.members, [&](Node member) {
                            return member.text() == method.name;
                          }));
    }
    if (needed) {
      Need(it->first, wanted.region, wanted.lacking);
    }
  }
}

void StubPlanner::Follow(const Wanted& wanted) {
  if (wanted.refusal) {
    return;
  }
  const PackageUnit& unit = *wanted.unit;
  if (wanted.kind == StubKind::kCopy) {
    const bool group = unit.unit.kind == GoUnit::Kind::kConst;
    FollowUses(unit, group ? UsesBelow(*unit.parsed->go, unit.unit.statement) : unit.uses, wanted);
  } else {
    for (const char* part : {"receiver", "type_parameters", "parameters", "result"}) {
      if (const Node node = unit.unit.node.Field(part)) {
        FollowUses(unit, UsesBelow(*unit.parsed->go, node), wanted);
      }
    }
  }
  for (const auto& [key, other] : std::map<std::string, Wanted>(wanted_)) {
    if (other.unit != nullptr && !other.refusal && other.unit->unit.kind == GoUnit::Kind::kType) {
      FollowMethods(*other.unit, other);
    }
  }
}

std::string StubPlanner::StubPath(const ProjectFile& model, const BuildExpr& constraint,
                                  const StringSet& used, bool* in_name) const {
  const Project& project = view_->project_decls().project();
  const std::string base = Cat(Folder(model.path), BaseName(model.path));
  const bool one_system = constraint.op() == BuildExpr::Op::kTag && IsKnownGoos(constraint.tag());
  *in_name = one_system;
  const std::string suffix = one_system ? Cat("_", constraint.tag(), ".go") : ".go";
  for (const std::string_view word :
       {one_system ? "" : "_other", "_stub", "_unsupported", "_stub2", "_stub3"}) {
    std::string path = Cat(base, word, suffix);
    if (project.Find(path) == nullptr && !used.contains(path)) {
      return path;
    }
  }
  return {};
}

/// Every stub of a package wraps the same error where that can be had.
void StubPlanner::ChooseErrors(std::vector<PlannedStub>* stubs) const {
  const bool has_std = module_ != nullptr && module_->AtLeast(21);
  std::string existing;
  for (const std::string_view name : kErrorNames) {
    const PackageDecls::Entry* entry = view_->decls().Find(name);
    const bool everywhere = entry != nullptr && std::ranges::all_of(*stubs, [&](const auto& stub) {
                              return (stub.lacking & ~entry->where) == 0;
                            });
    existing = existing.empty() && everywhere ? std::string(name) : existing;
  }
  const bool taken = std::ranges::any_of(view_->decls().files(), [](const PackageDecls::File& f) {
    return f.file->skim->Mentions("errUnsupported");
  });
  std::set<std::string> constraints;
  PlannedStub* first = nullptr;
  for (PlannedStub& stub : *stubs) {
    const bool errors = std::ranges::any_of(
        stub.file.items, [](const StubItem& item) { return item.kind == StubKind::kError; });
    if (errors && !stub.refusal) {
      constraints.insert(stub.file.constraint.ToString());
      first = first == nullptr ? &stub : first;
    }
  }
  const bool own = !has_std && existing.empty() && !taken && constraints.size() == 1;
  for (PlannedStub& stub : *stubs) {
    stub.file.error = has_std ? "errors.ErrUnsupported" : own ? "errUnsupported" : existing;
    stub.file.declare_error = own && &stub == first;
  }
}

std::vector<PlannedStub> StubPlanner::Plan() {
  while (!queue_.empty()) {
    const std::string key = queue_.back();
    queue_.pop_back();
    Wanted& wanted = wanted_[key];
    Decide(key, &wanted);
    Follow(wanted);
  }
  std::map<std::pair<std::string, std::string>, PlannedStub> groups;
  std::vector<PlannedStub> stubs;
  for (auto& [key, wanted] : wanted_) {
    const PackageDecls::Entry& entry = *view_->decls().Find(key);
    if (wanted.refusal) {
      PlannedStub& refused = stubs.emplace_back();
      refused.model = wanted.unit;
      refused.lacking = wanted.lacking;
      refused.refusal = wanted.refusal;
      refused.note = wanted.note;
      continue;
    }
    const BuildExpr constraint =
        BuildExpr::And(wanted.region, BuildExpr::Not(DeclaredWhere(entry))).Simplified();
    PlannedStub& stub = groups[{wanted.unit->file->path, constraint.ToString()}];
    stub.file.constraint = constraint;
    stub.lacking |= wanted.lacking;
    stub.level = std::max(stub.level, wanted.level);
    stub.note += Cat(stub.note.empty() || wanted.note.empty() ? "" : "; ", wanted.note);
    const bool listed = std::ranges::any_of(stub.file.items, [&](const StubItem& item) {
      return item.unit == wanted.unit;  // `var a, b = f()`
    });
    if (!listed) {
      stub.file.items.push_back({wanted.unit, wanted.kind, wanted.dropped});
    }
  }
  StringSet used;
  for (auto& [key, stub] : groups) {
    std::ranges::sort(stub.file.items, {},
                      [](const StubItem& item) { return item.unit->unit.node.span().begin; });
    stub.model = stub.file.items.front().unit;
    stub.file.package = view_->decls().package().name;
    stub.file.plus_build = module_ != nullptr && !module_->AtLeast(17);
    stub.path =
        StubPath(*stub.model->file, stub.file.constraint, used, &stub.file.constraint_in_name);
    used.insert(stub.path);
    stubs.push_back(std::move(stub));
  }
  ChooseErrors(&stubs);
  return stubs;
}

}  // namespace windlass
