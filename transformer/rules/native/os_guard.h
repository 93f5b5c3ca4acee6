#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_OS_GUARD_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_OS_GUARD_H_

#include <string>
#include <string_view>

#include "transformer/rules/logic.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// Fixes that keep code away from Windows in the form that people use. Each adds edits and imports
/// to `finding`; each gives false, and has changed nothing, where the form does not fit.

/// `if runtime.GOOS != "windows" { … }` around the statements from `first` to `last`, which stand
/// side by side, each on lines of its own.
bool GuardStatements(Node first, Node last, const FileContext& context, Finding* finding);

/// `if runtime.GOOS == "windows" { <leave> }` before `statement`.
bool LeaveBefore(Node statement, std::string_view leave, const FileContext& context,
                 Finding* finding);

/// Gives the boolean expression `condition` a fixed value on Windows:
/// `runtime.GOOS != "windows" && …` for false, `runtime.GOOS == "windows" || …` for true.
bool GuardCondition(Node condition, bool value, const FileContext& context, Finding* finding);

/// Guards the statement that consists of `call`, which gives nothing but an error, and with it the
/// check of that error.
bool GuardCall(Node call, const FileContext& context, Finding* finding);

/// The statement around `node` that stands in a list of statements; null if there is none.
Node StatementAround(Node node);

/// The name of the parameter of type *testing.T, B, F or TB that is visible at `node`; empty if
/// there is none.
std::string_view TestingName(Node node, const GoFile& file);

/// The helper package of the module of `context`: its import path and the name it has at `offset`.
/// Adds the import, and the files of `pack`'s templates/winport that begin with `helper`, which the
/// fix then creates. Empty outside any module.
std::string UseHelper(std::string_view pack, std::string_view helper, size_t offset,
                      const FileContext& context, SharedFacts& shared, Finding* finding);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_OS_GUARD_H_
