#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PACKAGE_VIEW_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PACKAGE_VIEW_H_

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "transformer/facts/availability.h"
#include "transformer/facts/declarations.h"
#include "transformer/facts/go_units.h"
#include "transformer/rules/shared_availability.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// The declarations of the run's project, built once.
const ProjectDecls& SharedDecls(SharedFacts& shared);

/// One unit of a package together with its file and what it refers to.
struct PackageUnit {
  const ProjectFile* file;
  const ParsedGo* parsed;
  GoUnit unit;
  UnitUses uses;
};

/// One package with those files parsed that were asked for. Lives for the analysis of a package.
class PackageView {
 public:
  PackageView(const ProjectDecls& decls, const PackageDecls& package);

  const PackageDecls& decls() const { return package_; }
  const ProjectDecls& project_decls() const { return decls_; }
  /// Null if the file could not be parsed whole, or not within the budget.
  const ParsedGo* Parse(const ProjectFile& file);
  /// The units of a file of this package; none if it could not be parsed.
  const std::deque<PackageUnit>& Units(const ProjectFile& file);
  /// Where `key` is declared best for use as a model: on Linux, by hand, in the first file. Null if
  /// it can't be had.
  const PackageUnit* Find(std::string_view key);

 private:
  const ProjectDecls& decls_;
  const PackageDecls& package_;
  std::map<const ProjectFile*, std::shared_ptr<const ParsedGo>> parsed_;
  std::map<const ProjectFile*, std::deque<PackageUnit>> units_;
};

/// Whether the text of units would compile, and mean the same, on targets that lack them.
class Portability {
 public:
  Portability(PackageView* view, const Availability& available, TargetSet lacking);

  /// Everything that `unit` refers to exists on the lacking targets or is portable itself, nothing
  /// depends on the architecture, and no literal speaks of a place that only Unix has.
  bool IsPortable(const PackageUnit& unit);
  /// The same for one node of a file, without asking what declarations of the package hold.
  bool ExistsThere(const PackageUnit& unit, const UnitUses& uses) const;
  /// Fields (field_declaration nodes) of a struct type that name what the lacking targets have not.
  std::vector<Node> MissingFields(const PackageUnit& type) const;
  TargetSet lacking() const { return lacking_; }

 private:
  bool OutsideExists(const UnitUses::Outside& use) const;
  /// A struct type could be declared there without some fields, none of which is among `members`.
  bool IsPortableWithout(const PackageUnit& type, const std::vector<Node>& members) const;
  /// No method that `unit` calls, as far as names and declared types tell, is tied to what the
  /// lacking targets have not.
  bool MethodsArePortable(const PackageUnit& unit);
  bool MembersExist(const PackageUnit& unit, const UnitUses& uses) const;

  PackageView* view_;
  const Availability& available_;
  TargetSet lacking_;
  bool systems_differ_;  // else only architectures do
  std::map<std::string, bool, std::less<>> known_;
};

/// True if some field or method of syscall.SysProcAttr called `name` is missing on `lacking`.
bool IsMissingProcAttr(const Availability& available, std::string_view name, TargetSet lacking,
                       std::span<const Target> targets);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PACKAGE_VIEW_H_
