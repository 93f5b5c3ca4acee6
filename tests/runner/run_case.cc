#include "tests/runner/run_case.h"

#include <algorithm>

#include "tests/runner/tree.h"
#include "transformer/driver/source_cache.h"
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
  options.threads = threads;
  return options;
}

// The tree after the changes of a migration.
void LayOver(const std::vector<FileChange>& changes, Outcome* outcome) {
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

std::string Difference(const StringMap<std::string>& want, const StringMap<std::string>& got) {
  std::string out;
  for (const auto& [path, bytes] : want) {
    const auto other = got.find(path);
    if (other == got.end()) {
      out += Cat("missing: ", path, "\n");
    } else if (other->second != bytes) {
      out += Cat("differs: ", path, "\n--- want\n", bytes, "--- got\n", other->second);
    }
  }
  for (const auto& [path, bytes] : got) {
    if (!want.contains(path)) {
      out += Cat("unexpected: ", path, "\n");
    }
  }
  return out;
}

// Regions that do not parse; 0 for languages without a grammar.
size_t CountErrors(const std::string& path, const std::string& bytes) {
  const Language language = LanguageForPath(path);
  const SourceFile source(path, bytes);
  const auto tree = Tree::Parse(source, language);
  return language == Language::kText || !tree.ok() ? 0 : (*tree)->error_spans().size();
}

// The Go files below `dir` that gofmt would change.
absl::StatusOr<StringSet> NotFormatted(const std::string& dir) {
  const CommandResult result = RunIn(dir, "gofmt -l . 2>/dev/null; test $? -le 2");
  if (result.exit_code != 0) {
    return absl::NotFoundError(Absl(Cat("gofmt does not run: ", result.output)));
  }
  StringSet paths;
  std::string_view rest = result.output;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    paths.emplace(line);
  }
  return paths;
}

// Builds and vets `tree` for one target; the exit code and what was said.
CommandResult BuildFor(const std::string& dir, const Target& target) {
  return RunIn(dir, Cat("export GOOS=", target.goos, " GOARCH=", target.goarch,
                        "; go build ./... && go vet ./..."));
}

}  // namespace

absl::StatusOr<Packs> LoadCasePacks(const Case& golden, const std::string& root) {
  if (!golden.packs.empty()) {
    return LoadPacks(golden.packs, "packs");
  }
  std::vector<PackFile> files;
  for (auto& [path, bytes] : ReadTree(Cat(root, "/patches"))) {
    if (path.find("/cases/") == std::string::npos) {
      files.push_back({path, bytes});
    }
  }
  return LoadPacks(files, "patches");
}

absl::StatusOr<Outcome> RunTree(const Case& golden, const Packs& packs,
                                const StringMap<std::string>& tree, const StringSet& executable,
                                int threads) {
  const TempDir dir;
  WriteTree(dir.path(), tree, executable);
  if (const std::string failure = CommitAll(dir.path()); !failure.empty()) {
    return absl::InternalError(Absl(failure));
  }
  RunOptions options = OptionsFor(golden, dir.path(), threads);
  Outcome outcome;
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

std::string CheckQuiet(const Case& golden, const Packs& packs, const Outcome& outcome) {
  const absl::StatusOr<Outcome> again =
      RunTree(golden, packs, outcome.after, outcome.executable, 0);
  if (!again.ok()) {
    return std::string(Std(again.status().message()));
  }
  return again->patches.empty() ? ""
                                : Cat("a second run changes again:\n", again->patches[0].second);
}

std::string CheckParses(const Case& golden, const Outcome& outcome) {
  for (const auto& [path, bytes] : outcome.after) {
    const auto before = golden.before.find(path);
    const size_t allowed = before == golden.before.end() ? 0 : CountErrors(path, before->second);
    if (CountErrors(path, bytes) > allowed) {
      return Cat(path, " no longer parses:\n", bytes);
    }
  }
  return "";
}

std::string CheckDeterminism(const Case& golden, const Packs& packs, const Outcome& outcome) {
  for (const int threads : {1, 4}) {
    const absl::StatusOr<Outcome> again =
        RunTree(golden, packs, golden.before, golden.executable, threads);
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

std::string CheckSeriesApplies(const Case& golden, const Outcome& outcome) {
  if (outcome.patches.empty()) {
    return Difference(golden.before, outcome.after);
  }
  const TempDir repository;
  const TempDir mail;
  WriteTree(repository.path(), golden.before, golden.executable);
  if (const std::string failure = CommitAll(repository.path()); !failure.empty()) {
    return failure;
  }
  StringMap<std::string> files(outcome.patches.begin(), outcome.patches.end());
  WriteTree(mail.path(), files, {});
  for (const std::string_view command : {"git am", "git apply"}) {
    const CommandResult applied = RunIn(
        repository.path(), Cat("git checkout -q -f --detach master 2>/dev/null || git checkout "
                               "-q -f --detach main; git clean -qfdx; for p in '",
                               mail.path(), "'/*.patch; do ", command, " \"$p\" || exit 1; done"));
    if (applied.exit_code != 0) {
      return Cat(command, ": ", applied.output);
    }
    if (const std::string difference = Difference(outcome.after, ReadTree(repository.path()));
        !difference.empty()) {
      return Cat("after ", command, ": ", difference);
    }
    if (ExecutablesIn(repository.path()) != outcome.executable) {
      return Cat("after ", command, " the mode bits differ");
    }
  }
  return "";
}

std::string CheckGofmt(const Case& golden, const Outcome& outcome) {
  const TempDir before;
  const TempDir after;
  WriteTree(before.path(), golden.before, {});
  WriteTree(after.path(), outcome.after, {});
  const absl::StatusOr<StringSet> excused = NotFormatted(before.path());
  const absl::StatusOr<StringSet> found = NotFormatted(after.path());
  if (!excused.ok() || !found.ok()) {
    return "there is no gofmt; install Go";
  }
  for (const std::string& path : *found) {
    if (!excused->contains(path)) {
      return RunIn(after.path(), Cat("gofmt -d '", path, "'")).output;
    }
  }
  return "";
}

std::string CheckBuilds(const Case& golden, const Outcome& outcome) {
  const TempDir before;
  const TempDir after;
  WriteTree(before.path(), golden.before, {});
  WriteTree(after.path(), outcome.after, {});
  for (const Target& target : golden.broken) {
    if (BuildFor(before.path(), target).exit_code == 0) {
      return Cat("the input builds for ", target.Name(), " already");
    }
  }
  for (const Target& target : golden.build) {
    const CommandResult result = BuildFor(after.path(), target);
    if (result.exit_code != 0) {
      return Cat("the result does not build for ", target.Name(), ":\n", result.output);
    }
  }
  return "";
}

}  // namespace windlass
