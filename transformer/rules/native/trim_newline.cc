// crlf/trim: what takes the LF off a line from outside leaves the CR of CRLF.
//
//   strings.TrimSuffix(line, "\n")     strings.TrimRight(text, "\n")     line[:len(line)-1]
//                                                              ----      ------------------
//   strings.TrimRight(line, "\r\n")    strings.TrimRight(text, "\r\n")   strings.TrimRight(line,
//                                                                        "\r\n")

#include <algorithm>
#include <array>

#include "transformer/rules/native/crlf_scene.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::string_view kMessage = "the LF is trimmed off, which leaves the CR of CRLF behind";

bool IsPackage(std::string_view path) {
  return path == "strings" || path == "bytes";
}

/// True if crlf/split takes care of the text: strings.Split(strings.TrimSuffix(text, "\n"), "\n").
bool StandsInSplit(Node call, const GoFile& go) {
  const Node outer = call.parent().parent();
  const auto callee = outer.Is("call_expression") ? go.Callee(outer) : std::nullopt;
  const std::vector<Node> arguments = callee ? GoArguments(outer) : std::vector<Node>();
  return arguments.size() >= 2 && IsPackage(callee->path) && callee->name.starts_with("Split") &&
         arguments[0] == call &&
         NewlineText(arguments[1]).value_or("").find('\n') != std::string::npos;
}

/// `"\n"` with a CR before its newline, as it is written.
std::string WithCr(std::string_view literal) {
  std::string out(literal);
  const size_t at = out.find("\\n");
  if (at != std::string::npos) {
    out.insert(at, "\\r");
  }
  return out;
}

/// How the newline is taken off: at least once, where `cutset` says so as often as it stands there.
struct Trim {
  std::string package;
  Node function;
  Node text;
  Node literal;  // "\n"
  Node argument;
  bool cutset = false;
};

std::optional<Trim> ReadTrim(Node call, const GoFile& go) {
  const auto callee = go.Callee(call);
  const std::vector<Node> arguments = callee ? GoArguments(call) : std::vector<Node>();
  if (!callee || !IsPackage(callee->path) || arguments.size() != 2 ||
      !call.Field("function").Is("selector_expression")) {
    return std::nullopt;
  }
  Trim trim{std::string(callee->path), call.Field("function"), arguments[0],
            LiteralOf(arguments[1]),   arguments[1],           false};
  const auto value = GoStringValue(trim.literal);
  trim.cutset = callee->name == "TrimRight" || callee->name == "Trim";
  const bool suffix = callee->name == "TrimSuffix" && value == "\n";
  const bool set = trim.cutset && value && value->find('\n') != std::string::npos &&
                   value->find('\r') == std::string::npos &&
                   trim.literal.text().find("\\n") != std::string_view::npos;
  return suffix || set ? std::optional(trim) : std::nullopt;
}

void Write(const Trim& trim, Node call, const TextOrigins& origins, const CrlfScene& scene,
           Finding* finding) {
  EditSet& edits = scene.Edits(finding);
  if (trim.cutset) {
    edits.Add(trim.literal.span(), WithCr(trim.literal.text())).IgnoreError();
    return;
  }
  if (origins.Has(origin::kLine) && !origins.Has(origin::kInternal)) {
    edits.Add(trim.function.Field("field").span(), "TrimRight").IgnoreError();
    edits.Add(trim.argument.span(), R"("\r\n")").IgnoreError();
    return;
  }
  const Span span = call.span();
  const std::string package = scene.Import(trim.package, span.begin, finding);
  edits.Add({span.begin, span.begin}, Cat(package, ".TrimSuffix(")).IgnoreError();
  edits.Add({span.end, span.end}, trim.package == "bytes" ? R"(, []byte("\r")))" : R"(, "\r"))")
      .IgnoreError();
}

void VisitTrim(Node call, CrlfScene& scene, std::vector<Finding>* out) {
  const auto trim = ReadTrim(call, scene.go());
  if (!trim || StandsInSplit(call, scene.go()) || scene.IsSettled(call)) {
    return;
  }
  TextOrigins origins = scene.OriginOf(trim->text);
  if ((origins.set & ~origin::kMixed) == 0) {
    origins = scene.LineByName(trim->text);
  }
  if (!CrlfScene::IsForeign(origins) || origins.Has(origin::kPart)) {
    return;
  }
  const text_use::Set use = scene.UseOf(call);
  if ((use & text_use::kKept) != 0 || use == 0) {
    return;
  }
  Finding finding = scene.Start(call, origins, kMessage);
  Write(*trim, call, origins, scene, &finding);
  out->push_back(std::move(finding));
}

/// line[:len(line)-1]
void VisitSlice(Node slice, CrlfScene& scene, std::vector<Finding>* out) {
  const Node text = slice.Field("operand");
  const Node begin = slice.Field("start");
  const Node end = slice.Field("end");
  const Node length = end.Field("left");
  if (!text.Is("identifier") || (begin && begin.text() != "0") || !end.Is("binary_expression") ||
      end.Field("operator").text() != "-" || end.Field("right").text() != "1" ||
      !length.Is("call_expression") || length.Field("function").text() != "len" ||
      length.Field("arguments").NamedChild(0).text() != text.text() || scene.IsSettled(slice)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(text);
  const text_use::Set use = scene.UseOf(slice);
  if (!CrlfScene::IsForeign(origins) || !origins.Has(origin::kLine) ||
      origins.Has(origin::kInternal) || (use & text_use::kKept) != 0 || use == 0) {
    return;
  }
  Finding finding = scene.Start(slice, origins,
                                "the last byte is cut off a line, which may be one "
                                "of two at its end");
  const bool bytes = IsGoBytes(text, scene.go());
  const std::string package =
      scene.Import(bytes ? "bytes" : "strings", slice.span().begin, &finding);
  scene.Edits(&finding)
      .Add(slice.span(), Cat(package, ".TrimRight(", text.text(), R"(, "\r\n"))"))
      .IgnoreError();
  out->push_back(std::move(finding));
}

/// strings.Replace(line, "\n", "", -1) of one line.
void VisitReplace(Node call, CrlfScene& scene, std::vector<Finding>* out) {
  const auto callee = scene.go().Callee(call);
  const std::vector<Node> arguments = callee ? GoArguments(call) : std::vector<Node>();
  if (!callee || !IsPackage(callee->path) || !callee->name.starts_with("Replace") ||
      arguments.size() < 3 || NewlineText(arguments[1]) != "\n" ||
      NewlineText(arguments[2]) != "" || scene.IsSettled(call) ||
      !call.Field("function").Is("selector_expression")) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(arguments[0]);
  if (!CrlfScene::IsForeign(origins) || !origins.Has(origin::kLine) ||
      origins.Has(origin::kInternal) || (scene.UseOf(call) & text_use::kKept) != 0) {
    return;
  }
  Finding finding = scene.Start(call, origins, kMessage);
  EditSet& edits = scene.Edits(&finding);
  edits.Add(call.Field("function").Field("field").span(), "TrimRight").IgnoreError();
  edits.Add({arguments[1].span().begin, call.span().end}, R"("\r\n"))").IgnoreError();
  out->push_back(std::move(finding));
}

}  // namespace

void TrimNewline(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node node = match.First("site");
  if (node.Is("slice_expression")) {
    CrlfScene scene(context, shared);
    VisitSlice(node, scene, out);
    return;
  }
  const auto callee = context.go->Callee(node);
  if (!callee || !IsPackage(callee->path)) {
    return;
  }
  if (callee->name.starts_with("Replace")) {
    CrlfScene scene(context, shared);
    VisitReplace(node, scene, out);
  } else if (callee->name.starts_with("Trim")) {
    CrlfScene scene(context, shared);
    VisitTrim(node, scene, out);
  }
}

}  // namespace windlass
