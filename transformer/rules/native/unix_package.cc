#include "transformer/rules/native/unix_package.h"

#include <algorithm>
#include <array>

#include "transformer/rules/native/reconstrain.h"
#include "transformer/rules/native/unit_move.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr int kMaxRounds = 20;

bool IsExportedName(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

TargetSet WindowsTargets(std::span<const Target> targets) {
  TargetSet set = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    set |= targets[i].goos == "windows" ? TargetSet{1} << i : 0;
  }
  return set;
}

std::pair<std::string, size_t> PlaceOf(const PackageUnit& unit) {
  return {unit.file->path, unit.unit.node.span().begin};
}

bool UsesName(const PackageUnit& unit, std::string_view name) {
  return std::ranges::any_of(unit.uses.names, [&](Node use) { return use.text() == name; });
}

bool UsesMember(const PackageUnit& unit, std::string_view name) {
  return std::ranges::any_of(unit.uses.members, [&](Node use) { return use.text() == name; });
}

constexpr std::string_view kSyslog = "log/syslog";

bool IsMain(const PackageUnit& unit) {
  return unit.unit.kind == GoUnit::Kind::kFunc && unit.unit.name() == "main" &&
         unit.parsed->go->package_name() == "main";
}

}  // namespace

UnixPackage::UnixPackage(const GoPackage& package, SharedFacts& shared)
    : shared_(shared),
      project_(shared.project()),
      available_(SharedAvailability(shared)),
      decls_(package, project_.targets(), project_.settings().tags, true),
      view_(SharedDecls(shared), decls_),
      module_(project_.ModuleOf(package.files.front()->path)),
      windows_(WindowsTargets(project_.targets())) {}

bool UnixPackage::MayConcern(const GoPackage& package, const Project& project,
                             const Availability& available) {
  const TargetSet windows = WindowsTargets(project.targets());
  return std::ranges::any_of(package.files, [&](const ProjectFile* file) {
    const FileConstraint& constraint = file->skim->constraint;
    const TargetSet there =
        TargetsOf(constraint, project.targets(), project.settings().tags) & windows;
    return !constraint.is_test && !file->vendored && there != 0 &&
           MayHaveUnixUses(*file, project, available, there);
  });
}

/// True if `unit` names log/syslog at most within the body of a function that returns an error: it
/// can move, with an honest stub.
bool UnixPackage::CanMoveSyslog(const PackageUnit& unit) {
  const auto names_it = [](const UnitUses& uses) {
    return std::ranges::any_of(uses.outside,
                               [](const UnitUses::Outside& use) { return use.path == kSyslog; });
  };
  if (!names_it(unit.uses)) {
    return true;
  }
  const std::vector<Node> results = ResultTypes(unit.unit);
  const bool returns_error = !results.empty() && results.back().text() == "error";
  return returns_error && std::ranges::none_of(std::array{"parameters", "result"}, [&](auto part) {
           return names_it(UsesBelow(*unit.parsed->go, unit.unit.node.Field(part)));
         });
}

void UnixPackage::Collect() {
  syslog_moves_ = std::ranges::all_of(decls_.files(), [&](const PackageDecls::File& file) {
    return (file.where & windows_) == 0 || !file.file->skim->Imports(kSyslog) ||
           std::ranges::all_of(view_.Units(*file.file),
                               [&](const PackageUnit& unit) { return CanMoveSyslog(unit); });
  });
  for (const PackageDecls::File& file : decls_.files()) {
    const TargetSet there = file.where & windows_;
    const bool linux_too = (file.where & ~windows_) != 0;
    if (there == 0 || !linux_too || file.file->vendored) {
      continue;
    }
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      file.file->generated ? CollectGenerated(unit, file.where) : Classify(unit, file.where);
    }
  }
}

void UnixPackage::CollectGenerated(const PackageUnit& unit, TargetSet there) {
  for (const UnixUse& use : UnixUsesOf(unit, available_, project_, there)) {
    const bool told = std::ranges::any_of(
        generated_, [&](const Finding& finding) { return finding.path == unit.file->path; });
    if ((use.lacking & windows_) != 0 && !told) {
      Finding finding;
      finding.path = unit.file->path;
      finding.span = use.node.span();
      finding.level = Level::kSuggest;
      finding.message = Cat("`", use.what, "` does not exist on Windows");
      finding.reason = "the file says DO NOT EDIT: constrain it to Unix in what generates it";
      Refuse(&finding, Refusal::kGenerated);
      generated_.push_back(std::move(finding));
    }
  }
}

void UnixPackage::Classify(const PackageUnit& unit, TargetSet there) {
  std::vector<UnixUse> uses = UnixUsesOf(unit, available_, project_, there);
  std::erase_if(uses, [&](const UnixUse& use) { return (use.lacking & windows_) == 0; });
  if (uses.empty()) {
    return;
  }
  std::vector<std::pair<UnixUse, UseReplacement>> replacements;
  std::vector<UnixUse> stuck;
  for (const UnixUse& use : uses) {
    auto replacement = ReplacementFor(use, unit, available_, project_.targets());
    const bool needs_module = replacement && replacement->import_path == "winport";
    if (!replacement || (use.path == kSyslog && syslog_moves_) ||
        (needs_module && (module_ == nullptr || module_->path.empty()))) {
      stuck.push_back(use);
    } else {
      replacements.emplace_back(use, *std::move(replacement));
    }
  }
  // What cannot move as a whole is mended where that is possible.
  if (stuck.empty() || IsMain(unit)) {
    replaceable_.emplace(&unit, std::move(replacements));
  }
  if (!stuck.empty()) {
    Block(unit, IsMain(unit) ? std::move(stuck) : std::move(uses));
  }
}

void UnixPackage::Block(const PackageUnit& unit, std::vector<UnixUse> uses) {
  for (const UnixUse& use : uses) {
    lacking_ |= use.lacking;
  }
  if (IsMain(unit)) {
    failure_ = "it is needed in main, which cannot move";
  }
  blocked_.try_emplace(PlaceOf(unit), Blocked{&unit, std::move(uses)});
}

bool UnixPackage::IsBlocked(const PackageUnit& unit) const {
  return blocked_.contains(PlaceOf(unit));
}

bool UnixPackage::BlockByFields() {
  Portability portability(&view_, available_, lacking_);
  StringSet fields;
  for (const auto& [place, blocked] : blocked_) {
    for (Node field : portability.MissingFields(*blocked.unit)) {
      for (Node name : field.NamedChildren()) {
        if (name.Is("field_identifier")) {
          fields.emplace(name.text());
        }
      }
    }
  }
  bool more = false;
  for (const PackageDecls::File& file : decls_.files()) {
    if ((file.where & windows_) == 0 || fields.empty() || !file.file->editable()) {
      continue;
    }
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      const bool uses = std::ranges::any_of(
          fields, [&](const std::string& field) { return UsesMember(unit, field); });
      if (uses && !IsBlocked(unit)) {
        Block(unit, {});
        more = true;
      }
    }
  }
  return more;
}

void UnixPackage::BlockWholeFiles() {
  for (const PackageDecls::File& file : decls_.files()) {
    size_t moved = 0;
    size_t all = 0;
    bool has_main = false;
    if ((file.where & windows_) == 0 || !file.file->editable()) {
      continue;
    }
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      const size_t size = unit.unit.node.span().size();
      all += size;
      moved += IsBlocked(unit) ? size : 0;
      has_main = has_main || IsMain(unit);
    }
    if (moved * 5 <= all * 4 || has_main) {
      continue;
    }
    whole_.insert(file.file);
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      if (!IsBlocked(unit)) {
        Block(unit, {});
      }
    }
  }
}

BuildExpr UnixPackage::UnixConstraint() const {
  const bool linux_only = (lacking_ & ~windows_) != 0;
  return linux_only ? BuildExpr::Tag("linux") : BuildExpr::Not(BuildExpr::Tag("windows"));
}

bool UnixPackage::BlockUsersOf(const std::string& key) {
  const std::string_view name = std::string_view(key).substr(key.find('.') + 1);
  const bool method = key.find('.') != std::string::npos;
  bool more = false;
  for (const PackageDecls::File& file : decls_.files()) {
    if ((file.where & lacking_) == 0 || !file.file->skim->Mentions(name)) {
      continue;
    }
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      if ((method ? UsesMember(unit, name) : UsesName(unit, name)) && !IsBlocked(unit)) {
        if (!file.file->editable()) {
          failure_ = "generated code needs it";
          refusal_ = Refusal::kGenerated;
          return false;
        }
        Block(unit, {});
        more = true;
      }
    }
  }
  return more;
}

bool UnixPackage::NothingRemains() {
  return std::ranges::all_of(decls_.files(), [&](const PackageDecls::File& file) {
    return (file.where & windows_) == 0 || FileIsWhole(*file.file);
  });
}

bool UnixPackage::PlanStubs() {
  const BuildExpr only = UnixConstraint();
  for (const auto& [place, blocked] : blocked_) {
    for (const std::string_view name : blocked.unit->unit.names) {
      const GoUnit& unit = blocked.unit->unit;
      decls_.Restrict(unit.receiver.empty() ? std::string(name) : unit.key(), only, ~lacking_);
    }
  }
  StubPlanner planner(&view_, available_, module_);
  const bool library = decls_.package().name != "main";
  for (const auto& [place, blocked] : blocked_) {
    const GoUnit& unit = blocked.unit->unit;
    const bool exported =
        IsExportedName(unit.name()) && (unit.receiver.empty() || IsExportedName(unit.receiver));
    if (library && exported) {
      planner.Need(unit.key(), blocked.unit->file->skim->constraint.Combined(), lacking_);
    }
  }
  if (library && NothingRemains()) {
    for (const auto& [key, entry] : decls_.entries()) {
      if (entry.receiver.empty() && IsExportedName(entry.name)) {
        planner.Need(key, BuildExpr(), windows_);
      }
    }
  }
  for (const PackageDecls::File& file : decls_.files()) {
    if ((file.where & lacking_) == 0) {
      continue;
    }
    for (const PackageUnit& unit : view_.Units(*file.file)) {
      if (IsBlocked(unit)) {
        continue;
      }
      for (const auto& [place, blocked] : blocked_) {
        const GoUnit& other = blocked.unit->unit;
        const bool used = other.kind == GoUnit::Kind::kMethod
                              ? UsesMember(unit, other.name())
                              : std::ranges::any_of(other.names, [&](std::string_view name) {
                                  return UsesName(unit, name);
                                });
        if (used) {
          planner.Need(other.key(), file.file->skim->constraint.Combined(), file.where & lacking_);
        }
      }
    }
  }
  stubs_ = planner.Plan();
  bool more = false;
  for (const PlannedStub& stub : stubs_) {
    if (stub.refusal && stub.model != nullptr) {
      more = BlockUsersOf(stub.model->unit.key()) || more;
    }
  }
  return more;
}

bool UnixPackage::FileIsWhole(const ProjectFile& file) {
  return whole_.contains(&file) ||
         std::ranges::all_of(view_.Units(file),
                             [&](const PackageUnit& unit) { return IsBlocked(unit); });
}

bool UnixPackage::MoveFile(const ProjectFile& file, Fix* fix) {
  const bool plus_build = module_ != nullptr && !module_->AtLeast(17);
  const FileConstraint& old = file.skim->constraint;
  const BuildExpr header = BuildExpr::And(old.header, UnixConstraint()).Simplified();
  const ParsedGo* parsed = view_.Parse(file);
  if (FileIsWhole(file)) {
    fix->edits.emplace(file.path, ReplaceConstraint(*parsed->source, old, header, plus_build));
    return true;
  }
  std::vector<const PackageUnit*> units;
  for (const PackageUnit& unit : view_.Units(file)) {
    if (IsBlocked(unit)) {
      units.push_back(&unit);
    }
  }
  EditSet edits;
  if (!RemoveUnits(units, &edits)) {
    failure_ = "a group of constants that count with iota would have to be split";
    return false;
  }
  const bool linux_only = UnixConstraint().op() == BuildExpr::Op::kTag;
  const bool in_name = linux_only && old.header.is_true();
  const std::string base = file.path.substr(0, file.path.size() - 3);
  std::string path = Cat(base, linux_only ? "_linux.go" : "_unix.go");
  if (project_.Find(path) != nullptr) {
    path = Cat(base, linux_only ? "_sys_linux.go" : "_sys_unix.go");
  }
  fix->edits.emplace(file.path, std::move(edits));
  fix->new_files.push_back(
      {path, MovedFile(units, BuildExpr::And(old.Combined(), UnixConstraint()).Simplified(),
                       in_name, plus_build)});
  return true;
}

void UnixPackage::ReportReplacements(std::vector<Finding>* out) {
  for (const auto& [unit, replacements] : replaceable_) {
    if (IsBlocked(*unit) && failure_.empty()) {
      continue;
    }
    for (const auto& [use, replacement] : replacements) {
      const std::string path = replacement.import_path == "winport"
                                   ? HelperImport(*module_, project_)
                                   : replacement.import_path;
      const GoFile& go = *unit->parsed->go;
      const std::string name = ImportNameFor(go, path, use.node.span().begin);
      std::string text = replacement.text;
      text.replace(text.find('@'), 1, name);
      Finding finding;
      finding.path = unit->file->path;
      finding.span = use.node.span();
      finding.level = replacement.level;
      finding.message = Cat("`", use.what, "` does not exist on Windows");
      finding.reason = replacement.reason;
      finding.fix.emplace();
      (void)finding.fix->edits[unit->file->path].Add(replacement.span, text);
      finding.fix->imports[unit->file->path].push_back({path, name});
      if (!replacement.helper.empty()) {
        AddHelper(replacement.helper, *module_, shared_, &*finding.fix);
      }
      out->push_back(std::move(finding));
    }
  }
}

void UnixPackage::ReportFailure(std::vector<Finding>* out) {
  for (const auto& [place, blocked] : blocked_) {
    for (const UnixUse& use : blocked.uses) {
      Finding finding;
      finding.path = blocked.unit->file->path;
      finding.span = use.node.span();
      finding.level = Level::kSuggest;
      finding.message = Cat("`", use.what, "` does not exist on Windows");
      finding.reason = failure_;
      Refuse(&finding, refusal_);
      out->push_back(std::move(finding));
    }
  }
}

void UnixPackage::ReportMove(std::vector<Finding>* out) {
  Fix fix;
  std::set<const ProjectFile*> files;
  std::string notes;
  for (const auto& [place, blocked] : blocked_) {
    files.insert(blocked.unit->file);
  }
  for (const ProjectFile* file : files) {
    if (!MoveFile(*file, &fix)) {
      return ReportFailure(out);
    }
  }
  for (const PlannedStub& stub : stubs_) {
    if (!stub.refusal && !stub.path.empty()) {
      fix.new_files.push_back({stub.path, WriteStubFile(stub.file, &view_)});
      notes += Cat(notes.empty() || stub.note.empty() ? "" : "; ", stub.note);
    }
  }
  bool first = true;
  for (const auto& [place, blocked] : blocked_) {
    if (blocked.uses.empty()) {
      continue;
    }
    const UnixUse& use = blocked.uses.front();
    if (!first) {
      out->back().also.push_back({blocked.unit->file->path, use.node.span(),
                                  Cat("`", use.what, "` does not exist on Windows either")});
      continue;
    }
    first = false;
    Finding finding;
    finding.path = blocked.unit->file->path;
    finding.span = use.node.span();
    finding.level = Level::kReview;
    finding.message = Cat("`", use.what, "` does not exist on Windows, so `",
                          blocked.unit->unit.key(), "` can only live on Unix");
    finding.reason =
        Cat("on Windows its stub returns an error", notes.empty() ? "" : "; check: ", notes);
    finding.fix = std::move(fix);
    out->push_back(std::move(finding));
  }
}

void UnixPackage::Run(std::vector<Finding>* out) {
  Collect();
  if (!blocked_.empty() && failure_.empty()) {
    BlockWholeFiles();
    for (int round = 0; failure_.empty(); ++round) {
      const bool fields = BlockByFields();
      const bool stubs = failure_.empty() && PlanStubs();
      if (!fields && !stubs) {
        break;
      }
      if (round == kMaxRounds) {
        failure_ = "too much of the package depends on it";
      }
    }
  }
  ReportReplacements(out);
  std::move(generated_.begin(), generated_.end(), std::back_inserter(*out));
  if (!blocked_.empty()) {
    failure_.empty() ? ReportMove(out) : ReportFailure(out);
  }
}

}  // namespace windlass
