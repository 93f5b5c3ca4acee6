#include "transformer/rules/native/path_domain.h"

#include <algorithm>
#include <optional>

#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

/// Whether any build for Windows takes the file, with whatever custom tags.
bool BuiltOnWindows(const FileConstraint& constraint, const std::vector<Target>& targets) {
  const BuildExpr expression = constraint.Combined();
  std::vector<std::string> custom;
  for (const std::string& tag : expression.Tags()) {
    if (!IsKnownGoos(tag) && !IsKnownGoarch(tag) && tag != "unix" && !tag.starts_with("go1.")) {
      custom.push_back(tag);
    }
  }
  std::vector<Target> windows;
  std::ranges::copy_if(targets, std::back_inserter(windows),
                       [](const Target& target) { return target.goos == "windows"; });
  if (windows.empty()) {
    windows = {{"windows", "amd64"}, {"windows", "arm64"}};
  }
  return std::ranges::any_of(windows, [&](const Target& target) {
    return expression.Eval(target) || expression.Eval(target, custom);
  });
}

std::unique_ptr<const PathFlow> MakeFlow(SharedFacts& shared) {
  PathTables tables;
  if (const Pack* pack = shared.FindPack("paths")) {
    for (const auto& [path, bytes] : pack->files) {
      if (path.starts_with("tables/")) {
        // A broken table is an error of the pack's own test; here it adds nothing.
        tables.Add(bytes, path).IgnoreError();
      }
    }
  }
  for (const ProjectSettings::TableText& own : shared.project().settings().path_tables) {
    tables.Add(own.toml, own.origin, own.key).IgnoreError();  // checked when it was read
  }
  return std::make_unique<const PathFlow>(shared.project(), std::move(tables));
}

/// What a value is whatever happens to it: a pipe, a list, a message, a path that only unix has.
std::optional<Domain> Fixed(const PathValue& whole, const PathValue& head) {
  if (head.Has(sign::kFromDevice) || whole.Has(sign::kFromDevice)) {
    return Domain::kDevice;
  }
  if (head.Has(sign::kFromList) || whole.Has(sign::kUseList)) {
    return Domain::kList;
  }
  const bool opened = whole.Has(sign::kUseHost | sign::kUseProgram);
  if (head.Has(sign::kFromUnix) || (head.Has(sign::kFromText) && !opened)) {
    return Domain::kText;
  }
  return std::nullopt;
}

/// Its name, or the name that it goes by later, says that a native path became something else on
/// the way.
bool NamedOtherwise(const PathValue& whole, const PathValue& head) {
  return whole.Has(sign::kUseSlashName) || head.Has(sign::kFromSlashName);
}

}  // namespace

std::string_view DomainName(Domain domain) {
  switch (domain) {
    case Domain::kHost:
      return "host";
    case Domain::kSlash:
      return "slash";
    case Domain::kDevice:
      return "device";
    case Domain::kList:
      return "list";
    case Domain::kText:
      return "text";
    case Domain::kConflict:
      return "conflict";
    case Domain::kUnknown:
      break;
  }
  return "unknown";
}

const PathFlow& PathFlowOf(SharedFacts& shared) {
  return shared.Get<PathFlow>(&MakeFlow);
}

std::vector<size_t> DecidingPlaces(std::string_view path, SharedFacts& shared) {
  return PathFlowOf(shared).Of(path)->Deciding(path);
}

std::vector<size_t> OpenedPlaces(std::string_view path, SharedFacts& shared) {
  return PathFlowOf(shared).Of(path)->Showing(path, sign::kUseHost | sign::kUseHostPart);
}

PathScene::PathScene(const FileContext& context, SharedFacts& shared) : context_(context) {
  if (context.go == nullptr || !context.file.editable() ||
      !BuiltOnWindows(context.go->constraint(), context.project.targets())) {
    return;
  }
  active_ = true;
  flow_ = PathFlowOf(shared).Of(context.file.path);
}

void PathScene::Reconsider(Node site, size_t before, std::vector<Finding>* out) {
  if (out->size() > before && IsSettledAround(site)) {
    out->resize(before);
  }
  for (size_t i = before; i < out->size(); ++i) {
    Finding& finding = (*out)[i];
    if (finding.fix && finding.level == Level::kSafe && finding.also.size() >= kFarSteps) {
      finding.level = Level::kReview;
      finding.reason += "; check that it is still a path of the running system after so many steps";
    }
  }
}

bool PathScene::only_windows() const {
  const BuildExpr expression = go().constraint().Combined();
  return expression.Eval({"windows", "amd64"}) && !expression.Eval({"linux", "amd64"}) &&
         !expression.Eval({"darwin", "arm64"});
}

void PathScene::Witness(const PathValue& value, sign::Set bit, Verdict* verdict) const {
  const std::vector<PathWitness> chain = flow_->Explain(value.node, bit);
  if (chain.empty()) {
    return;
  }
  const PathWitness& last = chain.back();
  verdict->reason += Cat(verdict->reason.empty() ? "" : "; ", last.what);
  if (last.path != context_.file.path) {
    verdict->reason += Cat(" in ", last.path);
  }
  for (const PathWitness& step : chain) {
    verdict->also.push_back({step.path, step.span, step.what});
  }
}

Verdict PathScene::Host(Weight weight, const PathValue& value, sign::Set bit) const {
  Verdict verdict;
  verdict.domain = Domain::kHost;
  verdict.weight = weight;
  Witness(value, bit, &verdict);
  return verdict;
}

Verdict PathScene::Slash(const PathValue& value, sign::Set bit) const {
  constexpr sign::Set kSure = sign::kUseSlash | sign::kFromSlash;
  constexpr sign::Set kNames = sign::kUseSlashName | sign::kFromSlashName;
  const Weight weight = (bit & kSure) != 0    ? Weight::kStrong
                        : (bit & kNames) != 0 ? Weight::kName
                                              : Weight::kMedium;
  Verdict verdict = Host(weight, value, bit);
  verdict.domain = Domain::kSlash;
  return verdict;
}

Verdict PathScene::Conflict(const PathValue& a, sign::Set host, const PathValue& b,
                            sign::Set slash) const {
  Verdict verdict = Host(Weight::kStrong, a, host);
  // What is known next door outweighs what is known by way of many.
  constexpr size_t kFar = 10;
  Verdict other = Slash(b, slash);
  if (other.also.size() >= kFar && other.also.size() >= 2 * verdict.also.size()) {
    verdict.weight = Weight::kMedium;
    return verdict;
  }
  if (verdict.also.size() >= kFar && verdict.also.size() >= 2 * other.also.size()) {
    other.weight = Weight::kMedium;
    return other;
  }
  verdict.domain = Domain::kConflict;
  Witness(b, slash, &verdict);
  return verdict;
}

bool PathScene::OfForeignType(const PathValue& value, sign::Set use) const {
  const std::vector<PathWitness> opened = flow_->Explain(value.node, use);
  const std::vector<PathWitness> named = flow_->Explain(value.node, sign::kFromSlashName);
  if (opened.empty() || named.empty() || opened.back().path == context_.file.path) {
    return false;
  }
  const std::string_view what = named.back().what;
  constexpr std::string_view kName = "its name, ";
  return what.starts_with("the name of its type") ||
         (what.starts_with(kName) && IsForeignName(what.substr(kName.size())));
}

Verdict PathScene::Judge(const PathValue& whole, const PathValue& head) const {
  if (const std::optional<Domain> fixed = Fixed(whole, head)) {
    Verdict verdict;
    verdict.domain = *fixed;
    return verdict;
  }
  // What this very value is used as.
  for (const sign::Set use : {sign::kUseHost, sign::kUseProgram}) {
    if (!whole.Has(use)) {
      continue;
    }
    if (whole.Has(sign::kUseSlash)) {
      return Conflict(whole, use, whole, sign::kUseSlash);
    }
    if (head.Has(sign::kFromSlash) && !head.Has(sign::kFromHost)) {
      return Conflict(whole, use, head, sign::kFromSlash);
    }
    if (head.Has(sign::kFromSlashName) && OfForeignType(head, use)) {
      return Conflict(whole, use, head, sign::kFromSlashName);
    }
    if (whole.node != head.node && whole.Has(sign::kUseSlashPart)) {
      return Conflict(whole, use, whole, sign::kUseSlashPart);
    }
    return Host(Weight::kStrong, whole, use);
  }
  if (whole.Has(sign::kUseSlash)) {
    return Slash(whole, sign::kUseSlash);
  }
  // Where it comes from.
  if (head.Has(sign::kFromHost) && head.Has(sign::kFromSlash)) {
    return Conflict(head, sign::kFromHost, head, sign::kFromSlash);
  }
  for (const sign::Set origin : {sign::kFromHost, sign::kFromHostSlash}) {
    if (head.Has(origin)) {
      return NamedOtherwise(whole, head) ? Verdict() : Host(Weight::kStrong, head, origin);
    }
  }
  if (head.Has(sign::kFromSlash)) {
    return Slash(head, sign::kFromSlash);
  }
  return JudgeByKin(whole, head);
}

/// By what its first piece is used as elsewhere, by its neighbours, and at last by names.
Verdict PathScene::JudgeByKin(const PathValue& whole, const PathValue& head) const {
  for (const sign::Set use : {sign::kUseHost, sign::kUseProgram}) {
    if (head.Has(use) && head.Has(sign::kUseSlash)) {
      return Conflict(head, use, head, sign::kUseSlash);
    }
  }
  if (head.Has(sign::kUseSlash)) {
    return Slash(head, sign::kUseSlash);
  }
  for (const sign::Set bit : {sign::kUseSlashPart, sign::kUsePeerSlash, sign::kUseSlashName}) {
    if (whole.Has(bit)) {
      return Slash(whole, bit);
    }
  }
  for (const sign::Set bit :
       {sign::kKinSlash, sign::kUsePeerSlash, sign::kFromSlashName, sign::kUseSlashName}) {
    const bool weak = bit == sign::kUsePeerSlash && head.Has(sign::kUseHost);
    if (head.Has(bit) && !weak) {
      return Slash(head, bit);
    }
  }
  // What stands below a directory may be a name of any kind, unless nothing else is done with it.
  constexpr sign::Set kElsewhere =
      sign::kUseOther | sign::kUseKey | sign::kUseCompare | sign::kUseText;
  if (whole.Has(sign::kUseHostPart) && !whole.Has(kElsewhere)) {
    return Host(Weight::kMedium, whole, sign::kUseHostPart);
  }
  // A single name opens a path of this machine as well as a name in an archive.
  const bool element = head.Has(sign::kFromElement) && whole.node != head.node;
  for (const sign::Set bit : {sign::kUseHost, sign::kKinHost, sign::kUsePeerHost}) {
    if (head.Has(bit)) {
      return Host(element ? Weight::kName : Weight::kMedium, head, bit);
    }
  }
  if (whole.Has(sign::kUsePeerHost)) {
    return Host(element ? Weight::kName : Weight::kMedium, whole, sign::kUsePeerHost);
  }
  if (whole.Has(sign::kUseHostPart)) {
    return Host(Weight::kName, whole, sign::kUseHostPart);
  }
  return JudgeByNames(whole, head, element);
}

/// By names alone, or with package filepath. `element`: the first piece is a single name.
Verdict PathScene::JudgeByNames(const PathValue& whole, const PathValue& head, bool element) const {
  // Package filepath is used on names of all kinds; with a name that says dir or file it counts.
  constexpr sign::Set kNamed = sign::kFromHostName | sign::kUseHostName;
  // … unless it begins with a folder that somebody wrote down with its slash, or stands below what
  // is a name with slashes.
  if ((head.Has(kNamed) || whole.Has(kNamed)) &&
      !head.Has(sign::kFromRooted | sign::kUseSlashPart)) {
    for (const PathValue* value : {&head, &whole}) {
      if (value->Has(sign::kUsePure)) {
        Verdict verdict = Host(Weight::kMedium, *value, sign::kUsePure);
        const bool far = !verdict.also.empty() && verdict.also.back().path != context_.file.path;
        if (far || element || value->Has(sign::kFromWord)) {
          verdict.weight = Weight::kName;
        }
        return verdict;
      }
    }
  }
  for (const sign::Set bit : {sign::kFromHostName, sign::kUseHostName}) {
    if (head.Has(bit)) {
      return Host(Weight::kName, head, bit);
    }
  }
  return whole.Has(sign::kUseHostName) ? Host(Weight::kName, whole, sign::kUseHostName) : Verdict();
}

std::string PathScene::Import(std::string_view path, size_t offset, Finding* finding) const {
  std::string name = ImportNameFor(go(), path, offset);
  if (!finding->fix) {
    finding->fix.emplace();
  }
  finding->fix->imports[context_.file.path].push_back({std::string(path), name});
  return name;
}

Finding PathScene::Start(Node site, const Verdict& verdict) const {
  Finding finding;
  finding.path = context_.file.path;
  finding.span = site.span();
  finding.reason = verdict.reason;
  finding.also = verdict.also;
  return finding;
}

bool PathScene::MayBeString(const PathValue& value) {
  return value.type.empty() || value.type == "string";
}

}  // namespace windlass
