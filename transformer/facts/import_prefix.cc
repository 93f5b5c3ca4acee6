#include "transformer/facts/import_prefix.h"

#include <set>

#include "transformer/text/strings.h"

namespace windlass {

std::string_view BelowSrc(std::string_view dir) {
  const size_t src = dir.rfind("src/");
  const bool whole = src == 0 || (src != std::string_view::npos && dir[src - 1] == '/');
  return whole ? dir.substr(src + 4) : dir;
}

std::string GuessImportPrefix(const GoModule& module) {
  std::set<std::string_view> dirs;
  std::set<std::string_view> imports;
  for (const GoPackage& package : module.packages) {
    dirs.insert(BelowSrc(package.dir));
    for (const ProjectFile* file : package.files) {
      for (const GoSkim::Import& import : file->skim->imports) {
        imports.insert(import.path);
      }
    }
  }
  StringMap<size_t> votes;
  for (const std::string_view path : imports) {
    for (size_t begin = 0; begin < path.size();) {
      if (dirs.contains(path.substr(begin))) {
        ++votes[std::string(path.substr(0, begin))];
        break;
      }
      const size_t slash = path.find('/', begin);
      begin = slash == std::string_view::npos ? path.size() : slash + 1;
    }
  }
  std::string best;
  size_t most = 0;
  for (const auto& [prefix, count] : votes) {
    if (count > most) {
      best = prefix;
      most = count;
    }
  }
  return best;
}

}  // namespace windlass
