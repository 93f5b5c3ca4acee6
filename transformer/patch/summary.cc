#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/git_path.h"
#include "transformer/patch/mail.h"
#include "transformer/patch/series.h"
#include "transformer/patch/tally.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kMaxFiles = 20;    // named for each patch
constexpr size_t kMaxPlaces = 40;   // named for each rule
constexpr size_t kMaxListed = 400;  // places named altogether

std::string Plural(size_t n, std::string_view noun) {
  return Cat(std::to_string(n), " ", noun, n == 1 ? "" : "s");
}

/// `text` as Markdown that shows it as it is, on one line.
std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    if (std::string_view("\\`*_<>|[]#").find(c) != std::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

/// `text` as code. A backtick in it cannot be escaped, so it becomes an apostrophe.
std::string Code(std::string_view text) {
  std::string out = Printable(text);
  std::ranges::replace(out, '`', '\'');
  return Cat("`", out, "`");
}

void AddTable(const std::vector<std::vector<std::string>>& rows, std::string* out) {
  for (const std::vector<std::string>& row : rows) {
    *out += "|";
    for (const std::string& cell : row) {
      *out += Cat(" ", cell, " |");
    }
    *out += "\n";
    if (&row == rows.data()) {
      *out += "|---|";
      for (size_t i = 1; i < row.size(); ++i) {
        *out += "---:|";
      }
      *out += "\n";
    }
  }
  *out += "\n";
}

void AddIntroduction(const PatchSeries& series, std::string* out) {
  *out += Cat("# Patches from windlass ", Version(), "\n\n");
  if (series.commits.empty()) {
    *out += "There is nothing to patch.\n\n";
    return;
  }
  *out += Cat(
      "To apply all of them, one commit each, run in the repository (this folder being `DIR`):\n\n"
      "```sh\ngit am DIR/*.patch\n```\n\n"
      "Each patch builds upon those before it, so any first few of them apply too. Patches of "
      "level "
      "*safe* change nothing on Linux, for any input. Those of level *review* are right under a "
      "precondition that could not be proved: their messages name it.\n\n");
}

void AddPatch(const PatchSeries& series, size_t index, std::string* out) {
  const PatchCommit& commit = series.commits[index];
  *out += Cat("## ", Escape(PatchFileName(series, index)), "\n\n", Escape(commit.subject), "\n\n",
              "Family ", Code(commit.family), ", level *", LevelName(commit.level),
              "*. Its message:\n\n````text\n", Printable(commit.body, true), "\n````\n\n");
  const size_t shown = std::min(commit.files.size(), kMaxFiles);
  for (size_t i = 0; i < shown; ++i) {
    const FileChange& file = commit.files[i];
    const std::string_view kind = file.created()   ? " (new)"
                                  : file.deleted() ? " (deleted)"
                                  : file.renamed() ? " (renamed)"
                                                   : "";
    *out += Cat("- ", Code(file.path), kind, "\n");
  }
  if (shown < commit.files.size()) {
    *out += Cat("- and ", Plural(commit.files.size() - shown, "more file"), "\n");
  }
  *out += "\n";
}

std::string PlaceOf(const Finding& finding, const SourceLookup& sources) {
  const SourceFile* source = sources(finding.path);
  if (source == nullptr || finding.span.begin > source->size()) {
    return finding.path;
  }
  const Position at = source->PositionAt(finding.span.begin);
  return Cat(finding.path, ":", std::to_string(at.line), ":", std::to_string(at.column));
}

std::string WhyNot(const Finding& finding) {
  if (!finding.refusal) {
    return finding.reason;
  }
  return Cat(RefusalName(*finding.refusal), ": ",
             finding.reason.empty() ? RefusalReason(*finding.refusal) : finding.reason);
}

/// The rest, rule by rule: what a person has to look at.
void AddRest(const std::vector<Finding>& rest, const SourceLookup& sources, std::string* out) {
  std::map<std::string_view, std::vector<const Finding*>> by_rule;
  for (const Finding& finding : rest) {
    if (finding.refusal != Refusal::kSuppressed) {
      by_rule[finding.rule].push_back(&finding);
    }
  }
  if (by_rule.empty()) {
    return;
  }
  *out += "## Not patched\n\nPlaces relate to the tree after all patches.\n\n";
  size_t listed = 0;
  for (const auto& [rule, findings] : by_rule) {
    *out += Cat("### ", Escape(rule), " (", std::to_string(findings.size()), ")\n\n");
    size_t shown = 0;
    for (const Finding* finding : findings) {
      if (shown == kMaxPlaces || listed == kMaxListed) {
        break;
      }
      const std::string why = WhyNot(*finding);
      *out += Cat("- ", Code(PlaceOf(*finding, sources)), ": ", Escape(finding->message),
                  why.empty() ? "" : " (", Escape(why), why.empty() ? "" : ")", "\n");
      ++shown;
      ++listed;
    }
    if (shown < findings.size()) {
      *out += Cat("- and ", std::to_string(findings.size() - shown),
                  " more: `windlass check` names them all\n");
    }
    *out += "\n";
  }
}

}  // namespace

std::string FormatSummary(const PatchSeries& series, const std::vector<Finding>& rest,
                          const SourceLookup& sources) {
  std::string out;
  AddIntroduction(series, &out);
  Tally tally;
  for (const PatchCommit& commit : series.commits) {
    std::ranges::for_each(commit.findings, [&](const Finding& f) { tally.Add(f); });
  }
  std::ranges::for_each(rest, [&](const Finding& f) { tally.Add(f); });
  AddTable(tally.Table(), &out);
  for (size_t i = 0; i < series.commits.size(); ++i) {
    AddPatch(series, i, &out);
  }
  AddRest(rest, sources, &out);
  while (out.ends_with("\n\n")) {
    out.pop_back();
  }
  return out;
}

}  // namespace windlass
