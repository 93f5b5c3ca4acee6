// Stands in for the reports until they land; delete this file then.
#include "transformer/patch/report.h"
#include "transformer/patch/series.h"
#include "transformer/text/strings.h"

namespace windlass {

std::string FormatJson(const CheckReport& /*report*/, const SourceLookup& /*sources*/) {
  return "";
}
std::string FormatText(const CheckReport& report, const SourceLookup& sources, bool /*color*/) {
  std::string out;
  for (const Finding& f : report.findings) {
    const SourceFile* source = sources(f.path);
    const Position at = source != nullptr ? source->PositionAt(f.span.begin) : Position{};
    out += Cat(f.path, ":", std::to_string(at.line), ": ", LevelName(f.level), " ", f.rule, ": ",
               f.message, f.refusal ? Cat(" [", RefusalName(*f.refusal), "]") : "", "\n");
  }
  return out;
}
std::string FormatSummary(const PatchSeries& /*series*/, const std::vector<Finding>& /*rest*/,
                          const SourceLookup& /*sources*/) {
  return "";
}

}  // namespace windlass
