#include "transformer/driver/compose.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "transformer/driver/edit_owners.h"
#include "transformer/facts/go_format.h"
#include "transformer/facts/go_imports.h"
#include "transformer/text/parallel.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// What the taken findings do to one file.
struct FilePlan {
  std::vector<size_t> takers;  // indexes of findings
  EditSet own;                 // what their rules wrote
  std::vector<ImportRequest> imports;
  EditSet whole;  // with imports and alignment
  std::string before;
  std::string after;
  bool broken = false;
};

/// Number of regions that do not parse; nullopt where there is no grammar or the file is over
/// budget.
std::optional<size_t> ErrorsIn(const std::string& path, const std::string& text,
                               const ParseBudget& budget) {
  const Language language = LanguageForPath(path);
  if (language == Language::kText) {
    return std::nullopt;
  }
  const SourceFile source(path, text);
  const auto tree = Tree::Parse(source, language, budget);
  if (!tree.ok()) {
    return std::nullopt;
  }
  return (*tree)->error_spans().size();
}

class Composer {
 public:
  Composer(const Workspace& workspace, std::vector<Finding> findings)
      : workspace_(workspace), findings_(std::move(findings)), taken_(findings_.size(), false) {}

  Composition Run() {
    Choose();
    do {
      PlanFiles();
    } while (DropBroken());
    ShareOutEdits();
    return Assemble();
  }

 private:
  /// Takes every finding that fits with those before it; the others say why not.
  void Choose() {
    StringMap<EditSet> merged;
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (!findings_[i].fix) {
        continue;
      }
      const Fix& fix = *findings_[i].fix;
      if (!NewFilesFit(fix)) {
        Reject(i, Refusal::kExists);
      } else if (std::any_of(fix.edits.begin(), fix.edits.end(), [&](const auto& entry) {
                   return merged[entry.first].ConflictsWith(entry.second);
                 })) {
        Reject(i, Refusal::kDeferred);
      } else {
        Take(i, &merged);
      }
    }
  }

  void Take(size_t i, StringMap<EditSet>* merged) {
    taken_[i] = true;
    for (const auto& [path, edits] : findings_[i].fix->edits) {
      (void)(*merged)[path].Merge(edits);  // tested by the caller
    }
    for (const NewFile& file : findings_[i].fix->new_files) {
      created_.emplace(file.path, file);
    }
  }

  /// A new file must be new, or be what stands there (or what an earlier finding creates) byte for
  /// byte.
  bool NewFilesFit(const Fix& fix) const {
    return std::all_of(fix.new_files.begin(), fix.new_files.end(), [&](const NewFile& file) {
      if (const auto it = created_.find(file.path); it != created_.end()) {
        return it->second.text == file.text;
      }
      if (workspace_.project().Find(file.path) == nullptr) {
        return true;
      }
      const auto present = workspace_.Read(file.path);
      return present.ok() && *present == file.text;
    });
  }

  void Reject(size_t i, Refusal why) {
    taken_[i] = false;
    Refuse(&findings_[i], why);
  }

  void PlanFiles() {
    plans_.clear();
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (!taken_[i]) {
        continue;
      }
      for (const auto& [path, edits] : findings_[i].fix->edits) {
        FilePlan& plan = plans_[path];
        plan.takers.push_back(i);
        (void)plan.own.Merge(edits);
      }
      for (const auto& [path, requests] : findings_[i].fix->imports) {
        FilePlan& plan = plans_[path];
        plan.imports.insert(plan.imports.end(), requests.begin(), requests.end());
      }
    }
    for (auto& [path, plan] : plans_) {
      std::sort(plan.imports.begin(), plan.imports.end());
      plan.imports.erase(std::unique(plan.imports.begin(), plan.imports.end()), plan.imports.end());
    }
    std::vector<std::pair<const std::string, FilePlan>*> work;
    std::ranges::transform(plans_, std::back_inserter(work), [](auto& entry) { return &entry; });
    ParallelFor(work.size(), ThreadCount(workspace_.options().threads),
                [&](size_t i) { PlanFile(work[i]->first, &work[i]->second); });
  }

  void PlanFile(const std::string& path, FilePlan* plan) {
    plan->whole = plan->own;
    auto before = workspace_.Read(path);
    if (!before.ok()) {
      plan->broken = true;
      return;
    }
    plan->before = *std::move(before);
    const bool parses = LanguageForPath(path) == Language::kGo && FinishGo(path, plan);
    plan->after = plan->whole.Apply(plan->before);
    if (parses || plan->broken) {
      return;
    }
    const ParseBudget& budget = workspace_.options().budget;
    const auto errors_after = ErrorsIn(path, plan->after, budget);
    plan->broken = errors_after.value_or(0) > 0 &&
                   *errors_after > ErrorsIn(path, plan->before, budget).value_or(0);
  }

  /// Imports and alignment follow from all edits of a file together. True if the result is known to
  /// parse.
  bool FinishGo(const std::string& path, FilePlan* plan) {
    const auto parsed = workspace_.project().ParseGo(path);
    if (!parsed.ok()) {
      plan->broken = true;
      return false;
    }
    const GoFile& go = *(*parsed)->go;
    const GoModule* module = workspace_.project().ModuleOf(path);
    const EditSet imports =
        UpdateImports(go, plan->own, plan->imports, module != nullptr ? module->path : "");
    if (!plan->whole.Merge(imports).ok()) {
      plan->broken = true;
      return false;
    }
    std::optional<EditSet> aligned = RealignGo(*(*parsed)->tree, plan->whole);
    plan->broken = !aligned.has_value();
    if (aligned) {
      plan->whole = *std::move(aligned);
    }
    return !plan->broken && !(*parsed)->tree->has_errors();
  }

  /// Rejects findings whose file would not parse; true if there were any.
  bool DropBroken() {
    bool dropped = false;
    for (const auto& [path, plan] : plans_) {
      if (!plan.broken) {
        continue;
      }
      const std::vector<size_t> guilty = Guilty(path, plan);
      for (const size_t i : guilty) {
        Reject(i, Refusal::kBrokenResult);
      }
      dropped = dropped || !guilty.empty();
    }
    return dropped;
  }

  /// The findings that break the file alone; all of its findings if none does.
  std::vector<size_t> Guilty(const std::string& path, const FilePlan& plan) {
    std::vector<size_t> suspects;
    std::copy_if(plan.takers.begin(), plan.takers.end(), std::back_inserter(suspects),
                 [&](size_t i) { return taken_[i]; });
    std::vector<size_t> guilty;
    Bisect(path, suspects, &guilty);
    return guilty.empty() ? suspects : guilty;
  }

  /// Halves `suspects` as long as they break the file, so that few of many cost few parses.
  void Bisect(const std::string& path, std::span<const size_t> suspects,
              std::vector<size_t>* guilty) {
    FilePlan part;
    for (const size_t i : suspects) {
      const Fix& fix = *findings_[i].fix;
      (void)part.own.Merge(fix.edits.find(path)->second);
      if (const auto it = fix.imports.find(path); it != fix.imports.end()) {
        part.imports.insert(part.imports.end(), it->second.begin(), it->second.end());
      }
    }
    PlanFile(path, &part);
    if (!part.broken || suspects.empty()) {
      return;
    }
    if (suspects.size() == 1) {
      guilty->push_back(suspects.front());
      return;
    }
    Bisect(path, suspects.first(suspects.size() / 2), guilty);
    Bisect(path, suspects.subspan(suspects.size() / 2), guilty);
  }

  /// Gives each taken finding its part of the final edits, so that the fixes of a file together
  /// make exactly the composed file: its own edits, the imports it asked for, and what belongs to
  /// nobody in particular by nearness.
  void ShareOutEdits() {
    for (const auto& [path, plan] : plans_) {
      if (plan.takers.empty()) {
        continue;
      }
      EditOwners owners;
      for (const size_t i : plan.takers) {
        const Fix& fix = *findings_[i].fix;
        const auto asked = fix.imports.find(path);
        owners.Add(i, fix.edits.find(path)->second,
                   asked == fix.imports.end() ? std::span<const ImportRequest>() : asked->second);
      }
      std::map<size_t, EditSet> shares;
      for (const Edit& edit : plan.whole.edits()) {
        for (const size_t i : owners.Of(edit)) {
          (void)shares[i].Add(edit);
        }
      }
      for (const size_t i : plan.takers) {
        findings_[i].fix->edits.insert_or_assign(path, std::move(shares[i]));
      }
    }
  }

  Composition Assemble() {
    Composition result;
    StringMap<std::string> renames;
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (taken_[i]) {
        ++result.taken;
        renames.insert(findings_[i].fix->renames.begin(), findings_[i].fix->renames.end());
      }
    }
    for (auto& [path, plan] : plans_) {
      if (plan.before != plan.after || renames.contains(path)) {
        result.changes.push_back(ChangeOf(path, &plan, renames));
      }
    }
    StringSet made;
    for (size_t i = 0; i < findings_.size(); ++i) {
      if (!taken_[i]) {
        continue;
      }
      for (const NewFile& file : findings_[i].fix->new_files) {
        if (workspace_.project().Find(file.path) == nullptr && made.insert(file.path).second) {
          result.changes.push_back({.path = file.path,
                                    .old_path = file.path,
                                    .before = std::nullopt,
                                    .after = file.text,
                                    .executable = file.executable});
        }
      }
    }
    std::sort(result.changes.begin(), result.changes.end(),
              [](const FileChange& a, const FileChange& b) { return a.path < b.path; });
    result.findings = std::move(findings_);
    return result;
  }

  FileChange ChangeOf(const std::string& path, FilePlan* plan,
                      const StringMap<std::string>& renames) const {
    const ProjectFile* file = workspace_.project().Find(path);
    const auto rename = renames.find(path);
    return {.path = rename == renames.end() ? path : rename->second,
            .old_path = path,
            .before = std::move(plan->before),
            .after = std::move(plan->after),
            .executable = file != nullptr && file->executable};
  }

  const Workspace& workspace_;
  std::vector<Finding> findings_;
  std::vector<bool> taken_;
  StringMap<NewFile> created_;
  StringMap<FilePlan> plans_;
};

}  // namespace

Composition Compose(const Workspace& workspace, std::vector<Finding> findings) {
  return Composer(workspace, std::move(findings)).Run();
}

}  // namespace windlass
