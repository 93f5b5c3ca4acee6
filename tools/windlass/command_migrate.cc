#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/driver/git.h"
#include "transformer/driver/journal.h"
#include "transformer/driver/output.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/transaction.h"
#include "transformer/driver/transform.h"
#include "transformer/driver/verify.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct MigrateFlags {
  CommonFlags common;
  std::string out;
  bool apply = false;
  std::string branch;
  bool allow_dirty = false;
  std::string split = "family";
  std::string report;
  std::string since;
  std::string verify = "parse";
};

void PrintCommits(const Migration& migration, const std::vector<std::string>& paths) {
  for (size_t i = 0; i < migration.series.commits.size(); ++i) {
    const PatchCommit& commit = migration.series.commits[i];
    DiffStat total;
    for (const FileChange& file : commit.files) {
      const DiffStat stat = StatOf(file);
      total.added += stat.added;
      total.removed += stat.removed;
    }
    std::printf("%s\n    places %zu, files %zu, lines +%zu -%zu\n",
                paths.empty() ? commit.subject.c_str() : paths[i].c_str(), commit.findings.size(),
                commit.files.size(), total.added, total.removed);
  }
}

void PrintRest(const Migration& migration) {
  size_t suggested = 0;
  size_t refused = 0;
  for (const Finding& finding : migration.rest.findings) {
    (finding.refusal ? refused : suggested) += finding.fix ? 0 : 1;
  }
  std::printf("%zu commits; %zu suggestions and %zu refusals need a person",
              migration.series.commits.size(), suggested, refused);
  std::printf(" (windlass check lists them); %zu files seen, %zu skipped\n",
              migration.rest.files_seen, migration.rest.skipped.size());
  for (const std::string& family : migration.not_quiet) {
    std::fprintf(stderr,
                 "windlass: family %s still found something to change after "
                 "four rounds\n",
                 family.c_str());
  }
}

void PrintVerification(const VerifiedMigration& verified) {
  for (const std::string& note : verified.notes) {
    std::printf("verified: %s\n", note.c_str());
  }
  if (verified.dropped > 0) {
    std::printf("%zu fixes broke what worked before and were dropped\n", verified.dropped);
  }
}

absl::Status Deliver(const MigrateFlags& flags, const Migration& migration,
                     std::vector<std::string>* paths) {
  if (flags.apply) {
    return ApplyChanges(flags.common.dir, migration.changes);
  }
  if (!flags.branch.empty()) {
    const auto git = GitTree::Open(flags.common.dir);
    if (!git) {
      return absl::FailedPreconditionError(
          Absl(Cat("--commit: ", flags.common.dir, " is in no git work tree")));
    }
    return git->CommitSeries(flags.branch, migration.series);
  }
  const SourceCache sources(flags.common.dir, migration.changes);
  WINDLASS_ASSIGN_OR_RETURN(*paths, WriteSeries(flags.out, migration, sources.Lookup()));
  return absl::OkStatus();
}

void PrintNextStep(const MigrateFlags& flags, const Migration& migration) {
  if (migration.series.commits.empty()) {
    std::printf("nothing to patch\n");
  } else if (flags.apply) {
    std::printf("applied to %s; look at it with git diff, take it back with windlass undo\n",
                flags.common.dir.c_str());
  } else if (!flags.branch.empty()) {
    std::printf("committed to the branch %s\n", flags.branch.c_str());
  } else {
    const std::string out = std::filesystem::absolute(flags.out).lexically_normal().string();
    std::printf("next: read %s/README.md, then, in %s: git am %s/*.patch\n", flags.out.c_str(),
                flags.common.dir.c_str(), out.c_str());
  }
}

absl::Status RunMigrate(const MigrateFlags& flags) {
  if (flags.apply) {
    WINDLASS_ASSIGN_OR_RETURN(const bool recovered, RecoverApply(flags.common.dir));
    if (recovered) {
      std::fprintf(stderr, "windlass: took back an earlier --apply that was interrupted\n");
    }
  }
  if (!flags.allow_dirty) {
    WINDLASS_RETURN_IF_ERROR(RequireCleanTree(flags.common.dir));
  }
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(Setup setup, Prepare(flags.common, &terminal));
  setup.options.split = SplitFromName(flags.split).value_or(Split::kFamily);
  const Verify verify = VerifyFromName(flags.verify).value_or(Verify::kParse);
  WINDLASS_ASSIGN_OR_RETURN(const VerifiedMigration verified,
                            MigrateVerified(setup.packs, setup.options, verify));
  const Migration& migration = verified.migration;
  terminal.Clear();
  std::vector<std::string> paths;
  WINDLASS_RETURN_IF_ERROR(Deliver(flags, migration, &paths));
  if (!flags.report.empty()) {
    const SourceCache sources(flags.common.dir, migration.changes);
    WINDLASS_RETURN_IF_ERROR(WriteReport(flags.report, flags.since, migration, sources.Lookup()));
  }
  if (!flags.common.quiet) {
    PrintCommits(migration, paths);
    PrintVerification(verified);
    PrintRest(migration);
    PrintNextStep(flags, migration);
  }
  return absl::OkStatus();
}

}  // namespace

void AddMigrate(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<MigrateFlags>();
  CLI::App* command = app->add_subcommand("migrate",
                                          "Write a patch series (for git am) that "
                                          "makes a Go project fit for Windows");
  AddCommonFlags(command, &flags->common);
  auto* out = command->add_option("-o,--output", flags->out, "Folder for the patches")
                  ->default_str("windlass-out");
  flags->out = "windlass-out";
  auto* apply = command->add_flag("--apply", flags->apply, "Change the files in place instead");
  auto* branch =
      command->add_option("--commit", flags->branch, "Commit the series to a new branch instead")
          ->type_name("BRANCH");
  apply->excludes(out)->excludes(branch);
  branch->excludes(out);
  command->add_option("--split", flags->split, "What gets a commit of its own within each level")
      ->check(CLI::IsMember({"family", "rule", "dir", "owner"}))
      ->default_str("family");
  auto* report = command
                     ->add_option("--report", flags->report,
                                  "Also write a report for people: .html, .md or .json")
                     ->check(CLI::Validator(
                         [](const std::string& file) {
                           const std::string type = std::filesystem::path(file).extension();
                           return type == ".html" || type == ".md" || type == ".json"
                                      ? std::string()
                                      : file + ": a report is written as .html, .md or .json";
                         },
                         "FILE"));
  command
      ->add_option("--since", flags->since,
                   "An earlier report (.html or .json) to compare with; default: what FILE held")
      ->type_name("OLD")
      ->needs(report);
  command->add_flag("--allow-dirty", flags->allow_dirty,
                    "Go on although the work tree has uncommitted changes");
  command
      ->add_option(
          "--verify", flags->verify,
          "Prove the series: parse (always done), build (go build and go vet for every "
          "target after each commit), test (and go test here and, where it is installed, under "
          "Wine); fixes that break are dropped, and the commit is named")
      ->check(CLI::IsMember({"none", "parse", "build", "test"}))
      ->default_str("parse");
  command->callback([flags, code] {
    const absl::Status status = RunMigrate(*flags);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
