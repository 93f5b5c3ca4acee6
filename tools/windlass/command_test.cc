#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "tools/windlass/commands.h"
#include "tools/windlass/reporting.h"
#include "transformer/driver/case_run.h"
#include "transformer/driver/files.h"
#include "transformer/driver/pack_case.h"
#include "transformer/driver/project_packs.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct TestFlags {
  std::vector<std::string> packs;  // families, or folders of packs
  std::string dir = ".";
  bool update = false;
};

struct TestCount {
  size_t passed = 0;
  size_t failed = 0;
};

/// What is wrong with the outcome of a case; empty if nothing.
std::string Verdict(const Case& golden, const Packs& packs, const CaseOutcome& outcome) {
  std::string wrong = CaseDifference(golden, outcome);
  for (const std::string& check : {CheckQuiet(golden, packs, outcome), CheckParses(golden, outcome),
                                   CheckDeterminism(golden, packs, outcome)}) {
    wrong += check.empty() || check.ends_with('\n') ? check : Cat(check, "\n");
  }
  return wrong;
}

/// A case about packs that are to be refused.
std::string VerdictOnError(const std::string& path, const Case& golden, const std::string& error,
                           bool update) {
  if (update) {
    const std::string fresh = UpdateCase(golden, golden.before, "", error);
    return WriteWhole(path, fresh).ok() ? "" : "cannot be written\n";
  }
  return error == golden.error.value_or("") ? "" : error;
}

absl::StatusOr<std::string> RunOne(const std::string& path, const Packs& packs, bool update) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  WINDLASS_ASSIGN_OR_RETURN(const Case golden, ParseCase(path, text));
  Packs own;
  if (!golden.packs.empty()) {
    absl::StatusOr<Packs> loaded = LoadPacks(golden.packs, "packs");
    if (!loaded.ok()) {
      return VerdictOnError(path, golden, Cat(Std(loaded.status().message()), "\n"), update);
    }
    own = *std::move(loaded);
  }
  const Packs& used = golden.packs.empty() ? packs : own;
  WINDLASS_ASSIGN_OR_RETURN(const CaseOutcome outcome,
                            RunCase(golden, used, golden.before, golden.executable, 0));
  if (!update) {
    return Verdict(golden, used, outcome);
  }
  const std::string fresh = UpdateCase(golden, outcome.after, outcome.findings, std::nullopt);
  if (fresh != text) {
    WINDLASS_RETURN_IF_ERROR(WriteWhole(path, fresh));
    std::printf("updated %s\n", path.c_str());
  }
  WINDLASS_ASSIGN_OR_RETURN(const Case updated, ParseCase(path, fresh));
  return Verdict(updated, used, outcome);
}

bool IsAsked(const TestFlags& flags, const Pack& pack) {
  bool asked = flags.packs.empty();
  for (const std::string& name : flags.packs) {
    const std::filesystem::path path = std::filesystem::path(name).lexically_normal();
    asked = asked || path.filename() == pack.family ||
            (path.filename().empty() && path.parent_path().filename() == pack.family);
  }
  return asked;
}

void RunPack(const std::string& folder, const Pack& pack, const Packs& packs, bool update,
             TestCount* count) {
  const std::vector<std::string> cases = CasesOf(folder, pack.family);
  if (cases.empty()) {
    std::printf("%s has no cases; write one in %s/cases\n", pack.family.c_str(),
                pack.origin.c_str());
  }
  for (const std::string& path : cases) {
    const std::string name = std::filesystem::path(path).lexically_relative(folder).string();
    const absl::StatusOr<std::string> wrong = RunOne(path, packs, update);
    const std::string said = wrong.ok() ? *wrong : Cat(Std(wrong.status().message()), "\n");
    ++(said.empty() ? count->passed : count->failed);
    std::printf("%s %s\n%s", said.empty() ? "ok  " : "FAIL", name.c_str(), said.c_str());
  }
}

absl::StatusOr<ExitCode> RunTests(const TestFlags& flags) {
  const std::string folder = FindPackFolder(flags.dir);
  if (folder.empty()) {
    return InvalidInput(Cat(flags.dir, ": there is no .windlass/packs; begin a rule with ",
                            "windlass rules new FAMILY/NAME"));
  }
  WINDLASS_ASSIGN_OR_RETURN(const Packs packs, LoadAllPacks(Config(), flags.dir));
  TestCount count;
  size_t asked = 0;
  for (const auto& pack : packs) {
    if (pack->of_project && IsAsked(flags, *pack)) {
      ++asked;
      RunPack(folder, *pack, packs, flags.update, &count);
    }
  }
  if (asked == 0) {
    return InvalidInput(
        Cat(flags.packs.empty() ? "" : Cat(flags.packs.front(), ": "), "no such pack in ", folder));
  }
  std::printf("%zu passed, %zu failed\n", count.passed, count.failed);
  return count.failed == 0 ? ExitCode::kDone : ExitCode::kFindings;
}

}  // namespace

void AddTest(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<TestFlags>();
  CLI::App* command = app->add_subcommand(
      "test", "Run the cases of the project's own packs (.windlass/packs) and show differences");
  command->add_option("PACKS", flags->packs, "Families, or folders of packs (default: all)");
  command->add_option("-C,--directory", flags->dir, "Folder of the project")->default_str(".");
  command->add_flag("--update", flags->update, "Rewrite what the cases expect");
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = RunTests(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
