#include "transformer/rules/native/path_join.h"

#include <algorithm>
#include <array>

#include "transformer/facts/path_names.h"

namespace windlass {
namespace {

/// Characters that a literal piece of a path hardly has: it is a URL, a message, a format, a flag,
/// a volume.
constexpr std::string_view kSuspicious = ":?&=#<>|\n\t\"{}$\\%;,!'`()";

void Flatten(Node node, const GoFile& go, std::vector<JoinPiece>* out) {
  if (node.Is("parenthesized_expression") && node.NamedChild(0).Is("binary_expression") &&
      node.NamedChild(0).Field("operator").text() == "+") {
    node = node.NamedChild(0);
  }
  if (node.Is("binary_expression") && node.Field("operator").text() == "+") {
    Flatten(node.Field("left"), go, out);
    const size_t next = out->size();
    Flatten(node.Field("right"), go, out);
    const Span gap{node.Field("left").span().end, node.Field("right").span().begin};
    if (next < out->size() && node.source().Text(gap).find('\n') != std::string_view::npos) {
      (*out)[next].breaks_before = true;
    }
    return;
  }
  JoinPiece piece;
  piece.node = node;
  if (const std::optional<std::string> value = GoStringValue(node)) {
    piece.is_literal = true;
    piece.literal = *value;
  } else if (IsSeparatorExpression(node, go)) {
    piece.is_literal = true;
    piece.is_separator = true;
    piece.literal = "/";
  }
  out->push_back(std::move(piece));
}

void TakeTail(std::vector<JoinPiece>* pieces, JoinPlan* plan) {
  if (pieces->empty() || !pieces->back().is_literal) {
    return;
  }
  std::string& last = pieces->back().literal;
  for (const std::string_view tail : {"/...", "/.", "/"}) {
    if (last.ends_with(tail) && (last.size() > tail.size() || pieces->size() > 1)) {
      plan->tail = tail;
      last.resize(last.size() - tail.size());
      return;
    }
  }
}

void AddLiteral(const JoinPiece& piece, JoinPlan* plan) {
  plan->suspicious =
      plan->suspicious || piece.literal.find_first_of(kSuspicious) != std::string::npos;
  // Two slashes tell where a module begins within a repository, two asterisks any folder.
  plan->suspicious = plan->suspicious || piece.literal.find("//") != std::string::npos ||
                     piece.literal.find("**") != std::string::npos;
  plan->spaced = plan->spaced || piece.literal.find(' ') != std::string::npos;
  bool breaks = piece.breaks_before;
  size_t begin = 0;
  while (true) {
    const size_t end = std::min(piece.literal.find('/', begin), piece.literal.size());
    if (end > begin) {
      JoinPiece part = piece;
      part.literal = piece.literal.substr(begin, end - begin);
      part.breaks_before = breaks;
      breaks = false;
      if (part.literal == ".." && plan->elements.back().empty()) {
        plan->winding =
            plan->winding || (begin > 1 && !piece.literal.substr(0, begin).ends_with("../"));
        plan->parents = true;
      }
      // A "." that somebody put between two separators is there to be cleaned away by others.
      plan->dotted = plan->dotted || (part.literal == "." && plan->elements.back().empty() &&
                                      plan->elements.size() > 1);
      plan->elements.back().push_back(std::move(part));
    }
    if (end == piece.literal.size()) {
      break;
    }
    plan->elements.emplace_back();
    begin = end + 1;
  }
}

std::string Separator(const JoinPiece& piece, std::string_view between, std::string_view line_end) {
  if (!piece.breaks_before) {
    return std::string(between == "+" ? "+" : ", ");
  }
  // The blanks before the piece on its own line are kept.
  const SourceFile& source = piece.node.source();
  const size_t at = piece.node.span().begin;
  const size_t line = source.LineBegin(source.PositionAt(at).line);
  const std::string_view before = source.Text({line, at});
  const size_t blanks = before.find_first_not_of(" \t");
  return Cat(between, line_end, before.substr(0, std::min(blanks, before.size())));
}

bool PlainVerb(const JoinPiece& piece) {
  return piece.verb.empty() || piece.verb == "%s" || piece.verb == "%v";
}

/// A value of unknown type that is handed on as a path, or comes as one.
bool LooksLikeString(const PathValue& value) {
  const bool named = value.name.ends_with("String") || value.name.ends_with("Dir") ||
                     value.name.ends_with("Path") || value.name.ends_with("Root");
  return named || value.Has(sign::kFromHost | sign::kFromElement | sign::kUsePure);
}

/// An element that only Sprintf can write, or writes best.
bool NeedsFormat(const std::vector<JoinPiece>& element, const PathScene& scene) {
  bool formatted = false;
  for (const JoinPiece& piece : element) {
    if (piece.verb.empty()) {
      continue;
    }
    formatted = true;
    const PathValue value = scene.At(piece.node);
    if (!PlainVerb(piece) ||
        (value.type != "string" && !(value.type.empty() && LooksLikeString(value)))) {
      return true;
    }
  }
  return formatted && element.size() > 3;
}

std::string WriteFormat(const std::vector<JoinPiece>& element, std::string_view function) {
  std::string format;
  std::string arguments;
  for (const JoinPiece& piece : element) {
    if (piece.is_literal) {
      for (const char c : piece.literal) {
        format += c == '%' ? "%%" : std::string(1, c);
      }
    } else {
      format += piece.verb;
      arguments += Cat(", ", piece.node.text());
    }
  }
  return Cat(function, "(", QuoteGoString(format), arguments, ")");
}

/// An operand of a string type of its own, as a string: T(name) is the name, all else converted.
std::string AsString(Node node, const std::string& type, const PathScene& scene) {
  const Node arguments = node.Is("call_expression") ? node.Field("arguments") : Node();
  if (arguments && arguments.named_child_count() == 1 && node.Field("function").text() == type &&
      scene.At(arguments.NamedChild(0)).type == "string") {
    return std::string(arguments.NamedChild(0).text());
  }
  return Cat("string(", node.text(), ")");
}

std::string WriteElement(const std::vector<JoinPiece>& element, const PathScene& scene,
                         std::string_view format_function, std::string_view line_end) {
  if (NeedsFormat(element, scene)) {
    return WriteFormat(element, format_function);
  }
  std::string out;
  for (size_t i = 0; i < element.size(); ++i) {
    const JoinPiece& piece = element[i];
    if (i > 0) {
      out += Separator(piece, "+", line_end);
    }
    const std::string type = piece.is_literal ? std::string() : scene.At(piece.node).own_string;
    out += piece.is_literal ? QuoteGoString(piece.literal)
           : type.empty()   ? std::string(piece.node.text())
                            : AsString(piece.node, type, scene);
  }
  return out;
}

}  // namespace

bool IsSeparatorExpression(Node node, const GoFile& go) {
  if (!node.Is("call_expression") && !node.Is("type_conversion_expression")) {
    return false;
  }
  if (node.Is("call_expression") && node.Field("function").text() != "string") {
    return false;
  }
  const Node arguments = node.Field("arguments");
  const Node operand = arguments ? arguments.NamedChild(0) : node.Field("operand");
  if (!operand.Is("selector_expression")) {
    return false;
  }
  const auto name = go.ResolveQualified(operand);
  return name && ((name->path == "os" && name->name == "PathSeparator") ||
                  (name->path == "path/filepath" && name->name == "Separator"));
}

std::vector<JoinPiece> PiecesOfChain(Node chain, const GoFile& go) {
  std::vector<JoinPiece> out;
  Flatten(chain, go, &out);
  return out;
}

/// "C:\\app\\x" + y: the drive and its folders are one element, backslashes are separators in what
/// follows.
void TakeDrive(std::vector<JoinPiece>* pieces, JoinPlan* plan) {
  if (pieces->empty() || !pieces->front().is_literal || !HasDrive(pieces->front().literal)) {
    return;
  }
  plan->drive = true;
  for (JoinPiece& piece : *pieces) {
    std::ranges::replace(piece.literal, '\\', '/');
  }
  JoinPiece& first = pieces->front();
  const size_t last = first.literal.rfind('/');
  JoinPiece root = first;
  root.literal = first.literal.substr(0, std::max<size_t>(last, 3));
  std::ranges::replace(root.literal, '/', '\\');
  first.literal.erase(0, last);
  plan->elements.push_back({root});
}

JoinPlan PlanJoin(const std::vector<JoinPiece>& original) {
  JoinPlan plan;
  std::vector<JoinPiece> pieces = original;
  TakeDrive(&pieces, &plan);
  TakeTail(&pieces, &plan);
  plan.elements.emplace_back();
  if (!pieces.empty() && pieces[0].is_literal) {
    plan.rooted = pieces[0].literal.starts_with('/');
    plan.dotted = pieces[0].literal == "." || pieces[0].literal.starts_with("./");
  }
  bool pending_break = false;
  for (JoinPiece& piece : pieces) {
    piece.breaks_before = piece.breaks_before || pending_break;
    pending_break = false;
    if (!piece.is_literal) {
      plan.winding = plan.winding ||
                     (plan.parents && plan.elements.size() > 1 && !plan.elements.front().empty() &&
                      !plan.elements.front().front().is_literal);
      plan.elements.back().push_back(piece);
      continue;
    }
    const bool vanishes = piece.literal.find_first_not_of('/') == std::string::npos;
    pending_break = vanishes && piece.breaks_before;
    AddLiteral(piece, &plan);
  }
  std::erase_if(plan.elements, [](const auto& element) { return element.empty(); });
  if (plan.drive) {
    plan.rooted = false;
  }
  if (plan.rooted && !plan.elements.empty() && plan.elements[0][0].is_literal) {
    plan.elements[0][0].literal.insert(0, "/");
  }
  return plan;
}

namespace {

/// The arguments of a filepath.Join that is the first element: they are arguments of the new one.
std::string ArgumentsOfJoin(const std::vector<JoinPiece>& element, const PathScene& scene) {
  const Node call = element.size() == 1 && element[0].verb.empty() ? element[0].node : Node();
  const auto callee = call.Is("call_expression") ? scene.go().Callee(call) : std::nullopt;
  const Node arguments = callee ? call.Field("arguments") : Node();
  if (!callee || callee->path != "path/filepath" || callee->name != "Join" ||
      arguments.named_child_count() == 0 || arguments.text().find('\n') != std::string_view::npos) {
    return {};
  }
  const std::vector<Node> list = arguments.NamedChildren();
  if (std::ranges::any_of(list, [](Node node) { return node.Is("variadic_argument"); })) {
    return {};
  }
  return std::string(arguments.source().Text({list.front().span().begin, list.back().span().end}));
}

}  // namespace

/// The string type of its own that a chain has, by its operands; "" if it has none.
std::string OwnTypeOf(const JoinPlan& plan, const PathScene& scene) {
  for (const std::vector<JoinPiece>& element : plan.elements) {
    for (const JoinPiece& piece : element) {
      if (!piece.is_literal && piece.verb.empty()) {
        if (std::string type = scene.At(piece.node).own_string; !type.empty()) {
          return type;
        }
      }
    }
  }
  return {};
}

std::optional<Refusal> RefuseJoin(const JoinPlan& plan, const PathScene& scene) {
  for (const std::vector<JoinPiece>& element : plan.elements) {
    for (const JoinPiece& piece : element) {
      if (piece.is_literal) {
        continue;
      }
      const PathValue value = scene.At(piece.node);
      const bool whole = element.size() == 1;
      if (!piece.verb.empty() &&
          (!whole || !PlainVerb(piece) || (!value.type.empty() && value.type != "string"))) {
        continue;  // Sprintf takes anything
      }
      if (!piece.verb.empty() && value.type.empty() && !LooksLikeString(value)) {
        return Refusal::kNotString;
      }
      const bool converted = !value.own_string.empty() && piece.verb.empty();
      if (value && !PathScene::MayBeString(value) && !converted) {
        return Refusal::kNotString;
      }
    }
  }
  return std::nullopt;
}

std::string WriteJoin(const JoinPlan& plan, const PathScene& scene, std::string_view package,
                      std::string_view format_function, std::string_view line_end, int depth) {
  const std::string_view plus = depth > 1 ? "+" : " + ";
  std::string out;
  if (plan.elements.size() == 1) {
    out = WriteElement(plan.elements[0], scene, format_function, line_end);
  } else {
    out = package.empty() ? std::string() : Cat(package, ".Join(");
    for (size_t i = 0; i < plan.elements.size(); ++i) {
      if (i > 0) {
        out += Separator(plan.elements[i][0], ",", line_end);
      }
      const std::string inner = i == 0 ? ArgumentsOfJoin(plan.elements[i], scene) : std::string();
      out +=
          !inner.empty() ? inner : WriteElement(plan.elements[i], scene, format_function, line_end);
    }
    out += package.empty() ? "" : ")";
  }
  if (!plan.tail.empty()) {
    out += Cat(plus, "string(", package, ".Separator)");
    if (plan.tail.size() > 1) {
      out += Cat(plus, QuoteGoString(std::string_view(plan.tail).substr(1)));
    }
  }
  const std::string type = OwnTypeOf(plan, scene);
  return type.empty() ? out : Cat(type, "(", out, ")");
}

bool IsPlatformPair(const JoinPlan& plan, const PathScene& scene) {
  constexpr std::array<std::string_view, 6> kSystem = {"os",       "goos",   "arch",
                                                       "platform", "goarch", "platforms"};
  const auto speaks = [&](const std::vector<JoinPiece>& element) {
    if (element.size() != 1 || element[0].is_literal) {
      return false;
    }
    const std::vector<std::string> words = WordsOf(scene.At(element[0].node).name);
    return !words.empty() && std::ranges::find(kSystem, words.back()) != kSystem.end();
  };
  return plan.elements.size() > 1 && speaks(plan.elements[0]) && speaks(plan.elements[1]);
}

std::string JoinPackage(Node site, const JoinPlan& plan, const PathScene& scene, Finding* finding) {
  const Node call = site.parent().Is("argument_list") ? site.parent().parent() : Node();
  const auto callee = call ? scene.go().Callee(call) : std::nullopt;
  if (plan.tail.empty() && callee && callee->path == "path/filepath" && callee->name == "Join") {
    finding->fix.emplace();
    return {};
  }
  return scene.Import("path/filepath", site.span().begin, finding);
}

bool JoinKeepsBytes(const JoinPlan& plan, const PathScene& scene) {
  for (size_t i = 0; i < plan.elements.size(); ++i) {
    const std::vector<JoinPiece>& element = plan.elements[i];
    std::string text;
    for (const JoinPiece& piece : element) {
      if (!piece.is_literal) {
        break;
      }
      text += piece.literal;
    }
    const bool literal =
        std::ranges::all_of(element, [](const JoinPiece& piece) { return piece.is_literal; });
    if (literal) {
      if (!IsProperPath(text)) {
        return false;
      }
      continue;
    }
    if (element.size() != 1 || !element[0].verb.empty()) {
      return false;
    }
    const PathValue value = scene.At(element[0].node);
    if (!value.clean || (i > 0 && !value.Has(sign::kFromElement))) {
      return false;
    }
  }
  return true;
}

std::string JoinPrecondition(const JoinPlan& plan, const PathScene& scene, const PathValue& whole) {
  std::vector<std::string> checks;
  const std::vector<JoinPiece>& first = plan.elements[0];
  if (plan.elements.size() > 1 && !first[0].is_literal && !scene.At(first[0].node).nonempty) {
    checks.push_back(
        Cat("`", first[0].node.text(), "` is never empty (Join would drop the slash)"));
  }
  if (plan.parents) {
    checks.emplace_back("no symbolic link stands before `..` (Join takes both away)");
  }
  if (whole.Has(sign::kUseCompare | sign::kUseKey)) {
    checks.emplace_back("the path is compared with, or stored beside, cleaned paths");
  }
  if (whole.Has(sign::kUseOther)) {
    checks.emplace_back("whoever else gets the path takes it in the form of the running system");
  }
  if (checks.empty()) {
    checks.emplace_back("nobody depends on the uncleaned spelling of the path");
  }
  std::string out = "check that ";
  for (size_t i = 0; i < checks.size(); ++i) {
    out += Cat(i == 0 ? "" : i + 1 == checks.size() ? ", and that " : ", that ", checks[i]);
  }
  return out;
}

bool HasComment(Node node) {
  if (node.Is("comment")) {
    return true;
  }
  return std::ranges::any_of(node.NamedChildren(), [](Node child) { return HasComment(child); });
}

Node EnclosingConst(Node node) {
  while (node && !node.Is("const_spec")) {
    if (node.kind().ends_with("_statement") || node.Is("func_literal")) {
      return {};
    }
    node = node.parent();
  }
  return node;
}

}  // namespace windlass
