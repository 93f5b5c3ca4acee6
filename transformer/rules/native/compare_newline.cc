// crlf/compare: text from outside that is compared with something that ends in LF.
//
//   string(out) == "ok\n"                                 switch answer { case "y\n": …
//   -----------                                                  ------
//   strings.ReplaceAll(string(out), "\r\n", "\n") == "ok\n"
//
//   formatted := Format(body)
//                       ----
//   return bytes.Equal(formatted, body)

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/rules/native/crlf_scene.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::string_view kMessage = "text that may end lines in CRLF is compared with one in LF";
constexpr std::array<std::string_view, 3> kAsking = {"HasPrefix", "HasSuffix", "Contains"};

/// True for a constant, or something + constant, that ends in a newline or holds one after other
/// text.
bool EndsInNewline(Node node) {
  node = WithoutParentheses(node);
  if (node.Is("binary_expression")) {
    return node.Field("operator").text() == "+" && EndsInNewline(node.Field("right"));
  }
  const auto text = NewlineText(node);
  return text && text->size() > 1 && text->find('\n', 1) != std::string::npos &&
         text->find('\r') == std::string::npos;
}

/// Of a comparison "\n" by itself counts, too: an empty line.
bool IsLineText(Node node) {
  const auto text = node.Is("rune_literal") ? std::nullopt : NewlineText(node);
  return EndsInNewline(node) || text == "\n";
}

/// True if `formatted` is what a formatter makes of `text`: it has LF, whatever the text has.
bool IsReformatted(Node formatted, Node text, const GoFile& go) {
  const GoDecl* decl = formatted.Is("identifier") ? go.Resolve(formatted) : nullptr;
  const Node call = decl == nullptr ? Node() : decl->decl.Field("right").NamedChild(0);
  static const RE2 kFormatter(
      R"((?i)(\w+\.)?(go)?(fmt|format\w*|source|pretty\w*|canonicali[sz]e\w*))");
  const std::string name(call.Field("function").text());
  const std::vector<Node> arguments =
      call.Is("call_expression") ? GoArguments(call) : std::vector<Node>();
  return RE2::FullMatch(name, kFormatter) &&
         std::ranges::any_of(arguments, [&](Node node) { return node.text() == text.text(); });
}

/// True for what a rule of this family may change here.
bool IsComparable(const TextOrigins& origins) {
  return CrlfScene::IsForeign(origins) && !origins.Has(origin::kPart);
}

/// The call that gave `formatted`.
Node FormattingCall(Node formatted, const GoFile& go) {
  const GoDecl* decl = go.Resolve(formatted);
  return decl == nullptr ? Node() : decl->decl.Field("right").NamedChild(0);
}

/// True for formatters that are known to write LF whatever they read.
bool WritesLf(Node call, const GoFile& go) {
  const auto callee = call.Is("call_expression") ? go.Callee(call) : std::nullopt;
  return callee && (callee->path.ends_with("/format") || callee->path.ends_with("/imports"));
}

/// The statement of the call that gave `formatted`, if it stands alone on its lines; else null.
Node FormattingStatement(Node formatted, const GoFile& go) {
  const GoDecl* decl = go.Resolve(formatted);
  const Node statement = decl == nullptr ? Node() : decl->decl;
  const std::string_view bytes = go.tree().source().bytes();
  const size_t before = bytes.substr(0, statement.span().begin).find_last_not_of(" \t");
  return statement.Is("short_var_declaration") && before != std::string_view::npos &&
                 bytes[before] == '\n'
             ? statement
             : Node();
}

/// The uses of `text` from `statement` on that compare or read it; empty if it is set there.
std::vector<Node> ReadingUses(Node text, Node statement, CrlfScene& scene) {
  const GoDecl* decl = scene.go().Resolve(text);
  std::vector<Node> out;
  for (const Node use : decl == nullptr ? std::vector<Node>() : scene.go().Uses(*decl)) {
    const Node list = use.parent();
    const bool target =
        list.Is("expression_list") && list.parent().Field("left") == list && use != decl->name_node;
    if (use.span().begin < statement.span().begin) {
      continue;
    }
    if (target || list.Is("unary_expression")) {
      return {};
    }
    if ((scene.UseOf(use) & (text_use::kKept | text_use::kReturned)) == 0) {
      out.push_back(use);
    }
  }
  return out;
}

/// A variable for the text in LF, which is then formatted, compared and read.
bool NormalizeBefore(Node formatted, Node text, std::string_view package, CrlfScene& scene,
                     Finding* finding) {
  constexpr std::string_view kName = "normalized";
  const Node statement =
      text.Is("identifier") ? FormattingStatement(formatted, scene.go()) : Node();
  const std::vector<Node> uses =
      statement ? ReadingUses(text, statement, scene) : std::vector<Node>();
  if (uses.size() < 2 ||
      scene.go().EnclosingFunction(text).text().find(kName) != std::string_view::npos) {
    return false;
  }
  const SourceFile& source = scene.go().tree().source();
  const size_t begin = statement.span().begin;
  const size_t line = source.bytes().rfind('\n', begin) + 1;
  const auto [before, behind] = scene.Normalizing(package, begin, finding);
  EditSet& edits = scene.Edits(finding);
  edits
      .Add({begin, begin}, Cat(kName, " := ", before, text.text(), behind, source.EolAt(begin),
                               source.bytes().substr(line, begin - line)))
      .IgnoreError();
  for (const Node use : uses) {
    edits.Add(use.span(), kName).IgnoreError();
  }
  return true;
}

void ReportReformatted(Node call, Node formatted, Node text, std::string_view package,
                       CrlfScene& scene, std::vector<Finding>* out) {
  if (scene.IsSettled(call)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(text);
  const Node formatting = FormattingCall(formatted, scene.go());
  const bool gives_lf = WritesLf(formatting, scene.go());
  // Of other formatters the text has to have LF, too, which changes what is written then.
  if (!IsComparable(origins) || (!gives_lf && (scene.UseOf(formatting) & text_use::kKept) != 0)) {
    return;
  }
  Finding finding = scene.Start(call, origins, kMessage);
  if (gives_lf) {
    scene.Normalize(text, package, &finding);
  } else if (!NormalizeBefore(formatted, text, package, scene, &finding)) {
    return;
  }
  out->push_back(std::move(finding));
}

/// Wraps `text`, a string or, for package bytes, bytes. With `line_alone`, the comparison is with
/// an empty line.
void Report(Node site, Node text, std::string_view package, CrlfScene& scene,
            std::vector<Finding>* out, bool line_alone = false) {
  if (scene.IsSettled(site)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(text);
  if (!IsComparable(origins) || (line_alone && !origins.Has(origin::kLine))) {
    return;
  }
  Finding finding = scene.Start(site, origins, kMessage);
  scene.Normalize(text, package, &finding);
  out->push_back(std::move(finding));
}

void VisitBinary(Node node, CrlfScene& scene, std::vector<Finding>* out) {
  const Node left = node.Field("left");
  const Node right = node.Field("right");
  if (IsLineText(right) && !IsLineText(left)) {
    Report(node, left, "strings", scene, out, !EndsInNewline(right));
  } else if (IsLineText(left) && !IsLineText(right)) {
    Report(node, right, "strings", scene, out, !EndsInNewline(left));
  }
}

void VisitSwitch(Node node, CrlfScene& scene, std::vector<Finding>* out) {
  const Node value = node.Field("value");
  for (const Node clause : value ? node.NamedChildren() : std::vector<Node>()) {
    const std::vector<Node> values = clause.Field("value").NamedChildren();
    if (clause.Is("expression_case") && std::ranges::any_of(values, IsLineText)) {
      Report(value, value, "strings", scene, out);
      return;
    }
  }
}

void VisitCall(Node call, CrlfScene& scene, std::vector<Finding>* out) {
  const auto callee = scene.go().Callee(call);
  const std::vector<Node> arguments = callee ? GoArguments(call) : std::vector<Node>();
  if (!callee || arguments.size() != 2 || (callee->path != "strings" && callee->path != "bytes")) {
    return;
  }
  if (callee->name == "Equal" || callee->name == "EqualFold") {
    for (const size_t i : {size_t{0}, size_t{1}}) {
      if (IsReformatted(arguments[1 - i], arguments[i], scene.go())) {
        ReportReformatted(call, arguments[1 - i], arguments[i], callee->path, scene, out);
        return;
      }
    }
    if (IsLineText(arguments[1]) && !IsLineText(arguments[0])) {
      Report(call, arguments[0], callee->path, scene, out);
    }
  } else if (std::ranges::find(kAsking, callee->name) != kAsking.end() &&
             EndsInNewline(arguments[1])) {
    Report(call, arguments[0], callee->path, scene, out);
  }
}

}  // namespace

void CompareNewline(const Rule&, const QueryMatch& match, const FileContext& context,
                    SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  CrlfScene scene(context, shared);
  if (node.Is("binary_expression")) {
    VisitBinary(node, scene, out);
  } else if (node.Is("expression_switch_statement")) {
    VisitSwitch(node, scene, out);
  } else {
    VisitCall(node, scene, out);
  }
}

}  // namespace windlass
