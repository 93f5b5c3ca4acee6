#include "transformer/rules/guards.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "re2/re2.h"
#include "transformer/facts/windows_reach.h"
#include "transformer/rules/native/path_domain.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

// One system of each kind that Go programs tell apart.
const std::vector<Target>& Universe() {
  static const auto* const targets = [] {
    auto* all = new std::vector<Target>;
    for (const std::string_view goos :
         {"windows", "linux", "darwin", "freebsd", "plan9", "js", "wasip1"}) {
      for (const std::string_view goarch : {"amd64", "arm64", "386", "arm", "wasm"}) {
        all->push_back({std::string(goos), std::string(goarch)});
      }
    }
    return all;
  }();
  return *targets;
}

// Tags that somebody passes with -tags, and cgo, which the machine that builds decides: up to a
// number whose combinations can all be tried.
std::vector<std::string> CustomTags(const BuildExpr& expr) {
  constexpr size_t kMostTags = 6;
  static const LazyRE2 kBuiltIn = {R"(unix|gc|gccgo|race|msan|asan|ignore|go1(\.\d+)?)"};
  std::vector<std::string> tags;
  for (const std::string& tag : expr.Tags()) {
    if (!IsKnownGoos(tag) && !IsKnownGoarch(tag) && !RE2::FullMatch(tag, *kBuiltIn) &&
        tags.size() < kMostTags) {
      tags.push_back(tag);
    }
  }
  return tags;
}

bool HoldsForTags(const FileConstraint& file, const BuildExpr& condition,
                  const std::vector<std::string>& tags, bool* taken) {
  return std::ranges::all_of(Universe(), [&](const Target& target) {
    if (!file.Includes(target, tags)) {
      return true;
    }
    *taken = true;
    return condition.Eval(target, tags);
  });
}

bool AnyImported(const std::vector<std::string>& paths, const auto& imported) {
  return std::ranges::any_of(paths, imported);
}

bool ConstraintsHold(const Guards& guards, const FileConstraint& file) {
  if (guards.not_test && file.is_test) {
    return false;
  }
  const auto confined = [&](const BuildExpr& condition) { return BuiltOnlyWhere(file, condition); };
  // A file that no build takes is left alone by either kind of guard.
  if (!guards.not_constraint.empty() && !BuiltOnlyWhere(file, BuildExpr())) {
    return false;
  }
  return std::ranges::all_of(guards.constraint, confined) &&
         std::ranges::none_of(guards.not_constraint, confined);
}

bool Resolves(Node node, const std::vector<std::string>& names, const GoFile& file) {
  const std::optional<GoFile::Qualified> to =
      node.Is("call_expression") ? file.Callee(node) : file.ResolveQualified(node);
  return to && std::ranges::find(names, Cat(to->path, ".", to->name)) != names.end();
}

// Whether `function`, unexported, is mentioned in this file alone and there only where Windows
// never comes.
bool OnlyCalledElsewhere(Node function, const FileContext& context) {
  const Node name = function.Is("function_declaration") ? function.Field("name") : Node();
  const GoDecl* decl = name ? context.go->Resolve(name) : nullptr;
  const GoPackage* package = context.project.PackageOf(context.file.path);
  if (decl == nullptr || package == nullptr || name.text() == "main" || name.text() == "init" ||
      std::isupper(static_cast<unsigned char>(name.text()[0])) != 0) {
    return false;
  }
  const std::vector<Node>& uses = context.go->Uses(*decl);
  return uses.size() > 1 &&
         std::ranges::all_of(
             uses, [&](Node use) { return use == name || !MayRunOnWindows(use, *context.go); }) &&
         std::ranges::none_of(package->files, [&](const ProjectFile* file) {
           return file->path != context.file.path && file->skim &&
                  file->skim->Mentions(name.text());
         });
}

}  // namespace

bool BuiltOnlyWhere(const FileConstraint& file, const BuildExpr& condition) {
  const std::vector<std::string> custom = CustomTags(BuildExpr::And(file.Combined(), condition));
  bool taken = false;
  for (size_t set = 0; set < size_t{1} << custom.size(); ++set) {
    std::vector<std::string> tags;
    for (size_t i = 0; i < custom.size(); ++i) {
      if ((set >> i & 1) != 0) {
        tags.push_back(custom[i]);
      }
    }
    if (!HoldsForTags(file, condition, tags, &taken)) {
      return false;
    }
  }
  return taken;
}

bool SkimGuardsMayHold(const Guards& guards, const GoSkim& skim) {
  const auto imported = [&](const std::string& path) { return skim.Imports(path); };
  return (guards.import.empty() || AnyImported(guards.import, imported)) &&
         !(guards.not_test && imported("testing")) && ConstraintsHold(guards, skim.constraint);
}

bool FileGuardsHold(const Guards& guards, const FileContext& context) {
  if (context.go == nullptr) {
    return true;  // no other language has guards on files
  }
  const auto imported = [&](const std::string& path) {
    return context.go->FindImport(path) != nullptr;
  };
  if (!guards.import.empty() && !AnyImported(guards.import, imported)) {
    return false;
  }
  // What imports package testing, or lies where only tests do, is there for them, whatever its
  // name.
  static const LazyRE2 kTests = {R"((^|/)(tests|e2e|e2etests?|test/(e2e|integration))/)"};
  const bool for_tests = imported("testing") || RE2::PartialMatch(context.file.path, *kTests);
  if (AnyImported(guards.not_import, imported) || (guards.not_test && for_tests) ||
      !ConstraintsHold(guards, context.go->constraint())) {
    return false;
  }
  const auto required = [&](const std::string& path) {
    return context.module != nullptr && context.module->Requires(path);
  };
  if ((!guards.needs_module.empty() && !AnyImported(guards.needs_module, required)) ||
      AnyImported(guards.refuses_module, required)) {
    return false;
  }
  if (guards.go_at_least == 0 && guards.go_below == 0) {
    return true;
  }
  return context.module != nullptr &&
         (guards.go_at_least == 0 || context.module->AtLeast(guards.go_at_least)) &&
         (guards.go_below == 0 || !context.module->AtLeast(guards.go_below));
}

Node TopLevelOf(Node node) {
  while (node.parent().parent()) {
    node = node.parent();
  }
  return node;
}

std::string CalledBy(Node call, const FileContext& context, SharedFacts& shared) {
  if (const auto callee = context.go->Callee(call)) {
    return Cat(callee->path, ".", callee->name);
  }
  return PathFlowOf(shared).Of(context.file.path)->Callee(context.file.path, call.span());
}

bool RunsOnWindows(Node node, const FileContext& context) {
  return MayRunOnWindows(node, *context.go) && !OnlyCalledElsewhere(TopLevelOf(node), context);
}

bool MatchGuardsHold(const Guards& guards, const QueryMatch& match, const FileContext& context,
                     SharedFacts& shared) {
  if (guards.unguarded &&
      (match.captures.empty() || !RunsOnWindows(match.captures.front().node, context))) {
    return false;
  }
  for (const auto& [capture, regex] : guards.text) {
    for (const Node node : match.All(capture)) {
      if (!RE2::FullMatch(node.text(), *regex)) {
        return false;
      }
    }
  }
  for (const auto& [capture, regex] : guards.not_text) {
    for (const Node node : match.All(capture)) {
      if (RE2::FullMatch(node.text(), *regex)) {
        return false;
      }
    }
  }
  for (const auto& [capture, regex] : guards.not_around) {
    for (const Node node : match.All(capture)) {
      const std::string_view around = TopLevelOf(node).text();
      if (RE2::PartialMatch(re2::StringPiece(around.data(), around.size()), *regex)) {
        return false;
      }
    }
  }
  const auto every = [&](const auto& guard, const auto& means) {
    const std::vector<Node> nodes = match.All(guard.first);
    return !nodes.empty() && context.go != nullptr &&
           std::ranges::all_of(nodes, [&](Node node) { return means(node, guard.second); });
  };
  const auto resolves = [&](Node node, const std::vector<std::string>& names) {
    return Resolves(node, names, *context.go);
  };
  const auto calls = [&](Node node, const std::vector<std::string>& names) {
    return std::ranges::find(names, CalledBy(node, context, shared)) != names.end();
  };
  const auto domain = [&](Node node, const std::vector<std::string>& names) {
    const PathScene scene(context, shared);
    return scene.active() &&
           std::ranges::find(names, DomainName(scene.Judge(scene.At(node)).domain)) != names.end();
  };
  return std::ranges::all_of(guards.resolves,
                             [&](const auto& guard) { return every(guard, resolves); }) &&
         std::ranges::all_of(guards.domain,
                             [&](const auto& guard) { return every(guard, domain); }) &&
         std::ranges::all_of(guards.calls, [&](const auto& guard) { return every(guard, calls); });
}

}  // namespace windlass
