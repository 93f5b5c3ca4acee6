#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_PACKAGE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_PACKAGE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "transformer/rules/native/stub_plan.h"
#include "transformer/rules/native/unix_uses.h"

namespace windlass {

/// What one package has to do about names that Windows lacks: single uses that a helper or another
/// package replaces, and declarations that can only live on Unix.
class UnixPackage {
 public:
  UnixPackage(const GoPackage& package, SharedFacts& shared);

  /// True if some file that is built on Windows may name what does not exist there.
  static bool MayConcern(const GoPackage& package, const Project& project,
                         const Availability& available);

  void Run(std::vector<Finding>* out);

 private:
  struct Blocked {
    const PackageUnit* unit;
    std::vector<UnixUse> uses;  // empty: drawn in by another one
  };

  void Collect();
  void Classify(const PackageUnit& unit, TargetSet there);
  static bool CanMoveSyslog(const PackageUnit& unit);
  /// Notes the first use in a generated file, of which nothing can be changed.
  void CollectGenerated(const PackageUnit& unit, TargetSet there);
  void Block(const PackageUnit& unit, std::vector<UnixUse> uses);
  /// Draws in what uses fields that go away; true if there was something.
  bool BlockByFields();
  /// Constrains files as a whole of which little would remain.
  void BlockWholeFiles();
  /// Plans stubs; true if that drew more units in.
  bool PlanStubs();
  /// Nothing of the package would be built on Windows any more.
  bool NothingRemains();
  bool BlockUsersOf(const std::string& key);
  bool IsBlocked(const PackageUnit& unit) const;
  bool FileIsWhole(const ProjectFile& file);

  void ReportReplacements(std::vector<Finding>* out);
  void ReportMove(std::vector<Finding>* out);
  void ReportFailure(std::vector<Finding>* out);
  bool MoveFile(const ProjectFile& file, Fix* fix);
  BuildExpr UnixConstraint() const;

  SharedFacts& shared_;
  const Project& project_;
  const Availability& available_;
  PackageDecls decls_;
  PackageView view_;
  const GoModule* module_;
  TargetSet windows_ = 0;
  TargetSet lacking_ = 0;  // where blocked units cannot be
  std::map<const PackageUnit*, std::vector<std::pair<UnixUse, UseReplacement>>> replaceable_;
  std::map<std::pair<std::string, size_t>, Blocked> blocked_;  // by path and offset
  std::set<const ProjectFile*> whole_;
  std::vector<PlannedStub> stubs_;
  std::vector<Finding> generated_;
  bool syslog_moves_ = false;  // all that names log/syslog can move to a file for Unix
  std::string failure_;        // why nothing can be moved
  Refusal refusal_ = Refusal::kIncomplete;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_UNIX_PACKAGE_H_
