#include "transformer/rules/suppress.h"

#include <algorithm>

#include "re2/re2.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

constexpr std::string_view kMark = "windlass:ignore";
constexpr std::string_view kBlanks = " \t";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

// Whether the mark at `offset` follows a comment sign, and whether anything but blanks precedes
// that.
bool IsInComment(const SourceFile& source, const Tree* tree, Span line, size_t offset,
                 bool* stands_alone) {
  static const LazyRE2 kSign = {R"((?i)^(.*?)(?://+|#+|;+|::|\brem\b)[ \t]*$)"};
  std::string code;
  if (!RE2::FullMatch(source.Text({line.begin, offset}), *kSign, &code)) {
    return false;
  }
  *stands_alone = Trim(code).empty();
  if (tree == nullptr) {
    return true;
  }
  const Node node = tree->root().Covering({offset, offset + kMark.size()});
  return node.Is("comment");
}

Suppression ReadSuppression(const SourceFile& source, Span line, size_t offset) {
  Suppression result;
  result.span = {offset, line.end};
  std::string_view rest = source.Text({offset + kMark.size(), line.end});
  rest = Trim(rest);
  const size_t space = rest.find_first_of(kBlanks);
  result.rule = rest.substr(0, space);
  result.reason = space == std::string_view::npos ? "" : Trim(rest.substr(space));
  result.line = source.PositionAt(offset).line;
  result.covers = result.line;
  return result;
}

Finding About(const Suppression& suppression, const SourceFile& source, std::string_view message) {
  Finding finding;
  finding.rule = "windlass/ignore";
  finding.family = "windlass";
  finding.level = Level::kSuggest;
  finding.path = source.path();
  finding.span = suppression.span;
  finding.message = message;
  return finding;
}

}  // namespace

bool Suppression::Covers(const Finding& finding, const SourceFile& source) const {
  if (rule != "all" && rule != finding.family && rule != finding.rule) {
    return false;
  }
  const size_t first = source.PositionAt(finding.span.begin).line;
  const size_t last = source.PositionAt(finding.span.end).line;
  return covers == first || (first <= line && line <= last);
}

bool MaySuppress(std::string_view bytes) {
  return bytes.find(kMark) != std::string_view::npos;
}

std::vector<Suppression> FindSuppressions(const SourceFile& source, const Tree* tree) {
  std::vector<Suppression> found;
  std::vector<bool> alone;
  for (size_t at = source.bytes().find(kMark); at != std::string_view::npos;
       at = source.bytes().find(kMark, at + kMark.size())) {
    const Span line = source.LineSpan(source.PositionAt(at).line);
    bool stands_alone = false;
    const size_t end = at + kMark.size();
    const bool whole = end >= line.end || kBlanks.find(source.bytes()[end]) != kBlanks.npos;
    if (whole && IsInComment(source, tree, line, at, &stands_alone)) {
      found.push_back(ReadSuppression(source, line, at));
      alone.push_back(stands_alone);
    }
  }
  for (size_t i = found.size(); i-- > 0;) {
    if (alone[i]) {
      const bool stacked = i + 1 < found.size() && found[i + 1].line == found[i].line + 1;
      found[i].covers = stacked && alone[i + 1] ? found[i + 1].covers : found[i].line + 1;
    }
  }
  return found;
}

void ApplySuppressions(std::span<const Suppression> suppressions, const SourceFile& source,
                       std::span<Finding> findings) {
  for (Finding& finding : findings) {
    const auto by = std::ranges::find_if(suppressions, [&](const Suppression& suppression) {
      return suppression.valid() && suppression.Covers(finding, source);
    });
    if (by != suppressions.end()) {
      finding.reason = by->reason;
      Refuse(&finding, Refusal::kSuppressed);
    }
  }
}

std::vector<Finding> CheckSuppressions(std::span<const Suppression> suppressions,
                                       const SourceFile& source, std::span<const Finding> findings,
                                       bool complete,
                                       const std::function<bool(std::string_view)>& is_known) {
  std::vector<Finding> out;
  for (const Suppression& suppression : suppressions) {
    if (suppression.rule.empty()) {
      out.push_back(About(suppression, source,
                          "windlass:ignore names no rule; write windlass:ignore RULE reason"));
    } else if (!is_known(suppression.rule)) {
      out.push_back(About(
          suppression, source,
          Cat("there is no rule or family `", suppression.rule, "`; see `windlass rules list`")));
    } else if (suppression.reason.empty()) {
      out.push_back(About(suppression, source,
                          Cat("windlass:ignore ", suppression.rule,
                              " gives no reason and is not heeded; write one after the rule")));
    } else if (complete && std::ranges::none_of(findings, [&](const Finding& finding) {
                 return finding.refusal == Refusal::kSuppressed &&
                        suppression.Covers(finding, source);
               })) {
      out.push_back(
          About(suppression, source,
                Cat("windlass:ignore ", suppression.rule, " suppresses nothing here; remove it")));
    }
  }
  return out;
}

}  // namespace windlass
