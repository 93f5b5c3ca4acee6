// paths/sprintf: host paths put together by fmt.Sprintf or strings.Join become filepath.Join.
//
//   fmt.Sprintf("%s/%s_%d.pid", dir, name, id)
//   ------------------------------------------
//   filepath.Join(dir, fmt.Sprintf("%s_%d.pid", name, id))

#include <algorithm>
#include <array>

#include "transformer/facts/go_format.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/path_join.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

std::vector<Node> Arguments(Node call) {
  std::vector<Node> out;
  for (const Node node : call.Field("arguments").NamedChildren()) {
    if (!node.Is("comment")) {
      out.push_back(node);
    }
  }
  return out;
}

/// string(filepath.Separator) for a %s, os.PathSeparator for a %c.
bool IsSeparatorArgument(const JoinPiece& piece, const GoFile& go) {
  if (piece.verb != "%c") {
    return (piece.verb == "%s" || piece.verb == "%v") && IsSeparatorExpression(piece.node, go);
  }
  const auto name =
      piece.node.Is("selector_expression") ? go.ResolveQualified(piece.node) : std::nullopt;
  return name && (name->name == "PathSeparator" || name->name == "Separator");
}

/// The pieces of a format and its arguments; empty if the two do not fit together.
std::vector<JoinPiece> PiecesOfFormat(const std::vector<Node>& arguments, const GoFile& go) {
  const std::optional<std::string> format =
      arguments.empty() ? std::nullopt : GoStringValue(arguments[0]);
  std::vector<FormatPiece> split;
  if (!format || !SplitFormat(*format, &split)) {
    return {};
  }
  std::vector<JoinPiece> out;
  size_t used = 0;
  for (FormatPiece& piece : split) {
    JoinPiece& next = out.emplace_back();
    next.is_literal = piece.argument < 0;
    next.node = arguments[0];
    if (next.is_literal) {
      next.literal = std::move(piece.text);
      continue;
    }
    const size_t index = static_cast<size_t>(piece.argument) + 1;
    if (index >= arguments.size() || arguments[index].Is("variadic_argument")) {
      return {};
    }
    next.node = arguments[index];
    next.verb = std::move(piece.text);
    ++used;
    if (IsSeparatorArgument(next, go)) {
      next.verb.clear();
      next.literal = "/";
      next.is_literal = next.is_separator = true;
    }
  }
  return used + 1 == arguments.size() ? out : std::vector<JoinPiece>();
}

/// fmt.Sprint(dir, "/", name): strings are put together as they are.
std::vector<JoinPiece> PiecesOfPrint(const std::vector<Node>& arguments, const PathScene& scene) {
  std::vector<JoinPiece> out;
  for (const Node argument : arguments) {
    JoinPiece& piece = out.emplace_back();
    piece.node = argument;
    if (const std::optional<std::string> value = GoStringValue(argument)) {
      piece.is_literal = true;
      piece.literal = *value;
    } else if (argument.Is("variadic_argument") || scene.At(argument).type != "string") {
      return {};
    }
  }
  return out;
}

/// strings.Join([]string{a, b}, "/"): the pieces with slashes between.
std::vector<JoinPiece> PiecesOfList(const std::vector<Node>& arguments) {
  if (arguments.size() != 2 || GoStringValue(arguments[1]) != "/" ||
      !arguments[0].Is("composite_literal")) {
    return {};
  }
  std::vector<JoinPiece> out;
  for (const Node element : arguments[0].Field("body").NamedChildren()) {
    if (!element.Is("literal_element")) {
      return {};
    }
    if (!out.empty()) {
      JoinPiece& slash = out.emplace_back();
      slash.node = arguments[1];
      slash.is_literal = true;
      slash.literal = "/";
    }
    JoinPiece& piece = out.emplace_back();
    piece.node = element.NamedChild(0);
    if (const std::optional<std::string> value = GoStringValue(piece.node)) {
      piece.is_literal = true;
      piece.literal = *value;
    }
  }
  return out;
}

/// "%s/%d": a number alone says how many, not where, unless the whole is known to be opened.
bool EndsInNumber(const JoinPlan& plan) {
  const std::vector<JoinPiece>& last = plan.elements.back();
  return last.size() == 1 && last[0].verb.ends_with('d');
}

bool IsPathShaped(const JoinPlan& plan, const std::vector<JoinPiece>& pieces,
                  const Verdict& verdict) {
  if (!plan.elements.empty() && EndsInNumber(plan) && verdict.weight != Weight::kStrong) {
    return false;
  }
  // "%s/": the separator at the end must be that of this very value.
  const bool tail = plan.elements.size() == 1 && plan.tail == "/" && plan.elements[0].size() == 1 &&
                    verdict.weight == Weight::kStrong && !pieces.back().is_separator;
  return (plan.elements.size() > 1 || tail) && !plan.suspicious && !plan.rooted && !plan.dotted &&
         (!plan.spaced || verdict.weight == Weight::kStrong);
}

void Decide(Node call, const std::vector<JoinPiece>& pieces, const PathScene& scene,
            std::vector<Finding>* out) {
  const JoinPlan plan = PlanJoin(pieces);
  const PathValue whole = scene.At(call);
  const PathValue head = pieces[0].is_literal ? whole : scene.At(pieces[0].node);
  const Verdict verdict = scene.Judge(whole, head);
  if ((verdict.domain != Domain::kHost && verdict.domain != Domain::kConflict) ||
      !IsPathShaped(plan, pieces, verdict) || IsPlatformPair(plan, scene) || IsShellText(call)) {
    return;
  }
  Finding finding = scene.Start(call, verdict);
  finding.message = "a file path is put together by a format";
  finding.refusal = verdict.domain == Domain::kConflict ? std::optional(Refusal::kConflict)
                    : HasComment(call)                  ? std::optional(Refusal::kCommentInside)
                    : verdict.weight == Weight::kName   ? std::optional(Refusal::kUnknownDomain)
                                                        : RefuseJoin(plan, scene);
  if (!finding.refusal) {
    const bool native = head.Has(sign::kFromHost) && !head.Has(sign::kFromSlash);
    const bool safe =
        verdict.weight == Weight::kStrong &&
        (plan.elements.size() == 1 ? native : plan.tail.empty() && JoinKeepsBytes(plan, scene));
    finding.level = safe ? Level::kSafe : Level::kReview;
    if (!safe) {
      finding.reason += Cat("; ", JoinPrecondition(plan, scene, whole));
    }
    const size_t at = call.span().begin;
    const std::string package = JoinPackage(call, plan, scene, &finding);
    finding.fix->edits[finding.path]
        .Add(call.span(), WriteJoin(plan, scene, package, call.Field("function").text(),
                                    scene.context().source.EolAt(at), GoExprDepth(call)))
        .IgnoreError();
  }
  out->push_back(std::move(finding));
}

/// A slice, or a part of one, that its function gets by splitting: of an absolute path its first
/// element is empty, or a drive.
bool IsSplitPath(Node slice, const PathScene& scene) {
  if (slice.Is("slice_expression")) {
    return true;
  }
  const std::string_view name = slice.text();
  const std::string_view body = FunctionText(slice);
  const std::string strings = ImportNameFor(scene.go(), "strings", slice.span().begin);
  return std::ranges::any_of(std::array<std::string_view, 2>{" := ", " = "}, [&](auto assigns) {
    return body.find(Cat(name, assigns, strings, ".Split")) != std::string_view::npos;
  });
}

/// strings.Join(parts, "/") over a whole slice.
void DecideSlice(Node call, const std::vector<Node>& arguments, const PathScene& scene,
                 std::vector<Finding>* out) {
  const PathValue whole = scene.At(call);
  const Verdict verdict = scene.Judge(whole, PathValue());
  if (verdict.domain != Domain::kHost || verdict.weight != Weight::kStrong ||
      scene.At(arguments[0]).type != "[]string") {
    return;
  }
  Finding finding = scene.Start(call, verdict);
  finding.message = "a file path is put together with slashes";
  const std::string package = scene.Import("path/filepath", call.span().begin, &finding);
  if (IsSplitPath(arguments[0], scene)) {
    finding.level = Level::kSafe;
    finding.reason += "; Join would lose the root of what was split";
    EditSet& edits = finding.fix->edits[finding.path];
    edits.Add({call.span().begin, call.span().begin}, Cat(package, ".FromSlash(")).IgnoreError();
    edits.Add({call.span().end, call.span().end}, ")").IgnoreError();
    out->push_back(std::move(finding));
    return;
  }
  finding.level = Level::kReview;
  finding.reason += "; check that the first element is never empty: Join would drop the slash";
  finding.fix->edits[finding.path]
      .Add(call.span(), Cat(package, ".Join(", arguments[0].text(), "...)"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

}  // namespace

void SprintfToJoin(const Rule&, const QueryMatch& match, const FileContext& context,
                   SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (!callee) {
    return;
  }
  const bool format = callee->path == "fmt" && callee->name == "Sprintf";
  const bool print = callee->path == "fmt" && callee->name == "Sprint";
  const bool list = callee->path == "strings" && callee->name == "Join";
  const std::vector<Node> arguments = Arguments(call);
  if ((!format && !print && !list) ||
      (print && call.text().find("/\"") == std::string_view::npos)) {
    return;
  }
  const PathScene scene(context, shared);
  if (!scene.active()) {
    return;
  }
  const std::vector<JoinPiece> pieces = format  ? PiecesOfFormat(arguments, *context.go)
                                        : print ? PiecesOfPrint(arguments, scene)
                                                : PiecesOfList(arguments);
  const bool slash = std::ranges::any_of(pieces, [](const JoinPiece& piece) {
    return piece.is_literal && piece.literal.find('/') != std::string::npos;
  });
  const bool slice = list && arguments.size() == 2 && GoStringValue(arguments[1]) == "/" &&
                     !arguments[0].Is("composite_literal");
  if (!slash && !slice) {
    return;
  }
  const size_t before = out->size();
  if (slash) {
    Decide(call, pieces, scene, out);
  } else {
    DecideSlice(call, arguments, scene, out);
  }
  PathScene::Reconsider(call, before, out);
}

}  // namespace windlass
