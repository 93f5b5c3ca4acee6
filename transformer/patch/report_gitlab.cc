// GitLab's code quality report: an array of issues, each on one line or some.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/fingerprint.h"
#include "transformer/patch/formats.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Json = nlohmann::ordered_json;

/// GitLab knows info, minor, major, critical, blocker.
std::string_view Severity(const Finding& finding) {
  if (finding.level == Level::kSuggest || finding.refusal) {
    return "info";
  }
  return finding.level == Level::kSafe ? "major" : "minor";
}

}  // namespace

std::string FormatGitlab(const CheckReport& report, const FormatContext& context) {
  const std::vector<std::string> prints = Fingerprints(report.findings, context.sources);
  std::string out = "[";
  bool first = true;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    if (finding.refusal == Refusal::kSuppressed) {
      continue;
    }
    const SourceFile* source = context.sources(finding.path);
    const bool placed = source != nullptr && finding.span.end <= source->size();
    const size_t begin = placed ? source->PositionAt(finding.span.begin).line : 1;
    const size_t end = placed ? source->PositionAt(finding.span.end).line : 1;
    const Json issue{
        {"description",
         finding.reason.empty() ? finding.message : Cat(finding.message, ". ", finding.reason)},
        {"check_name", finding.rule},
        {"fingerprint", prints[i]},
        {"severity", Severity(finding)},
        {"categories", Json::array({"Compatibility"})},
        {"location",
         {{"path", Cat(context.prefix, finding.path)},
          {"lines", {{"begin", begin}, {"end", end}}}}}};
    out += Cat(first ? "\n" : ",\n", issue.dump(-1, ' ', false, Json::error_handler_t::replace));
    first = false;
  }
  return out + (first ? "]\n" : "\n]\n");
}

}  // namespace windlass
