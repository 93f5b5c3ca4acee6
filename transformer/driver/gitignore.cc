#include "transformer/driver/gitignore.h"

#include <algorithm>

namespace windlass {
namespace {

/// Without blanks at the end, unless a backslash keeps them.
std::string_view TrimBlanks(std::string_view line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
      end = std::min(i + 1, line.size());
    } else if (line[i] != ' ') {
      end = i + 1;
    }
  }
  return line.substr(0, end);
}

constexpr std::string_view kSpecial = "*?[\\";

bool IsPlain(std::string_view text) {
  return text.find_first_of(kSpecial) == std::string_view::npos;
}

}  // namespace

GitIgnore::GitIgnore(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (std::optional<Pattern> pattern = Parse(line)) {
      patterns_.push_back(*std::move(pattern));
    }
  }
  std::ranges::reverse(patterns_);
}

std::optional<GitIgnore::Pattern> GitIgnore::Parse(std::string_view line) {
  if (line.starts_with('#')) {
    return std::nullopt;
  }
  line = TrimBlanks(line);
  Pattern pattern;
  if (line.starts_with('!')) {
    pattern.negative = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.folders_only = true;
    line.remove_suffix(1);
  }
  if (line.empty()) {
    return std::nullopt;
  }
  const bool plain = IsPlain(line);
  if (line.find('/') != std::string_view::npos) {
    pattern.kind = plain ? Pattern::Kind::kPath : Pattern::Kind::kPathWild;
    line.remove_prefix(line.starts_with('/') ? 1 : 0);
  } else if (line.starts_with('*') && IsPlain(line.substr(1))) {
    pattern.kind = Pattern::Kind::kNameSuffix;
    line.remove_prefix(1);
  } else {
    pattern.kind = plain ? Pattern::Kind::kName : Pattern::Kind::kNameWild;
  }
  pattern.text = line;
  return pattern;
}

bool GitIgnore::Matches(const Pattern& pattern, std::string_view path, std::string_view name) {
  switch (pattern.kind) {
    case Pattern::Kind::kName:
      return name == pattern.text;
    case Pattern::Kind::kNameSuffix:
      return name.ends_with(pattern.text);
    case Pattern::Kind::kNameWild:
      return WildMatch(pattern.text, name, false);
    case Pattern::Kind::kPath:
      return path == pattern.text;
    case Pattern::Kind::kPathWild: {
      // Git compares what comes before the first wildcard apart, so that `a**/b` means `a` and then
      // `**/b`. Odd, but what users see.
      const std::string_view text = pattern.text;
      const size_t plain = text.find_first_of(kSpecial);
      return path.starts_with(text.substr(0, plain)) &&
             WildMatch(text.substr(plain), path.substr(plain), true);
    }
  }
  return false;
}

std::optional<bool> GitIgnore::Ignores(std::string_view path, bool is_folder) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  for (const Pattern& pattern : patterns_) {
    if ((is_folder || !pattern.folders_only) && Matches(pattern, path, name)) {
      return !pattern.negative;
    }
  }
  return std::nullopt;
}

}  // namespace windlass
