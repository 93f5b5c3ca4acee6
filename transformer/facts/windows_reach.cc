#include "transformer/facts/windows_reach.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "re2/re2.h"
#include "transformer/facts/go_values.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr int kMaxDepth = 20;

OnWindows Not(OnWindows value) {
  return value == OnWindows::kUnknown ? value
         : value == OnWindows::kTrue  ? OnWindows::kFalse
                                      : OnWindows::kTrue;
}

OnWindows Of(bool value) {
  return value ? OnWindows::kTrue : OnWindows::kFalse;
}

bool Matches(std::string_view text, const RE2& regex) {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), regex);
}

/// isWindows, utils.IsWindows(), onWindows, runningOnWindows
bool NamedWindows(std::string_view name) {
  static const LazyRE2 kName = {R"((?i)(is|on|running_?on|goos_?is|host_?is)_?windows(os)?)"};
  return Matches(name, *kName);
}

bool IsGoos(Node node, const GoFile& file, int depth) {
  if (depth > kMaxDepth) {
    return false;
  }
  const auto qualified = file.ResolveQualified(node);
  if (qualified && qualified->path == "runtime" && qualified->name == "GOOS") {
    return true;
  }
  const Node initial = GoInitialValue(node, file);
  return initial ? IsGoos(initial, file, depth + 1)
                 : node.text().ends_with(".GOOS") || node.text() == "goos";
}

bool IsSeparator(Node node, const GoFile& file) {
  const auto qualified = file.ResolveQualified(node);
  return qualified && (qualified->name == "Separator" || qualified->name == "PathSeparator") &&
         (qualified->path == "os" || qualified->path == "path/filepath");
}

/// os.Getuid() and the like, which are -1 on Windows.
bool IsUserId(Node node, const GoFile& file, int depth) {
  constexpr std::array<std::string_view, 4> kNames = {"Getuid", "Geteuid", "Getgid", "Getegid"};
  if (node.Is("call_expression")) {
    const auto callee = file.Callee(node);
    return callee && (callee->path == "os" || callee->path == "syscall") &&
           std::ranges::find(kNames, callee->name) != kNames.end();
  }
  const Node initial = GoInitialValue(node, file);
  return initial && depth < kMaxDepth && IsUserId(initial, file, depth + 1);
}

OnWindows CompareNumbers(std::string_view op, long left, long right) {
  return op == "=="   ? Of(left == right)
         : op == "!=" ? Of(left != right)
         : op == "<"  ? Of(left < right)
         : op == "<=" ? Of(left <= right)
         : op == ">"  ? Of(left > right)
         : op == ">=" ? Of(left >= right)
                      : OnWindows::kUnknown;
}

OnWindows CompareUser(std::string_view op, std::string_view number) {
  long value = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), value);
  return parsed.ec == std::errc{} && parsed.ptr == number.data() + number.size()
             ? CompareNumbers(op, -1, value)
             : OnWindows::kUnknown;
}

/// A string that GOOS is compared with: a literal, or a constant, which may be declared elsewhere.
std::optional<std::string> SystemNamed(Node node, const GoFile& file) {
  static const LazyRE2 kWindows = {R"((?i)(.*\.)?\w*windows\w*)"};
  if (auto text = GoStringValue(node)) {
    return text;
  }
  if (auto text = GoStringValue(GoInitialValue(node, file))) {
    return text;
  }
  const bool name = node.Is("identifier") || node.Is("selector_expression");
  return name && Matches(node.text(), *kWindows) ? std::optional<std::string>("windows")
                                                 : std::nullopt;
}

OnWindows Compare(Node node, const GoFile& file, int depth) {
  const std::string_view op = node.Field("operator").text();
  for (const bool left : {true, false}) {
    const Node subject = node.Field(left ? "left" : "right");
    const Node other = node.Field(left ? "right" : "left");
    const auto text = SystemNamed(other, file);
    OnWindows equal = OnWindows::kUnknown;
    if (text && IsGoos(subject, file, depth)) {
      equal = Of(*text == "windows");
    } else if (IsSeparator(subject, file) && other.Is("rune_literal")) {
      equal = Of(other.text() == R"('\\')");
    } else if (left && IsUserId(subject, file, depth)) {
      return CompareUser(op, other.text());
    }
    if (equal != OnWindows::kUnknown) {
      return op == "==" ? equal : op == "!=" ? Not(equal) : OnWindows::kUnknown;
    }
  }
  return OnWindows::kUnknown;
}

OnWindows Evaluate(Node node, const GoFile& file, int depth);

OnWindows Junction(Node node, bool conjunction, const GoFile& file, int depth) {
  const OnWindows left = Evaluate(node.Field("left"), file, depth + 1);
  const OnWindows right = Evaluate(node.Field("right"), file, depth + 1);
  const OnWindows decides = Of(!conjunction);
  return left == decides || right == decides ? decides : left == right ? left : OnWindows::kUnknown;
}

OnWindows Evaluate(Node node, const GoFile& file, int depth) {
  if (depth > kMaxDepth) {
    return OnWindows::kUnknown;
  }
  if (node.Is("parenthesized_expression")) {
    return Evaluate(node.NamedChild(0), file, depth + 1);
  }
  if (node.Is("unary_expression")) {
    return node.Field("operator").text() == "!"
               ? Not(Evaluate(node.Field("operand"), file, depth + 1))
               : OnWindows::kUnknown;
  }
  if (node.Is("binary_expression")) {
    const std::string_view op = node.Field("operator").text();
    return op == "&&" || op == "||" ? Junction(node, op == "&&", file, depth)
                                    : Compare(node, file, depth);
  }
  const Node named = node.Is("call_expression") ? node.Field("function") : node;
  const Node last = named.Is("selector_expression") ? named.Field("field") : named;
  if ((last.Is("identifier") || last.Is("field_identifier")) && NamedWindows(last.text())) {
    return OnWindows::kTrue;
  }
  const Node initial = GoInitialValue(node, file);
  return initial ? Evaluate(initial, file, depth + 1) : OnWindows::kUnknown;
}

/// t.Skip, log.Fatal, os.Exit, panic and their kind.
bool EndsFunction(Node call) {
  static const LazyRE2 kLeaves = {R"(panic|Exit|(Skip|Fatal)(f|ln|Now)?|FailNow|Goexit)"};
  const Node function = call.Field("function");
  const Node last = function.Is("selector_expression") ? function.Field("field") : function;
  return Matches(last.text(), *kLeaves);
}

bool Leaves(Node block) {
  Node list = block;
  for (const Node child : block.NamedChildren()) {
    list = child.Is("statement_list") ? child : list;
  }
  Node last;
  for (const Node child : list.NamedChildren()) {
    last = child.Is("comment") ? last : child;
  }
  if (last.Is("expression_statement")) {
    return EndsFunction(last.NamedChild(0));
  }
  return last.Is("return_statement") || last.Is("continue_statement") ||
         last.Is("break_statement") || last.Is("goto_statement");
}

/// skipOnWindows(t), testutil.SkipIf(t, runtime.GOOS == "windows", …)
bool SkipsWindows(Node call, const GoFile& file) {
  static const LazyRE2 kSkip = {R"((?i).*skip.*)"};
  static const LazyRE2 kWindows = {R"((?i).*windows.*)"};
  const std::string_view name = call.Field("function").text();
  if (!Matches(name, *kSkip)) {
    return false;
  }
  if (Matches(name, *kWindows)) {
    return true;
  }
  return std::ranges::any_of(call.Field("arguments").NamedChildren(), [&](Node argument) {
    return ValueOnWindows(argument, file) == OnWindows::kTrue;
  });
}

/// A statement after which nothing runs on Windows.
bool KeepsWindowsOut(Node statement, const GoFile& file) {
  if (statement.Is("if_statement")) {
    const OnWindows value = ValueOnWindows(statement.Field("condition"), file);
    return (value == OnWindows::kTrue && Leaves(statement.Field("consequence"))) ||
           (value == OnWindows::kFalse && statement.Field("alternative").Is("block") &&
            Leaves(statement.Field("alternative")));
  }
  return statement.Is("expression_statement") && SkipsWindows(statement.NamedChild(0), file);
}

bool CaseNamesWindows(Node clause) {
  return std::ranges::any_of(clause.Field("value").NamedChildren(),
                             [](Node value) { return GoStringValue(value) == "windows"; });
}

/// A clause of `switch runtime.GOOS { … }` or `switch { case runtime.GOOS == "windows": … }`.
bool ClauseExcludes(Node clause, const GoFile& file) {
  const Node statement = clause.parent();
  const Node subject = statement.Field("value");
  const bool by_name = subject && IsGoos(subject, file, 0);
  if (!statement.Is("expression_switch_statement") || (subject && !by_name)) {
    return false;
  }
  const auto holds = [&](Node other) {
    if (!other.Is("expression_case")) {
      return OnWindows::kUnknown;
    }
    return by_name ? Of(CaseNamesWindows(other))
                   : ValueOnWindows(other.Field("value").NamedChild(0), file);
  };
  if (holds(clause) == OnWindows::kFalse) {
    return true;
  }
  for (const Node other : statement.NamedChildren()) {
    if (other == clause && clause.Is("expression_case")) {
      return false;
    }
    if (other != clause && holds(other) == OnWindows::kTrue) {
      return true;
    }
  }
  return false;
}

bool ExcludedByParent(Node node, Node parent, const GoFile& file) {
  if (parent.Is("if_statement")) {
    const OnWindows value = ValueOnWindows(parent.Field("condition"), file);
    return (value == OnWindows::kFalse && parent.Field("consequence") == node) ||
           (value == OnWindows::kTrue && parent.Field("alternative") == node);
  }
  if (parent.Is("binary_expression") && parent.Field("right") == node) {
    const std::string_view op = parent.Field("operator").text();
    const OnWindows left = ValueOnWindows(parent.Field("left"), file);
    return (op == "&&" && left == OnWindows::kFalse) || (op == "||" && left == OnWindows::kTrue);
  }
  if (node.Is("expression_case") || node.Is("default_case")) {
    return ClauseExcludes(node, file);
  }
  if (parent.Is("statement_list") || parent.Is("block") || parent.Is("expression_case") ||
      parent.Is("default_case") || parent.Is("communication_case") || parent.Is("type_case")) {
    for (const Node before : parent.NamedChildren()) {
      if (before == node) {
        break;
      }
      if (KeepsWindowsOut(before, file)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

OnWindows ValueOnWindows(Node condition, const GoFile& file) {
  return Evaluate(condition, file, 0);
}

bool MayRunOnWindows(Node node, const GoFile& file) {
  for (Node parent = node.parent(); parent; node = parent, parent = node.parent()) {
    if (ExcludedByParent(node, parent, file)) {
      return false;
    }
  }
  return true;
}

}  // namespace windlass
