#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_RECONSTRAIN_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_RECONSTRAIN_H_

#include <optional>
#include <string>

#include "transformer/rules/finding.h"
#include "transformer/rules/native/stub_plan.h"

namespace windlass {

/// A way to close a gap by letting an existing file be built on more targets.
struct Reconstraint {
  Fix fix;
  const ProjectFile* file;
  std::string message;  // what is done, to follow "windows/arm64 lacks …: "
};

/// True if the unit stands in a file that `cgo -godefs` made, which mirrors one system's and
/// architecture's C declarations.
bool IsAbiMirror(const PackageUnit& unit);

/// Lets the file that `stub` would stand in for be built for every architecture, if all that it
/// declares is portable Go and declared nowhere else.
std::optional<Reconstraint> LiftArchitecture(const PlannedStub& stub, PackageView* view,
                                             const Availability& available);

/// Widens the constraint of a generic variant, a file that declares all that is missing and would
/// build on the lacking targets.
std::optional<Reconstraint> WidenGeneric(const PlannedStub& stub, PackageView* view,
                                         const Availability& available, bool plus_build);

/// Replaces, adds or (for an expression that is always true) removes the constraint lines of a
/// file.
EditSet ReplaceConstraint(const SourceFile& source, const FileConstraint& old,
                          const BuildExpr& header, bool plus_build);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_RECONSTRAIN_H_
