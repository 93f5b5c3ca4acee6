#ifndef WINDLASS_TRANSFORMER_RULES_SHARED_AVAILABILITY_H_
#define WINDLASS_TRANSFORMER_RULES_SHARED_AVAILABILITY_H_

#include <string>

#include "transformer/facts/availability.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// The tables of the pack `syscalls`; empty ones if the pack isn't loaded.
const Availability& SharedAvailability(SharedFacts& shared);

/// What `fix` writes of the standard library that the go line of the module does not promise, in
/// words: "strings.Cut came with Go 1.18, and go.mod says 1.15". What a file names already counts
/// as promised. "" if there is nothing.
std::string NewerThanModule(const Fix& fix, SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_SHARED_AVAILABILITY_H_
