#include "tests/runner/run_case.h"

#include <algorithm>

#include "tests/runner/tree.h"
#include "transformer/text/status.h"

namespace windlass {

namespace {

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
CommandResult BuildFor(const std::string& dir, const Case& golden, const Target& target) {
  std::string tags = golden.tags.empty() ? "" : " -tags=";
  for (const std::string& tag : golden.tags) {
    tags += Cat(tags.ends_with('=') ? "" : ",", tag);
  }
  const std::string workspace = golden.before.contains("go.work") ? "unset GOWORK GOFLAGS; " : "";
  return RunIn(dir, Cat(workspace, "export GOOS=", target.goos, " GOARCH=", target.goarch,
                        "; go build", tags, " ./... && go vet", tags, " ./..."));
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
  return RunCase(golden, packs, tree, executable, threads, &CommitAll);
}

std::string CheckQuietInGit(const Case& golden, const Packs& packs, const Outcome& outcome) {
  return CheckQuiet(golden, packs, outcome, &CommitAll);
}

std::string CheckDeterminismInGit(const Case& golden, const Packs& packs, const Outcome& outcome) {
  return CheckDeterminism(golden, packs, outcome, &CommitAll);
}

std::string CheckSeriesApplies(const Case& golden, const Outcome& outcome) {
  if (outcome.patches.empty()) {
    return Difference(golden.before, outcome.after);
  }
  const TempDir repository(golden.before, golden.executable);
  if (const std::string failure = CommitAll(repository.path()); !failure.empty()) {
    return failure;
  }
  const TempDir mail(StringMap<std::string>(outcome.patches.begin(), outcome.patches.end()));
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
  const TempDir before(golden.before);
  const TempDir after(outcome.after);
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
  const TempDir before(golden.before);
  const TempDir after(outcome.after);
  for (const Target& target : golden.broken) {
    if (BuildFor(before.path(), golden, target).exit_code == 0) {
      return Cat("the input builds for ", target.Name(), " already");
    }
  }
  for (const Target& target : golden.build) {
    const CommandResult result = BuildFor(after.path(), golden, target);
    if (result.exit_code != 0) {
      return Cat("the result does not build for ", target.Name(), ":\n", result.output);
    }
  }
  return "";
}

}  // namespace windlass
