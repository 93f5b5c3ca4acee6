// crlf/regexp: patterns that stop at "\n", or at the end of a line, in text from outside.
//
//   keyRE.FindStringSubmatch(string(data))             `(?m)^key=(.*)$`
//                            ------------
//   keyRE.FindStringSubmatch(strings.ReplaceAll(string(data), "\r\n", "\n"))

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/rules/native/crlf_scene.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// Methods of regexp.Regexp: what they take, and whether they tell places within the text.
struct Method {
  std::string_view name;
  bool bytes;
};
constexpr auto kMethods = std::to_array<Method>({
    {"MatchString", false},
    {"Match", true},
    {"FindString", false},
    {"Find", true},
    {"FindStringSubmatch", false},
    {"FindSubmatch", true},
    {"FindAllString", false},
    {"FindAll", true},
    {"FindAllStringSubmatch", false},
    {"FindAllSubmatch", true},
    {"Split", false},
});

/// `pattern` without those `[^\n]+` that something on the same line has to follow: a CR at its end
/// is none of them.
std::string WithoutInnerLines(std::string_view pattern) {
  static const RE2 kInner(R"re(\[\^[^\]]*(?:\\n|\n)[^\]]*\](?:[*+]\??)?\)?([\w"'`<>,;:=}/ -]))re");
  std::string out(pattern);
  RE2::GlobalReplace(&out, kInner, "\\1");
  return out;
}

/// True for a pattern that sees the difference between LF and CRLF.
bool IsSensitive(std::string_view pattern) {
  const std::string text = WithoutInnerLines(pattern);
  static const RE2 kKnowing(R"re(\\r|\r|\\R|\\v)re");
  static const RE2 kTolerant(R"re((\\s[*+]\)?\$|\\n\?|\[[^\]]*\\s[^\]]*\][*+]\$|\\s[*+]\\n))re");
  static const RE2 kManyLines(R"re(\(\?[a-z]*m)re");
  // `$` at the end of a line, a capture to the end of a line, or a newline with something before
  // it.
  static const RE2 kEnd(R"re([^\\|(]\$)re");
  static const RE2 kNewline(R"re(.(\\n|\n))re");
  if (RE2::PartialMatch(text, kKnowing) || RE2::PartialMatch(text, kTolerant)) {
    return false;
  }
  if (RE2::PartialMatch(text, kManyLines) && RE2::PartialMatch(text, kEnd)) {
    return true;
  }
  return RE2::PartialMatch(text, kNewline);
}

/// True if the text itself is written or measured after it was searched.
bool IsKeptElsewhere(Node text, CrlfScene& scene) {
  const GoDecl* decl = text.Is("identifier") ? scene.go().Resolve(text) : nullptr;
  const std::vector<Node> uses = decl == nullptr ? std::vector<Node>() : scene.go().Uses(*decl);
  return std::ranges::any_of(uses, [&](Node use) {
    return use.span().begin > text.span().begin && (scene.UseOf(use) & text_use::kKept) != 0;
  });
}

/// The pattern of the regular expression that `receiver` holds; nullopt if it cannot be seen.
std::optional<std::string> PatternOf(Node receiver, CrlfScene& scene) {
  GoSpot at = scene.Spot(WithoutParentheses(receiver));
  if (at.node.Is("identifier")) {
    const GoDecl* decl = at.go->Resolve(at.node);
    if (decl != nullptr && decl->decl.Is("short_var_declaration")) {
      const std::vector<Node> values = decl->decl.Field("right").NamedChildren();
      at.node = values.size() == 1 ? values[0] : Node();
    } else {
      at = scene.module().VariableValue(at, at.node.text());
    }
  }
  const auto callee = at.node.Is("call_expression") ? at.go->Callee(at.node) : std::nullopt;
  const std::vector<Node> arguments = callee ? GoArguments(at.node) : std::vector<Node>();
  if (!callee || callee->path != "regexp" || arguments.size() != 1 ||
      callee->name.find("Compile") == std::string_view::npos) {
    return std::nullopt;
  }
  return GoStringValue(arguments[0]);
}

}  // namespace

void MatchNewline(const Rule&, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const Node function = call.Field("function");
  const std::vector<Node> arguments = GoArguments(call);
  const Method* method = nullptr;
  for (const Method& row : kMethods) {
    method = function.Field("field").text() == row.name ? &row : method;
  }
  if (method == nullptr || arguments.empty()) {
    return;
  }
  CrlfScene scene(context, shared);
  const auto callee = context.go->Callee(call);
  const bool direct = callee && callee->path == "regexp";
  const auto pattern = direct   ? GoStringValue(arguments[0])
                       : callee ? std::nullopt
                                : PatternOf(function.Field("operand"), scene);
  const size_t place = direct ? 1 : 0;
  if (!pattern || !IsSensitive(*pattern) || place >= arguments.size() || scene.IsSettled(call)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(arguments[place]);
  if (!CrlfScene::IsForeign(origins) || origins.Has(origin::kPart) ||
      (scene.UseOf(call) & text_use::kKept) != 0 || IsKeptElsewhere(arguments[place], scene)) {
    return;
  }
  Finding finding =
      scene.Start(call, origins, "the pattern takes the CR of CRLF for a part of the line");
  scene.Normalize(arguments[place], method->bytes ? "bytes" : "strings", &finding);
  out->push_back(std::move(finding));
}

}  // namespace windlass
