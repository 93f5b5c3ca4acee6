// Where in a file the rules on paths may have something to decide, told by patterns alone.

#include <algorithm>
#include <array>
#include <set>

#include "re2/re2.h"
#include "transformer/facts/path_flow.h"

namespace windlass {
namespace {

/// A larger declaration is a table of data.
constexpr size_t kSharedPart = 2048;

/// What the rules that ask the flow decide looks like, one match for each place.
struct Patterns {
  std::vector<const RE2*> telling;
  std::vector<const RE2*> beside;  // tell nothing by themselves
};
Patterns PatternsFor(const GoSkim& skim) {
  static const RE2 kGlued(
      R"re(("/[^"\n]*"\s*\+|\+=?\s*"[^"\n]*/|/"\s*\+|%[a-z0-9]+/|/%[a-z0-9]|["']/["']|Separator\b)re"
      R"re(|"\.?\./"|,\s*"/[^"\n]*"\)|,\s*"[^"\n]*/"\)|[!=]=\s*"/|["`][A-Za-z]:|\\\\|PATH[="]|_DIRS[="]|["']:["']\)))re");
  static const RE2 kNative(R"re((\bfilepath\.(?:Join|Rel|Base|Clean|FromSlash|Dir)\())re");
  static const RE2 kPackage(R"re((\b\w+\.(?:Join|Base|Dir|Ext|Clean|Split|IsAbs|Match)\())re");
  static const RE2 kSlashUse(
      R"re((\b(?:fs|embed|url|zip|tar|fstest)\.|\.Name\s*=|\.Path\s*=|\bhttp\.(?:Redirect|NewReq|Get|Post|Dir|Handle)))re");
  constexpr std::array<std::string_view, 7> kSlashWorlds = {
      "io/fs", "embed", "net/url", "archive/zip", "archive/tar", "net/http", "testing/fstest"};
  // Where types and uses decide for other families: modes, owners, places that only unix has.
  static const RE2 kSystem(
      R"re((\b(?:Chmod|Chown|Lchown)\(|\.Perm\(\)|\.Mode\(\)|FileMode|["`]/(?:etc|var|run|tmp)\b|MsgUnix\(|\bnet\.(?:Dial|DialTimeout|Listen)\("unix))re");
  static const RE2 kTimes(R"re((\.Format\((?:time\.|"[^"\n]*:)))re");
  Patterns patterns{{&kGlued, &kSystem}, {}};
  if (skim.Imports("path")) {
    patterns.telling.push_back(&kPackage);
  }
  if (skim.Imports("path/filepath")) {
    patterns.telling.push_back(&kTimes);
  }
  if (std::ranges::any_of(kSlashWorlds, [&](auto path) { return skim.Imports(path); })) {
    patterns.telling.push_back(&kNative);
    patterns.beside.push_back(&kSlashUse);
  }
  return patterns;
}

}  // namespace

bool MayHoldPaths(const GoSkim& skim, std::string_view bytes) {
  const re2::StringPiece text(bytes.data(), bytes.size());
  return std::ranges::any_of(PatternsFor(skim).telling,
                             [&](const RE2* pattern) { return RE2::PartialMatch(text, *pattern); });
}

std::vector<size_t> PathParts(const std::vector<GoPart>& parts, const GoSkim& skim,
                              std::string_view bytes) {
  std::set<size_t> found;
  // A constant says where, and another declaration opens it.
  static const RE2 kPlace(R"re(["`]/(?:etc|var|run|tmp)\b)re");
  static const RE2 kOpens(
      R"re((\bos\.(?:Open|OpenFile|Read(?:File|Dir)|L?Stat|MkdirAll|WriteFile|Create)\(\w+[,)]))re");
  Patterns patterns = PatternsFor(skim);
  if (RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()), kPlace)) {
    patterns.telling.push_back(&kOpens);
  }
  patterns.telling.insert(patterns.telling.end(), patterns.beside.begin(), patterns.beside.end());
  for (const RE2* pattern : patterns.telling) {
    re2::StringPiece rest(bytes.data(), bytes.size());
    re2::StringPiece match;
    while (RE2::FindAndConsume(&rest, *pattern, &match)) {
      found.insert(PartAt(parts, static_cast<size_t>(match.data() - bytes.data())));
    }
  }
  // Where a constant or a variable holds what tells, whatever mentions it may decide.
  const bool shared = std::ranges::any_of(found, [&](size_t part) {
    return parts[part].kind != GoPart::Kind::kFunc && parts[part].span.size() <= kSharedPart;
  });
  for (size_t part = 1; shared && part < parts.size(); ++part) {
    found.insert(part);
  }
  return {found.begin(), found.end()};
}

}  // namespace windlass
