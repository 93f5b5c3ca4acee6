#include "transformer/driver/explain.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "transformer/driver/workspace.h"
#include "transformer/rules/check.h"
#include "transformer/rules/native/path_explain.h"
#include "transformer/rules/shared_facts.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// One file loaded for the rules, and what they say of it.
class Explainer {
 public:
  Explainer(const Workspace& workspace, const ProjectFile& file)
      : workspace_(workspace),
        file_(file),
        shared_(workspace.project(), [&workspace](std::string_view family) {
          return workspace.rules().FindPack(family);
        }) {}

  absl::StatusOr<std::vector<std::string>> Explain(size_t line);

 private:
  absl::Status Load();
  absl::Status Check(const FileContext& context);
  std::string PlaceOf(const Related& related) const;
  void Describe(const Finding& finding, std::vector<std::string>* out) const;
  const SourceFile& source() const { return go_ ? *go_->source : *source_; }

  const Workspace& workspace_;
  const ProjectFile& file_;
  SharedFacts shared_;
  std::shared_ptr<const ParsedGo> go_;
  std::unique_ptr<const SourceFile> source_;
  std::unique_ptr<const Tree> tree_;
  std::vector<Finding> findings_;
};

absl::Status Explainer::Load() {
  if (file_.language == Language::kGo) {
    WINDLASS_ASSIGN_OR_RETURN(go_, workspace_.project().ParseGo(file_.path));
    return absl::OkStatus();
  }
  WINDLASS_ASSIGN_OR_RETURN(std::string bytes, workspace_.Read(file_.path));
  source_ = std::make_unique<SourceFile>(file_.path, std::move(bytes));
  if (file_.language != Language::kText) {
    WINDLASS_ASSIGN_OR_RETURN(tree_,
                              Tree::Parse(*source_, file_.language, workspace_.options().budget));
  }
  return absl::OkStatus();
}

absl::Status Explainer::Check(const FileContext& context) {
  for (const Rule* rule : workspace_.rules().rules()) {
    const bool of_project =
        rule->native != nullptr && std::holds_alternative<ProjectLogic>(rule->native->logic);
    if (of_project) {
      CheckProject(*rule, shared_, &findings_);
    } else if (RuleWantsFile(*rule, file_) && PrefilterMatches(*rule, context.source.bytes())) {
      WINDLASS_RETURN_IF_ERROR(CheckFile(*rule, context, shared_, &findings_));
    }
  }
  std::erase_if(findings_, [&](const Finding& finding) { return finding.path != file_.path; });
  std::stable_sort(findings_.begin(), findings_.end(), FindingBefore);
  return absl::OkStatus();
}

/// "a.go:12" of a witness.
std::string Explainer::PlaceOf(const Related& related) const {
  if (related.path == file_.path && related.span.end <= source().size()) {
    return Cat(related.path, ":", std::to_string(source().PositionAt(related.span.begin).line));
  }
  const auto bytes = workspace_.Read(related.path);
  if (!bytes.ok() || related.span.end > bytes->size()) {
    return related.path;
  }
  const SourceFile other(related.path, *bytes);
  return Cat(related.path, ":", std::to_string(other.PositionAt(related.span.begin).line));
}

void Explainer::Describe(const Finding& finding, std::vector<std::string>* out) const {
  out->push_back(Cat(finding.rule, " (", LevelName(finding.level), "): ", finding.message));
  if (finding.refusal) {
    out->push_back(Cat("    left alone, ", RefusalName(*finding.refusal), ": ",
                       RefusalReason(*finding.refusal)));
  }
  if (finding.fix) {
    const auto edits = finding.fix->edits.find(file_.path);
    if (edits != finding.fix->edits.end()) {
      for (const Edit& edit : edits->second.edits()) {
        out->push_back(edit.span.empty()
                           ? Cat("    + ", edit.text)
                           : Cat("    - ", source().Text(edit.span), "\n    + ", edit.text));
      }
    }
  }
  if (!finding.reason.empty()) {
    out->push_back(Cat("    because: ", finding.reason));
  }
  for (const Related& related : finding.also) {
    out->push_back(Cat("    ", PlaceOf(related), ": ", related.message));
  }
}

absl::StatusOr<std::vector<std::string>> Explainer::Explain(size_t line) {
  WINDLASS_RETURN_IF_ERROR(Load());
  if (line == 0 || line > source().line_count()) {
    return InvalidInput(Cat(file_.path, ":", std::to_string(line), ": the file has ",
                            std::to_string(source().line_count()), " lines"));
  }
  const FileContext context{workspace_.project(),
                            file_,
                            source(),
                            go_ ? go_->tree.get() : tree_.get(),
                            go_ ? go_->go.get() : nullptr,
                            workspace_.project().ModuleOf(file_.path)};
  WINDLASS_RETURN_IF_ERROR(Check(context));
  std::vector<std::string> out;
  const Span wanted = source().LineSpan(line);
  for (const Finding& finding : findings_) {
    if (finding.span.begin <= wanted.end && wanted.begin <= finding.span.end) {
      Describe(finding, &out);
    }
  }
  if (context.go != nullptr) {
    for (std::string& text : ExplainPlace(context, shared_, line)) {
      out.push_back(std::move(text));
    }
  }
  if (out.empty()) {
    out.emplace_back("no rule has anything to say of this line");
  }
  return out;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExplainLine(const Packs& packs, const RunOptions& options,
                                                     std::string_view file, size_t line) {
  WINDLASS_ASSIGN_OR_RETURN(const RuleIndex rules, RuleIndex::Select(packs, options.only));
  WINDLASS_ASSIGN_OR_RETURN(const std::unique_ptr<Workspace> workspace,
                            Workspace::Open(rules, options));
  const ProjectFile* found = workspace->project().Find(file);
  if (found == nullptr) {
    return absl::NotFoundError(
        Cat(file, ": no file below ", options.root, " that windlass looks at (is it ignored?)"));
  }
  return Explainer(*workspace, *found).Explain(line);
}

}  // namespace windlass
