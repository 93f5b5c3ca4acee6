#include "transformer/driver/readiness.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "transformer/driver/gitignore.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct Count {
  size_t patched = 0;
  size_t open = 0;
};

bool IsOpen(const Finding& finding) {
  return !finding.fix && finding.refusal != Refusal::kSuppressed;
}

PackageReadiness OfPackage(const GoPackage& package, const std::vector<Target>& targets,
                           const std::map<std::string, Count, std::less<>>& counts) {
  PackageReadiness out;
  out.path = !package.import_path.empty() ? package.import_path
             : package.dir.empty()        ? "."
                                          : package.dir;
  for (const Target& target : targets) {
    TargetReadiness& readiness = out.targets.emplace_back();
    readiness.target = target.Name();
    for (const ProjectFile* file : package.files) {
      if (!file->skim || !file->skim->constraint.Combined().Eval(target)) {
        continue;
      }
      ++readiness.files;
      if (const auto count = counts.find(file->path);
          count != counts.end() && target.goos == "windows") {
        readiness.patched += count->second.patched;
        readiness.open += count->second.open;
      }
    }
  }
  return out;
}

}  // namespace

std::vector<PackageReadiness> ReadinessOf(const Project& project, const PatchSeries& series,
                                          const std::vector<Finding>& rest) {
  std::map<std::string, Count, std::less<>> counts;
  for (const PatchCommit& commit : series.commits) {
    for (const Finding& finding : commit.findings) {
      ++counts[finding.path].patched;
    }
  }
  for (const Finding& finding : rest) {
    counts[finding.path].open += IsOpen(finding) ? 1 : 0;
  }
  std::vector<PackageReadiness> out;
  for (const GoModule& module : project.modules()) {
    for (const GoPackage& package : module.packages) {
      if (!package.passed_over) {
        out.push_back(OfPackage(package, project.targets(), counts));
      }
    }
  }
  return out;
}

CodeOwners::CodeOwners(std::string_view text) {
  for (const auto raw : absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    const std::string line(absl::StripAsciiWhitespace(raw.substr(0, raw.find('#'))));
    const size_t blank = line.find_first_of(" \t");
    // GitLab's section headings: [Section] @owner
    if (!line.empty() && line[0] != '[') {
      const std::string owners = blank == std::string::npos ? "" : line.substr(blank);
      lines_.push_back({line.substr(0, blank), std::string(absl::StripAsciiWhitespace(owners))});
    }
  }
}

CodeOwners CodeOwners::Of(const Project& project) {
  constexpr std::array<std::string_view, 4> kPlaces = {".github/CODEOWNERS", "CODEOWNERS",
                                                       "docs/CODEOWNERS", ".gitlab/CODEOWNERS"};
  for (const std::string_view path : kPlaces) {
    if (project.Find(path) == nullptr) {
      continue;
    }
    if (const absl::StatusOr<std::string> text = project.Read(path); text.ok()) {
      return CodeOwners(*text);
    }
  }
  return CodeOwners("");
}

std::string CodeOwners::OwnerOf(std::string_view path) const {
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    const GitIgnore pattern(line->pattern);
    // A pattern that fits a folder fits all that is in it.
    for (size_t end = path.size(); end != std::string_view::npos && end > 0;
         end = path.rfind('/', end - 1)) {
      if (pattern.Ignores(path.substr(0, end), end != path.size()).value_or(false)) {
        return line->owners;
      }
    }
  }
  return "";
}

}  // namespace windlass
