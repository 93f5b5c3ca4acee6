#include "transformer/facts/go_mod.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <system_error>
#include <utility>

namespace windlass {
namespace {

constexpr std::string_view kBlank = " \t\r";

/// The words of one line, quotes taken off, up to a comment; and the comment.
struct Line {
  std::vector<std::string> words;
  std::string_view comment;  // what follows `//`
};

Line SplitLine(std::string_view text) {
  Line line;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
    if (text.empty()) {
      return line;
    }
    if (text.starts_with("//")) {
      line.comment = text.substr(2);
      return line;
    }
    size_t end = 1;
    if (text.front() == '"' || text.front() == '`') {
      const size_t close = std::min(text.find(text.front(), 1), text.size());
      line.words.emplace_back(text.substr(1, close - 1));
      end = std::min(close + 1, text.size());
    } else if (text.front() != '(' && text.front() != ')') {
      end = std::min({text.find_first_of(kBlank), text.find("//"), text.find('('), text.find(')'),
                      text.size()});
      line.words.emplace_back(text.substr(0, end));
    } else {
      line.words.emplace_back(text.substr(0, 1));
    }
    text.remove_prefix(end);
  }
}

bool SaysIndirect(std::string_view comment) {
  comment.remove_prefix(std::min(comment.find_first_not_of(kBlank), comment.size()));
  constexpr std::string_view kWord = "indirect";
  return comment.starts_with(kWord) &&
         (comment.size() == kWord.size() || comment[kWord.size()] == ';' ||
          kBlank.find(comment[kWord.size()]) != std::string_view::npos);
}

void Take(std::string_view verb, std::span<const std::string> words, std::string_view comment,
          GoMod* mod) {
  const auto word = [words](size_t i) { return i < words.size() ? words[i] : std::string(); };
  if (words.empty()) {
    return;
  }
  if (verb == "module" && mod->module.empty()) {
    mod->module = word(0);
  } else if (verb == "go" && mod->go_version.empty()) {
    mod->go_version = word(0);
  } else if (verb == "require") {
    mod->requires_.push_back({word(0), word(1), SaysIndirect(comment)});
  } else if (verb == "replace") {
    const auto arrow = static_cast<size_t>(std::ranges::find(words, "=>") - words.begin());
    if ((arrow == 1 || arrow == 2) && arrow + 1 < words.size()) {
      mod->replaces.push_back(
          {word(0), arrow == 2 ? word(1) : "", word(arrow + 1), word(arrow + 2)});
    }
  }
}

}  // namespace

GoMod ParseGoMod(std::string_view bytes) {
  GoMod mod;
  std::string block;  // the verb of the block that is open
  while (!bytes.empty()) {
    const size_t newline = std::min(bytes.find('\n'), bytes.size());
    const Line line = SplitLine(bytes.substr(0, newline));
    bytes.remove_prefix(std::min(newline + 1, bytes.size()));
    const std::span<const std::string> words = line.words;
    if (words.empty()) {
      continue;
    }
    if (!block.empty()) {
      if (words[0] == ")") {
        block.clear();
      } else {
        Take(block, words, line.comment, &mod);
      }
    } else if (words.size() == 2 && words[1] == "(") {
      block = words[0];
    } else {
      Take(words[0], words.subspan(1), line.comment, &mod);
    }
  }
  return mod;
}

int GoMinor(std::string_view version) {
  if (!version.starts_with("1.")) {
    return -1;
  }
  version.remove_prefix(2);
  int minor = -1;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), minor);
  return error == std::errc() && version.front() != '-' ? minor : -1;
}

}  // namespace windlass
