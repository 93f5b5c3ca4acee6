#include "transformer/driver/check_run.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "transformer/driver/check_file.h"
#include "transformer/rules/check.h"
#include "transformer/rules/kept_facts.h"
#include "transformer/rules/shared_facts.h"
#include "transformer/rules/suppress.h"
#include "transformer/text/parallel.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool IsProjectRule(const Rule& rule) {
  return rule.native != nullptr && std::holds_alternative<ProjectLogic>(rule.native->logic);
}

}  // namespace

CheckResult CheckTree(const Workspace& workspace, const std::function<bool(const Rule&)>& chosen) {
  const auto rules = workspace.rules().rules();
  const Project& project = workspace.project();
  const size_t threads = ThreadCount(workspace.options().threads);
  SharedFacts shared(
      project, [&](std::string_view family) { return workspace.rules().FindPack(family); },
      threads);
  shared.Get<KeptFacts>([&](SharedFacts&) { return workspace.Kept(); });
  CheckResult result;
  for (const Rule* rule : rules) {
    if (chosen(*rule) && IsProjectRule(*rule) && !workspace.single_file()) {
      CheckProject(*rule, shared, &result.findings);
    }
  }
  std::vector<std::pair<size_t, std::vector<const Rule*>>> work;
  for (size_t i = 0; i < project.files().size(); ++i) {
    std::vector<const Rule*> wanted;
    for (const uint16_t number : workspace.WantedBy(i)) {
      if (chosen(*rules[number])) {
        wanted.push_back(rules[number]);
      }
    }
    const bool in_focus = workspace.focus().empty() || project.files()[i].path == workspace.focus();
    if (in_focus && workspace.MaySuppressIn(i)) {
      result.suppressing.push_back(project.files()[i].path);
    }
    if (!wanted.empty() && in_focus) {
      work.emplace_back(i, std::move(wanted));
    }
  }
  std::vector<FileCheck> slots(work.size());
  std::atomic<size_t> done{0};
  ParallelFor(work.size(), threads, [&](size_t i) {
    slots[i] = CheckOneFile(workspace, project.files()[work[i].first], work[i].second, shared);
    const size_t so_far = done.fetch_add(1) + 1;
    if (workspace.options().progress && so_far % 64 == 0) {
      workspace.options().progress("check", so_far, work.size());
    }
  });
  for (size_t i = 0; i < slots.size(); ++i) {
    FileCheck& slot = slots[i];
    if (slot.may_suppress && !workspace.MaySuppressIn(work[i].first)) {
      result.suppressing.push_back(project.files()[work[i].first].path);
    }
    result.parsed += slot.parsed ? 1 : 0;
    std::move(slot.findings.begin(), slot.findings.end(), std::back_inserter(result.findings));
    if (slot.skipped) {
      result.skipped.push_back(*std::move(slot.skipped));
    }
  }
  std::sort(result.suppressing.begin(), result.suppressing.end());
  std::erase_if(result.findings, [&](const Finding& finding) {
    const ProjectFile* file = project.Find(finding.path);
    return (file != nullptr && file->excluded) ||
           (!workspace.focus().empty() && finding.path != workspace.focus());
  });
  std::stable_sort(result.findings.begin(), result.findings.end(), FindingBefore);
  return result;
}

CheckReport ReportOn(const Workspace& workspace, CheckResult result) {
  CheckReport report;
  report.root = workspace.options().root;
  report.targets = workspace.options().targets;
  report.files_seen = workspace.project().files().size();
  report.files_parsed = result.parsed;
  report.skipped = workspace.skipped();
  std::move(result.skipped.begin(), result.skipped.end(), std::back_inserter(report.skipped));
  std::sort(report.skipped.begin(), report.skipped.end(),
            [](const Skipped& a, const Skipped& b) { return a.path < b.path; });
  report.findings = std::move(result.findings);
  return report;
}

void ReportSuppressions(const Workspace& workspace, bool every_rule, CheckResult* result) {
  const auto is_known = [&](std::string_view name) {
    const std::string_view family = name.substr(0, name.find('/'));
    const Pack* pack = workspace.rules().FindPack(family);
    return name == "all" ||
           (pack != nullptr &&
            (name == family || std::any_of(pack->rules.begin(), pack->rules.end(),
                                           [&](const auto& rule) { return rule->id == name; })));
  };
  const auto is_on = [&](std::string_view name) {
    const auto rules = workspace.rules().rules();
    return name == "all" || std::any_of(rules.begin(), rules.end(), [&](const Rule* rule) {
             return rule->id == name || rule->family == name;
           });
  };
  std::vector<Finding> about;
  for (const std::string& path : result->suppressing) {
    absl::StatusOr<std::string> bytes = workspace.Read(path);
    if (!bytes.ok()) {
      continue;
    }
    const SourceFile source(path, *std::move(bytes));
    const auto tree = Tree::Parse(source, LanguageForPath(path), workspace.options().budget);
    std::vector<Finding> here;
    std::copy_if(result->findings.begin(), result->findings.end(), std::back_inserter(here),
                 [&](const Finding& finding) { return finding.path == path; });
    std::vector<Suppression> suppressions =
        FindSuppressions(source, tree.ok() ? tree->get() : nullptr);
    // What a rule that is off would have found, nobody knows.
    std::erase_if(suppressions, [&](const Suppression& one) {
      return one.valid() && is_known(one.rule) && !is_on(one.rule);
    });
    const auto said = CheckSuppressions(suppressions, source, here, every_rule, is_known);
    about.insert(about.end(), said.begin(), said.end());
  }
  std::move(about.begin(), about.end(), std::back_inserter(result->findings));
  std::stable_sort(result->findings.begin(), result->findings.end(), FindingBefore);
}

}  // namespace windlass
