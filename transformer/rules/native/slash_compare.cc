// paths/separator: a native path that is compared with, searched for or split at "/".
//
//   strings.TrimSuffix(dir, "/")               strings.Split(rel, "/")
//                           ---                              ---
//   strings.TrimSuffix(dir, string(filepath.Separator))     strings.Split(filepath.ToSlash(rel),
//   "/")

#include <algorithm>
#include <array>

#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/path_join.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 8> kAgainst = {"HasPrefix",  "HasSuffix", "TrimPrefix",
                                                      "TrimSuffix", "TrimLeft",  "TrimRight",
                                                      "Trim",       "Contains"};
constexpr std::array<std::string_view, 15> kSplitting = {
    "Split",     "SplitN",    "SplitAfter",   "SplitAfterN", "Cut",
    "Index",     "LastIndex", "Count",        "IndexByte",   "LastIndexByte",
    "IndexRune", "IndexAny",  "LastIndexAny", "ContainsAny", "ContainsRune"};

bool In(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// Where the separator of the running system must come from: values whose style is known to be
/// native.
bool IsNative(const PathValue& value) {
  return value.Has(sign::kFromHost) && !value.Has(sign::kFromSlash | sign::kUseSlash);
}

std::vector<Node> Arguments(Node call) {
  std::vector<Node> out;
  for (const Node node : call.Field("arguments").NamedChildren()) {
    if (!node.Is("comment")) {
      out.push_back(node);
    }
  }
  return out;
}

/// The literal with its slash as the separator: "/" → string(filepath.Separator), "../" → ".." + ….
/// Empty if a slash stands inside.
std::string WithSeparator(const std::string& literal, std::string_view package) {
  const std::string separator = Cat("string(", package, ".Separator)");
  if (std::ranges::count(literal, '/') != 1) {
    return {};
  }
  if (literal == "/") {
    return separator;
  }
  if (literal.ends_with('/')) {
    return Cat(QuoteGoString(std::string_view(literal).substr(0, literal.size() - 1)), "+",
               separator);
  }
  return literal.starts_with('/')
             ? Cat(separator, "+", QuoteGoString(std::string_view(literal).substr(1)))
             : std::string();
}

/// Prefixes that are no matter of separators: "/var/" is a place that only unix has, "ci/" a word
/// of somebody's own.
bool TellsSomethingElse(std::string_view function, std::string_view literal) {
  const bool prefix = function == "HasPrefix" || function == "TrimPrefix";
  const bool rooted = prefix && literal.size() > 1 && literal.starts_with('/');
  const bool word = literal.ends_with('/') && !literal.starts_with('/') && literal != "../" &&
                    literal != "./" && literal != "~/";
  return rooted || word;
}

bool IsQuestion(std::string_view function) {
  return function == "HasPrefix" || function == "HasSuffix" || function == "Contains";
}

/// What is cut off must be what is there: of a path that came with slashes a slash. A slash cut off
/// in front tells of a name below some root, unless the path is known to be native.
bool IsTrimmable(std::string_view function, std::string_view literal, const PathValue& value) {
  const bool front = function != "TrimSuffix" && function != "TrimRight";
  return IsNative(value) || (!value.Has(sign::kFromSlash) && !(front && literal == "/"));
}

/// A finding about `value`. `either`: what is written is right for paths with slashes as well.
Finding Begin(Node call, const PathValue& value, bool either, const PathScene& scene) {
  const Verdict verdict = scene.Judge(value);
  Finding finding = scene.Start(call, verdict);
  const bool sure = (either || IsNative(value)) && verdict.weight == Weight::kStrong;
  finding.level = sure ? Level::kSafe : Level::kReview;
  if (!sure) {
    finding.reason += "; check that the path has the separators of the running system here";
  }
  return finding;
}

void ReplaceLiteral(Node call, Node subject, Node literal, const PathValue& value,
                    const PathScene& scene, std::vector<Finding>* out) {
  // What is only known to be opened may have come with slashes: ToSlash is right for both.
  // So it is for what people write in front of a path: ~/ is understood on Windows as ~\\ is.
  const std::string text = *GoStringValue(literal);
  const bool either = !IsNative(value) || text == "~/";
  Finding finding = Begin(call, value, either, scene);
  finding.message = "a file path is compared with a slash";
  const std::string package = scene.Import("path/filepath", call.span().begin, &finding);
  const std::string replacement = either ? std::string() : WithSeparator(text, package);
  EditSet& edits = finding.fix->edits[finding.path];
  if (!replacement.empty()) {
    edits.Add(literal.span(), replacement).IgnoreError();
  } else {
    edits.Add({subject.span().begin, subject.span().begin}, Cat(package, ".ToSlash("))
        .IgnoreError();
    edits.Add({subject.span().end, subject.span().end}, ")").IgnoreError();
  }
  out->push_back(std::move(finding));
}

/// The comparison around strings.Index(p, "/") == 0: what stands first is asked for.
Node AsksForFirst(Node call) {
  const Node parent = call.parent();
  const std::string_view op =
      parent.Is("binary_expression") ? parent.Field("operator").text() : std::string_view();
  return (op == "==" || op == "!=") && parent.Field("right").text() == "0" ? parent : Node();
}

/// strings.HasPrefix(p, "/"), strings.Index(p, "/") == 0, p[0] == '/': of a path that may be
/// either, or whose first character is cut off, the question is another.
void UseIsAbs(Node call, Node subject, const PathValue& value, const PathScene& scene,
              std::vector<Finding>* out) {
  if (!IsNative(value) || CutsFirstOff(call, subject)) {
    return;
  }
  const std::string_view no =
      call.Is("binary_expression") && call.Field("operator").text() == "!=" ? "!" : "";
  Finding finding = Begin(call, value, false, scene);
  finding.message = "an absolute path need not begin with a slash";
  finding.level = Level::kReview;
  finding.reason += "; check that the question is whether the path is absolute";
  const std::string package = scene.Import("path/filepath", call.span().begin, &finding);
  finding.fix->edits[finding.path]
      .Add(call.span(), Cat(no, package, ".IsAbs(", subject.text(), ")"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

void WrapSubject(Node call, Node subject, const PathValue& value, const PathScene& scene,
                 std::vector<Finding>* out) {
  Finding finding = Begin(call, value, true, scene);
  finding.message = "a file path is split at slashes";
  const std::string package = scene.Import("path/filepath", call.span().begin, &finding);
  EditSet& edits = finding.fix->edits[finding.path];
  edits.Add({subject.span().begin, subject.span().begin}, Cat(package, ".ToSlash(")).IgnoreError();
  edits.Add({subject.span().end, subject.span().end}, ")").IgnoreError();
  out->push_back(std::move(finding));
}

/// strings.Replace(p, `\`, "/", -1) and strings.ReplaceAll(p, `\`, "/").
void ReplaceByToSlash(Node call, const std::vector<Node>& arguments, const PathValue& value,
                      const PathScene& scene, std::vector<Finding>* out) {
  const auto from = GoStringValue(arguments[1]);
  const auto to = GoStringValue(arguments[2]);
  if (from == "/" && to && to->find_first_of("/\\") == std::string::npos) {
    WrapSubject(call, arguments[0], value, scene, out);  // a name is made of a path
    return;
  }
  const bool all = arguments.size() == 3 || arguments[3].text() == "-1";
  const bool separator = IsSeparatorExpression(arguments[1], scene.go());
  // Backslashes in what was not made here may come from another machine, which runs Windows.
  // What package path takes apart may have come from anywhere, and is not to have any left.
  const Node outer = call.parent().Is("argument_list") ? call.parent().parent() : Node();
  const auto taken = outer.Is("call_expression") ? scene.go().Callee(outer) : std::nullopt;
  if (taken && taken->path == "path") {
    return;
  }
  if (!all || to != "/" || (!separator && (from != "\\" || !IsNative(value)))) {
    return;
  }
  Finding finding = Begin(call, value, false, scene);
  finding.message = "separators are turned into slashes by hand";
  if (!separator) {
    finding.level = Level::kReview;
    finding.reason += "; on Linux ToSlash leaves backslashes in file names alone";
  }
  const std::string package = scene.Import("path/filepath", call.span().begin, &finding);
  finding.fix->edits[finding.path]
      .Add(call.span(), Cat(package, ".ToSlash(", arguments[0].text(), ")"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

void VisitCall(Node call, std::string_view name, const PathScene& scene,
               std::vector<Finding>* out) {
  const std::vector<Node> arguments = Arguments(call);
  if (arguments.size() < 2) {
    return;
  }
  const PathValue value = scene.At(arguments[0]);
  const Verdict verdict = scene.Judge(value);
  // Neighbours are not enough here: the separators must be those of this very value.
  const bool host = verdict.domain == Domain::kHost && verdict.weight == Weight::kStrong &&
                    value.Has(sign::kUseHost | sign::kFromHost) &&
                    !value.Has(sign::kFromHostSlash) &&
                    (SignOfName(value.name) & sign::kFromSlashName) == 0;
  if (name == "Replace" || name == "ReplaceAll") {
    if (arguments.size() >= 3 && host) {
      ReplaceByToSlash(call, arguments, value, scene, out);
    }
    return;
  }
  const auto literal =
      arguments[1].text() == "'/'" ? std::optional<std::string>("/") : GoStringValue(arguments[1]);
  if (!host || !literal || literal->find('/') == std::string::npos || HasComment(call) ||
      !PathScene::MayBeString(value) || AsksForBoth(call)) {
    return;
  }
  if (In(kSplitting, name)) {
    if (*literal != "/") {
      return;
    }
    if (const Node whole = AsksForFirst(call)) {
      UseIsAbs(whole, arguments[0], value, scene, out);
    } else {
      WrapSubject(call, arguments[0], value, scene, out);
    }
  } else if (name == "HasPrefix" && *literal == "/") {
    UseIsAbs(call, arguments[0], value, scene, out);
  } else if (In(kAgainst, name) && !TellsSomethingElse(name, *literal) &&
             (IsQuestion(name) || IsTrimmable(name, *literal, value))) {
    ReplaceLiteral(call, arguments[0], arguments[1], value, scene, out);
  }
}

/// x == "/" where filepath.Dir or Clean has just made x: a root has no slash on Windows.
void ReplaceByMaking(Node node, Node literal, const PathValue& value, const PathScene& scene,
                     std::vector<Finding>* out) {
  Finding finding = scene.Start(node, scene.Judge(value));
  finding.message = "a file path is compared with a slash";
  finding.level = Level::kReview;
  finding.reason = "made by package path/filepath; check that it is a path of the running system";
  const std::string package = scene.Import("path/filepath", node.span().begin, &finding);
  finding.fix->edits[finding.path]
      .Add(literal.span(), Cat("string(", package, ".Separator)"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

/// p[len(p)-1:] == "/"
void VisitSlice(Node node, Node subject, const PathScene& scene, std::vector<Finding>* out) {
  const PathValue value = scene.At(subject.Field("operand"));
  const Verdict verdict = scene.Judge(value);
  if (value.type == "string" && verdict.domain == Domain::kHost &&
      verdict.weight == Weight::kStrong && subject.Field("start") && !subject.Field("end") &&
      !HasComment(node)) {
    WrapSubject(node, subject, value, scene, out);
  }
}

/// x == "/" where x comes from filepath.
void VisitComparison(Node node, const PathScene& scene, std::vector<Finding>* out) {
  for (const bool left : {true, false}) {
    const Node subject = node.Field(left ? "left" : "right");
    const Node literal = node.Field(left ? "right" : "left");
    if (GoStringValue(literal) != "/") {
      continue;
    }
    const PathValue value = scene.At(subject);
    if (!PathScene::MayBeString(value) || AsksForBoth(node)) {
      continue;
    }
    if (subject.Is("slice_expression")) {
      VisitSlice(node, subject, scene, out);
      continue;
    }
    const Domain domain = value ? scene.Judge(value).domain : Domain::kText;
    if (IsNative(value) && domain == Domain::kHost) {
      ReplaceLiteral(node, subject, literal, value, scene, out);
    } else if ((domain == Domain::kHost || domain == Domain::kUnknown) &&
               IsMadeNative(subject, scene.go())) {
      ReplaceByMaking(node, literal, value, scene, out);
    }
  }
}

bool IsSlashByte(Node node) {
  return node.Is("rune_literal") && node.text() == "'/'";
}

/// p[len(p)-1] == '/' asks for a separator, p[0] == '/' for an absolute path.
void VisitByte(Node node, const PathScene& scene, std::vector<Finding>* out) {
  const bool left = IsSlashByte(node.Field("right"));
  const Node element = node.Field(left ? "left" : "right");
  const Node subject = element.Is("index_expression") ? element.Field("operand") : Node();
  const PathValue value = subject ? scene.At(subject) : PathValue();
  const Verdict verdict = scene.Judge(value);
  if (value.type != "string" || verdict.domain != Domain::kHost ||
      verdict.weight != Weight::kStrong || HasComment(node) || AsksForBoth(node)) {
    return;
  }
  if (element.Field("index").text() == "0") {
    UseIsAbs(node, subject, value, scene, out);
    return;
  }
  Finding finding = Begin(node, value, true, scene);
  const std::string_view no = node.Field("operator").text() == "!=" ? "!" : "";
  finding.message = "a file path is compared with a slash";
  const std::string package = scene.Import("os", node.span().begin, &finding);
  finding.fix->edits[finding.path]
      .Add(node.span(), Cat(no, package, ".IsPathSeparator(", element.text(), ")"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

}  // namespace

void SlashCompare(const Rule&, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  const size_t before = out->size();
  if (node.Is("binary_expression")) {
    const std::string_view op = node.Field("operator").text();
    const Node left = node.Field("left");
    const Node right = node.Field("right");
    const bool byte = IsSlashByte(left) || IsSlashByte(right);
    if ((op == "==" || op == "!=") &&
        (byte || GoStringValue(left) == "/" || GoStringValue(right) == "/")) {
      const PathScene scene(context, shared);
      if (scene.active()) {
        byte ? VisitByte(node, scene, out) : VisitComparison(node, scene, out);
        PathScene::Reconsider(node, before, out);
      }
    }
    return;
  }
  const auto callee = context.go->Callee(node);
  if (callee && callee->path == "strings" &&
      (In(kAgainst, callee->name) || In(kSplitting, callee->name) ||
       callee->name.starts_with("Replace"))) {
    const PathScene scene(context, shared);
    if (scene.active()) {
      VisitCall(node, callee->name, scene, out);
      PathScene::Reconsider(node, before, out);
    }
  }
}

}  // namespace windlass
