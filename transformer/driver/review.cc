#include "transformer/driver/review.h"

#include <sys/stat.h>

#include <functional>
#include <memory>
#include <utility>

#include "transformer/driver/check_run.h"
#include "transformer/driver/compose.h"
#include "transformer/driver/git.h"
#include "transformer/driver/known_findings.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/unified_diff.h"
#include "transformer/driver/workspace.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kShownContext = 3;  // as GitHub and GitLab show a change

/// The two ends of a change.
struct Ends {
  TreeState base;
  TreeState head;
};

using ReadText = std::function<std::optional<std::string>(std::string_view)>;

/// `path` of a patch, which names files from the top of the repository, below the root.
std::optional<std::string> Below(const std::string& prefix, std::string_view path) {
  if (path.empty() || !path.starts_with(prefix)) {
    return std::nullopt;
  }
  return std::string(path.substr(prefix.size()));
}

/// True for a file that lies below the root on neither side, as far as it is there.
bool IsElsewhere(const FileDiff& file, const std::string& prefix) {
  const auto outside = [&](const std::string& path) {
    return !path.empty() && !path.starts_with(prefix);
  };
  return outside(file.old_path) || outside(file.new_path);
}

/// The other end of the patch whose one end is on disk; nullopt if it does not fit so.
std::optional<TreeState> OtherEnd(const std::vector<FileDiff>& files, bool reverse,
                                  const std::string& prefix, const ReadText& read) {
  TreeState state;
  for (const FileDiff& file : files) {
    if (IsElsewhere(file, prefix)) {
      continue;
    }
    const auto here = Below(prefix, reverse ? file.new_path : file.old_path);
    const auto there = Below(prefix, reverse ? file.old_path : file.new_path);
    const std::optional<std::string> text = here ? read(*here) : std::optional<std::string>("");
    const auto other = text ? ApplyHunks(file, *text, reverse) : std::nullopt;
    const bool in_the_way = !here && there && read(*there).has_value();
    if (!other || in_the_way) {
      return std::nullopt;
    }
    if (here) {
      state.texts[*here] = std::nullopt;
    }
    if (there) {
      state.texts[*there] = *other;
    }
  }
  return state;
}

/// Where the root lies below the top of the repository, if there is one.
std::string PrefixOf(const std::string& root) {
  const auto git = GitTree::Open(root);
  return git ? git->prefix() : "";
}

absl::StatusOr<Ends> EndsOfPatch(const std::string& root, const std::string& patch,
                                 const ReadText& read) {
  WINDLASS_ASSIGN_OR_RETURN(const std::vector<FileDiff> files, ParseUnifiedDiff(patch, "patch"));
  const std::string prefix = PrefixOf(root);
  Ends ends;
  if (auto base = OtherEnd(files, true, prefix, read)) {
    ends.base = *std::move(base);
    return ends;
  }
  if (auto head = OtherEnd(files, false, prefix, read)) {
    ends.head = *std::move(head);
    return ends;
  }
  return InvalidInput(
      "patch: fits the tree neither as a change to come nor as one that is made; give the diff "
      "against these files");
}

absl::StatusOr<Ends> EndsOf(const std::string& root, const ReviewRequest& request,
                            const ReadText& read) {
  if (request.patch) {
    return EndsOfPatch(root, *request.patch, read);
  }
  WINDLASS_ASSIGN_OR_RETURN(const GitStates git, GitStates::Open(root));
  Ends ends;
  if (request.staged) {
    const std::string base = request.base.empty() ? git.Head() : request.base;
    WINDLASS_ASSIGN_OR_RETURN(ends.head, git.Staged());
    if (base.empty()) {  // before the first commit all is new
      for (const auto& [path, text] : ends.head.texts) {
        ends.base.texts[path] = std::nullopt;
      }
      return ends;
    }
    WINDLASS_ASSIGN_OR_RETURN(ends.base, git.At(base));
    return ends;
  }
  WINDLASS_ASSIGN_OR_RETURN(const std::string base, git.MergeBase(request.base, request.head));
  WINDLASS_ASSIGN_OR_RETURN(ends.base, git.At(base));
  if (!request.head.empty()) {
    WINDLASS_ASSIGN_OR_RETURN(ends.head, git.At(request.head));
  } else {
    ends.head.commit = git.Head();
  }
  return ends;
}

/// What all rules say of the tree as the workspace has it.
CheckResult CheckAll(const Workspace& workspace) {
  CheckResult result = CheckTree(workspace, [](const Rule&) { return true; });
  ReportSuppressions(workspace, workspace.options().only.empty(), &result);
  return result;
}

SourceCache SourcesOf(const Workspace& workspace) {
  return SourceCache([&workspace](std::string_view path) { return workspace.Read(path); });
}

}  // namespace

absl::StatusOr<Review> ReviewChange(const Packs& packs, const RunOptions& options,
                                    const ReviewRequest& request) {
  WINDLASS_ASSIGN_OR_RETURN(const RuleIndex rules, RuleIndex::Select(packs, options.only));
  WINDLASS_ASSIGN_OR_RETURN(const auto workspace, Workspace::Open(rules, options));
  if (workspace->single_file()) {
    return InvalidInput(Cat(options.root, ": is a file; name the folder that changed"));
  }
  const ReadText disk = [&](std::string_view path) -> std::optional<std::string> {
    auto text = workspace->ReadDisk(path);
    return text.ok() ? std::optional(*std::move(text)) : std::nullopt;
  };
  WINDLASS_ASSIGN_OR_RETURN(const Ends ends, EndsOf(options.root, request, disk));
  const TreeState on_disk;
  const std::vector<FileChange> change = ChangesBetween(ends.base, ends.head, disk);
  Review review;
  review.commit = ends.head.commit;
  review.head = ChangesBetween(on_disk, ends.head, disk);
  StringMap<std::vector<LineRange>> touched;
  for (const FileChange& file : change) {
    touched[file.path] = ChangedRanges(file.BeforeBytes(), file.AfterBytes(), 0);
    review.shown[file.path] = ChangedRanges(file.BeforeBytes(), file.AfterBytes(), kShownContext);
  }

  workspace->Apply(ChangesBetween(on_disk, ends.base, disk));
  const CheckResult before = CheckAll(*workspace);
  const SourceCache sources_before = SourcesOf(*workspace);
  for (const Finding& finding : before.findings) {
    sources_before.Get(finding.path);  // as the file is now, before the next Apply
  }
  workspace->Apply(change);
  CheckResult after = CheckAll(*workspace);
  const SourceCache sources_after = SourcesOf(*workspace);
  review.known = RemoveKnown(
      before.findings, sources_before.Lookup(), sources_after.Lookup(),
      [&](const std::string& path, size_t line) {
        const auto lines = touched.find(path);
        return lines != touched.end() && Holds(lines->second, line, line);
      },
      &after.findings);
  std::erase_if(after.findings,
                [](const Finding& finding) { return finding.refusal == Refusal::kSuppressed; });
  after.findings = Compose(*workspace, std::move(after.findings)).findings;
  review.report = ReportOn(*workspace, std::move(after));
  return review;
}

}  // namespace windlass
