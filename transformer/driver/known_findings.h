#ifndef WINDLASS_TRANSFORMER_DRIVER_KNOWN_FINDINGS_H_
#define WINDLASS_TRANSFORMER_DRIVER_KNOWN_FINDINGS_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "transformer/patch/report.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// Whether the change touches the line on which a finding begins.
using TouchesLine = std::function<bool(const std::string& path, size_t line)>;

/// Takes from `after` the findings that are in `before` too, and returns how many those were. Each
/// of `before` speaks for one: of the same rule and content in the same file, those on lines that
/// the change does not touch first; what is left, for one elsewhere whose neighbouring line came
/// along, as in code that moved, or whose file is gone. Suppressed findings count on neither side
/// and stay.
size_t RemoveKnown(std::span<const Finding> before, const SourceLookup& sources_before,
                   const SourceLookup& sources_after, const TouchesLine& touched,
                   std::vector<Finding>* after);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_KNOWN_FINDINGS_H_
