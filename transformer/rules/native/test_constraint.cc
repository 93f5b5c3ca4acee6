// Test files that are built on Windows although what they test, or what they test it with, is not.

#include <algorithm>

#include "transformer/rules/focus.h"
#include "transformer/rules/native/reconstrain.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/unix_uses.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

/// The first thing that keeps a test file from being built somewhere.
struct Obstacle {
  Node node;
  std::string what;
  BuildExpr where;  // where it exists
};

class TestFiles {
 public:
  TestFiles(const PackageDecls& own, SharedFacts& shared)
      : decls_(SharedDecls(shared)),
        available_(SharedAvailability(shared)),
        project_(shared.project()),
        package_(own.package()),
        own_(own) {
    for (size_t i = 0; i < project_.targets().size(); ++i) {
      windows_ |= project_.targets()[i].goos == "windows" ? TargetSet{1} << i : 0;
    }
  }

  void Run(std::vector<Finding>* out) {
    ReadHelpers();
    std::vector<std::pair<const ProjectFile*, TargetSet>> suspects;
    for (const ProjectFile* file : package_.files) {
      const FileConstraint& constraint = file->skim->constraint;
      const TargetSet there = TargetsOf(constraint, project_.targets(), project_.settings().tags);
      if (constraint.is_test && !constraint.ignored && file->editable() &&
          (there & windows_) != 0 && (there & ~windows_) != 0 && MayHaveObstacle(*file, there)) {
        suspects.emplace_back(file, there);
      }
    }
    if (suspects.empty() || !NonTestsAreWhole()) {
      return;  // stubs come first, then this looks again
    }
    for (const auto& [file, there] : suspects) {
      Look(*file, there, out);
    }
  }

 private:
  /// What the package's test files declare, and where.
  void ReadHelpers() {
    for (const ProjectFile* file : package_.files) {
      const FileConstraint& constraint = file->skim->constraint;
      if (!constraint.is_test || constraint.ignored) {
        continue;
      }
      for (const GoSkim::Decl decl : file->skim->decls) {
        if (decl.receiver.empty()) {
          auto& [where, expr] = helpers_.try_emplace(std::string(decl.name)).first->second;
          expr = where == 0 ? constraint.Combined() : BuildExpr::Or(expr, constraint.Combined());
          where |= TargetsOf(constraint, project_.targets(), project_.settings().tags);
        }
      }
    }
  }

  bool NonTestsAreWhole() const {
    const PackageDecls* package = decls_.FindPackage(package_.import_path, package_);
    return package == nullptr || FindMissing(decls_, *package).empty() ||
           !package_.files.front()->editable();
  }

  bool MayHaveObstacle(const ProjectFile& file, TargetSet there) const {
    if (MayHaveUnixUses(file, project_, available_, there & windows_)) {
      return true;
    }
    const bool helper = std::ranges::any_of(helpers_, [&](const auto& entry) {
      return (there & windows_ & ~entry.second.first) != 0 && file.skim->Mentions(entry.first);
    });
    return helper || MentionsMissing(own_, file, there) ||
           std::ranges::any_of(file.skim->imports, [&](const GoSkim::Import& import) {
             const PackageDecls* other = decls_.FindPackage(import.path, package_);
             return other != nullptr && MentionsMissing(*other, file, there);
           });
  }

  bool MentionsMissing(const PackageDecls& package, const ProjectFile& file,
                       TargetSet there) const {
    return std::ranges::any_of(package.entries(), [&](const auto& entry) {
      return entry.second.receiver.empty() && (there & windows_ & ~entry.second.where) != 0 &&
             file.skim->Mentions(entry.second.name);
    });
  }

  static BuildExpr DeclaredWhere(const PackageDecls::Entry& entry) {
    BuildExpr where = entry.files.front()->skim->constraint.Combined();
    for (size_t i = 1; i < entry.files.size(); ++i) {
      where = BuildExpr::Or(where, entry.files[i]->skim->constraint.Combined());
    }
    return where;
  }

  /// Where test files of the package declare `name` themselves.
  TargetSet HelperTargets(std::string_view name) const {
    const auto found = helpers_.find(name);
    return found == helpers_.end() ? 0 : found->second.first;
  }

  void AddMissing(const PackageDecls& package, std::string_view name, Node node, TargetSet there,
                  std::vector<Obstacle>* obstacles) const {
    const PackageDecls::Entry* entry = package.Find(name);
    const TargetSet helpers = &package == &own_ ? HelperTargets(name) : 0;
    if (entry != nullptr && entry->where != 0 &&
        (there & windows_ & ~(entry->where | helpers)) != 0) {
      const bool on_windows = (entry->where & windows_) != 0;
      obstacles->push_back({node, std::string(name),
                            entry->in_cgo && !on_windows ? BuildExpr::Not(BuildExpr::Tag("windows"))
                                                         : DeclaredWhere(*entry)});
    }
  }

  void Look(const ProjectFile& file, TargetSet there, std::vector<Finding>* out) {
    const auto parsed = project_.ParseGo(file.path);
    if (!parsed.ok() || (*parsed)->tree->has_errors()) {
      return;
    }
    std::vector<Obstacle> obstacles;
    for (GoUnit& unit : UnitsOf(*(*parsed)->go)) {
      UnitUses uses = UsesBelow(*(*parsed)->go, unit.node);
      const PackageUnit whole{&file, parsed->get(), std::move(unit), std::move(uses)};
      for (const UnixUse& use : UnixUsesOf(whole, available_, project_, there)) {
        if ((use.lacking & windows_) != 0) {
          const bool linux_only = (use.lacking & ~windows_) != 0;
          obstacles.push_back(
              {use.node, use.what,
               linux_only ? BuildExpr::Tag("linux") : BuildExpr::Not(BuildExpr::Tag("windows"))});
        }
      }
      for (Node name : whole.uses.names) {
        AddMissing(own_, name.text(), name, there, &obstacles);
        const auto helper = helpers_.find(name.text());
        const PackageDecls::Entry* same = own_.Find(name.text());
        const TargetSet declared = same == nullptr ? 0 : same->where;
        if (helper != helpers_.end() && helper->second.first != 0 &&
            (there & windows_ & ~(helper->second.first | declared)) != 0) {
          obstacles.push_back({name, helper->first, helper->second.second});
        }
      }
      for (const UnitUses::Outside& use : whole.uses.outside) {
        if (const PackageDecls* other = decls_.FindPackage(use.path, package_)) {
          AddMissing(*other, use.name, use.node, there, &obstacles);
        }
      }
    }
    if (!obstacles.empty()) {
      Report(file, **parsed, obstacles, out);
    }
  }

  void Report(const ProjectFile& file, const ParsedGo& parsed,
              const std::vector<Obstacle>& obstacles, std::vector<Finding>* out) const {
    const FileConstraint& old = file.skim->constraint;
    BuildExpr header = old.header;
    for (const Obstacle& obstacle : obstacles) {
      header = BuildExpr::And(header, obstacle.where).Simplified();
    }
    if (header.op() == BuildExpr::Op::kNot && header.operands()[0].is_true()) {
      return;  // custom tags make sides that no target has
    }
    const GoModule* module = project_.ModuleOf(file.path);
    Finding finding;
    finding.path = file.path;
    finding.span = obstacles.front().node.span();
    finding.level = Level::kReview;
    finding.message =
        Cat("`", obstacles.front().what, "` does not exist on Windows, so the tests of ",
            "this file cannot be built there");
    finding.reason = Cat("the file is constrained to `", header.ToString(),
                         "`: its other tests do not run on Windows either");
    finding.fix.emplace();
    finding.fix->edits.emplace(
        file.path,
        ReplaceConstraint(*parsed.source, old, header, module != nullptr && !module->AtLeast(17)));
    out->push_back(std::move(finding));
  }

  const ProjectDecls& decls_;
  const Availability& available_;
  const Project& project_;
  const GoPackage& package_;
  const PackageDecls& own_;
  StringMap<std::pair<TargetSet, BuildExpr>> helpers_;
  TargetSet windows_ = 0;
};

}  // namespace

void TestConstraint(const Rule& rule, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out) {
  (void)rule;
  std::vector<const PackageDecls*> work;
  for (const PackageDecls& package : SharedDecls(shared).packages()) {
    if (FolderInFocus(project, package.package().dir)) {
      work.push_back(&package);
    }
  }
  (void)SharedAvailability(shared);
  std::vector<std::vector<Finding>> slots(work.size());
  ParallelFor(work.size(), shared.threads(),
              [&](size_t i) { TestFiles(*work[i], shared).Run(&slots[i]); });
  for (std::vector<Finding>& slot : slots) {
    std::move(slot.begin(), slot.end(), std::back_inserter(*out));
  }
}

}  // namespace windlass
