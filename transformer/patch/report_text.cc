#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "transformer/patch/change_view.h"
#include "transformer/patch/mail.h"
#include "transformer/patch/report.h"
#include "transformer/patch/tally.h"
#include "transformer/text/strings.h"
#include "transformer/text/unicode.h"

namespace windlass {
namespace {

constexpr size_t kMaxWidth = 160;       // of a source line shown
constexpr size_t kMaxLinesOfPlace = 8;  // of either side
constexpr size_t kMaxPlaces = 4;
constexpr size_t kMaxAlso = 6;
constexpr size_t kMaxSkipped = 20;

constexpr std::string_view kBold = "1";
constexpr std::string_view kDim = "2";
constexpr std::string_view kRed = "31";
constexpr std::string_view kGreen = "32";
constexpr std::string_view kYellow = "33";
constexpr std::string_view kCyan = "36";

std::string_view LevelColor(const Finding& finding) {
  if (finding.refusal) {
    return kDim;
  }
  switch (finding.level) {
    case Level::kSafe:
      return kGreen;
    case Level::kReview:
      return kYellow;
    case Level::kSuggest:
      break;
  }
  return kCyan;
}

/// A line of a source: printable and of bounded width, without splitting a character.
std::string Clip(std::string_view line) {
  std::string out = Printable(line);
  if (out.size() > kMaxWidth) {
    out.resize(kMaxWidth);
    out.resize(Utf8PrefixLength(out));
    out += "...";
  }
  return out;
}

std::string Plural(size_t n, std::string_view noun) {
  return Cat(std::to_string(n), " ", noun, n == 1 ? "" : "s");
}

class TextReport {
 public:
  TextReport(const CheckReport& report, const SourceLookup& sources, bool color)
      : report_(report), sources_(sources), color_(color) {}

  std::string Run() {
    for (const Finding& finding : report_.findings) {
      tally_.Add(finding);
      if (finding.refusal != Refusal::kSuppressed) {
        Add(finding);
      }
    }
    AddSkipped();
    AddSummary();
    return std::move(out_);
  }

 private:
  std::string Paint(std::string_view code, std::string_view text) const {
    return color_ ? Cat("\x1b[", code, "m", text, "\x1b[0m") : std::string(text);
  }
  void Line(std::string_view text) { out_ += Cat(text, "\n"); }

  std::string PlaceOf(std::string_view path, const SourceFile* source, Span span) const;
  void Add(const Finding& finding);
  void AddSourceLine(const SourceFile& source, Span span);
  void AddFix(const Fix& fix);
  void AddEdits(const SourceFile& source, std::span<const Edit> edits);
  void AddSide(std::string_view mark, std::string_view code, size_t first_line,
               const std::vector<std::string>& lines);
  void AddAlso(const Finding& finding, const SourceFile* source);
  void AddSkipped();
  void AddSummary();

  const CheckReport& report_;
  const SourceLookup& sources_;
  bool color_;
  std::string out_;
  Tally tally_;
  // Edits already shown: those that several findings share, such as imports, are shown once.
  std::set<std::tuple<std::string, size_t, size_t, std::string>> shown_;
};

std::string TextReport::PlaceOf(std::string_view path, const SourceFile* source, Span span) const {
  std::string place = Printable(path);
  if (source != nullptr && span.begin <= source->size()) {
    const Position at = source->PositionAt(span.begin);
    place += Cat(":", std::to_string(at.line), ":", std::to_string(at.column));
  }
  return place;
}

void TextReport::Add(const Finding& finding) {
  const SourceFile* source = sources_(finding.path);
  Line(Cat(Paint(kBold, Cat(PlaceOf(finding.path, source, finding.span), ":")), " ",
           Paint(LevelColor(finding), finding.refusal ? "refused" : LevelName(finding.level)), " ",
           finding.rule, ": ", Printable(finding.message)));
  if (finding.fix && !finding.fix->empty()) {
    AddFix(*finding.fix);
  } else if (source != nullptr && finding.span.end <= source->size()) {
    AddSourceLine(*source, finding.span);
  }
  if (finding.refusal) {
    const std::string_view why =
        finding.reason.empty() ? RefusalReason(*finding.refusal) : finding.reason;
    Line(Cat("  ", Paint(kDim, Cat("not changed (", RefusalName(*finding.refusal), "): ")),
             Printable(why)));
  } else if (!finding.reason.empty()) {
    const std::string_view label = finding.level == Level::kReview ? "check: " : "why: ";
    Line(Cat("  ", Paint(kDim, label), Printable(finding.reason)));
  }
  AddAlso(finding, source);
}

void TextReport::AddSourceLine(const SourceFile& source, Span span) {
  if (IsUtf16(source.encoding()) || source.encoding() == Encoding::kBinary) {
    return;
  }
  const Position at = source.PositionAt(span.begin);
  const Span line = source.LineSpan(at.line);
  const std::string_view text = source.Text(line);
  const std::string number = std::to_string(at.line);
  Line(Cat("  ", Paint(kDim, Cat(number, " | ")), Clip(text)));
  const size_t end = std::min({span.end, line.end, line.begin + kMaxWidth});
  if (span.begin < end) {
    std::string indent;
    for (const char c : text.substr(0, span.begin - line.begin)) {
      // Continuation bytes of UTF-8 take no column.
      indent += c == '\t' ? "\t" : (static_cast<unsigned char>(c) & 0xC0) == 0x80 ? "" : " ";
    }
    Line(Cat("  ", std::string(number.size(), ' '), Paint(kDim, " | "), indent,
             Paint(kCyan, Cat("^", std::string(end - span.begin - 1, '~')))));
  }
}

void TextReport::AddFix(const Fix& fix) {
  for (const auto& [path, set] : fix.edits) {
    const SourceFile* source = sources_(path);
    const bool fits =
        source != nullptr && (set.empty() || set.edits().back().span.end <= source->size());
    if (fits && !IsUtf16(source->encoding())) {
      AddEdits(*source, set.edits());
    }
  }
  for (const NewFile& file : fix.new_files) {
    const auto lines = static_cast<size_t>(std::ranges::count(file.text, '\n'));
    Line(Cat("  ", Paint(kGreen, Cat("+ new file ", Printable(file.path), " (",
                                     Plural(lines, "line"), ")"))));
  }
  for (const auto& [from, to] : fix.renames) {
    Line(Cat("  rename ", Printable(from), " -> ", Printable(to)));
  }
}

void TextReport::AddEdits(const SourceFile& source, std::span<const Edit> edits) {
  if (const size_t ends = CountEolEdits(source, edits); ends > 0) {
    const bool to_crlf = edits.front().text.find('\r') != std::string::npos;
    Line(Cat("  ", Paint(kGreen, Cat(Plural(ends, "line ending"),
                                     to_crlf ? ": LF -> CRLF" : ": CRLF -> LF"))));
    return;
  }
  size_t places = 0;
  size_t left_out = 0;
  for (const ChangedLines& place : ViewChanges(source, edits)) {
    bool fresh = false;
    for (const Edit& edit : place.edits) {
      fresh |= shown_.emplace(source.path(), edit.span.begin, edit.span.end, edit.text).second;
    }
    if (!fresh) {
      continue;
    }
    if (++places > kMaxPlaces) {
      ++left_out;
      continue;
    }
    AddSide("-", kRed, place.first_line, place.before);
    AddSide("+", kGreen, place.first_line, place.after);
  }
  if (left_out > 0) {
    Line(Cat("  ... and ", Plural(left_out, "more place")));
  }
}

void TextReport::AddSide(std::string_view mark, std::string_view code, size_t first_line,
                         const std::vector<std::string>& lines) {
  const size_t shown = std::min(lines.size(), kMaxLinesOfPlace);
  for (size_t i = 0; i < shown; ++i) {
    Line(Cat("  ", Paint(kDim, std::to_string(first_line + i)), " ",
             Paint(code, Cat(mark, " ", Clip(lines[i])))));
  }
  if (shown < lines.size()) {
    Line(Cat("  ... and ", Plural(lines.size() - shown, "more line")));
  }
}

void TextReport::AddAlso(const Finding& finding, const SourceFile* source) {
  // What lies on the finding's own line can be seen already.
  const auto on_its_line = [&](const Related& related) {
    return source != nullptr && related.path == finding.path &&
           std::max(related.span.begin, finding.span.begin) <= source->size() &&
           source->PositionAt(related.span.begin).line ==
               source->PositionAt(finding.span.begin).line;
  };
  size_t shown = 0;
  size_t left_out = 0;
  for (const Related& related : finding.also) {
    if (on_its_line(related)) {
      continue;
    }
    if (shown == kMaxAlso) {
      ++left_out;
      continue;
    }
    ++shown;
    Line(Cat("  ", PlaceOf(related.path, sources_(related.path), related.span), ": ",
             Paint(kDim, "note: "), Printable(related.message)));
  }
  if (left_out > 0) {
    Line(Cat("  ... and ", Plural(left_out, "more note")));
  }
}

void TextReport::AddSkipped() {
  if (report_.skipped.empty()) {
    return;
  }
  Line(Cat(report_.findings.empty() ? "" : "\n", "skipped:"));
  const size_t shown = std::min(report_.skipped.size(), kMaxSkipped);
  for (size_t i = 0; i < shown; ++i) {
    Line(Cat("  ", Printable(report_.skipped[i].path), ": ", Printable(report_.skipped[i].reason)));
  }
  if (shown < report_.skipped.size()) {
    Line(Cat("  ... and ", std::to_string(report_.skipped.size() - shown),
             " more; --format json names them all"));
  }
}

void TextReport::AddSummary() {
  const std::vector<std::vector<std::string>> table = tally_.Table();
  std::vector<size_t> widths;
  for (const std::vector<std::string>& row : table) {
    widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].size());
    }
  }
  if (!out_.empty()) {
    Line("");
  }
  for (const std::vector<std::string>& row : table) {
    std::string line = row[0] + std::string(widths[0] - row[0].size(), ' ');
    for (size_t i = 1; i < row.size(); ++i) {
      line += Cat(std::string(2 + widths[i] - row[i].size(), ' '), row[i]);
    }
    Line(&row == table.data() ? Paint(kBold, line) : line);
  }
  std::set<std::string_view> files;
  for (const Finding& finding : report_.findings) {
    files.insert(finding.path);
  }
  Line(Cat(Plural(report_.findings.size(), "finding"), " in ", Plural(files.size(), "file"), "; ",
           Plural(report_.files_seen, "file"), " seen, ", std::to_string(report_.files_parsed),
           " parsed, ", std::to_string(report_.skipped.size()), " skipped"));
}

}  // namespace

std::string FormatText(const CheckReport& report, const SourceLookup& sources, bool color) {
  return TextReport(report, sources, color).Run();
}

}  // namespace windlass
