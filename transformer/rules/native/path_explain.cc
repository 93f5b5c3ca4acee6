// What `windlass explain FILE:LINE` says of the strings on a line.

#include "transformer/rules/native/path_explain.h"

#include <algorithm>
#include <array>

#include "transformer/rules/native/path_lists.h"

namespace windlass {
namespace {

bool IsPlus(Node node) {
  return node.Is("binary_expression") && node.Field("operator").text() == "+";
}

bool IsComparison(Node node) {
  const std::string_view op = node.Is("binary_expression") ? node.Field("operator").text() : "";
  return op == "==" || op == "!=";
}

Node FirstArgument(Node call) {
  return call.Field("arguments").NamedChild(0);
}

/// What a question about paths is about: the value itself, or what is examined.
Node Examined(Node node, const GoFile& go) {
  if (IsComparison(node)) {
    return GoStringValue(node.Field("left")) ? node.Field("right") : node.Field("left");
  }
  const auto callee = node.Is("call_expression") ? go.Callee(node) : std::nullopt;
  if (!callee) {
    return {};
  }
  constexpr std::array<std::string_view, 7> kParts = {"Base",  "Ext", "Split", "Match",
                                                      "IsAbs", "Dir", "Rel"};
  const bool path = callee->path == "path" || callee->path == "path/filepath";
  const bool part = path && std::ranges::find(kParts, callee->name) != kParts.end();
  return part || (callee->path == "strings" && callee->name != "Join") ? FirstArgument(node)
                                                                       : Node();
}

/// The first piece of a composed value.
Node HeadOf(Node node) {
  while (IsPlus(node)) {
    node = node.Field("left");
    while (node.Is("parenthesized_expression")) {
      node = node.NamedChild(0);
    }
  }
  if (!node.Is("call_expression")) {
    return node;
  }
  const Node first = FirstArgument(node);
  if (node.Field("function").Field("field").text() == "Sprintf") {
    const std::optional<std::string> format = GoStringValue(first);
    return format && format->starts_with('%') ? first.next_named_sibling() : first;
  }
  return first;
}

bool Matters(Node node, const GoFile& go) {
  if (IsPlus(node)) {
    return !IsPlus(node.parent()) && node.text().find('/') != std::string_view::npos;
  }
  const auto callee = node.Is("call_expression") ? go.Callee(node) : std::nullopt;
  if (!callee) {
    return false;
  }
  const bool slashed =
      FirstArgument(node) && node.Field("arguments").text().find('/') != std::string_view::npos;
  return callee->path == "path" || callee->path == "path/filepath" ||
         ((callee->path == "strings" || callee->name.starts_with("Sprint")) && slashed);
}

void Collect(Node node, Span line, const GoFile& go, std::vector<Node>* out) {
  const Span span = node.span();
  if (span.begin > line.end || span.end < line.begin) {
    return;
  }
  if (line.begin <= span.begin && Matters(node, go)) {
    out->push_back(node);
  }
  for (const Node child : node.NamedChildren()) {
    Collect(child, line, go, out);
  }
}

/// A call to package path where path/filepath was at hand.
bool ChoosesSlashes(Node node, const GoFile& go) {
  const auto callee = node.Is("call_expression") ? go.Callee(node) : std::nullopt;
  return callee && callee->path == "path" &&
         std::ranges::any_of(go.imports(),
                             [](const auto& import) { return import.path == "path/filepath"; });
}

/// What += appends to, for the value on its right side; or null.
Node AppendedTo(Node node) {
  const Node statement = node.parent().parent();
  return statement.Is("assignment_statement") && statement.Field("operator").text() == "+=" &&
                 node.parent() == statement.Field("right")
             ? statement.Field("left").NamedChild(0)
             : Node();
}

}  // namespace

Verdict JudgeExpression(const PathScene& scene, Node node) {
  if (const Node target = AppendedTo(node)) {
    return JudgeExpression(scene, target);
  }
  if (Verdict list = JudgeList(scene, node); list.domain == Domain::kList) {
    return list;
  }
  if (const Node examined = Examined(node, scene.go())) {
    Verdict verdict = JudgeExpression(scene, examined);
    if (node.text().starts_with("strings.") && scene.At(examined).Has(sign::kFromHostSlash)) {
      verdict.domain = Domain::kSlash;  // a path of this machine, but with slashes
    }
    return verdict;
  }
  const std::string_view name = node.Field("function").Field("field").text();
  const bool composed =
      IsPlus(node) || name == "Join" || name == "Clean" || name.starts_with("Sprint");
  const PathValue whole = scene.At(node);
  const PathValue head = composed ? scene.At(HeadOf(node)) : whole;
  Verdict verdict = scene.Judge(whole, head ? head : whole);
  if (verdict.domain == Domain::kUnknown && ChoosesSlashes(node, scene.go())) {
    verdict.domain = Domain::kSlash;
    verdict.weight = Weight::kName;
    verdict.reason = "package path, in a file that knows path/filepath";
  }
  return verdict;
}

std::vector<std::string> ExplainPlace(const FileContext& context, SharedFacts& shared,
                                      size_t line) {
  std::vector<std::string> out;
  const PathScene scene(context, shared);
  if (!scene.active()) {
    return {
        "no rule on paths looks here: the file is not ours to edit, or Windows never builds it"};
  }
  std::vector<Node> nodes;
  Collect(context.tree->root(), context.source.LineSpan(line), *context.go, &nodes);
  for (const Node node : nodes) {
    const Verdict verdict = JudgeExpression(scene, node);
    const std::string_view weight = verdict.weight == Weight::kStrong   ? "proven"
                                    : verdict.weight == Weight::kMedium ? "by its neighbours"
                                                                        : "by names alone";
    out.push_back(verdict.domain == Domain::kUnknown
                      ? Cat("`", node.text(), "`: nothing tells what it is used as")
                      : Cat("`", node.text(), "`: ", DomainName(verdict.domain), ", ", weight));
    for (const Related& step : verdict.also) {
      const ProjectFile* file = context.project.Find(step.path);
      std::string place = step.path;
      if (step.path == context.file.path && step.span.end <= context.source.size()) {
        place += Cat(":", std::to_string(context.source.PositionAt(step.span.begin).line));
      } else if (const auto bytes = context.project.Read(step.path);
                 file != nullptr && bytes.ok()) {
        const auto begin = bytes->begin();
        const auto end =
            begin + static_cast<std::ptrdiff_t>(std::min(step.span.begin, bytes->size()));
        place += Cat(":", std::to_string(std::count(begin, end, '\n') + 1));
      }
      out.push_back(Cat("    ", place, ": ", step.message));
    }
  }
  return out;
}

}  // namespace windlass
