#ifndef WINDLASS_TRANSFORMER_RULES_CHECK_H_
#define WINDLASS_TRANSFORMER_RULES_CHECK_H_

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "transformer/rules/pack.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// Whether `rule` has any business with a file of that name and language.
bool RuleWantsFile(const Rule& rule, const ProjectFile& file);
/// Whether one of the rule's prefilters matches `bytes` (true if it has none).
bool PrefilterMatches(const Rule& rule, std::string_view bytes);
/// Where they match, as offsets in no particular order.
std::vector<size_t> PrefilterPlaces(const Rule& rule, std::string_view bytes);

/// Runs `rule` (query or file rules) over one parsed file and appends its findings, complete and
/// sorted, with suppression comments applied. Findings that touch a region that did not parse come
/// back refused.
/// kResourceExhausted, and nothing appended: the rule's query is over its budget in this file.
absl::Status CheckFile(const Rule& rule, const FileContext& context, SharedFacts& shared,
                       std::vector<Finding>* out);
/// The same for rules over the whole project.
void CheckProject(const Rule& rule, SharedFacts& shared, std::vector<Finding>* out);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_CHECK_H_
