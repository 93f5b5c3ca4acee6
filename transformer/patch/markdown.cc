#include "transformer/patch/markdown.h"

#include <algorithm>
#include <map>

#include "transformer/patch/formats.h"
#include "transformer/patch/mail.h"
#include "transformer/patch/tally.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kMaxListed = 200;

size_t LongestRun(std::string_view text, char wanted) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string ProseMarkdown(std::string_view text) {
  constexpr std::string_view kMarkup = "\\*_[]<>#|~&@";
  const std::string printable = Printable(text);
  const bool has_code = std::ranges::count(printable, '`') % 2 == 0;
  std::string out;
  bool in_code = false;
  for (const char c : printable) {
    in_code = in_code != (c == '`' && has_code);
    if (!in_code && (kMarkup.find(c) != std::string_view::npos || (c == '`' && !has_code))) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

std::string InlineCode(std::string_view text) {
  const std::string printable = Printable(text);
  const std::string ticks(LongestRun(printable, '`') + 1, '`');
  const std::string_view blank = printable.find('`') == std::string::npos ? "" : " ";
  return Cat(ticks, blank, printable, blank, ticks);
}

std::string CodeBlock(std::string_view text, std::string_view language) {
  const std::string fence(std::max<size_t>(3, LongestRun(text, '`') + 1), '`');
  return Cat(fence, language, "\n", text, text.empty() || text.ends_with('\n') ? "" : "\n", fence,
             "\n");
}

std::string FindingLine(const Finding& finding) {
  return Cat("**", finding.refusal ? "refused" : LevelName(finding.level), "** ",
             InlineCode(finding.rule), ": ", ProseMarkdown(finding.message));
}

std::string FindingMarkdown(const Finding& finding) {
  std::string out = Cat(FindingLine(finding), "\n");
  if (finding.refusal) {
    out += Cat(
        "\nNot changed (", RefusalName(*finding.refusal), "): ",
        ProseMarkdown(finding.reason.empty() ? RefusalReason(*finding.refusal) : finding.reason),
        "\n");
  } else if (!finding.reason.empty()) {
    out += Cat("\n", finding.level == Level::kReview ? "To check: " : "",
               ProseMarkdown(finding.reason), "\n");
  }
  return out;
}

std::string SummaryMarkdown(const CheckReport& report) {
  Tally tally;
  for (const Finding& finding : report.findings) {
    tally.Add(finding);
  }
  const std::vector<std::vector<std::string>> rows = tally.Table();
  if (rows.empty()) {
    return "windlass has nothing to say of Windows here.\n";
  }
  std::string out = "windlass: what would break on Windows\n\n";
  for (size_t i = 0; i < rows.size(); ++i) {
    out += "|";
    for (const std::string& cell : rows[i]) {
      out += Cat(" ", cell, " |");
    }
    out += "\n";
    if (i == 0) {
      out += "|---|";
      for (size_t k = 1; k < rows[i].size(); ++k) {
        out += "---:|";
      }
      out += "\n";
    }
  }
  return out;
}

std::string FormatMarkdown(const CheckReport& report, const FormatContext& context) {
  std::string out = SummaryMarkdown(report);
  std::string_view path;
  size_t listed = 0;
  size_t unlisted = 0;
  for (const Finding& finding : report.findings) {
    if (finding.refusal == Refusal::kSuppressed) {
      continue;
    }
    if (listed == kMaxListed) {
      ++unlisted;
      continue;
    }
    ++listed;
    if (finding.path != path) {
      path = finding.path;
      out += Cat("\n### ", InlineCode(Cat(context.prefix, path)), "\n\n");
    }
    const SourceFile* source = context.sources(finding.path);
    const bool placed = source != nullptr && finding.span.begin <= source->size();
    out +=
        Cat("- ",
            placed ? Cat("line ", std::to_string(source->PositionAt(finding.span.begin).line), ": ")
                   : "",
            FindingLine(finding), "\n");
    if (!finding.reason.empty()) {
      out += Cat("  ", ProseMarkdown(finding.reason), "\n");
    }
  }
  if (unlisted > 0) {
    out += Cat("\nand ", std::to_string(unlisted), " more\n");
  }
  return out;
}

}  // namespace windlass
