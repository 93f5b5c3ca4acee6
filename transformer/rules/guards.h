#ifndef WINDLASS_TRANSFORMER_RULES_GUARDS_H_
#define WINDLASS_TRANSFORMER_RULES_GUARDS_H_

#include "transformer/facts/constraint.h"
#include "transformer/rules/logic.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// True if `condition` holds in every build that takes the file, whatever its custom tags; of a
/// file that no build takes, false.
bool BuiltOnlyWhere(const FileConstraint& file, const BuildExpr& condition);

/// Whether the guards on imports and constraints may hold, from the skim of a Go file alone. False
/// spares a parse; true decides nothing.
bool SkimGuardsMayHold(const Guards& guards, const GoSkim& skim);

/// Whether all guards on the file and its module hold. What is not known does not hold.
bool FileGuardsHold(const Guards& guards, const FileContext& context);

/// Whether all guards on captures hold. A capture without nodes in this match has nothing against
/// it, but resolves to nothing.
bool MatchGuardsHold(const Guards& guards, const QueryMatch& match, const FileContext& context,
                     SharedFacts& shared);

/// True unless checks of the running system keep Windows away from `node`, or from every place of
/// this file that mentions the unexported function around it, which no other file mentions.
bool RunsOnWindows(Node node, const FileContext& context);

/// What `call` calls: "os.Chmod", "import/path.Type.Method"; "" if unknown.
std::string CalledBy(Node call, const FileContext& context, SharedFacts& shared);

/// The top-level declaration around `node`.
Node TopLevelOf(Node node);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_GUARDS_H_
