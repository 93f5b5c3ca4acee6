#ifndef WINDLASS_TRANSFORMER_PATCH_REPORT_H_
#define WINDLASS_TRANSFORMER_PATCH_REPORT_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/facts/target.h"
#include "transformer/rules/finding.h"
#include "transformer/text/source_file.h"

namespace windlass {

/// A file that was not looked at, and why.
struct Skipped {
  std::string path;
  std::string reason;
};

/// What a run found, ready to be printed.
struct CheckReport {
  std::string root;
  std::vector<Target> targets;
  size_t files_seen = 0;
  size_t files_parsed = 0;
  std::vector<Skipped> skipped;   // sorted by path
  std::vector<Finding> findings;  // sorted by FindingBefore, import edits already in their fixes
  std::vector<std::pair<std::string, double>> timings_ms;
};

/// Gives the source of a path for positions and lines; null if it can't be had.
using SourceLookup = std::function<const SourceFile*(std::string_view path)>;

/// The JSON contract of DESIGN §6, "schema": 1. `with_timings` false leaves them out, for equal
/// bytes.
std::string FormatJson(const CheckReport& report, const SourceLookup& sources);
/// For people: place, line, change and reason; `color` adds ANSI colours. Ends with a summary by
/// family and level.
std::string FormatText(const CheckReport& report, const SourceLookup& sources, bool color);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_REPORT_H_
