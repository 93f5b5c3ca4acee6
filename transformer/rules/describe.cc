#include "transformer/rules/describe.h"

#include <variant>

#include "transformer/text/strings.h"

namespace windlass {

namespace {

std::string EscapeCell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    cell += c == '|' ? "\\|" : std::string(1, c);
  }
  return cell;
}

}  // namespace

std::string RuleTableMarkdown(const Pack& pack) {
  std::string table = "| rule | level | language | what it is about |\n|---|---|---|---|\n";
  for (const auto& rule : pack.rules) {
    table +=
        Cat("| `", rule->id, "` | ", LevelName(rule->level), rule->disabled.empty() ? "" : ", off",
            " | ", LanguageName(rule->language), " | ", EscapeCell(rule->summary),
            rule->disabled.empty() ? "" : Cat(" (off: ", EscapeCell(rule->disabled), ")"), " |\n");
  }
  return table;
}

std::string_view RuleKind(const Rule& rule) {
  if (rule.native == nullptr) {
    return "query";
  }
  if (std::holds_alternative<MatchLogic>(rule.native->logic)) {
    return "query and logic";
  }
  return std::holds_alternative<FileLogic>(rule.native->logic) ? "logic over a file"
                                                               : "logic over the project";
}

}  // namespace windlass
