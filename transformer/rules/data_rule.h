#ifndef WINDLASS_TRANSFORMER_RULES_DATA_RULE_H_
#define WINDLASS_TRANSFORMER_RULES_DATA_RULE_H_

#include <vector>

#include "transformer/rules/logic.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// The node that a match is about: @site, else the first captured one.
Node SiteOf(const QueryMatch& match);

/// Says about one match (whose guards hold) what a data rule has to say: a finding with the fix
/// that its templates write, or with the refusal why they cannot.
Finding RunDataRule(const Rule& rule, const QueryMatch& match, const FileContext& context);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_DATA_RULE_H_
