// crlf/split: text from outside that is taken apart at "\n" keeps the CRs of CRLF line endings.
//
//   strings.Split(string(data), "\n")
//                 ------------
//   strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
//
// crlf/helper does the same with winport.LFString(string(data)).

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/rules/native/crlf_scene.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 11> kSplitting = {
    "Split",         "SplitN",  "SplitAfter", "SplitAfterN", "Cut",       "SplitSeq",
    "SplitAfterSeq", "Replace", "ReplaceAll", "Lines",       "FieldsFunc"};
constexpr std::array<std::string_view, 3> kTrimming = {"TrimSuffix", "TrimRight", "Trim"};

bool In(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// func(r rune) bool { return r == '\n' }
bool AsksForNewline(Node function) {
  static const RE2 kNewline(R"(func\((\w+) rune\) bool \{\s*return \w+ == '\\n'\s*\})");
  return function.Is("func_literal") && RE2::FullMatch(std::string(function.text()), kNewline);
}

/// True if the project has chosen crlf/helper, which then takes the place of crlf/split.
bool IsReplaced(const Rule& rule, const SharedFacts& shared) {
  const Pack* pack = rule.id == "crlf/split" ? shared.FindPack("crlf") : nullptr;
  return pack != nullptr && std::ranges::any_of(pack->rules, [](const auto& other) {
           return other->id == "crlf/helper" && other->disabled.empty();
         });
}

/// What takes line ends out, not what writes others in.
bool IsJoiningReplacement(const std::vector<Node>& arguments) {
  const auto to = arguments.size() < 3 ? std::nullopt : NewlineText(arguments[2]);
  return to && (to->empty() || *to == " " || *to == "," || *to == ", " || *to == ";");
}

/// The text within trims of newlines: strings.TrimSuffix(text, "\n").
Node Innermost(Node text, const GoFile& go) {
  while (true) {
    text = WithoutParentheses(text);
    const auto callee = text.Is("call_expression") ? go.Callee(text) : std::nullopt;
    const std::vector<Node> arguments = callee ? GoArguments(text) : std::vector<Node>();
    if (arguments.size() != 2 || !In(kTrimming, callee->name) ||
        (callee->path != "strings" && callee->path != "bytes") ||
        NewlineText(arguments[1]).value_or("").find('\n') == std::string::npos) {
      return text;
    }
    text = arguments[0];
  }
}

}  // namespace

void SplitLines(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (!callee || (callee->path != "strings" && callee->path != "bytes") ||
      !In(kSplitting, callee->name) || IsReplaced(rule, shared)) {
    return;
  }
  const std::vector<Node> arguments = GoArguments(call);
  const bool lines = callee->name == "Lines";
  const auto separator = arguments.size() < 2 ? std::nullopt : NewlineText(arguments[1]);
  const bool at_newline =
      (separator && separator->find('\n') != std::string::npos &&
       separator->find('\r') == std::string::npos) ||
      (callee->name == "FieldsFunc" && arguments.size() == 2 && AsksForNewline(arguments[1]));
  const bool replaces = callee->name.starts_with("Replace");
  if (arguments.empty() || (!lines && !at_newline) ||
      (replaces && (*separator != "\n" || !IsJoiningReplacement(arguments)))) {
    return;
  }
  CrlfScene scene(context, shared);
  const Node text = Innermost(arguments[0], scene.go());
  if (scene.IsSettled(call)) {
    return;
  }
  const TextOrigins origins = scene.OriginOf(text);
  if (!CrlfScene::IsForeign(origins) || (replaces && origins.Has(origin::kLine))) {
    return;
  }
  const text_use::Set use = scene.UseOf(call);
  if ((use & text_use::kKept) != 0 || use == 0) {
    return;
  }
  Finding finding =
      scene.Start(call, origins,
                  replaces ? "newlines are taken out of text that may end lines in CRLF"
                           : "text is split at LF, which leaves the CR of CRLF behind");
  if (rule.id == "crlf/helper") {
    scene.NormalizeByHelper(text, callee->path, &finding);
  } else {
    scene.Normalize(text, callee->path, &finding);
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
