#include "transformer/text/edit_compose.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace windlass {
namespace {

/// An edit of the first set and where its text stands in the text between the two sets.
struct Written {
  Span original;
  Span between;
};

std::vector<Written> WrittenBy(const EditSet& edits) {
  std::vector<Written> written;
  size_t copied = 0;  // of the original
  size_t offset = 0;  // in the text between
  for (const Edit& edit : edits.edits()) {
    offset += edit.span.begin - copied;
    written.push_back({edit.span, {offset, offset + edit.text.size()}});
    offset += edit.text.size();
    copied = edit.span.end;
  }
  return written;
}

/// A stretch of the text between that both sets make together.
struct Stretch {
  Span between;
  size_t first_written = 0;  // members, by index
  size_t last_written = 0;   // one past the last
  size_t first_second = 0;
  size_t last_second = 0;
};

/// True if an edit of `span` changes `written`, or needs a place of its own beside what stands
/// nowhere.
bool Touches(Span span, const Written& written) {
  if (span.empty() || written.between.empty()) {
    const bool within = span.begin <= written.between.end && written.between.begin <= span.end;
    const bool inside = span.empty()
                            ? written.between.begin < span.begin && span.begin < written.between.end
                            : span.begin < written.between.begin && written.between.end < span.end;
    return inside || (within && span.empty() && written.original.empty());
  }
  return span.Overlaps(written.between);
}

class Composer {
 public:
  Composer(std::string_view bytes, const EditSet& first, const EditSet& second)
      : between_(first.Apply(bytes)), written_(WrittenBy(first)), second_(second.edits()) {}

  EditSet Run() {
    size_t w = 0;
    size_t s = 0;
    while (w < written_.size() || s < second_.size()) {
      Stretch stretch = Next(w, s);
      Grow(&stretch);
      Emit(stretch);
      w = stretch.last_written;
      s = stretch.last_second;
    }
    EditSet edits;
    for (Edit& edit : out_) {
      (void)edits.Add(std::move(edit));  // stretches are apart
    }
    return edits;
  }

 private:
  Stretch Next(size_t w, size_t s) const {
    const bool take_written =
        s == second_.size() ||
        (w < written_.size() && (written_[w].between.begin < second_[s].span.begin ||
                                 (written_[w].between.begin == second_[s].span.begin &&
                                  written_[w].between.end <= second_[s].span.begin)));
    return take_written ? Stretch{written_[w].between, w, w + 1, s, s}
                        : Stretch{second_[s].span, w, w, s, s + 1};
  }

  /// Takes in whatever changes what has been taken in.
  void Grow(Stretch* stretch) const {
    for (bool grown = true; grown;) {
      grown = false;
      while (stretch->last_second < second_.size() &&
             Belongs(*stretch, second_[stretch->last_second].span)) {
        Extend(stretch, second_[stretch->last_second++].span);
        grown = true;
      }
      while (stretch->last_written < written_.size() &&
             Belongs(*stretch, written_[stretch->last_written])) {
        Extend(stretch, written_[stretch->last_written++].between);
        grown = true;
      }
    }
  }

  bool Belongs(const Stretch& stretch, Span span) const {
    return std::any_of(written_.begin() + static_cast<std::ptrdiff_t>(stretch.first_written),
                       written_.begin() + static_cast<std::ptrdiff_t>(stretch.last_written),
                       [&](const Written& written) { return Touches(span, written); });
  }
  bool Belongs(const Stretch& stretch, const Written& written) const {
    return std::any_of(second_.begin() + static_cast<std::ptrdiff_t>(stretch.first_second),
                       second_.begin() + static_cast<std::ptrdiff_t>(stretch.last_second),
                       [&](const Edit& edit) { return Touches(edit.span, written); });
  }
  static void Extend(Stretch* stretch, Span span) {
    stretch->between.begin = std::min(stretch->between.begin, span.begin);
    stretch->between.end = std::max(stretch->between.end, span.end);
  }

  void Emit(const Stretch& stretch) {
    Span original = stretch.between;
    if (stretch.first_written < stretch.last_written) {
      const Written& first = written_[stretch.first_written];
      const Written& last = written_[stretch.last_written - 1];
      original.begin = first.original.begin - (first.between.begin - stretch.between.begin);
      original.end = last.original.end + (stretch.between.end - last.between.end);
    } else if (stretch.first_written > 0) {
      const Written& before = written_[stretch.first_written - 1];
      original.begin += before.original.end - before.between.end;  // may wrap: sums stay right
      original.end += before.original.end - before.between.end;
    }
    std::string text;
    size_t copied = stretch.between.begin;
    for (size_t i = stretch.first_second; i < stretch.last_second; ++i) {
      text.append(between_, copied, second_[i].span.begin - copied);
      text.append(second_[i].text);
      copied = second_[i].span.end;
    }
    text.append(between_, copied, stretch.between.end - copied);
    if (original.empty() && !out_.empty() && out_.back().span == original) {
      out_.back().text += text;  // two insertions at one offset, which may be alike
    } else {
      out_.push_back({original, std::move(text)});
    }
  }

  const std::string between_;
  const std::vector<Written> written_;
  const std::span<const Edit> second_;
  std::vector<Edit> out_;
};

}  // namespace

EditSet ComposeEdits(std::string_view bytes, const EditSet& first, const EditSet& second) {
  if (first.empty() || second.empty()) {
    return first.empty() ? second : first;
  }
  return Composer(bytes, first, second).Run();
}

size_t OriginalOffset(const EditSet& edits, size_t offset) {
  size_t shifted = offset;
  for (const Edit& edit : edits.edits()) {
    if (edit.span.begin > shifted) {
      break;
    }
    if (edit.span.begin + edit.text.size() > shifted) {
      return edit.span.begin;
    }
    shifted += edit.span.size() - edit.text.size();  // may wrap: the sum stays right
  }
  return shifted;
}

}  // namespace windlass
