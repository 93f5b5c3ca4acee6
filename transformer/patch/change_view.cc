#include "transformer/patch/change_view.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace windlass {
namespace {

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.emplace_back(line);
  }
  return lines;
}

ChangedLines View(const SourceFile& source, std::span<const Edit> edits, size_t first_line,
                  size_t last_line) {
  const Span lines{source.LineBegin(first_line), source.LineBegin(last_line + 1)};
  std::string text;
  size_t done = lines.begin;
  for (const Edit& edit : edits) {
    text += source.Text({done, edit.span.begin});
    text += edit.text;
    done = edit.span.end;
  }
  text += source.Text({done, std::max(done, lines.end)});
  ChangedLines view{first_line, SplitLines(source.Text(lines)), SplitLines(text), edits};
  while (!view.before.empty() && !view.after.empty() && view.before.back() == view.after.back()) {
    view.before.pop_back();
    view.after.pop_back();
  }
  size_t same = 0;
  while (same < view.before.size() && same < view.after.size() &&
         view.before[same] == view.after[same]) {
    ++same;
  }
  const auto count = static_cast<std::ptrdiff_t>(same);
  view.before.erase(view.before.begin(), view.before.begin() + count);
  view.after.erase(view.after.begin(), view.after.begin() + count);
  view.first_line += same;
  return view;
}

}  // namespace

std::vector<ChangedLines> ViewChanges(const SourceFile& source, std::span<const Edit> edits) {
  std::vector<ChangedLines> views;
  size_t begin = 0;
  size_t first_line = 0;
  size_t last_line = 0;
  for (size_t i = 0; i <= edits.size(); ++i) {
    const size_t line = i < edits.size() ? source.PositionAt(edits[i].span.begin).line : 0;
    if (i > begin && (i == edits.size() || line > last_line + 1)) {
      views.push_back(View(source, edits.subspan(begin, i - begin), first_line, last_line));
      begin = i;
    }
    if (i < edits.size()) {
      first_line = i == begin ? line : first_line;
      last_line = source.PositionAt(edits[i].span.end).line;
    }
  }
  return views;
}

size_t CountEolEdits(const SourceFile& source, std::span<const Edit> edits) {
  const bool all = std::ranges::all_of(edits, [&](const Edit& edit) {
    const std::string_view old = source.Text(edit.span);
    const bool added = old.empty() && edit.text == "\r";
    const bool taken = old == "\r" && edit.text.empty();
    const bool swapped =
        (old == "\n" && edit.text == "\r\n") || (old == "\r\n" && edit.text == "\n");
    const bool before_lf = edit.span.end < source.size() && source.bytes()[edit.span.end] == '\n';
    return swapped || ((added || taken) && before_lf);
  });
  return all ? edits.size() : 0;
}

}  // namespace windlass
