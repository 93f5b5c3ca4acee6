// crlf/length: arithmetic that counts one byte for the end of a line; reported only.
//
//   len(line) == 1      offset += len(scanner.Text()) + 1      text[:strings.IndexByte(text, '\n')]
//
// A length that is compared tells that the code goes on to read the line by place: an edit of the
// length alone would leave that as it was.

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
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

/// True if the variable `line` was given what a Trim function leaves before this place.
bool IsTrimmed(Node line, const GoFile& go) {
  const GoDecl* decl = line.Is("identifier") ? go.Resolve(line) : nullptr;
  const auto trims = [](Node statement) {
    return statement.Field("right").text().find(".Trim") != std::string_view::npos;
  };
  return decl != nullptr &&
         (trims(decl->decl) || std::ranges::any_of(go.Uses(*decl), [&](Node use) {
            const Node statement = use.parent().parent();
            return use.span().begin < line.span().begin && statement.Is("assignment_statement") &&
                   statement.Field("left") == use.parent() && trims(statement);
          }));
}

/// What to do about `line`, a text whose length is compared with `number` or, for `op` "+",
/// counted.
std::string Advice(std::string_view op, Node line, std::string_view number, const GoFile& go) {
  int64_t length = 0;
  if (op == "+" || !line.Is("identifier") || !absl::SimpleAtoi(Absl(number), &length)) {
    return "count what was really read, or trim the line before it is measured";
  }
  return Cat("take the end of the line off first, ", line.text(), " = ",
             IsGoBytes(line, go) ? "bytes" : "strings", ".TrimRight(", line.text(),
             R"(, "\r\n"), and compare with )", std::to_string(length - 1));
}

/// The call of strings.Index(text, "\n") and the like that gave `offset`; null if none did.
Node NewlineSearch(Node offset, const GoFile& go) {
  if (offset.Is("identifier")) {
    const GoDecl* decl = go.Resolve(offset);
    const Node right = decl == nullptr ? Node() : decl->decl.Field("right");
    offset = right.named_child_count() == 1 ? right.NamedChild(0) : Node();
  }
  const auto callee = offset.Is("call_expression") ? go.Callee(offset) : std::nullopt;
  const std::vector<Node> arguments = callee ? GoArguments(offset) : std::vector<Node>();
  return callee && (callee->path == "strings" || callee->path == "bytes") &&
                 callee->name.find("Index") != std::string_view::npos && arguments.size() == 2 &&
                 NewlineText(arguments[1]) == "\n"
             ? offset
             : Node();
}

/// text[:i], where i is the place of an LF in that text.
void VisitCut(Node slice, CrlfScene& scene, std::vector<Finding>* out) {
  const Node text = slice.Field("operand");
  const Node search = NewlineSearch(slice.Field("end"), scene.go());
  if (!search || GoArguments(search)[0].text() != text.text() || scene.IsSettled(slice)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(text);
  const text_use::Set use = scene.UseOf(slice);
  if (!CrlfScene::IsForeign(origins) || (use & text_use::kKept) != 0 || use == 0) {
    return;
  }
  Finding finding = scene.Start(slice, origins,
                                "text is cut at the offset of an LF, which leaves the CR of CRLF");
  finding.level = Level::kSuggest;
  finding.reason = Cat("the text comes from ", origins.what,
                       "; take the CR off what is cut, or give the text LF before it is searched");
  finding.fix.reset();
  out->push_back(std::move(finding));
}

}  // namespace

void MeasureLine(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  if (node.Is("slice_expression")) {
    CrlfScene scene(context, shared);
    VisitCut(node, scene, out);
    return;
  }
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
        IsTrimmed(line, scene.go())) {
      return;
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
  finding.reason =
      Cat("the line comes from ", origins.what, "; ", Advice(op, line, number, scene.go()));
  finding.fix.reset();
  out->push_back(std::move(finding));
}

}  // namespace windlass
