#include "transformer/driver/split.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// Names that belong together: the least of them stands for all.
class Groups {
 public:
  std::string Of(const std::string& name) const {
    const auto found = up_.find(name);
    return found == up_.end() ? name : Of(found->second);
  }
  void Join(const std::string& a, const std::string& b) {
    const std::string first = Of(a);
    const std::string second = Of(b);
    if (first != second) {
      up_[std::max(first, second)] = std::min(first, second);
    }
  }

 private:
  std::map<std::string, std::string> up_;
};

bool TellsLineEndings(const FileChange& file) {
  return file.path == ".gitattributes" || file.path.ends_with("/.gitattributes");
}

/// The paths of files that a fix changes, new ones left out: those may serve several findings.
std::vector<std::string> ChangedBy(const Finding& finding) {
  std::vector<std::string> paths = {finding.path};
  for (const auto& [path, edits] : finding.fix->edits) {
    paths.push_back(path);
  }
  for (const auto& [from, to] : finding.fix->renames) {
    paths.push_back(from);
  }
  return paths;
}

}  // namespace

std::optional<Split> SplitFromName(std::string_view name) {
  return name == "family"  ? std::optional(Split::kFamily)
         : name == "rule"  ? std::optional(Split::kRule)
         : name == "dir"   ? std::optional(Split::kDir)
         : name == "owner" ? std::optional(Split::kOwner)
                           : std::nullopt;
}

std::vector<SplitPart> SplitBy(const std::function<std::string(std::string_view path)>& key,
                               std::vector<FileChange> files, std::vector<Finding> findings) {
  if (std::ranges::any_of(files, TellsLineEndings)) {
    std::vector<SplitPart> whole(1);
    whole[0] = {"", std::move(files), std::move(findings)};
    return whole;
  }
  Groups groups;
  std::map<std::string, std::set<std::string>> wanted;  // new file -> parts that want it
  for (const Finding& finding : findings) {
    const std::string home = key(finding.path);
    for (const std::string& path : ChangedBy(finding)) {
      groups.Join(home, key(path));
    }
  }
  for (const Finding& finding : findings) {
    for (const NewFile& file : finding.fix->new_files) {
      wanted[file.path].insert(groups.Of(key(finding.path)));
    }
  }
  std::map<std::string, SplitPart> parts;
  for (Finding& finding : findings) {
    parts[groups.Of(key(finding.path))].findings.push_back(std::move(finding));
  }
  for (FileChange& file : files) {
    const std::string& old_path = file.old_path.empty() ? file.path : file.old_path;
    const auto want = wanted.find(file.path);
    std::string name = groups.Of(key(old_path));
    if (want != wanted.end() && file.created()) {
      name = want->second.size() == 1 ? *want->second.begin() : parts.begin()->first;
    }
    parts[name].files.push_back(std::move(file));
  }
  std::vector<SplitPart> out;
  for (auto& [name, part] : parts) {
    if (!part.files.empty()) {
      part.name = name.empty() ? "." : name;
      out.push_back(std::move(part));
    }
  }
  return out;
}

}  // namespace windlass
