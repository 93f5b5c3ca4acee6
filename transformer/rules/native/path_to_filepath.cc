// paths/package: package path on file paths of the running system becomes path/filepath.
//
//   os.MkdirAll(path.Dir(file), 0o755)
//               --------
//   os.MkdirAll(filepath.Dir(file), 0o755)

#include <algorithm>
#include <array>

#include "transformer/facts/path_names.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/path_domain.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 3> kComposing = {"Join", "Dir", "Clean"};
constexpr std::array<std::string_view, 5> kReading = {"Base", "Ext", "Split", "IsAbs", "Match"};

bool In(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

Node FirstArgument(Node call, std::string_view name) {
  const std::vector<Node> arguments = call.Field("arguments").NamedChildren();
  const size_t index = name == "Match" ? 1 : 0;
  return index < arguments.size() ? arguments[index] : Node();
}

Verdict JudgeCall(Node call, std::string_view name, const PathScene& scene) {
  const Node argument = FirstArgument(call, name);
  const PathValue head =
      scene.At(argument.Is("variadic_argument") ? argument.NamedChild(0) : argument);
  if (In(kReading, name)) {
    Verdict verdict = scene.Judge(head);
    // Whether it is absolute is asked of what is put below a directory otherwise.
    if (name == "IsAbs" && verdict.domain == Domain::kUnknown && head.Has(sign::kUsePure) &&
        !head.Has(sign::kUseSlash | sign::kFromSlash | sign::kUseSlashPart)) {
      verdict.domain = Domain::kHost;
      verdict.weight = Weight::kMedium;
      verdict.reason = "put below a directory by package path/filepath";
    }
    return verdict;
  }
  const PathValue whole = scene.At(call);
  if (!whole.Has(sign::kUseHost | sign::kUseProgram)) {
    for (const Node part : call.Field("arguments").NamedChildren()) {
      const PathValue value = scene.At(part);
      const bool named = (SignOfName(value.name) & sign::kFromSlashName) != 0;
      // A name below a folder that the system gave is a file, whatever it is called.
      if ((named && !(head.Has(sign::kFromHost) && !head.Has(sign::kFromSlash))) ||
          value.Has(sign::kFromSlash | sign::kUseSlash)) {
        return Verdict();  // path.Join(dir, pattern), path.Join(dir, importPath)
      }
    }
  }
  Verdict verdict = scene.Judge(whole, head);
  // A later piece that has slashes outweighs what is done to the whole many steps away.
  if (verdict.also.size() >= kFarSteps) {
    for (const Node part : call.Field("arguments").NamedChildren()) {
      const PathValue value = scene.At(part);
      if (value.Has(sign::kFromSlash) && !value.Has(sign::kFromHost)) {
        return Verdict();
      }
    }
  }
  return verdict;
}

/// path.IsAbs(p) || filepath.IsAbs(p): somebody wants either.
bool AsksBoth(Node call) {
  Node outer = call.parent();
  while (outer.Is("unary_expression") || outer.Is("parenthesized_expression")) {
    outer = outer.parent();
  }
  return outer.Is("binary_expression") &&
         outer.text().find("filepath.IsAbs(") != std::string_view::npos;
}

/// A piece below something else: package path does well enough there, and on names that are no
/// files it is right.
bool OnlyPart(Node call, const PathValue& head, const PathScene& scene) {
  constexpr sign::Set kWhole = sign::kUseHost | sign::kUseProgram | sign::kUsePeerHost;
  constexpr sign::Set kHost =
      sign::kFromHost | sign::kFromHostSlash | sign::kKinHost | sign::kUsePure;
  return !scene.At(call).Has(kWhole) && !head.Has(kWhole | kHost);
}

/// The last piece of what has slashes everywhere, as runtime.Caller gives it: package path is
/// right.
bool ReadsSlashes(std::string_view function, const PathValue& head) {
  return (function == "Base" || function == "Ext") && head.Has(sign::kFromHostSlash) &&
         !head.Has(sign::kFromHost | sign::kKinHost);
}

/// containerPath := path.Join(…): only what happens to it right there can say that it is opened
/// here.
bool LivesElsewhere(Node call, const Verdict& verdict, const PathScene& scene) {
  if (!IsKeptAsForeign(call)) {
    return false;
  }
  const Node function = scene.go().EnclosingFunction(call);
  return verdict.also.empty() || !function || verdict.also.back().path != call.source().path() ||
         verdict.also.back().span.begin < function.span().begin ||
         verdict.also.back().span.end > function.span().end;
}

/// strings.Split(path.Dir(name), "/"): whoever wrote this reckons with slashes.
bool IsSplitAtSlashes(Node call, const PathScene& scene) {
  const Node outer = call.parent().Is("argument_list") ? call.parent().parent() : Node();
  const auto callee = outer.Is("call_expression") ? scene.go().Callee(outer) : std::nullopt;
  return callee && callee->path == "strings" &&
         GoStringValue(outer.Field("arguments").NamedChild(1)) == "/";
}

bool TakesStrings(Node call, const PathScene& scene) {
  for (const Node argument : call.Field("arguments").NamedChildren()) {
    const PathValue value = scene.At(argument);
    if (value && !argument.Is("variadic_argument") && !PathScene::MayBeString(value)) {
      return false;
    }
  }
  return true;
}

}  // namespace

void PathToFilepath(const Rule&, const QueryMatch& match, const FileContext& context,
                    SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (!callee || callee->path != "path" ||
      (!In(kComposing, callee->name) && !In(kReading, callee->name)) ||
      !call.Field("function").Is("selector_expression")) {
    return;
  }
  const PathScene scene(context, shared);
  if (!scene.active()) {
    return;
  }
  if ((callee->name == "IsAbs" && AsksBoth(call)) ||
      ReadsSlashes(callee->name, scene.At(FirstArgument(call, callee->name)))) {
    return;
  }
  const Verdict verdict = JudgeCall(call, callee->name, scene);
  if ((verdict.domain != Domain::kHost && verdict.domain != Domain::kConflict) ||
      LivesElsewhere(call, verdict, scene) ||
      (verdict.weight != Weight::kStrong && IsSplitAtSlashes(call, scene))) {
    return;
  }
  Finding finding = scene.Start(call, verdict);
  finding.message = Cat("path.", callee->name, " does not know the separators of Windows");
  finding.level = Level::kSuggest;
  if (verdict.domain == Domain::kConflict) {
    finding.refusal = Refusal::kConflict;
  } else if (verdict.weight == Weight::kName ||
             OnlyPart(call, scene.At(FirstArgument(call, callee->name)), scene)) {
    finding.refusal = Refusal::kUnknownDomain;
  } else if (!TakesStrings(call, scene)) {
    finding.refusal = Refusal::kNotString;
  } else {
    const bool same = callee->name != "Match";
    finding.level = same && verdict.weight == Weight::kStrong ? Level::kSafe : Level::kReview;
    if (!same) {
      finding.reason += "; check that nobody counts on errors for malformed patterns";
    } else if (finding.level == Level::kReview) {
      finding.reason += "; check that the value is a path of the running system";
    }
    const Node function = call.Field("function");
    const std::string package = scene.Import("path/filepath", function.span().begin, &finding);
    finding.fix->edits[finding.path]
        .Add(function.span(), Cat(package, ".", callee->name))
        .IgnoreError();
  }
  out->push_back(std::move(finding));
  PathScene::Reconsider(call, out->size() - 1, out);
}

}  // namespace windlass
