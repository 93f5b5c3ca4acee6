// paths/join: strings glued with slashes that are host paths become filepath.Join.
//
//   os.Open(dir + "/conf/" + name + ".toml")
//   ----------------------------------------
//   os.Open(filepath.Join(dir, "conf", name+".toml"))

#include <algorithm>

#include "transformer/facts/go_format.h"
#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/path_join.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

struct Site {
  Node node;  // what is replaced
  std::vector<JoinPiece> pieces;
  PathValue whole;
  PathValue head;
  bool backslashes = false;  // glued with backslashes
};

bool IsPlus(Node node) {
  return node.Is("binary_expression") && node.Field("operator").text() == "+";
}

/// The outermost chain around a + is the site; anything inside is part of it.
bool IsOutermost(Node node) {
  Node parent = node.parent();
  while (parent.Is("parenthesized_expression")) {
    parent = parent.parent();
  }
  return !IsPlus(parent);
}

bool HasSlash(const std::vector<JoinPiece>& pieces) {
  const bool slash = std::ranges::any_of(pieces, [](const JoinPiece& piece) {
    return piece.is_literal &&
           (piece.literal.find('/') != std::string::npos || HasDrive(piece.literal));
  });
  return slash;
}

/// "logs\\" + name: the backslashes are separators. False if something else is meant by them, or
/// there are slashes as well.
bool TakeBackslashes(std::vector<JoinPiece>* pieces) {
  bool found = false;
  for (size_t i = 0; i < pieces->size(); ++i) {
    const std::string& text = (*pieces)[i].literal;
    if (text.find('/') != std::string::npos || text.find("\\\\") != std::string::npos ||
        HasDrive(text) || (i == 0 && text.starts_with('\\'))) {
      return false;
    }
    found = found || text.find('\\') != std::string::npos;
  }
  for (JoinPiece& piece : *pieces) {
    std::ranges::replace(piece.literal, '\\', '/');
  }
  return found;
}

/// A part of the site that did not come from a literal slash: only Separator expressions.
bool OnlySeparators(const std::vector<JoinPiece>& pieces) {
  return std::ranges::none_of(pieces, [](const JoinPiece& piece) {
    return piece.is_literal && !piece.is_separator && piece.literal.find('/') != std::string::npos;
  });
}

/// Whether the plan is of a kind that Join, or Join and a separator, can stand for.
bool IsPathShaped(const JoinPlan& plan, const std::vector<JoinPiece>& pieces,
                  const Verdict& verdict) {
  if (plan.elements.empty() || plan.suspicious || plan.rooted || plan.dotted ||
      (plan.winding && !plan.tail.empty()) || (plan.parents && OnlySeparators(pieces))) {
    return false;
  }
  if (plan.spaced && verdict.weight != Weight::kStrong) {
    return false;
  }
  if (!plan.tail.empty() && pieces.back().is_separator) {
    return plan.elements.size() > 1;  // the separator is already right
  }
  return plan.elements.size() > 1 || !plan.tail.empty();
}

std::optional<Refusal> Refuse(const Site& site, const JoinPlan& plan, const Verdict& verdict,
                              const PathScene& scene) {
  if (verdict.domain == Domain::kConflict) {
    return Refusal::kConflict;
  }
  if (EnclosingConst(site.node) && plan.elements.size() > 1) {
    return Refusal::kConstant;
  }
  if (HasComment(site.node)) {
    return Refusal::kCommentInside;
  }
  if (plan.elements.size() == 1 && !OwnTypeOf(plan, scene).empty()) {
    return Refusal::kNotString;
  }
  return RefuseJoin(plan, scene);
}

void Write(const Site& site, const JoinPlan& plan, const PathScene& scene, Finding* finding) {
  const Span span = site.node.span();
  const std::string package = JoinPackage(site.node, plan, scene, finding);
  std::string text = WriteJoin(
      plan, scene, package, "fmt.Sprintf", scene.context().source.EolAt(span.begin),
      GoExprDepth(site.node.Is("assignment_statement") ? site.pieces[0].node : site.node));
  if (site.node.Is("assignment_statement")) {
    if (plan.elements.size() == 1) {
      text = Cat(site.pieces[0].node.text(), " += ",
                 text.substr(text.find("string(")));  // p += "/"
      finding->fix->edits[finding->path].Add(span, text).IgnoreError();
      return;
    }
    text = Cat(site.pieces[0].node.text(), " = ", text);
  }
  finding->fix->edits[finding->path].Add(span, text).IgnoreError();
}

/// filepath.FromSlash(a + "/" + b): where Join would make something else of what comes first.
void WriteFromSlash(const Site& site, const JoinPlan& plan, const PathScene& scene,
                    Finding* finding) {
  const Span span = site.node.span();
  const std::string package = scene.Import("path/filepath", span.begin, finding);
  EditSet& edits = finding->fix->edits[finding->path];
  const std::string type = OwnTypeOf(plan, scene);
  const std::string_view inner = type.empty() ? "" : "string(";
  edits
      .Add({span.begin, span.begin},
           Cat(type, type.empty() ? "" : "(", package, ".FromSlash(", inner))
      .IgnoreError();
  edits.Add({span.end, span.end}, type.empty() ? ")" : ")))").IgnoreError();
}

/// Whether Join would make something else of what comes first, or of what follows "..": FromSlash
/// keeps it as it is.
bool ResistsJoin(const Site& site, const JoinPlan& plan, const PathScene& scene) {
  const auto callee = site.pieces[0].node.Is("call_expression")
                          ? scene.go().Callee(site.pieces[0].node)
                          : std::nullopt;
  const bool volume = callee && callee->path == "path/filepath" && callee->name == "VolumeName";
  return (site.head.resists_join || volume || plan.winding) && IsPlus(site.node) &&
         plan.tail.empty() && plan.elements.size() > 1;
}

/// Backslashes glue a path where the program opens the very thing, and runs elsewhere as well.
bool IsOpenedHere(const Site& site, const JoinPlan& plan, const Verdict& verdict,
                  const PathScene& scene) {
  return verdict.weight == Weight::kStrong && site.whole.Has(sign::kUseHost) &&
         !site.whole.Has(sign::kUseGlob) && plan.elements.size() > 1 && plan.tail.empty() &&
         !scene.only_windows();
}

/// prefix+"/" where package filepath has just made the prefix: it has no slashes on Windows.
void JudgeMade(const Site& site, const JoinPlan& plan, const PathScene& scene, Verdict* verdict) {
  if (plan.elements.size() == 1 && plan.tail == "/" && IsPlus(site.node) &&
      IsMadeNative(site.pieces[0].node, scene.go())) {
    verdict->domain = Domain::kHost;
    verdict->weight = Weight::kMedium;
    verdict->made = true;
    verdict->reason = "made by package path/filepath";
  }
}

void Decide(const Site& site, const PathScene& scene, std::vector<Finding>* out) {
  Verdict verdict = scene.Judge(site.whole, site.head);
  const JoinPlan plan = PlanJoin(site.pieces);
  if (verdict.domain == Domain::kUnknown || verdict.weight == Weight::kName) {
    JudgeMade(site, plan, scene, &verdict);
  }
  if ((verdict.domain != Domain::kHost && verdict.domain != Domain::kConflict) ||
      !IsPathShaped(plan, site.pieces, verdict) || IsPlatformPair(plan, scene) ||
      IsShellText(site.node) ||
      (site.backslashes && !plan.drive && !IsOpenedHere(site, plan, verdict, scene))) {
    return;
  }
  Finding finding = scene.Start(site.node, verdict);
  finding.message = "a file path is glued with slashes";
  finding.refusal = Refuse(site, plan, verdict, scene);
  if (finding.refusal) {
    finding.level = Level::kSuggest;
  } else if (verdict.weight == Weight::kName ||
             ((plan.elements.size() == 1 || plan.tail == "/") &&
              verdict.weight != Weight::kStrong && !verdict.made &&
              !site.whole.Has(sign::kUsePeerHost))) {
    // A separator at the end is there to compare with: its kind must be that of this very value, or
    // of what it is compared with.
    finding.level = Level::kSuggest;
    finding.refusal = Refusal::kUnknownDomain;
  } else if (ResistsJoin(site, plan, scene)) {
    if (OnlySeparators(site.pieces)) {
      return;  // nothing to mend: the separators are right
    }
    finding.level = verdict.weight == Weight::kStrong ? Level::kSafe : Level::kReview;
    finding.reason += plan.winding
                          ? "; Join would take away what stands before `..`"
                          : "; Join would make something else of an empty path or a bare drive";
    WriteFromSlash(site, plan, scene, &finding);
  } else {
    const bool tail_only = plan.elements.size() == 1;
    const bool native = site.head.Has(sign::kFromHost) && !site.head.Has(sign::kFromSlash);
    const bool safe = verdict.weight == Weight::kStrong && !site.backslashes &&
                      ((tail_only && native) || (plan.drive && scene.only_windows()) ||
                       (plan.tail.empty() && JoinKeepsBytes(plan, scene)));
    finding.level = safe ? Level::kSafe : Level::kReview;
    if (!safe) {
      finding.reason += site.backslashes && !plan.drive
                            ? "; check that on Linux, too, the backslashes are to be separators"
                            : Cat("; ", JoinPrecondition(plan, scene, site.whole));
    }
    Write(site, plan, scene, &finding);
  }
  out->push_back(std::move(finding));
}

void VisitChain(Node node, const PathScene& scene, std::vector<Finding>* out) {
  Site site;
  site.node = node;
  site.pieces = PiecesOfChain(node, scene.go());
  const bool operand =
      std::ranges::any_of(site.pieces, [](const JoinPiece& piece) { return !piece.is_literal; });
  if (!operand || (!HasSlash(site.pieces) && !TakeBackslashes(&site.pieces))) {
    return;
  }
  site.backslashes =
      node.text().find('/') == std::string_view::npos && !OnlySeparators(site.pieces);
  if (OnlySeparators(site.pieces) && !site.pieces.back().is_separator &&
      site.pieces.front().is_separator) {
    return;
  }
  site.whole = scene.At(node);
  site.head = scene.At(site.pieces[0].node);
  Decide(site, scene, out);
}

/// p += "/x": the value is that of p itself.
void VisitAppend(Node node, const PathScene& scene, std::vector<Finding>* out) {
  const Node target = node.Field("left").NamedChild(0);
  const Node value = node.Field("right").NamedChild(0);
  if (!target || !value || (!target.Is("identifier") && !target.Is("selector_expression"))) {
    return;
  }
  Site site;
  site.node = node;
  site.pieces = PiecesOfChain(value, scene.go());
  if (site.pieces.empty() || !site.pieces[0].is_literal ||
      !site.pieces[0].literal.starts_with('/')) {
    return;
  }
  JoinPiece head;
  head.node = target;
  site.pieces.insert(site.pieces.begin(), head);
  site.whole = scene.At(target);
  site.head = site.whole;
  Decide(site, scene, out);
}

}  // namespace

void ConcatToJoin(const Rule&, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  const PathScene scene(context, shared);
  if (!scene.active()) {
    return;
  }
  const Node node = match.First("site");
  const size_t before = out->size();
  if (IsPlus(node) && IsOutermost(node)) {
    // The right side of += is judged with its target.
    const Node parent = node.parent().parent();
    if (!(parent.Is("assignment_statement") && parent.Field("operator").text() == "+=")) {
      VisitChain(node, scene, out);
    }
  } else if (node.Is("assignment_statement") && node.Field("operator").text() == "+=") {
    VisitAppend(node, scene, out);
  }
  PathScene::Reconsider(node, before, out);
}

}  // namespace windlass
