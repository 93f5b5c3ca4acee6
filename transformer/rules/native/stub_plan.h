#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_PLAN_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_PLAN_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/finding.h"
#include "transformer/rules/native/stub_file.h"

namespace windlass {

/// A stub file, or why there is none.
struct PlannedStub {
  const PackageUnit* model = nullptr;  // the first declaration that it stands in for
  TargetSet lacking = 0;
  StubFile file;
  std::string path;
  Level level = Level::kSafe;
  std::optional<Refusal> refusal;
  std::string note;  // preconditions, or why it is refused
};

/// Decides, for the declarations that a package needs on targets that lack them, what has to be
/// written where: which signatures, types and values belong together, under which constraint, and
/// what each does.
class StubPlanner {
 public:
  /// `go_version` is a module's; borrows everything.
  StubPlanner(PackageView* view, const Availability& available, const GoModule* module);

  /// Asks for "Name" or "Type.Name" on `lacking`, within builds where `region` holds.
  void Need(std::string_view key, const BuildExpr& region, TargetSet lacking);

  /// All files, sorted by path, and refusals.
  std::vector<PlannedStub> Plan();

 private:
  struct Wanted {
    BuildExpr region;
    TargetSet lacking = 0;
    const PackageUnit* unit = nullptr;
    StubKind kind = StubKind::kCopy;
    std::vector<Node> dropped;
    std::optional<Refusal> refusal;
    std::string note;
    Level level = Level::kSafe;
  };
  Portability& PortabilityOn(TargetSet lacking);
  BuildExpr DeclaredWhere(const PackageDecls::Entry& entry) const;
  void Decide(const std::string& key, Wanted* wanted);
  void DecideFunc(Wanted* wanted);
  void DecideType(Wanted* wanted);
  void DecideValue(Wanted* wanted);
  void Follow(const Wanted& wanted);
  void FollowUses(const PackageUnit& unit, const UnitUses& uses, const Wanted& wanted);
  void FollowMethods(const PackageUnit& type, const Wanted& wanted);
  bool IsOpaque(const PackageUnit& type, TargetSet lacking) const;
  bool MentionedThere(std::string_view name, TargetSet lacking) const;
  std::string StubPath(const ProjectFile& model, const BuildExpr& constraint, const StringSet& used,
                       bool* in_name) const;
  void ChooseErrors(std::vector<PlannedStub>* stubs) const;

  PackageView* view_;
  const Availability& available_;
  const GoModule* module_;
  std::map<TargetSet, Portability> portability_;
  std::map<std::string, Wanted> wanted_;
  std::vector<std::string> queue_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_STUB_PLAN_H_
