#include "transformer/facts/go_columns.h"

#include <algorithm>
#include <optional>
#include <string>

#include "transformer/facts/go_layout.h"

namespace windlass {
namespace {

/// Text that a tab writer aligns with the cells above and below it. All cells of a line but its
/// last one end in a column.
struct Cell {
  size_t width = 0;
  bool hard = false;  // keeps its column even if all of it is empty
  size_t padding = 0;
  std::optional<size_t> gap;  // index of the GoPadding that this cell's padding is part of
};

using Line = std::vector<Cell>;

size_t CountRunes(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

/// Elastic tab stops as in Go's text/tabwriter with gofmt's settings: a column is as wide as its
/// widest cell and one blank, over the consecutive lines that have it.
void PadColumn(std::vector<Line>& lines, size_t begin, size_t end, size_t column) {
  const auto has_column = [&](size_t i) { return column + 1 < lines[i].size(); };
  for (size_t i = begin; i < end; ++i) {
    if (!has_column(i)) {
      continue;
    }
    const size_t block = i;
    size_t width = 0;
    bool discardable = true;
    for (; i < end && has_column(i); ++i) {
      const Cell& cell = lines[i][column];
      width = std::max(width, cell.width + 1);
      discardable = discardable && cell.width == 0 && !cell.hard;
    }
    if (discardable) {
      width = 0;
    }
    for (size_t j = block; j < i; ++j) {
      lines[j][column].padding = width - lines[j][column].width;
    }
    PadColumn(lines, block, i, column + 1);
  }
}

class ColumnReader {
 public:
  explicit ColumnReader(const Tree& tree)
      : source_(tree.source()), layout_(DeriveGoLayout(tree)), tokens_(GoTokens(tree)) {}

  std::vector<GoPadding> Read() {
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (i == 0 || tokens_[i].first_line != tokens_[i - 1].last_line) {
        BeginLine(i);
      } else {
        Join(i);
      }
      Append(i);
    }
    if (!tokens_.empty()) {
      EndSection(tokens_.back().last_line);
    }
    return std::move(paddings_);
  }

 private:
  void BeginLine(size_t i) {
    if (i > 0 && EndsSection(i)) {
      EndSection(tokens_[i - 1].last_line);
      first_line_ = tokens_[i].first_line;
    }
    frozen_ = false;
    Line& line = lines_.emplace_back();
    const size_t begin = source_.LineBegin(tokens_[i].first_line);
    const std::string_view indent = source_.Text({begin, tokens_[i].span.begin});
    for (const char c : indent) {
      if (c == '\t') {
        line.push_back({0, true, 0, std::nullopt});
      }
    }
    line.emplace_back();
  }

  /// Whether the line break before token `i` ends a section.
  bool EndsSection(size_t i) const {
    const GoToken& previous = tokens_[i - 1];
    if (tokens_[i].first_line > previous.last_line + 1 || tokens_[i].is_comment || frozen_ ||
        layout_.section_breaks.contains(tokens_[i].span.begin)) {
      return true;
    }
    // A comment with a line of its own stands between sections.
    return previous.is_comment && (i < 2 || tokens_[i - 2].last_line != previous.first_line);
  }

  /// Ends the cells that end between tokens `i - 1` and `i` of one line.
  void Join(size_t i) {
    const Span gap{tokens_[i - 1].span.end, tokens_[i].span.begin};
    const std::optional<int> ends = CellEnds(i);
    if (!ends.has_value() || source_.Text(gap).find_first_not_of(" \t") != std::string_view::npos) {
      lines_.back().back().width += gap.size();
      return;
    }
    const size_t index = paddings_.size();
    paddings_.push_back({gap, 0, false, 0, 0});
    if (frozen_ || *ends == 0) {
      paddings_.back().width = std::max(static_cast<size_t>(*ends), size_t{1});
      lines_.back().back().width += paddings_.back().width;
      return;
    }
    const bool hard = tokens_[i].is_comment && IsDefaultComment(i);
    for (int n = 0; n < *ends; ++n) {
      lines_.back().back().hard = hard;
      lines_.back().back().gap = index;
      lines_.back().emplace_back();
    }
  }

  bool IsDefaultComment(size_t i) const {
    return !layout_.cell_ends_before_comment.contains(tokens_[i - 1].span.end);
  }

  /// True if only comments follow token `i` on its line.
  bool EndsLine(size_t i) const {
    size_t next = i + 1;
    while (next < tokens_.size() && tokens_[next].is_comment &&
           tokens_[next].first_line == tokens_[i].last_line) {
      ++next;
    }
    return next == tokens_.size() || tokens_[next].first_line != tokens_[i].last_line;
  }

  /// Nullopt if what stands before the token is none of alignment's business.
  std::optional<int> CellEnds(size_t i) const {
    if (tokens_[i].is_comment) {
      if (!EndsLine(i)) {
        return std::nullopt;
      }
      const auto found = layout_.cell_ends_before_comment.find(tokens_[i - 1].span.end);
      return found == layout_.cell_ends_before_comment.end() ? 1 : std::max(found->second, 1);
    }
    if (tokens_[i - 1].is_comment) {
      return std::nullopt;  // it took the place of the cells' ends
    }
    const auto found = layout_.cell_ends.find(tokens_[i].span.begin);
    return found == layout_.cell_ends.end() ? std::nullopt : std::optional<int>(found->second);
  }

  void Append(size_t i) {
    const GoToken& token = tokens_[i];
    lines_.back().back().width += CountRunes(source_.Text(token.span));
    if (token.first_line == token.last_line) {
      return;
    }
    // A raw string over several lines: nothing behind it is aligned any more. The lines of a
    // comment stand apart from one another.
    frozen_ = true;
  }

  void EndSection(size_t last_line) {
    PadColumn(lines_, 0, lines_.size(), 0);
    for (const Line& line : lines_) {
      for (const Cell& cell : line) {
        if (cell.gap.has_value()) {
          paddings_[*cell.gap].width += cell.padding;
        }
      }
    }
    lines_.clear();
    for (; finished_ < paddings_.size(); ++finished_) {
      GoPadding& padding = paddings_[finished_];
      padding.clean = source_.Text(padding.gap) == std::string(padding.width, ' ');
      padding.first_line = first_line_;
      padding.last_line = last_line;
    }
  }

  const SourceFile& source_;
  const GoLayout layout_;
  const std::vector<GoToken> tokens_;
  std::vector<Line> lines_;  // of the section at hand
  std::vector<GoPadding> paddings_;
  size_t finished_ = 0;    // paddings whose section is over
  size_t first_line_ = 1;  // of the section at hand
  bool frozen_ = false;
};

}  // namespace

std::vector<GoPadding> GoPaddings(const Tree& tree) {
  return ColumnReader(tree).Read();
}

}  // namespace windlass
