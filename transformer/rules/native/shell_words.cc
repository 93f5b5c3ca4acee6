#include "transformer/rules/native/shell_words.h"

#include <algorithm>
#include <array>

#include "re2/re2.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 10> kReserved = {"if",    "then", "else", "fi",   "for",
                                                        "while", "do",   "done", "case", "esac"};

class ShellReader {
 public:
  explicit ShellReader(std::string_view text) : text_(text) {}

  std::optional<std::vector<ShellCommand>> Run() {
    commands_.emplace_back();
    while (true) {
      PassBlanks();
      if (at_ == text_.size()) {
        break;
      }
      if (!(AtOperator() ? ReadOperator() : ReadWord())) {
        return std::nullopt;
      }
    }
    std::erase_if(commands_,
                  [](const ShellCommand& c) { return c.words.empty() && c.env.empty(); });
    return std::move(commands_);
  }

 private:
  void PassBlanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
      ++at_;
    }
  }
  bool AtOperator() const {
    return std::string_view("&|;<>(){}").find(text_[at_]) != std::string_view::npos;
  }

  bool ReadOperator() {
    for (const std::string_view sign : {"&&", "||", ";", "|"}) {
      if (text_.substr(at_).starts_with(sign)) {
        at_ += sign.size();
        commands_.emplace_back().joined_by = sign;
        return true;
      }
    }
    return false;
  }

  // Past `$(…)` or a backquoted command.
  bool ReadComputed(ShellWord* word) {
    const size_t begin = at_;
    if (text_[at_] == '`') {
      at_ = text_.find('`', at_ + 1);
    } else {
      int depth = 0;
      for (++at_; at_ < text_.size(); ++at_) {
        depth += text_[at_] == '(' ? 1 : text_[at_] == ')' ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
    }
    if (at_ >= text_.size()) {
      return false;
    }
    ++at_;
    word->computed = true;
    word->text += text_.substr(begin, at_ - begin);
    return true;
  }

  bool AtComputed() const { return text_[at_] == '`' || text_.substr(at_).starts_with("$("); }

  bool ReadQuoted(ShellWord* word) {
    const char quote = text_[at_++];
    word->quoted = true;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote == '"' && AtComputed()) {
        if (!ReadComputed(word)) {
          return false;
        }
        continue;
      }
      if (quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() &&
          std::string_view("\"\\$`").find(text_[at_ + 1]) != std::string_view::npos) {
        ++at_;
      }
      word->text += text_[at_++];
    }
    return at_++ < text_.size();
  }

  bool ReadWord() {
    ShellWord word;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t') {
        break;
      }
      if (c == '"' || c == '\'') {
        if (!ReadQuoted(&word)) {
          return false;
        }
      } else if (AtComputed()) {
        if (!ReadComputed(&word)) {
          return false;
        }
      } else if (text_.substr(at_).starts_with("${")) {
        const size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) {
          return false;
        }
        word.text += text_.substr(at_, end + 1 - at_);
        at_ = end + 1;
      } else if (AtOperator()) {
        break;
      } else {
        at_ += c == '\\' && at_ + 1 < text_.size() ? 1 : 0;
        word.text += text_[at_++];
      }
    }
    return Add(std::move(word));
  }

  bool Add(ShellWord word) {
    ShellCommand& command = commands_.back();
    static const LazyRE2 kAssignment = {R"((?s)([A-Za-z_]\w*)=(.*))"};
    std::string name;
    std::string value;
    if (command.words.empty() && RE2::FullMatch(word.text, *kAssignment, &name, &value)) {
      word.text = value;
      command.env.emplace_back(name, std::move(word));
      return true;
    }
    if (command.words.empty() && std::ranges::find(kReserved, word.text) != kReserved.end()) {
      return false;
    }
    command.words.push_back(std::move(word));
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<ShellCommand> commands_;
};

}  // namespace

std::optional<std::vector<ShellCommand>> ParseShell(std::string_view text) {
  return ShellReader(text).Run();
}

}  // namespace windlass
