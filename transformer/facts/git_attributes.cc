#include "transformer/facts/git_attributes.h"

#include <algorithm>
#include <utility>

namespace windlass {
namespace {

constexpr std::string_view kBlanks = " \t\r";

/// The closing bracket of the class that begins at `open`, or npos.
size_t ClassEnd(std::string_view pattern, size_t open) {
  size_t i = open + 1;
  if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) {
    ++i;
  }
  return pattern.find(']', i + 1);
}

bool ClassMatches(std::string_view body, char c) {
  const bool negated = !body.empty() && (body[0] == '!' || body[0] == '^');
  body.remove_prefix(negated ? 1 : 0);
  bool found = false;
  for (size_t i = 0; i < body.size(); ++i) {
    if (i + 2 < body.size() && body[i + 1] == '-') {
      found = found || (body[i] <= c && c <= body[i + 2]);
      i += 2;
    } else {
      found = found || body[i] == c;
    }
  }
  return found != negated;
}

/// wildmatch with WM_PATHNAME. Linear for patterns without `**`, as patterns in practice are.
bool Wildmatch(std::string_view pattern, std::string_view text) {
  while (!pattern.empty()) {
    if (pattern.substr(0, 2) == "**") {
      std::string_view rest = pattern.substr(2);
      if (rest.substr(0, 1) == "/" && Wildmatch(rest.substr(1), text)) {
        return true;  // "**/" also stands for no folder at all
      }
      for (size_t i = 0; i <= text.size(); ++i) {
        if (Wildmatch(rest, text.substr(i))) {
          return true;
        }
      }
      return false;
    }
    if (pattern[0] == '*') {
      for (size_t i = 0; i <= text.size(); ++i) {
        if (Wildmatch(pattern.substr(1), text.substr(i))) {
          return true;
        }
        if (i < text.size() && text[i] == '/') {
          break;
        }
      }
      return false;
    }
    if (text.empty()) {
      return false;
    }
    if (pattern[0] == '[' && ClassEnd(pattern, 0) != std::string_view::npos) {
      const size_t end = ClassEnd(pattern, 0);
      if (text[0] == '/' || !ClassMatches(pattern.substr(1, end - 1), text[0])) {
        return false;
      }
      pattern.remove_prefix(end + 1);
    } else {
      pattern.remove_prefix(pattern[0] == '\\' && pattern.size() > 1 ? 1 : 0);
      if (pattern[0] != text[0] && (pattern[0] != '?' || text[0] == '/')) {
        return false;
      }
      pattern.remove_prefix(1);
    }
    text.remove_prefix(1);
  }
  return text.empty();
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
      return words;
    }
    const size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

size_t Depth(std::string_view dir) {
  return dir.empty() ? 0 : 1 + static_cast<size_t>(std::count(dir.begin(), dir.end(), '/'));
}

}  // namespace

bool GitPatternMatches(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == std::string_view::npos) {
    const size_t slash = path.rfind('/');
    return Wildmatch(pattern, slash == std::string_view::npos ? path : path.substr(slash + 1));
  }
  return Wildmatch(pattern.substr(pattern[0] == '/' ? 1 : 0), path);
}

void GitAttributes::AddStates(std::string_view word, Line* line) const {
  std::optional<std::string> state = "set";
  if (word[0] == '-') {
    state = "unset";
    word.remove_prefix(1);
  } else if (word[0] == '!') {
    state = std::nullopt;
    word.remove_prefix(1);
  } else if (const size_t equals = word.find('='); equals != std::string_view::npos) {
    state = std::string(word.substr(equals + 1));
    word = word.substr(0, equals);
  }
  line->states.emplace_back(word, state);
  if (word == "binary" && state == "set") {
    for (const std::string_view off : {"diff", "merge", "text"}) {
      line->states.emplace_back(off, "unset");
    }
  }
  if (const auto macro = macros_.find(word); macro != macros_.end() && state == "set") {
    line->states.insert(line->states.end(), macro->second.begin(), macro->second.end());
  }
}

void GitAttributes::Add(std::string_view dir, std::string_view text) {
  const char* const start = text.data();
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string_view> words = Words(text.substr(0, end));
    const auto begin = static_cast<size_t>(text.data() - start);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty() || words[0][0] == '#') {
      continue;
    }
    Line line{std::string(dir), std::string(words[0]), {}, Span{begin, begin + end}};
    for (size_t i = 1; i < words.size(); ++i) {
      AddStates(words[i], &line);
    }
    if (words[0].substr(0, 6) == "[attr]") {
      macros_[std::string(words[0].substr(6))] = std::move(line.states);
    } else {
      lines_.push_back(std::move(line));
    }
  }
  std::stable_sort(lines_.begin(), lines_.end(),
                   [](const Line& a, const Line& b) { return Depth(a.dir) < Depth(b.dir); });
}

const GitAttributes::Line* GitAttributes::Deciding(std::string_view path,
                                                   std::string_view attribute,
                                                   const std::optional<std::string>** value) const {
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    std::string_view local = path;
    if (!line->dir.empty()) {
      if (path.size() <= line->dir.size() || path.substr(0, line->dir.size()) != line->dir ||
          path[line->dir.size()] != '/') {
        continue;
      }
      local.remove_prefix(line->dir.size() + 1);
    }
    for (auto state = line->states.rbegin(); state != line->states.rend(); ++state) {
      if (state->first == attribute && GitPatternMatches(line->pattern, local)) {
        *value = &state->second;
        return &*line;
      }
    }
  }
  return nullptr;
}

std::optional<std::string> GitAttributes::Get(std::string_view path,
                                              std::string_view attribute) const {
  const std::optional<std::string>* value = nullptr;
  return Deciding(path, attribute, &value) == nullptr ? std::nullopt : *value;
}

bool GitAttributes::Mentions(std::string_view attribute) const {
  return std::ranges::any_of(lines_, [&](const Line& line) {
    return std::ranges::any_of(line.states,
                               [&](const auto& state) { return state.first == attribute; });
  });
}

std::optional<GitAttributes::Source> GitAttributes::SourceOf(std::string_view path,
                                                             std::string_view attribute) const {
  const std::optional<std::string>* value = nullptr;
  const Line* line = Deciding(path, attribute, &value);
  return line == nullptr ? std::nullopt
                         : std::optional(Source{line->dir, line->pattern, line->span});
}

std::optional<std::string> GitAttributes::WorkTreeEol(std::string_view path) const {
  const auto text = Get(path, "text");
  auto eol = Get(path, "eol");
  if (text == "unset" || (eol != "lf" && eol != "crlf")) {
    return std::nullopt;
  }
  return eol;
}

bool GitAttributes::StoredAsLf(std::string_view path) const {
  const auto text = Get(path, "text");
  return text == "set" || (text != "unset" && text != "auto" && WorkTreeEol(path).has_value());
}

bool GitAttributes::Untouched(std::string_view path) const {
  return Get(path, "text") == "unset";
}

}  // namespace windlass
