#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_UNIT_MOVE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_UNIT_MOVE_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/native/stub_file.h"
#include "transformer/text/edit.h"

namespace windlass {

/// Takes units of one file (in order) out of it: deletions with doc comments and one of the blank
/// lines around. False if a group of specs depends on their order (iota).
bool RemoveUnits(const std::vector<const PackageUnit*>& units, EditSet* edits);

/// The text of a new file of the package that holds `units` as they were.
std::string MovedFile(const std::vector<const PackageUnit*>& units, const BuildExpr& constraint,
                      bool constraint_in_name, bool plus_build);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_UNIT_MOVE_H_
