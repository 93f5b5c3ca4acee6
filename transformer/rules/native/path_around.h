#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_AROUND_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_AROUND_H_

#include "transformer/rules/native/path_domain.h"

namespace windlass {

/// What the code around a place says of it, whatever flows through it.

/// The function or method that is declared around `node`, as text; "" outside of any.
std::string_view FunctionText(Node node);
/// True if a condition or a name around `site` says that somebody thought of Windows there, or that
/// what runs there runs elsewhere: `runtime.GOOS == "darwin"`, `inContainer`.
bool IsSettledAround(Node site);
/// True if the condition that `question` is a part of asks for backslashes, or for the separator of
/// the running system, as well.
bool AsksForBoth(Node question);
/// True if what `site` gives is kept under, or is the result of, a name that tells of another
/// machine: containerPath := path.Join(…).
bool IsKeptAsForeign(Node site);
/// True if `site` is put into a line of commands: fmt.Sprintf("cd %s && make", dir+"/src").
bool IsShellText(Node site);
/// True if `value` is a result of filepath.Clean, Dir and their like, or a variable that its
/// function sets to one and never to what package path or ToSlash gives.
bool IsMadeNative(Node value, const GoFile& go);
/// True if the branch that `question` decides on cuts the first character off `subject`.
bool CutsFirstOff(Node question, Node subject);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_AROUND_H_
