#ifndef WINDLASS_TRANSFORMER_DRIVER_EXPLAIN_H_
#define WINDLASS_TRANSFORMER_DRIVER_EXPLAIN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"

namespace windlass {

/// What `windlass explain FILE:LINE` prints, a line of text each: every finding of the selected
/// rules on the line (1-based) of `file` (below the root, slash-separated) with its change or its
/// refusal and its evidence, then what the strings on the line are used as, found or left alone.
/// Never empty. kNotFound: no such file below the root; kInvalidArgument: no such line.
absl::StatusOr<std::vector<std::string>> ExplainLine(const Packs& packs, const RunOptions& options,
                                                     std::string_view file, size_t line);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_EXPLAIN_H_
