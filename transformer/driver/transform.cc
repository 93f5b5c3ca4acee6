#include "transformer/driver/transform.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "transformer/driver/check_run.h"
#include "transformer/driver/compose.h"
#include "transformer/driver/git.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/workspace.h"
#include "transformer/facts/git_attributes.h"
#include "transformer/patch/change_log.h"
#include "transformer/patch/message.h"
#include "transformer/text/eol.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr int kMaxRounds = 4;

class Stopwatch {
 public:
  explicit Stopwatch(std::vector<std::pair<std::string, double>>* out) : out_(out) {}
  void Lap(std::string name) {
    const auto now = std::chrono::steady_clock::now();
    out_->emplace_back(std::move(name),
                       std::chrono::duration<double, std::milli>(now - last_).count());
    last_ = now;
  }

 private:
  std::vector<std::pair<std::string, double>>* out_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// What fixes are known by over several runs: the rule, the file, what it says, and the line where
/// it stands. Reads each file once as long as findings come sorted by path.
class FixKeys {
 public:
  explicit FixKeys(const Workspace& workspace) : workspace_(workspace) {}

  std::string Of(const Finding& finding) {
    if (finding.path != path_) {
      path_ = finding.path;
      text_ = workspace_.Read(path_).value_or("");
    }
    std::string_view line = text_;
    const size_t at = std::min(finding.span.begin, line.size());
    const size_t newline = at == 0 ? std::string_view::npos : line.rfind('\n', at - 1);
    line.remove_prefix(newline == std::string_view::npos ? 0 : newline + 1);
    return Cat(finding.rule, "\n", finding.path, "\n", finding.message, "\n",
               line.substr(0, line.find('\n')));
  }

 private:
  const Workspace& workspace_;
  std::string path_;
  std::string text_;
};

/// A commit that grows round by round.
struct OpenCommit {
  ChangeLog log;
  std::vector<Finding> findings;
  std::vector<std::string> keys;

  void Add(const Workspace& workspace, const Composition& composition) {
    FixKeys fixes(workspace);
    for (const Finding& finding : composition.findings) {
      if (finding.fix) {
        keys.push_back(fixes.Of(finding));
      }
    }
    log.Add(composition.changes);
    std::copy_if(composition.findings.begin(), composition.findings.end(),
                 std::back_inserter(findings), [](const Finding& f) { return f.fix.has_value(); });
  }

  /// Keys of the fixes for one of `files`.
  std::vector<std::string> KeysIn(const std::vector<FileChange>& files) const {
    std::vector<std::string> found;
    std::ranges::copy_if(keys, std::back_inserter(found), [&](std::string_view key) {
      key.remove_prefix(key.find('\n') + 1);
      const std::string_view path = key.substr(0, key.find('\n'));
      return std::ranges::any_of(files, [&](const FileChange& file) {
        return file.path == path || file.old_path == path;
      });
    });
    return found;
  }
};

/// What the commit itself tells git about line endings.
GitAttributes AttributesIn(const std::vector<FileChange>& files) {
  constexpr std::string_view kName = ".gitattributes";
  GitAttributes attributes;
  for (const FileChange& file : files) {
    const size_t slash = file.path.rfind('/');
    const size_t name = slash == std::string::npos ? 0 : slash + 1;
    if (file.after && file.path.substr(name) == kName) {
      attributes.Add(file.path.substr(0, name == 0 ? 0 : slash), *file.after);
    }
  }
  return attributes;
}

/// The form in which a commit holds its files: as git stores them, with paths from the top of the
/// work tree. Files that only differ on disk drop out.
std::vector<FileChange> Stored(const GitTree* git, std::vector<FileChange> files) {
  const GitAttributes attributes = AttributesIn(files);
  for (FileChange& file : files) {
    if (git != nullptr) {
      file.before =
          file.before ? std::optional(git->AsStored(file.old_path, *file.before)) : std::nullopt;
      file.after = file.after ? std::optional(git->AsStored(file.path, *file.after)) : std::nullopt;
    }
    if (file.after && attributes.StoredAsLf(file.path)) {
      file.after = ConvertEols(*file.after, DetectEncoding(*file.after), Eol::kLf);
    }
    if (git != nullptr) {
      file.old_path = Cat(git->prefix(), file.old_path);
      file.path = Cat(git->prefix(), file.path);
    }
  }
  std::erase_if(files, [](const FileChange& file) {
    return file.before == file.after && file.path == file.old_path;
  });
  return files;
}

/// Line endings and what git is told of them cannot come in different commits.
bool WritesAttributes(const Pack& pack) {
  return std::ranges::any_of(pack.rules, [](const auto& rule) {
    return rule->native != nullptr && rule->native->name == "write_git_attributes";
  });
}

/// One family over the tree until it is quiet: its safe commit, then its review commit.
class FamilyRun {
 public:
  /// With `rule`, of that rule alone.
  FamilyRun(const Pack& pack, Workspace* workspace, const Rule* rule = nullptr)
      : pack_(pack), rule_(rule), workspace_(workspace) {}

  /// False if it did not settle.
  bool Run() {
    for (const Level level : {Level::kSafe, Level::kReview}) {
      if (level > workspace_->options().level) {
        break;
      }
      int round = 0;
      while (RunOnce(level)) {
        if (++round == kMaxRounds) {
          return false;
        }
      }
    }
    return true;
  }

  void AppendCommits(const GitTree* git, const CodeOwners& owners, Migration* migration) const {
    for (const Level level : {Level::kSafe, Level::kReview}) {
      const OpenCommit& open = level == Level::kSafe ? safe_ : review_;
      for (SplitPart& part : Parts(open, owners)) {
        std::vector<FileChange> files = Stored(git, part.files);
        if (!files.empty()) {
          migration->series.commits.push_back(
              MakeCommit(pack_, level, std::move(files), std::move(part.findings), part.name));
          migration->keys.push_back(open.KeysIn(part.files));
          migration->steps.push_back(std::move(part.files));
        }
      }
    }
  }

 private:
  /// What gets commits of its own.
  std::vector<SplitPart> Parts(const OpenCommit& open, const CodeOwners& owners) const {
    switch (workspace_->options().split) {
      case Split::kDir:
        return SplitBy(
            [](std::string_view path) {
              const size_t slash = path.rfind('/');
              return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
            },
            open.log.Files(), open.findings);
      case Split::kOwner:
        return SplitBy([&](std::string_view path) { return owners.OwnerOf(path); },
                       open.log.Files(), open.findings);
      default:
        std::vector<SplitPart> whole(1);
        whole[0] = {rule_ != nullptr ? rule_->id.substr(rule_->id.find('/') + 1) : "",
                    open.log.Files(), open.findings};
        return whole;
    }
  }

  /// Findings, then edits, then file changes of one round; false if there was nothing to do.
  bool RunOnce(Level level) {
    CheckResult result = CheckTree(*workspace_, [&](const Rule& rule) {
      return rule_ != nullptr ? &rule == rule_ : rule.family == pack_.family;
    });
    const StringMap<std::string>& dropped = workspace_->options().dropped;
    FixKeys fixes(*workspace_);
    std::erase_if(result.findings, [&](const Finding& f) {
      return !f.fix || f.level > level || (!dropped.empty() && dropped.contains(fixes.Of(f)));
    });
    if (result.findings.empty()) {
      return false;
    }
    const Composition composition = Compose(*workspace_, std::move(result.findings));
    if (composition.changes.empty()) {
      return false;
    }
    (level == Level::kSafe ? safe_ : review_).Add(*workspace_, composition);
    workspace_->Apply(composition.changes);
    return true;
  }

  const Pack& pack_;
  const Rule* rule_;
  Workspace* workspace_;
  OpenCommit safe_;
  OpenCommit review_;
};

/// Says of fixes that were left out why they were.
void RefuseDropped(const Workspace& workspace, std::vector<Finding>* findings) {
  const StringMap<std::string>& dropped = workspace.options().dropped;
  FixKeys fixes(workspace);
  for (Finding& finding : *findings) {
    const auto found =
        dropped.empty() || !finding.fix ? dropped.end() : dropped.find(fixes.Of(finding));
    if (found != dropped.end()) {
      finding.reason = found->second;
      Refuse(&finding, Refusal::kBrokenResult);
    }
  }
}

}  // namespace

absl::StatusOr<CheckReport> CheckProjectTree(const Packs& packs, const RunOptions& options,
                                             const FindingFilter& filter) {
  std::vector<std::pair<std::string, double>> timings;
  Stopwatch watch(&timings);
  WINDLASS_ASSIGN_OR_RETURN(const RuleIndex rules, RuleIndex::Select(packs, options.only));
  WINDLASS_ASSIGN_OR_RETURN(const auto workspace, Workspace::Open(rules, options));
  watch.Lap("scan");
  CheckResult result = CheckTree(*workspace, [](const Rule&) { return true; });
  ReportSuppressions(*workspace, options.only.empty(), &result);
  watch.Lap("check");
  if (filter) {
    const SourceCache sources([&](std::string_view path) { return workspace->Read(path); });
    filter(sources.Lookup(), &result.findings);
  }
  result.findings = Compose(*workspace, std::move(result.findings)).findings;
  watch.Lap("compose");
  CheckReport report = ReportOn(*workspace, std::move(result));
  report.timings_ms = std::move(timings);
  return report;
}

absl::StatusOr<CheckReport> CheckOneFile(const Packs& packs, const RunOptions& options,
                                         const std::string& path, const std::string& text) {
  auto settings = options.settings ? std::make_shared<ProjectSettings>(*options.settings)
                                   : std::make_shared<ProjectSettings>();
  settings->focus = path;
  RunOptions focused = options;
  focused.settings = std::move(settings);
  WINDLASS_ASSIGN_OR_RETURN(const RuleIndex rules, RuleIndex::Select(packs, options.only));
  WINDLASS_ASSIGN_OR_RETURN(const auto workspace, Workspace::Open(rules, focused));
  FileChange change{.path = path, .old_path = path, .before = std::nullopt, .after = text};
  if (auto before = workspace->Read(path); before.ok()) {
    change.before = *std::move(before);
  }
  workspace->Apply({change});
  CheckResult result = CheckTree(*workspace, [](const Rule&) { return true; });
  ReportSuppressions(*workspace, options.only.empty(), &result);
  result.findings = Compose(*workspace, std::move(result.findings)).findings;
  return ReportOn(*workspace, std::move(result));
}

absl::StatusOr<Migration> Migrate(const Packs& packs, const RunOptions& options) {
  Migration migration;
  WINDLASS_ASSIGN_OR_RETURN(const RuleIndex rules, RuleIndex::Select(packs, options.only));
  WINDLASS_ASSIGN_OR_RETURN(const auto workspace, Workspace::Open(rules, options));
  const std::unique_ptr<GitTree> git = GitTree::Open(options.root);
  migration.series.date = git ? git->HeadTime() : 0;
  migration.owners = CodeOwners::Of(workspace->project());
  for (const Pack* pack : rules.packs()) {
    if (options.split == Split::kRule && !WritesAttributes(*pack)) {
      for (const Rule* rule : rules.rules()) {
        if (rule->family == pack->family) {
          FamilyRun alone(*pack, workspace.get(), rule);
          alone.Run();  // what is left, the family as a whole takes
          alone.AppendCommits(git.get(), migration.owners, &migration);
        }
      }
    }
    FamilyRun family(*pack, workspace.get());
    if (!family.Run()) {
      migration.not_quiet.push_back(pack->family);
    }
    family.AppendCommits(git.get(), migration.owners, &migration);
  }
  migration.changes = workspace->Changes();
  migration.rest = ReportOn(*workspace, CheckTree(*workspace, [](const Rule&) { return true; }));
  RefuseDropped(*workspace, &migration.rest.findings);
  for (const GoModule& module : workspace->project().modules()) {
    const bool built = std::ranges::any_of(module.packages, [](const GoPackage& package) {
      return !package.passed_over && !package.files.front()->vendored;
    });
    if (built && !module.path.empty()) {
      migration.module_dirs.push_back(module.dir);
    }
  }
  migration.packages = ReadinessOf(workspace->project(), migration.series, migration.rest.findings);
  return migration;
}

}  // namespace windlass
