#include <array>
#include <cstddef>
#include <string_view>

#include "transformer/driver/gitignore.h"

namespace windlass {
namespace {

constexpr size_t kNone = static_cast<size_t>(-1);

bool InClass(std::string_view name, char c) {
  const bool upper = c >= 'A' && c <= 'Z';
  const bool lower = c >= 'a' && c <= 'z';
  const bool digit = c >= '0' && c <= '9';
  const bool print = c >= 0x20 && c < 0x7F;
  const bool space = c == ' ' || (c >= '\t' && c <= '\r');
  const bool alnum = upper || lower || digit;
  struct Row {
    std::string_view name;
    bool holds;
  };
  const std::array<Row, 12> rows{
      {{"alnum", alnum},
       {"alpha", upper || lower},
       {"blank", c == ' ' || c == '\t'},
       {"cntrl", static_cast<unsigned char>(c) < 0x20 || c == 0x7F},
       {"digit", digit},
       {"graph", print && c != ' '},
       {"lower", lower},
       {"print", print},
       {"punct", print && c != ' ' && !alnum},
       {"space", space},
       {"upper", upper},
       {"xdigit", digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')}}};
  for (const Row& row : rows) {
    if (row.name == name) {
      return row.holds;
    }
  }
  return false;
}

/// A bracket expression that begins at `pattern[p]`. Sets `*next` to the place after it, or to
/// kNone when it is never closed: such a pattern matches nothing.
bool MatchBracket(std::string_view pattern, size_t p, char c, size_t* next) {
  const auto at = [&](size_t i) { return i < pattern.size() ? pattern[i] : '\0'; };
  *next = kNone;
  ++p;
  const bool negated = at(p) == '!' || at(p) == '^';
  p += negated ? 1 : 0;
  bool matched = false;
  char previous = '\0';
  do {
    char here = at(p);
    if (here == '[' && at(p + 1) == ':') {
      const size_t close = pattern.find(":]", p + 2);
      if (close == std::string_view::npos) {
        return false;
      }
      matched |= InClass(pattern.substr(p + 2, close - p - 2), c);
      p = close + 1;
      here = '\0';
    } else if (here == '-' && previous != '\0' && at(p + 1) != '\0' && at(p + 1) != ']') {
      p += at(p + 1) == '\\' ? 2 : 1;
      const auto byte = [](char x) { return static_cast<unsigned char>(x); };
      matched |= byte(previous) <= byte(c) && byte(c) <= byte(at(p));
      here = '\0';
    } else {
      p += here == '\\' ? 1 : 0;
      here = at(p);
      matched |= here == c;
    }
    if (p >= pattern.size()) {
      return false;
    }
    previous = here;
    ++p;
  } while (at(p) != ']');
  *next = p + 1;
  return matched != negated;
}

/// Where to go on after a mismatch: the pattern after a star, and how much of the text the star has
/// taken so far. A later star makes earlier ones of its kind superfluous, so one of each is enough.
struct Retry {
  size_t pattern = kNone;
  size_t text = 0;
};

class Matcher {
 public:
  Matcher(std::string_view pattern, std::string_view text, bool path)
      : pattern_(pattern), text_(text), path_(path) {}

  bool Run() {
    while (true) {
      if (p_ == pattern_.size() && t_ == text_.size()) {
        return true;
      }
      if (p_ < pattern_.size() && pattern_[p_] == '*') {
        TakeStars();
      } else if (!Step() && !Backtrack()) {
        return false;
      }
    }
  }

 private:
  void TakeStars() {
    const size_t begin = p_;
    p_ = pattern_.find_first_not_of('*', begin);
    p_ = p_ == std::string_view::npos ? pattern_.size() : p_;
    const bool at_start = begin == 0 || pattern_[begin - 1] == '/';
    const bool at_end = p_ == pattern_.size() || pattern_[p_] == '/';
    if (path_ && p_ - begin >= 2 && at_start && at_end) {
      star_ = {};
      folders_ = {p_, t_};
      if (p_ < pattern_.size()) {
        any_depth_ = true;
        ++p_;  // `**/` may also stand for nothing
      } else {
        any_depth_ = false;
      }
    } else if (path_) {
      star_ = {p_, t_};
    } else {
      folders_ = {p_, t_};
      any_depth_ = false;
    }
  }

  /// Matches one element of the pattern, which is no star, with one byte.
  bool Step() {
    if (p_ == pattern_.size() || t_ == text_.size()) {
      return false;
    }
    const char c = text_[t_];
    size_t next = p_ + 1;
    bool matched = false;
    switch (pattern_[p_]) {
      case '?':
        matched = !path_ || c != '/';
        break;
      case '[':
        matched = MatchBracket(pattern_, p_, c, &next) && next != kNone && (!path_ || c != '/');
        break;
      case '\\':
        matched = p_ + 1 < pattern_.size() && pattern_[p_ + 1] == c;
        next = p_ + 2;
        break;
      default:
        matched = pattern_[p_] == c;
    }
    p_ = matched ? next : p_;
    t_ += matched ? 1 : 0;
    return matched;
  }

  bool Backtrack() {
    if (star_.pattern != kNone && star_.text < text_.size() && text_[star_.text] != '/') {
      p_ = star_.pattern;
      t_ = ++star_.text;
      return true;
    }
    star_ = {};
    if (folders_.pattern == kNone || folders_.text >= text_.size()) {
      return false;
    }
    // Before a slash of the pattern only the slashes of the text can be next.
    const size_t slash = any_depth_ ? text_.find('/', folders_.text) : folders_.text;
    if (slash == std::string_view::npos) {
      return false;
    }
    folders_.text = slash + 1;
    p_ = folders_.pattern + (any_depth_ ? 1 : 0);
    t_ = folders_.text;
    return true;
  }

  std::string_view pattern_;
  std::string_view text_;
  bool path_;
  size_t p_ = 0;
  size_t t_ = 0;
  Retry star_;              // stays within a component
  Retry folders_;           // crosses slashes
  bool any_depth_ = false;  // `folders_` is a `**/`
};

}  // namespace

bool WildMatch(std::string_view pattern, std::string_view text, bool path) {
  return Matcher(pattern, text, path).Run();
}

}  // namespace windlass
