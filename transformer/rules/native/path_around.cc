#include "transformer/rules/native/path_around.h"

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/facts/go_imports.h"
#include "transformer/facts/path_names.h"

namespace windlass {
namespace {

bool Matches(Node node, const RE2& pattern) {
  const std::string_view text = node.text();
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

bool IsLogical(Node node) {
  const std::string_view op =
      node.Is("binary_expression") ? node.Field("operator").text() : std::string_view();
  return op == "&&" || op == "||";
}

/// Names of what is another machine, or seen from within it; a blob or a URL may well be kept in a
/// file.
bool IsElsewhere(std::string_view name) {
  constexpr std::array<std::string_view, 4> kWords = {"remote", "container", "guest", "ctr"};
  const std::vector<std::string> words = WordsOf(name);
  return std::ranges::any_of(words, [&](const std::string& word) {
    return std::ranges::find(kWords, word) != kWords.end();
  });
}

/// `if runtime.GOOS == "darwin" && … {`, `if inContainer {`: what holds in the branch.
bool HoldsElsewhere(Node condition) {
  static const RE2 kOther(R"(\bGOOS == "|" == runtime\.GOOS\b)");
  if (condition.Is("parenthesized_expression")) {
    return HoldsElsewhere(condition.NamedChild(0));
  }
  if (IsLogical(condition)) {
    const bool left = HoldsElsewhere(condition.Field("left"));
    const bool right = HoldsElsewhere(condition.Field("right"));
    return condition.Field("operator").text() == "&&" ? left || right : left && right;
  }
  if (condition.Is("identifier")) {
    return IsElsewhere(condition.text());
  }
  return condition.Is("binary_expression") && Matches(condition, kOther);
}

/// A case of `switch runtime.GOOS`: it speaks of Windows, or of some other system.
bool IsSystemCase(Node clause) {
  static const RE2 kSystem(R"(\bGOOS$)");
  const Node of = clause.Is("expression_case") ? clause.parent().Field("value") : Node();
  return of && Matches(of, kSystem);
}

}  // namespace

std::string_view FunctionText(Node node) {
  while (node && !node.Is("function_declaration") && !node.Is("method_declaration")) {
    node = node.parent();
  }
  return node ? node.text() : std::string_view();
}

bool IsSettledAround(Node site) {
  static const RE2 kWindows(R"((?i)windows)");
  for (Node child = site, outer = site.parent(); outer; child = outer, outer = outer.parent()) {
    // … or in a function that says so by its name. Tests do so of what they try on Linux as well.
    const bool function = (outer.Is("function_declaration") || outer.Is("method_declaration")) &&
                          !site.source().path().ends_with("_test.go");
    const Node condition = outer.Is("if_statement") ? outer.Field("condition")
                           : function               ? outer.Field("name")
                                                    : Node();
    if (IsSystemCase(outer)) {
      return true;
    }
    if (!condition || child == condition) {
      continue;
    }
    if (Matches(condition, kWindows) ||
        (outer.Is("if_statement") && child == outer.Field("consequence") &&
         HoldsElsewhere(condition))) {
      return true;
    }
  }
  return false;
}

bool AsksForBoth(Node question) {
  constexpr std::array<std::string_view, 6> kOther = {
      R"('\\')", R"("\\")", R"(`\`)", R"(`/\`)", "= filepath.Separator", "= os.PathSeparator"};
  Node whole = question;
  for (Node outer = question.parent();
       IsLogical(outer) || outer.Is("parenthesized_expression") || outer.Is("unary_expression");
       outer = outer.parent()) {
    whole = outer;
  }
  if (whole == question) {
    return false;
  }
  const std::string_view text = whole.text();
  return std::ranges::any_of(kOther, [&](std::string_view other) {
    return text.find(other) != std::string_view::npos &&
           question.text().find(other) == std::string_view::npos;
  });
}

bool IsKeptAsForeign(Node site) {
  Node child = site;
  for (Node outer = site.parent(); outer; child = outer, outer = outer.parent()) {
    if (outer.Is("call_expression") || outer.Is("literal_value") || outer.Is("func_literal") ||
        outer.Is("block")) {
      return false;
    }
    if (outer.Is("return_statement")) {
      while (outer && !outer.Is("function_declaration") && !outer.Is("method_declaration")) {
        outer = outer.Is("func_literal") ? Node() : outer.parent();
      }
      return outer && IsElsewhere(outer.Field("name").text());
    }
    if (outer.Is("short_var_declaration") || outer.Is("assignment_statement")) {
      const std::vector<Node> targets = outer.Field("left").NamedChildren();
      return targets.size() == 1 &&
             IsElsewhere(targets[0].Is("selector_expression") ? targets[0].Field("field").text()
                                                              : targets[0].text());
    }
  }
  return false;
}

bool IsShellText(Node site) {
  constexpr std::array<std::string_view, 3> kShell = {" && ", " || ", " | "};
  if (!site.parent().Is("argument_list")) {
    return false;
  }
  const std::optional<std::string> format = GoStringValue(site.parent().NamedChild(0));
  return format && std::ranges::any_of(kShell, [&](std::string_view word) {
           return format->find(word) != std::string::npos;
         });
}

bool IsMadeNative(Node value, const GoFile& go) {
  constexpr std::array<std::string_view, 3> kMaking = {"Clean", "Dir", "FromSlash"};
  const auto makes = [&](Node call) {
    const auto callee = call.Is("call_expression") ? go.Callee(call) : std::nullopt;
    return callee && callee->path == "path/filepath" &&
           std::ranges::find(kMaking, callee->name) != kMaking.end();
  };
  if (!value.Is("identifier")) {
    return makes(value);
  }
  const std::string_view body = FunctionText(value);
  const std::string package = ImportNameFor(go, "path/filepath", value.span().begin);
  bool made = false;
  for (const std::string_view assigns : {" := ", " = "}) {
    const std::string target = Cat(value.text(), assigns);
    for (size_t at = body.find(target); at != std::string_view::npos;
         at = body.find(target, at + 1)) {
      const std::string_view what = body.substr(at + target.size());
      const bool whole =
          at == 0 || std::string_view(" \t\n").find(body[at - 1]) != std::string_view::npos;
      const bool native = std::ranges::any_of(kMaking, [&](std::string_view name) {
        return what.starts_with(Cat(package, ".", name, "("));
      });
      if (whole && !native &&
          (what.starts_with("path.") || what.starts_with(Cat(package, ".ToSlash(")))) {
        return false;
      }
      made = made || (whole && native);
    }
  }
  return made;
}

bool CutsFirstOff(Node question, Node subject) {
  Node outer = question.parent();
  while (outer && !outer.Is("if_statement") && !outer.Is("for_statement") && !outer.Is("block")) {
    outer = outer.parent();
  }
  const std::string_view branch = outer && !outer.Is("block") ? outer.text() : std::string_view();
  return branch.find(Cat(subject.text(), "[1:]")) != std::string_view::npos;
}

}  // namespace windlass
