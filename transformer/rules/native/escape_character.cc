// Windows paths in a Dockerfile whose escape character is the backslash: they lose their
// separators, or swallow the next line.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// What the words of a Dockerfile do with backslashes.
struct Backslashes {
  std::vector<Span> lost;          // words whose single backslashes vanish
  std::vector<Span> doubled;       // the second of two, which nothing needs any more
  std::vector<size_t> line_ends;   // true line continuations
  std::optional<Span> swallowing;  // a path whose last backslash takes the next line along
  bool odd = false;                // escapes of quotes, blanks, dollars
};

bool IsPathCharacter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '_' || c == '-' || c == '%' || c == '*' || c == '{' || c == '(';
}

void ReadPlain(Node plain, Backslashes* out) {
  const std::string_view text = plain.text();
  // Within double quotes only quotes, dollars and backslashes can be escaped; others stay.
  const bool quoted = plain.parent().Is("double_quoted_string");
  bool lost = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      continue;
    }
    if (i + 1 == text.size() || IsPathCharacter(text[i + 1])) {
      lost |= !quoted;
    } else if (text[i + 1] == '\\') {
      out->doubled.push_back({plain.span().begin + i + 1, plain.span().begin + i + 2});
      ++i;
    } else if (!quoted || text[i + 1] == '"' || text[i + 1] == '$') {
      out->odd = true;
    }
  }
  if (lost) {
    out->lost.push_back(plain.span());
  }
}

void Collect(Node node, Backslashes* out) {
  if (node.Is("plain") || node.Is("text")) {
    ReadPlain(node, out);
    return;
  }
  if (node.Is("line_continuation")) {
    if (SwallowsNextLine(node)) {
      const size_t line = node.source().PositionAt(node.span().begin).line;
      out->swallowing = node.source().LineSpan(line);
    } else {
      out->line_ends.push_back(node.span().begin);
    }
    return;
  }
  for (const Node child : node.Children()) {
    Collect(child, out);
  }
}

EditSet WriteEdits(const FileContext& context, const Backslashes& found) {
  size_t at = 0;
  for (const Node node : context.tree->root().NamedChildren()) {
    if (!node.Is("directive")) {
      break;
    }
    at = context.source.LineBegin(context.source.PositionAt(node.span().begin).line + 1);
  }
  EditSet edits;
  (void)edits.Add(Span{at, at}, Cat("# escape=`", context.source.EolAt(at)));
  for (const size_t line_end : found.line_ends) {
    (void)edits.Add(Span{line_end, line_end + 1}, "`");
  }
  for (const Span span : found.doubled) {
    (void)edits.Add(span, "");
  }
  return edits;
}

}  // namespace

void EscapeCharacter(const Rule& /*rule*/, const FileContext& context, SharedFacts& /*shared*/,
                     std::vector<Finding>* out) {
  const WindowsImage image(context);
  if (!image.for_windows() || image.file().escape_directive) {
    return;
  }
  Backslashes found;
  Collect(context.tree->root(), &found);
  if (found.lost.empty() && !found.swallowing) {
    return;
  }
  Finding finding;
  finding.level = Level::kReview;
  if (found.swallowing) {
    finding.span = *found.swallowing;
    finding.message =
        "the backslash at the end of this line is no separator: it takes the next line along";
  } else {
    finding.span = found.lost.front();
    finding.message = Cat("`", context.source.Text(found.lost.front()),
                          "` loses its backslashes: they escape what follows them");
  }
  finding.reason =
      "without `# escape=`` the backslash is the escape character in every instruction but the "
      "shell "
      "form of RUN, CMD and ENTRYPOINT; check that no backslash here was meant as an escape";
  const bool has_backticks = context.source.bytes().find('`') != std::string_view::npos;
  if (found.odd || has_backticks) {
    finding.level = Level::kSuggest;
    finding.reason += has_backticks
                          ? "; the file has backticks, so the directive alone would change it"
                          : "; some backslashes escape quotes or blanks";
  } else {
    finding.fix.emplace().edits.emplace(context.source.path(), WriteEdits(context, found));
  }
  for (size_t i = found.swallowing ? 0 : 1; i < found.lost.size() && i < 6; ++i) {
    finding.also.push_back({context.source.path(), found.lost[i], "and here"});
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
