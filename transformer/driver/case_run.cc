#include "transformer/driver/case_run.h"

#include <algorithm>

#include "transformer/driver/files.h"
#include "transformer/driver/project_packs.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/transform.h"
#include "transformer/patch/file_change.h"
#include "transformer/patch/report.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

std::string FormatFindings(const CheckReport& report, const SourceLookup& sources, bool reasons) {
  std::string out;
  for (const Finding& finding : report.findings) {
    const SourceFile* source = sources(finding.path);
    const Position at = source == nullptr ? Position{} : source->PositionAt(finding.span.begin);
    out += Cat(finding.path, ":", std::to_string(at.line), ":", std::to_string(at.column), " ",
               LevelName(finding.level), " ", finding.rule, ": ", finding.message);
    out += finding.refusal ? Cat(" [", RefusalName(*finding.refusal), "]\n") : "\n";
    if (reasons && !finding.reason.empty()) {
      out += Cat("\t", finding.reason, "\n");
    }
  }
  return out;
}

RunOptions OptionsFor(const Case& golden, const std::string& root, int threads) {
  RunOptions options;
  options.root = root;
  options.only = golden.rules;
  options.level = golden.level;
  options.targets = golden.targets;
  if (!golden.tags.empty()) {
    auto settings = std::make_shared<ProjectSettings>();
    settings->tags = golden.tags;
    options.settings = std::move(settings);
  }
  options.threads = threads;
  return options;
}

/// The tree after the changes of a migration.
void LayOver(const std::vector<FileChange>& changes, CaseOutcome* outcome) {
  for (const FileChange& change : changes) {
    outcome->after.erase(change.old_path);
    outcome->executable.erase(change.old_path);
    if (change.after) {
      outcome->after[change.path] = *change.after;
      if (change.executable) {
        outcome->executable.insert(change.path);
      }
    }
  }
}

/// Regions that do not parse; 0 for languages without a grammar.
size_t CountErrors(const std::string& path, const std::string& bytes) {
  const Language language = LanguageForPath(path);
  const SourceFile source(path, bytes);
  const auto tree = Tree::Parse(source, language);
  return language == Language::kText || !tree.ok() ? 0 : (*tree)->error_spans().size();
}

std::string Diff(const std::string& path, const std::string* want, const std::string* got) {
  FileChange change{.path = path, .old_path = path, .before = std::nullopt, .after = std::nullopt};
  if (want != nullptr) {
    change.before = *want;
  }
  if (got != nullptr) {
    change.after = *got;
  }
  return Cat("--- ", path, want == nullptr ? " (not expected)" : "",
             got == nullptr ? " (missing)" : "", "\n", TextDiff(change, true));
}

}  // namespace

absl::StatusOr<CaseOutcome> RunCase(const Case& golden, const Packs& packs,
                                    const StringMap<std::string>& tree, const StringSet& executable,
                                    int threads, const PrepareTree& prepare) {
  WINDLASS_ASSIGN_OR_RETURN(const ScratchFolder dir, ScratchFolder::Make("case"));
  WINDLASS_RETURN_IF_ERROR(WriteTree(dir.path(), tree, executable));
  if (const std::string failure = prepare ? prepare(dir.path()) : ""; !failure.empty()) {
    return absl::InternalError(Absl(failure));
  }
  RunOptions options = OptionsFor(golden, dir.path(), threads);
  AddPackTables(packs, &options);
  CaseOutcome outcome;
  outcome.after = tree;
  outcome.executable = executable;
  WINDLASS_ASSIGN_OR_RETURN(CheckReport report, CheckProjectTree(packs, options));
  const SourceCache sources(dir.path());
  outcome.findings = FormatFindings(report, sources.Lookup(), golden.reasons);
  report.root = "";  // a temporary name
  report.timings_ms.clear();
  outcome.report = FormatJson(report, sources.Lookup());
  WINDLASS_ASSIGN_OR_RETURN(const Migration migration, Migrate(packs, options));
  if (!migration.not_quiet.empty()) {
    return absl::InternalError(Absl(Cat("not quiet after four rounds: ", migration.not_quiet[0])));
  }
  for (size_t i = 0; i < migration.series.commits.size(); ++i) {
    outcome.patches.emplace_back(PatchFileName(migration.series, i),
                                 FormatPatch(migration.series, i));
  }
  LayOver(migration.changes, &outcome);
  return outcome;
}

std::string CheckQuiet(const Case& golden, const Packs& packs, const CaseOutcome& outcome,
                       const PrepareTree& prepare) {
  const absl::StatusOr<CaseOutcome> again =
      RunCase(golden, packs, outcome.after, outcome.executable, 0, prepare);
  if (!again.ok()) {
    return std::string(Std(again.status().message()));
  }
  return again->patches.empty() ? ""
                                : Cat("a second run changes again:\n", again->patches[0].second);
}

std::string CheckParses(const Case& golden, const CaseOutcome& outcome) {
  for (const auto& [path, bytes] : outcome.after) {
    const auto before = golden.before.find(path);
    const size_t allowed = before == golden.before.end() ? 0 : CountErrors(path, before->second);
    if (CountErrors(path, bytes) > allowed) {
      return Cat(path, " no longer parses:\n", bytes);
    }
  }
  return "";
}

std::string CheckDeterminism(const Case& golden, const Packs& packs, const CaseOutcome& outcome,
                             const PrepareTree& prepare) {
  for (const int threads : {1, 4}) {
    const absl::StatusOr<CaseOutcome> again =
        RunCase(golden, packs, golden.before, golden.executable, threads, prepare);
    if (!again.ok()) {
      return std::string(Std(again.status().message()));
    }
    if (again->patches != outcome.patches || again->findings != outcome.findings ||
        again->report != outcome.report) {
      return Cat("a run with ", std::to_string(threads), " threads differs");
    }
  }
  return "";
}

std::string CaseDifference(const Case& golden, const CaseOutcome& outcome) {
  std::string out;
  for (const auto& [path, bytes] : golden.after) {
    const auto got = outcome.after.find(path);
    const std::string* text = got == outcome.after.end() ? nullptr : &got->second;
    out += text != nullptr && *text == bytes ? "" : Diff(path, &bytes, text);
  }
  for (const auto& [path, bytes] : outcome.after) {
    out += golden.after.contains(path) ? "" : Diff(path, nullptr, &bytes);
  }
  if (outcome.findings != golden.findings) {
    out += Diff("findings", &golden.findings, &outcome.findings);
  }
  return out;
}

}  // namespace windlass
