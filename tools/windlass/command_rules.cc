#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/driver/pack_case.h"
#include "transformer/driver/project_packs.h"
#include "transformer/patch/file_change.h"
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

/// How a finding of the rule reads: what is wrong, what a reviewer checks.
void ShowRule(const Rule& rule) {
  std::printf("%s (%s, %s, by %s): %s\n", rule.id.c_str(),
              std::string(LanguageName(rule.language)).c_str(),
              std::string(LevelName(rule.level)).c_str(), std::string(RuleKind(rule)).c_str(),
              rule.summary.c_str());
  if (!rule.disabled.empty()) {
    std::printf("off: %s; turn it on with --only %s\n", rule.disabled.c_str(), rule.id.c_str());
  }
}

/// Before and after, from the first case of the project's own pack that has a finding of the rule.
void ShowCase(const Pack& pack, const std::string& rule) {
  for (const std::string& path : CasesOf(FindPackFolder("."), pack.family)) {
    std::ifstream in(path, std::ios::binary);
    const auto golden = ParseCase(path, std::string(std::istreambuf_iterator<char>(in), {}));
    if (!golden.ok() || golden->findings.find(Cat(" ", rule, ": ")) == std::string::npos) {
      continue;
    }
    for (const auto& [name, after] : golden->after) {
      const auto before = golden->before.find(name);
      if (before == golden->before.end() || before->second != after) {
        FileChange change{.path = name, .old_path = name, .before = std::nullopt, .after = after};
        if (before != golden->before.end()) {
          change.before = before->second;
        }
        std::printf("\n%s, %s:\n%s", path.c_str(), name.c_str(), TextDiff(change, true).c_str());
      }
    }
    std::printf("\nfindings:\n%s", golden->findings.c_str());
    return;
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
        ShowRule(*rule);
        std::printf("\n%s\n", pack->page.c_str());
        if (pack->of_project) {
          ShowCase(*pack, rule->id);
        }
        return absl::OkStatus();
      }
    }
  }
  return InvalidInput(Cat(name, ": no such family or rule; see `windlass rules list`"));
}

/// The packs as the project around the working directory has them.
absl::StatusOr<Packs> LoadPacksHere() {
  WINDLASS_ASSIGN_OR_RETURN(const Config config, LoadConfig(CommonFlags()));
  return LoadAllPacks(config, ".");
}

absl::Status NewRule(const std::string& id) {
  const std::string found = FindPackFolder(".");
  WINDLASS_ASSIGN_OR_RETURN(const Packs packs, LoadEmbeddedPacks());
  for (const auto& pack : packs) {
    if (id.substr(0, id.find('/')) == pack->family) {
      return InvalidInput(
          Cat(id, ": windlass has a family `", pack->family, "` itself; choose another name"));
    }
  }
  WINDLASS_ASSIGN_OR_RETURN(const std::vector<std::string> written,
                            WriteNewRule(found.empty() ? ".windlass/packs" : found, id));
  for (const std::string& path : written) {
    std::printf("%s\n", path.c_str());
  }
  std::printf("next: change these, then run windlass test\n");
  return absl::OkStatus();
}

}  // namespace

absl::Status ShowFamilyOrRule(const Packs& packs, const std::string& name) {
  return Show(packs, name);
}

void AddRules(CLI::App* app, ExitCode* code) {
  CLI::App* command =
      app->add_subcommand("rules", "List rules, show one with its page, or begin one");
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
  auto id = std::make_shared<std::string>();
  CLI::App* fresh = command->add_subcommand(
      "new", "Write a first rule that works, with a case, into .windlass/packs");
  fresh->add_option("NAME", *id, "FAMILY/RULE")->required();
  fresh->callback([id, code] {
    const absl::Status status = NewRule(*id);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
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
