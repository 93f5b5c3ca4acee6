#include <cstdio>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/rules/describe.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

void ListText(const Packs& packs) {
  for (const auto& pack : packs) {
    std::printf("%s: %s\n", pack->family.c_str(), pack->title.c_str());
    for (const auto& rule : pack->rules) {
      std::printf("  %-34s %-8s %s%s\n", rule->id.c_str(),
                  std::string(LevelName(rule->level)).c_str(),
                  rule->disabled.empty() ? "" : "(off) ", rule->summary.c_str());
    }
  }
}

void ListMarkdown(const Packs& packs) {
  for (const auto& pack : packs) {
    std::printf("## %s: %s\n\n%s\n", pack->family.c_str(), pack->title.c_str(),
                RuleTableMarkdown(*pack).c_str());
  }
}

absl::Status Show(const Packs& packs, const std::string& name) {
  for (const auto& pack : packs) {
    if (pack->family == name) {
      std::printf("%s\n", pack->page.c_str());
      return absl::OkStatus();
    }
    for (const auto& rule : pack->rules) {
      if (rule->id == name) {
        std::printf("%s (%s, %s): %s\n", rule->id.c_str(),
                    std::string(LanguageName(rule->language)).c_str(),
                    std::string(LevelName(rule->level)).c_str(), rule->summary.c_str());
        if (!rule->disabled.empty()) {
          std::printf("off by default: %s; turn it on with --only %s\n", rule->disabled.c_str(),
                      rule->id.c_str());
        }
        std::printf("\n%s\n", pack->page.c_str());
        return absl::OkStatus();
      }
    }
  }
  return InvalidInput(Cat(name, ": no such family or rule; see `windlass rules list`"));
}

/// The packs as the project around the working directory has them.
absl::StatusOr<Packs> LoadPacksHere() {
  WINDLASS_ASSIGN_OR_RETURN(const Config config, LoadConfig(CommonFlags()));
  return LoadAllPacks(config);
}

}  // namespace

void AddRules(CLI::App* app, ExitCode* code) {
  CLI::App* command = app->add_subcommand("rules", "List rules, or show one with its page");
  command->require_subcommand(1);
  auto markdown = std::make_shared<bool>(false);
  CLI::App* list = command->add_subcommand("list", "Every rule with its level");
  list->add_flag("--markdown", *markdown, "As a Markdown table");
  list->callback([markdown, code] {
    const absl::StatusOr<Packs> packs = LoadPacksHere();
    if (!packs.ok()) {
      *code = Fail(packs.status());
      return;
    }
    *markdown ? ListMarkdown(*packs) : ListText(*packs);
  });
  auto name = std::make_shared<std::string>();
  CLI::App* show =
      command->add_subcommand("show", "Why a rule or family exists, before and after, refusals");
  show->add_option("NAME", *name, "FAMILY or FAMILY/RULE")->required();
  show->callback([name, code] {
    const absl::StatusOr<Packs> packs = LoadPacksHere();
    const absl::Status status = packs.ok() ? Show(*packs, *name) : packs.status();
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
