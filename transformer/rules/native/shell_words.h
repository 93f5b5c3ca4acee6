#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_SHELL_WORDS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_SHELL_WORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace windlass {

/// One word of a POSIX command line.
struct ShellWord {
  std::string text;       // quotes and escapes undone; variables as written
  bool quoted = false;    // some of it stood in quotes
  bool computed = false;  // holds `$(…)` or backquotes
};

/// `NAME=value program argument …`
struct ShellCommand {
  std::vector<std::pair<std::string, ShellWord>> env;
  std::vector<ShellWord> words;  // the program first; empty for assignments alone
  std::string joined_by;         // what stands before it: "", "&&", "||", ";", "|"

  std::string_view Program() const { return words.empty() ? std::string_view() : words[0].text; }
};

/// The simple commands of a command line without line breaks; nullopt where it has control
/// structures, groups, redirections or quotes that do not end.
std::optional<std::vector<ShellCommand>> ParseShell(std::string_view text);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_SHELL_WORDS_H_
