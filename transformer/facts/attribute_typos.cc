#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

#include "transformer/facts/git_attributes.h"

namespace windlass {
namespace {

// What git itself reads, and the names of common tools that are close to one of the first three.
constexpr std::array<std::string_view, 3> kMeant = {"text", "eol", "binary"};
constexpr std::array<std::string_view, 14> kKnown = {"diff",
                                                     "merge",
                                                     "filter",
                                                     "ident",
                                                     "crlf",
                                                     "delta",
                                                     "encoding",
                                                     "whitespace",
                                                     "export-ignore",
                                                     "export-subst",
                                                     "lockable",
                                                     "working-tree-encoding",
                                                     "conflict-marker-size",
                                                     "union"};

/// The edit distance in which two neighbours that change places count as one.
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  std::iota(d[0].begin(), d[0].end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The attribute that `name` stands for; empty if it is one, or like none.
std::string_view MeantName(std::string_view name, std::string_view value) {
  if (std::ranges::find(kMeant, name) != kMeant.end() ||
      std::ranges::find(kKnown, name) != kKnown.end() || name.size() < 3) {
    return {};
  }
  const std::string lower = Lower(name);
  for (const std::string_view meant : kMeant) {
    const bool value_fits = meant == "eol"    ? Lower(value) == "lf" || Lower(value) == "crlf"
                            : meant == "text" ? value.empty() || value == "auto"
                                              : value.empty();
    if (value_fits && Distance(lower, meant) <= 1) {
      return meant;
    }
  }
  return {};
}

/// "lf" for "LF"; empty if git knows the value of eol or nothing is like it.
std::string_view MeantEnd(std::string_view value) {
  for (const std::string_view meant : {std::string_view("crlf"), std::string_view("lf")}) {
    const bool close =
        Lower(value) == meant || (value.size() > 2 && Distance(Lower(value), meant) <= 1);
    if (value != "lf" && value != "crlf" && close) {
      return meant;
    }
  }
  return {};
}

/// What was meant by one word behind a pattern; empty if it is right.
std::string Meant(std::string_view word) {
  const size_t begin = word[0] == '-' || word[0] == '!' ? 1 : 0;
  const size_t equals = std::min(word.find('='), word.size());
  const std::string_view name = word.substr(begin, equals - begin);
  const std::string_view value = equals == word.size() ? "" : word.substr(equals + 1);
  const std::string_view meant = MeantName(name, value);
  const std::string_view end = (meant.empty() ? name : meant) == "eol" ? MeantEnd(value) : "";
  if (meant.empty() && end.empty()) {
    return {};
  }
  return Cat(word.substr(0, begin), meant.empty() ? name : meant, value.empty() ? "" : "=",
             end.empty() ? value : end);
}

}  // namespace

std::vector<AttributeTypo> FindAttributeTypos(std::string_view text) {
  std::vector<AttributeTypo> out;
  StringSet macros;
  constexpr std::string_view kBlanks = " \t\r\n";
  size_t line = 0;
  while (line < text.size()) {
    const size_t end = std::min(text.find('\n', line), text.size());
    bool first = true;
    for (size_t at = text.find_first_not_of(kBlanks, line); at < end;
         at = text.find_first_not_of(kBlanks, at)) {
      const std::string_view word =
          text.substr(at, std::min(text.find_first_of(kBlanks, at), text.size()) - at);
      if (first && word[0] == '#') {
        break;
      }
      if (first && word.starts_with("[attr]")) {
        macros.insert(std::string(word.substr(6)));
      } else if (!first &&
                 !macros.contains(word.substr(word[0] == '-' || word[0] == '!' ? 1 : 0))) {
        if (std::string meant = Meant(word); !meant.empty()) {
          out.push_back({Span{at, at + word.size()}, std::move(meant)});
        }
      }
      first = false;
      at += word.size();
    }
    line = end + 1;
  }
  return out;
}

}  // namespace windlass
