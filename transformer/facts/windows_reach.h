#ifndef WINDLASS_TRANSFORMER_FACTS_WINDOWS_REACH_H_
#define WINDLASS_TRANSFORMER_FACTS_WINDOWS_REACH_H_

#include <cstdint>

#include "transformer/facts/go_file.h"

namespace windlass {

/// What a condition is worth when the program runs on Windows.
enum class OnWindows : uint8_t { kFalse, kTrue, kUnknown };

/// Evaluates `condition`, an expression of `file`, as far as it asks for the running system:
/// runtime.GOOS, names such as isWindows, the separator, os.Getuid (which is -1 there), and what
/// !, && and || make of them.
OnWindows ValueOnWindows(Node condition, const GoFile& file);

/// False only if checks of the running system keep Windows away from `node`: a condition around it,
/// or one before it in a block around it that leaves (returns, skips the test, …).
bool MayRunOnWindows(Node node, const GoFile& file);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_WINDOWS_REACH_H_
