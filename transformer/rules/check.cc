#include "transformer/rules/check.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "transformer/rules/data_rule.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/shared_availability.h"
#include "transformer/rules/suppress.h"
#include "transformer/text/regex.h"
#include "transformer/text/status.h"

namespace windlass {

namespace {

void FillIn(const Rule& rule, std::string_view path, Finding* finding) {
  if (finding->rule.empty()) {
    finding->rule = rule.id;
  }
  if (finding->family.empty()) {
    finding->family = rule.family;
  }
  if (finding->path.empty()) {
    finding->path = path;
  }
  // Levels are ordered from the best; a rule's own level is the best that its findings may have.
  finding->level = std::max(finding->level, rule.level);
  if (!rule.MayFix()) {
    finding->fix.reset();
  }
}

bool SameFix(const Finding& a, const Finding& b) {
  if (!a.fix || !b.fix) {
    return a.fix.has_value() == b.fix.has_value() && a.refusal == b.refusal;
  }
  const auto same_edits = [](const auto& x, const auto& y) {
    return x.first == y.first && std::ranges::equal(x.second.edits(), y.second.edits());
  };
  return std::ranges::equal(a.fix->edits, b.fix->edits, same_edits) &&
         a.fix->imports == b.fix->imports && a.fix->new_files == b.fix->new_files &&
         a.fix->renames == b.fix->renames;
}

// Sorted, outer places first, and each said once: a query may match one place in several ways.
void SortAndMerge(std::vector<Finding>* findings) {
  std::ranges::stable_sort(*findings, FindingBefore);
  const auto repeated = [](const Finding& a, const Finding& b) {
    return a.path == b.path && a.span == b.span && a.rule == b.rule && a.message == b.message &&
           SameFix(a, b);
  };
  const auto rest = std::ranges::unique(*findings, repeated);
  findings->erase(rest.begin(), rest.end());
}

// Whether the generated `file` is changed together with what it is made of: `//sys` lines beside
// it, of which mkwinsyscall makes it.
bool FollowsItsSource(const ProjectFile& file, const Fix& fix, const Project& project) {
  const auto folder = [](std::string_view path) { return path.substr(0, path.rfind('/') + 1); };
  const auto edits_source = [&](const auto& entry) {
    const ProjectFile* source = project.Find(entry.first);
    if (source == nullptr || !source->editable() || folder(source->path) != folder(file.path)) {
      return false;
    }
    const auto text = project.Read(source->path);
    return text.ok() && std::ranges::any_of(entry.second.edits(), [&](const Edit& edit) {
             const size_t line = text->rfind('\n', edit.span.begin) + 1;
             return std::string_view(*text).substr(line).starts_with("//sys");
           });
  };
  return file.generated && !file.vendored && !file.excluded &&
         std::ranges::any_of(fix.edits, edits_source);
}

// Whether the fix changes a file that nobody may edit.
bool EditsForbidden(const Fix& fix, const Project& project) {
  return std::ranges::any_of(fix.edits, [&](const auto& entry) {
    const ProjectFile* file = project.Find(entry.first);
    return file != nullptr && !file->editable() && !FollowsItsSource(*file, fix, project);
  });
}

// Whether the fix changes a file that the project protects.
bool EditsProtected(const Fix& fix, const Project& project) {
  const FileGlobs& globs = project.settings().protected_files;
  const auto is_protected = [&](const auto& entry) { return globs.Match(entry.first); };
  return std::ranges::any_of(fix.edits, is_protected) ||
         std::ranges::any_of(fix.renames, is_protected);
}

bool EditsError(const Fix& fix, std::string_view path, const Tree* tree) {
  const auto edits = fix.edits.find(path);
  return tree != nullptr && edits != fix.edits.end() &&
         std::ranges::any_of(edits->second.edits(),
                             [&](const Edit& edit) { return tree->TouchesError(edit.span); });
}

void RefuseUnsuitable(SharedFacts& shared, const Tree* tree, std::string_view path,
                      Finding* finding) {
  if (!finding->fix) {
    return;
  }
  const Project& project = shared.project();
  if (EditsForbidden(*finding->fix, project)) {
    Refuse(finding, Refusal::kGenerated);
  } else if (EditsProtected(*finding->fix, project)) {
    Refuse(finding, Refusal::kProtected);
  } else if (EditsError(*finding->fix, path, tree)) {
    Refuse(finding, Refusal::kParseError);
  } else if (std::string newer = NewerThanModule(*finding->fix, shared); !newer.empty()) {
    finding->reason = std::move(newer);
    Refuse(finding, Refusal::kNewerGo);
  }
}

/// Where the rule's query may match: all of the file, or the declarations that hold a place of each
/// kind that the rule goes by.
std::vector<Span> PartsToQuery(const Rule& rule, const FileContext& context, SharedFacts& shared) {
  const Tree& tree = *context.tree;
  std::vector<std::vector<size_t>> kinds;
  if (rule.by_declaration) {
    kinds.push_back(PrefilterPlaces(rule, tree.source().bytes()));
  }
  if (rule.HasPlaces()) {
    kinds.push_back(rule.native->places(tree.source().path(), shared));
  }
  if (kinds.empty()) {
    return {{0, tree.source().size()}};
  }
  for (std::vector<size_t>& places : kinds) {
    std::ranges::sort(places);
  }
  std::vector<Span> parts;
  for (const Node declaration : tree.root().NamedChildren()) {
    const Span span = declaration.span();
    const auto holds = [&](const std::vector<size_t>& places) {
      const auto place = std::ranges::lower_bound(places, span.begin);
      return place != places.end() && *place < span.end;
    };
    if (std::ranges::all_of(kinds, holds)) {
      parts.push_back(span);
    }
  }
  return parts;
}

void RunMatch(const Rule& rule, const QueryMatch& match, const FileContext& context,
              SharedFacts& shared, std::vector<Finding>* out) {
  const MatchLogic* logic =
      rule.native == nullptr ? nullptr : std::get_if<MatchLogic>(&rule.native->logic);
  if (logic == nullptr) {
    out->push_back(RunDataRule(rule, match, context));
    return;
  }
  const size_t first = out->size();
  (*logic)(rule, match, context, shared, out);
  for (size_t i = first; i < out->size(); ++i) {
    if ((*out)[i].path.empty() && (*out)[i].span == Span{}) {
      (*out)[i].span = SiteOf(match).span();
    }
  }
}

absl::Status RunMatches(const Rule& rule, const FileContext& context, SharedFacts& shared,
                        std::vector<Finding>* out) {
  for (const Span part : PartsToQuery(rule, context, shared)) {
    WINDLASS_ASSIGN_OR_RETURN(const std::vector<QueryMatch> matches,
                              rule.query->Run(*context.tree, part));
    for (const QueryMatch& match : matches) {
      if (!match.captures.empty() && MatchGuardsHold(rule.where, match, context, shared)) {
        RunMatch(rule, match, context, shared, out);
      }
    }
  }
  return absl::OkStatus();
}

// Suppressions of the files of `findings`, which are sorted, for rules that do not go file by file.
void SuppressByFile(const Project& project, std::span<Finding> findings) {
  for (size_t begin = 0, end = 0; begin < findings.size(); begin = end) {
    const std::string& path = findings[begin].path;
    while (end < findings.size() && findings[end].path == path) {
      ++end;
    }
    absl::StatusOr<std::string> bytes = project.Read(path);
    if (!bytes.ok() || !MaySuppress(*bytes)) {
      continue;
    }
    std::shared_ptr<const ParsedGo> parsed;
    if (LanguageForPath(path) == Language::kGo) {
      parsed = project.ParseGo(path).value_or(nullptr);
    }
    const SourceFile source(path, *std::move(bytes));
    const Tree* tree = parsed ? parsed->tree.get() : nullptr;
    ApplySuppressions(FindSuppressions(source, tree), source, findings.subspan(begin, end - begin));
  }
}

}  // namespace

bool RuleWantsFile(const Rule& rule, const ProjectFile& file) {
  if (!file.editable() || (rule.language != Language::kText && rule.language != file.language)) {
    return false;
  }
  if (file.skim != nullptr && !SkimGuardsMayHold(rule.where, *file.skim)) {
    return false;
  }
  return rule.path_patterns.empty() ||
         std::ranges::any_of(rule.path_patterns, [&](const std::unique_ptr<RE2>& pattern) {
           return RE2::FullMatch(file.path, *pattern);
         });
}

bool PrefilterMatches(const Rule& rule, std::string_view bytes) {
  return rule.prefilter.empty() ||
         std::ranges::any_of(rule.prefilter, [&](const std::unique_ptr<RE2>& pattern) {
           return RE2::PartialMatch(bytes, *pattern);
         });
}

std::vector<size_t> PrefilterPlaces(const Rule& rule, std::string_view bytes) {
  std::vector<size_t> places;
  for (const std::unique_ptr<RE2>& pattern : rule.prefilter) {
    const std::vector<size_t> found = MatchOffsets(*pattern, bytes);
    places.insert(places.end(), found.begin(), found.end());
  }
  return places;
}

absl::Status CheckFile(const Rule& rule, const FileContext& context, SharedFacts& shared,
                       std::vector<Finding>* out) {
  FileContext seen = context;
  if (rule.language == Language::kText) {
    // Whether a file is parsed depends on the other rules of the run; what a rule says must not.
    seen.tree = nullptr;
    seen.go = nullptr;
  }
  if (!FileGuardsHold(rule.where, seen)) {
    return absl::OkStatus();
  }
  std::vector<Finding> found;
  if (rule.query != nullptr && seen.tree != nullptr) {
    WINDLASS_RETURN_IF_ERROR(RunMatches(rule, seen, shared, &found));
  } else if (rule.native != nullptr) {
    if (const auto* logic = std::get_if<FileLogic>(&rule.native->logic)) {
      (*logic)(rule, seen, shared, &found);
    }
  }
  for (Finding& finding : found) {
    FillIn(rule, context.source.path(), &finding);
    RefuseUnsuitable(shared, seen.tree, context.source.path(), &finding);
  }
  SortAndMerge(&found);
  if (!found.empty() && MaySuppress(context.source.bytes())) {
    ApplySuppressions(FindSuppressions(context.source, context.tree), context.source, found);
  }
  std::move(found.begin(), found.end(), std::back_inserter(*out));
  return absl::OkStatus();
}

void CheckProject(const Rule& rule, SharedFacts& shared, std::vector<Finding>* out) {
  const auto* logic =
      rule.native == nullptr ? nullptr : std::get_if<ProjectLogic>(&rule.native->logic);
  if (logic == nullptr) {
    return;
  }
  std::vector<Finding> found;
  (*logic)(rule, shared.project(), shared, &found);
  for (Finding& finding : found) {
    FillIn(rule, "", &finding);
    RefuseUnsuitable(shared, nullptr, "", &finding);
  }
  SortAndMerge(&found);
  SuppressByFile(shared.project(), found);
  std::move(found.begin(), found.end(), std::back_inserter(*out));
}

}  // namespace windlass
