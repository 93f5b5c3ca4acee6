#include "transformer/rules/native/package_view.h"

#include <algorithm>
#include <array>

#include "transformer/rules/pack.h"

namespace windlass {
namespace {

/// Places that exist on Unix alone, as they begin in string literals.
constexpr std::array<std::string_view, 12> kUnixPlaces = {"/proc", "/sys", "/dev", "/etc",
                                                          "/var",  "/run", "/usr", "/bin",
                                                          "/sbin", "/opt", "/tmp", "/lib"};

bool IsUnixPlace(std::string_view literal) {
  literal.remove_prefix(1);  // the quote
  return std::ranges::any_of(kUnixPlaces,
                             [&](std::string_view place) { return literal.starts_with(place); });
}

/// True if `lacking` holds a target of a system that `where` does not reach at all.
bool SystemsDiffer(TargetSet lacking, TargetSet where, std::span<const Target> targets) {
  for (size_t i = 0; i < targets.size(); ++i) {
    if ((lacking >> i & 1) == 0) {
      continue;
    }
    bool reached = false;
    for (size_t k = 0; k < targets.size(); ++k) {
      reached = reached || ((where >> k & 1) != 0 && targets[k].goos == targets[i].goos);
    }
    if (!reached) {
      return true;
    }
  }
  return false;
}

}  // namespace

const ProjectDecls& SharedDecls(SharedFacts& shared) {
  return shared.Get<ProjectDecls>([](SharedFacts& facts) {
    return std::unique_ptr<const ProjectDecls>(new ProjectDecls(facts.project()));
  });
}

PackageView::PackageView(const ProjectDecls& decls, const PackageDecls& package)
    : decls_(decls), package_(package) {}

const ParsedGo* PackageView::Parse(const ProjectFile& file) {
  const auto [found, added] = parsed_.try_emplace(&file);
  if (added) {
    auto parsed = decls_.project().ParseGo(file.path);
    if (parsed.ok() && !(*parsed)->tree->has_errors()) {
      found->second = *std::move(parsed);
    }
  }
  return found->second.get();
}

const std::deque<PackageUnit>& PackageView::Units(const ProjectFile& file) {
  const auto [found, added] = units_.try_emplace(&file);
  if (added) {
    if (const ParsedGo* parsed = Parse(file)) {
      for (GoUnit& unit : UnitsOf(*parsed->go)) {
        UnitUses uses = UsesBelow(*parsed->go, unit.node);
        found->second.push_back({&file, parsed, std::move(unit), std::move(uses)});
      }
    }
  }
  return found->second;
}

const PackageUnit* PackageView::Find(std::string_view key) {
  const PackageDecls::Entry* entry = package_.Find(key);
  if (entry == nullptr) {
    return nullptr;
  }
  const std::vector<std::string>& tags = decls_.project().settings().tags;
  const auto rank = [&tags](const ProjectFile* file) {
    const FileConstraint& constraint = file->skim->constraint;
    const bool linux = constraint.Includes({"linux", "amd64"}, tags);
    return std::pair(file->generated, !linux);
  };
  const ProjectFile* best = *std::ranges::min_element(entry->files, {}, rank);
  const auto& units = Units(*best);
  const auto found = std::ranges::find_if(units, [&](const PackageUnit& unit) {
    return unit.unit.key() == key ||
           (unit.unit.receiver.empty() &&
            std::ranges::find(unit.unit.names, key) != unit.unit.names.end());
  });
  return found == units.end() ? nullptr : &*found;
}

Portability::Portability(PackageView* view, const Availability& available, TargetSet lacking)
    : view_(view),
      available_(available),
      lacking_(lacking),
      systems_differ_(SystemsDiffer(lacking, view->decls().built() & ~lacking,
                                    view->project_decls().project().targets())) {}

bool Portability::OutsideExists(const UnitUses::Outside& use) const {
  const ProjectDecls& decls = view_->project_decls();
  if (use.path == "C" || (use.path == "unsafe" && !systems_differ_)) {
    return false;
  }
  if (const PackageDecls* package = decls.FindPackage(use.path, view_->decls().package())) {
    const PackageDecls::Entry* entry = package->Find(use.name);
    return (lacking_ & ~package->built()) == 0 &&
           (entry == nullptr || (lacking_ & ~entry->where) == 0);
  }
  return (lacking_ & ~available_.Where(use.path, use.name, decls.project().targets())) == 0 &&
         !available_.TypeDiffers(use.path, use.name);
}

bool Portability::MembersExist(const PackageUnit& unit, const UnitUses& uses) const {
  if (!unit.file->skim->Mentions("SysProcAttr")) {
    return true;
  }
  const auto& targets = view_->project_decls().project().targets();
  return std::ranges::none_of(uses.members, [&](Node member) {
    return IsMissingProcAttr(available_, member.text(), lacking_, targets);
  });
}

bool Portability::ExistsThere(const PackageUnit& unit, const UnitUses& uses) const {
  return std::ranges::all_of(uses.outside,
                             [&](const UnitUses::Outside& use) { return OutsideExists(use); }) &&
         MembersExist(unit, uses) &&
         (!systems_differ_ ||
          std::ranges::none_of(uses.strings, [](Node s) { return IsUnixPlace(s.text()); }));
}

bool Portability::IsPortable(const PackageUnit& unit) {
  const std::string key = unit.unit.key();
  const auto [found, added] = known_.try_emplace(key, true);
  if (!added) {
    return found->second;  // true while it is being decided: a recursion does no harm
  }
  const bool is_func =
      unit.unit.kind == GoUnit::Kind::kFunc || unit.unit.kind == GoUnit::Kind::kMethod;
  bool portable =
      ExistsThere(unit, unit.uses) && (!is_func || !unit.unit.node.Field("body").is_null());
  for (size_t i = 0; portable && i < unit.uses.names.size(); ++i) {
    const std::string_view name = unit.uses.names[i].text();
    const PackageDecls::Entry* entry = view_->decls().Find(name);
    if (entry != nullptr && entry->is_type && entry->files.size() > 1 && is_func) {
      portable = false;  // each system has fields and methods of its own
    } else if (entry != nullptr && (lacking_ & ~entry->where) != 0) {
      const PackageUnit* other = view_->Find(name);
      portable = !entry->in_cgo && other != nullptr &&
                 (IsPortable(*other) || IsPortableWithout(*other, unit.uses.members));
    }
  }
  return known_[key] = portable && MethodsArePortable(unit);
}

bool Portability::MethodsArePortable(const PackageUnit& unit) {
  return std::ranges::all_of(unit.uses.members, [&](Node member) {
    const Node operand = member.parent().Field("operand");
    const GoDecl* decl = operand.Is("identifier") ? unit.parsed->go->Resolve(operand) : nullptr;
    Node type = decl == nullptr ? Node() : decl->type;
    type = type.Is("pointer_type") ? type.NamedChild(0) : type;
    if (!type.is_null() && !type.Is("type_identifier")) {
      return true;  // of another package, or a type without a name
    }
    return std::ranges::all_of(view_->decls().entries(), [&](const auto& row) {
      const PackageDecls::Entry& entry = row.second;
      if (entry.receiver.empty() || entry.name != member.text() ||
          (!type.is_null() && entry.receiver != type.text()) || (lacking_ & ~entry.where) == 0) {
        return true;
      }
      const PackageUnit* method = view_->Find(row.first);
      return !entry.in_cgo && method != nullptr && IsPortable(*method);
    });
  });
}

std::vector<Node> Portability::MissingFields(const PackageUnit& type) const {
  std::vector<Node> missing;
  const Node definition = type.unit.node.Field("type");
  if (type.unit.kind != GoUnit::Kind::kType || !definition.Is("struct_type")) {
    return missing;
  }
  for (Node field : definition.NamedChild(0).NamedChildren()) {
    if (field.Is("field_declaration") && !ExistsThere(type, UsesBelow(*type.parsed->go, field))) {
      missing.push_back(field);
    }
  }
  return missing;
}

bool Portability::IsPortableWithout(const PackageUnit& type,
                                    const std::vector<Node>& members) const {
  const std::vector<Node> missing = MissingFields(type);
  return !missing.empty() && std::ranges::none_of(missing, [&](Node field) {
    const std::vector<Node> names = field.NamedChildren();
    return std::ranges::any_of(names, [&](Node name) {
      return name.Is("field_identifier") && std::ranges::any_of(members, [&](Node member) {
               return member.text() == name.text();
             });
    });
  });
}

bool IsMissingProcAttr(const Availability& available, std::string_view name, TargetSet lacking,
                       std::span<const Target> targets) {
  const std::string field = Cat("SysProcAttr.", name);
  constexpr std::array<std::string_view, 22> kFields = {
      "Chroot",      "Credential",
      "Ptrace",      "Setsid",
      "Setpgid",     "Setctty",
      "Noctty",      "Ctty",
      "Foreground",  "Pgid",
      "Pdeathsig",   "Cloneflags",
      "Jail",        "Unshareflags",
      "UidMappings", "GidMappings",
      "AmbientCaps", "UseCgroupFD",
      "CgroupFD",    "PidFD",
      "Rfork",       "GidMappingsEnableSetgroups"};
  return std::ranges::find(kFields, name) != kFields.end() &&
         (lacking & ~available.Where("syscall", field, targets)) != 0;
}

}  // namespace windlass
