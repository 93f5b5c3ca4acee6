#ifndef WINDLASS_TRANSFORMER_PATCH_FORMATS_H_
#define WINDLASS_TRANSFORMER_PATCH_FORMATS_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/patch/report.h"
#include "transformer/patch/suggestions.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// How findings are told to other programs (DESIGN §6).
enum class ReportFormat {
  kText,
  kJson,      // windlass' own contract
  kSarif,     // SARIF 2.1.0 with fixes and fingerprints
  kRdjson,    // reviewdog, one document
  kRdjsonl,   // reviewdog, one diagnostic a line
  kGithub,    // the body of "create a review" of GitHub's REST API, with suggestion blocks
  kGitlab,    // GitLab's code quality report
  kMarkdown,  // a summary for a comment
};
/// "text", "json", …, in the order of the enum.
std::span<const std::string_view> ReportFormatNames();
/// The format of that name, which must be one.
ReportFormat ReportFormatFromName(std::string_view name);

/// What formats need beside a report.
struct FormatContext {
  const SourceLookup& sources;
  /// Put before paths by all formats but text and JSON, which speak to programs that know a
  /// repository's top and not the root of the run: "" or "services/a/".
  std::string prefix;
  std::span<const std::unique_ptr<Pack>> packs;  // for what rules are about
  /// Lines that a reviewer can comment on; empty: all.
  PlaceFilter commentable;
  std::string commit;  // of the tree, in hexadecimal digits; empty: unknown
  bool color = false;
};

/// `report` as `format` wants it. Equal reports give equal bytes, times in JSON aside.
std::string FormatReport(const CheckReport& report, const FormatContext& context,
                         ReportFormat format);

/// Indexes of the findings whose fixes the format cannot carry, ascending: those that need a patch.
std::vector<size_t> NotCarried(const CheckReport& report, const FormatContext& context,
                               ReportFormat format);

std::string FormatSarif(const CheckReport& report, const FormatContext& context);
std::string FormatRdjson(const CheckReport& report, const FormatContext& context, bool lines);
std::string FormatGithub(const CheckReport& report, const FormatContext& context);
std::string FormatGitlab(const CheckReport& report, const FormatContext& context);
std::string FormatMarkdown(const CheckReport& report, const FormatContext& context);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_FORMATS_H_
