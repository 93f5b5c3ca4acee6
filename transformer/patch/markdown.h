#ifndef WINDLASS_TRANSFORMER_PATCH_MARKDOWN_H_
#define WINDLASS_TRANSFORMER_PATCH_MARKDOWN_H_

#include <string>
#include <string_view>

#include "transformer/patch/report.h"

namespace windlass {

/// `text` as prose: what Markdown or HTML would take for markup is escaped; code in backticks
/// stays.
std::string ProseMarkdown(std::string_view text);
/// `text` as a code span, whatever it holds.
std::string InlineCode(std::string_view text);
/// `text`, whole lines, as a fenced block; the fence is longer than any within.
std::string CodeBlock(std::string_view text, std::string_view language);

/// "**review** `paths/concat`: message", without a line end.
std::string FindingLine(const Finding& finding);
/// The same with what to check or why not, as lines.
std::string FindingMarkdown(const Finding& finding);
/// The table of families and levels, or one sentence if there is nothing to say.
std::string SummaryMarkdown(const CheckReport& report);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_MARKDOWN_H_
