// crlf/length: arithmetic that counts one byte for the end of a line; reported only.
//
//   line, _ := in.ReadString('\n'); len(line) == 2        offset += len(scanner.Text()) + 1

#include "transformer/rules/native/crlf_scene.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// True if the line is what a scanner gives, or an element of a text split at "\n".
bool IsStrippedLine(Node line, const GoFile& go) {
  if (line.Is("identifier")) {
    const GoDecl* decl = go.Resolve(line);
    const Node right = decl == nullptr ? Node() : decl->decl.Field("right");
    line = right.Is("expression_list") ? right.NamedChild(0) : right;
  }
  if (!line.Is("call_expression")) {
    return false;
  }
  const std::string_view method = line.Field("function").Field("field").text();
  const std::vector<Node> arguments = GoArguments(line);
  if (arguments.empty()) {
    return method == "Text" || method == "Bytes";
  }
  return method.starts_with("Split") && arguments.size() >= 2 && NewlineText(arguments[1]) == "\n";
}

bool IsAdded(Node node) {
  Node outer = node.parent();
  while (outer.Is("binary_expression") || outer.Is("parenthesized_expression") ||
         outer.Is("expression_list") || outer.Is("call_expression") || outer.Is("argument_list")) {
    outer = outer.parent();
  }
  return outer.Is("assignment_statement") || node.parent().Is("binary_expression");
}

/// True if the file reads lines with their ends: only then is it worth asking where a text is from.
bool ReadsWholeLines(const GoSkim& skim) {
  return skim.Mentions("ReadString") || skim.Mentions("ReadBytes") || skim.Mentions("ReadSlice");
}

}  // namespace

void MeasureLine(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  const std::string_view op = node.Field("operator").text();
  const Node line = MeasuredText(op == "+" && node.Field("left").Is("binary_expression")
                                     ? node.Field("left").Field("right")
                                     : node.Field("left"));
  const std::string_view number = node.Field("right").text();
  if (!line || !node.Field("right").Is("int_literal") || number == "0") {
    return;
  }
  CrlfScene scene(context, shared);
  TextOrigins origins;
  if (op == "+" && number == "1" && IsAdded(node) && IsStrippedLine(line, scene.go())) {
    origins.what = "text that is read line by line";
  } else if ((op == "==" || op == "!=") && ReadsWholeLines(*context.file.skim)) {
    origins = scene.OriginOf(line);
    if (!origins.Has(origin::kLine) || !CrlfScene::IsForeign(origins) ||
        (origins.Has(origin::kStdin) && !origins.Has(origin::kInternal))) {
      return;  // answers that people type are for crlf/compare
    }
  } else {
    return;
  }
  if (scene.IsSettled(node)) {
    return;
  }
  Finding finding =
      scene.Start(node, origins, "one byte is counted for the end of a line, CRLF has two");
  finding.level = Level::kSuggest;
  finding.reason = Cat("the line comes from ", origins.what,
                       "; count what was really read, or trim the line before it is measured");
  finding.fix.reset();
  out->push_back(std::move(finding));
}

}  // namespace windlass
