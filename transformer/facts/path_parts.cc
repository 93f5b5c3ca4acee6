// Where in a file the rules on paths may have something to decide, told by patterns alone.

#include <algorithm>
#include <array>
#include <set>

#include "re2/re2.h"
#include "transformer/facts/path_flow.h"
#include "transformer/text/regex.h"

namespace windlass {
namespace {

/// A larger constant or variable is a table of data.
constexpr size_t kSharedPart = 2048;
/// What a smaller file says elsewhere costs little to know.
constexpr size_t kSmallFile = 4096;

/// What the rules that ask the flow decide looks like.
struct Patterns {
  std::vector<const RE2*> strong;
  /// Tell where something else speaks of files.
  std::vector<const RE2*> weak;
  /// Tell in a file where something else does.
  std::vector<const RE2*> beside;
  const RE2* native = nullptr;
};
Patterns PatternsFor(const GoSkim& skim) {
  static const RE2 kGlued(
      R"re("/[^"\n]*"\s*\+|\+=?\s*"[^"\n]*/|/"\s*\+|%[a-z0-9]+/|/%[a-z0-9]|Separator\b)re"
      R"re(|"\.?\./"|PATH[="]|_DIRS[="]|\\\\\\\\[.?]|`\\\\[.?])re");
  static const RE2 kCompared(
      R"re(["']/["']|,\s*"/[^"\n]*"\)|,\s*"[^"\n]*/"\)|[!=]=\s*"/|["`][A-Za-z]:|\\\\|["']:["']\))re");
  static const RE2 kNative(R"re(\bfilepath\.(?:Join|Rel|Base|Clean|FromSlash|Dir)\()re");
  static const RE2 kPackage(R"re(\b\w+\.(?:Join|Base|Dir|Ext|Clean|Split|IsAbs|Match)\()re");
  static const RE2 kSlashUse(
      R"re(\b(?:fs|embed|url|zip|tar|fstest)\.|\.Name\s*=|\.Path\s*=|\.Handle(?:Func)?\(|\bKey:|\bhttp\.(?:Redirect|NewReq|Get|Post|Dir|Handle))re");
  constexpr auto kSlashWorlds = std::to_array<std::string_view>(
      {"io/fs", "embed", "net/url", "archive/zip", "archive/tar", "net/http", "testing/fstest",
       "html/template", "text/template", "github.com/aws/aws-sdk-go-v2/service/s3",
       "github.com/aws/aws-sdk-go/service/s3", "go.etcd.io/etcd/client/v3"});
  // Where types and uses decide for other families: modes, owners, places that only unix has.
  static const RE2 kSystem(
      R"re(\b(?:Chmod|Chown|Lchown)\(|\.Perm\(\)|\.Mode\(\)|FileMode|["`]/(?:etc|var|run|tmp)\b|MsgUnix\(|\bnet\.(?:Dial|DialTimeout|Listen)\("unix)re");
  static const RE2 kTimes(R"re(\.Format\((?:time\.|"[^"\n]*:))re");
  Patterns patterns{.strong = {&kGlued, &kSystem}, .weak = {&kCompared}, .beside = {}};
  if (skim.Imports("path")) {
    patterns.strong.push_back(&kPackage);
  }
  if (skim.Imports("path/filepath")) {
    patterns.strong.push_back(&kTimes);
  }
  if (std::ranges::any_of(kSlashWorlds, [&](auto path) { return skim.Imports(path); })) {
    patterns.native = &kNative;
    patterns.beside.push_back(&kSlashUse);
  }
  return patterns;
}

/// Whether a declaration speaks of files at all.
bool SpeaksOfFiles(std::string_view part) {
  static const RE2 kWords(
      R"re((?i)dir|file|path|folder|root|home|temp|tmp|conf|log|cache|base|disk|mount|os\.|exec\.|\bAbs\(|\bWalk|\bGlob\()re");
  return RE2::PartialMatch({part.data(), part.size()}, kWords);
}

}  // namespace

std::vector<size_t> PathParts(const std::vector<GoPart>& parts, const GoSkim& skim,
                              std::string_view bytes) {
  const auto holding = [&](const RE2& pattern) {
    std::set<size_t> found;
    for (const size_t offset : MatchOffsets(pattern, bytes)) {
      found.insert(PartAt(parts, offset));
    }
    return found;
  };
  const Patterns patterns = PatternsFor(skim);
  std::set<size_t> found;
  for (const RE2* pattern : patterns.strong) {
    found.merge(holding(*pattern));
  }
  for (const RE2* pattern : patterns.weak) {
    for (const size_t part : holding(*pattern)) {
      if (SpeaksOfFiles(bytes.substr(parts[part].span.begin, parts[part].span.size()))) {
        found.insert(part);
      }
    }
  }
  std::set<size_t> native;
  if (patterns.native != nullptr) {
    native = holding(*patterns.native);
  }
  found.merge(native);
  for (size_t i = 0; i < patterns.beside.size() && !found.empty(); ++i) {
    found.merge(holding(*patterns.beside[i]));
  }
  for (size_t part = 1; part < parts.size() && !found.empty() && bytes.size() <= kSmallFile;
       ++part) {
    found.insert(part);
  }
  // Where a constant or a variable holds what tells, whatever mentions it may decide.
  return WithSpeakers(parts, bytes, skim, {found.begin(), found.end()}, kSharedPart);
}

}  // namespace windlass
