#ifndef WINDLASS_TRANSFORMER_PATCH_FINGERPRINT_H_
#define WINDLASS_TRANSFORMER_PATCH_FINGERPRINT_H_

#include <span>
#include <string>
#include <vector>

#include "transformer/patch/report.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// What a finding is about, whatever else moves around it: its rule and the line on which it
/// begins, runs of blanks as one and without line ends. Neither the path nor the line's number is
/// part of it.
std::string ContentOf(const Finding& finding, const SourceLookup& sources);

/// For each of `findings` a name that stays when lines come and go elsewhere in the file: 16
/// hexadecimal digits of its rule, path and content, then ":" and a number that tells equal ones of
/// a file apart, in their order.
std::vector<std::string> Fingerprints(std::span<const Finding> findings,
                                      const SourceLookup& sources);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_FINGERPRINT_H_
