// permissions/mode: questions to permission bits that have one answer on Windows, where every file
// reads 0666 or 0444.
//
//   if fi.Mode().Perm()&0o077 != 0 {              always true
//      ---------------------------
//   if winport.TooOpen(fi.Mode(), 0o077) {
//
//   if fi.Mode().Perm() != want {                 nearly always true
//   if runtime.GOOS != "windows" && fi.Mode().Perm() != want {

#include <array>

#include "absl/strings/str_format.h"
#include "re2/re2.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/mode_facts.h"
#include "transformer/rules/native/os_guard.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

constexpr uint32_t kExecute = 0111;

/// One comparison, its constant side on the right.
struct Comparison {
  Node site;
  Node subject;
  Node other;
  std::string op;
};

std::string Turned(std::string_view op) {
  return op == "<"    ? ">"
         : op == ">"  ? "<"
         : op == "<=" ? ">="
         : op == ">=" ? "<="
                      : std::string(op);
}

/// The mask of `x & 0o077`, and x; nothing for others.
struct Masked {
  Node value;
  std::string mask;
  uint32_t bits = 0;
};

/// `x.Perm() &^ 0o600` leaves all bits but those.
std::string Remaining(uint32_t bits, Node without) {
  return absl::StrFormat(without.text().starts_with("0o") ? "0o%03o" : "0%03o", bits);
}
std::optional<Masked> MaskOf(Node node, const GoFile& file) {
  node = Unwrapped(node);
  const std::string_view op = node.Field("operator").text();
  if (!node.Is("binary_expression") || (op != "&" && op != "&^")) {
    return std::nullopt;
  }
  if (op == "&^") {
    const Node value = Unwrapped(node.Field("left"));
    const auto without = ConstantMode(node.Field("right"), file);
    if (!without || value.Field("function").Field("field").text() != "Perm") {
      return std::nullopt;
    }
    const uint32_t bits = 0777 & ~*without;
    return Masked{value, Remaining(bits, node.Field("right")), bits};
  }
  for (const bool right : {true, false}) {
    const Node mask = node.Field(right ? "right" : "left");
    const Node value = node.Field(right ? "left" : "right");
    const auto bits = ConstantMode(mask, file);
    if (bits && !ConstantMode(value, file)) {
      return Masked{Unwrapped(value), std::string(mask.text()), *bits};
    }
  }
  return std::nullopt;
}

/// Bits of the group and of others are asked for, and none that tell something on Windows.
bool AsksForOthers(uint32_t mask) {
  return mask <= 0777 && (mask & 0600) == 0 && (mask & 0066) != 0;
}

Finding Begin(const Comparison& comparison, std::string message) {
  Finding finding;
  finding.span = comparison.site.span();
  finding.message = std::move(message);
  return finding;
}

/// The expression of type fs.FileMode within `value`: without Perm() and conversions.
Node WholeMode(Node value) {
  for (value = Unwrapped(value); value.Is("call_expression");) {
    const Node function = value.Field("function");
    const bool perm = function.Field("field").text() == "Perm";
    const bool converted = value.Field("arguments").named_child_count() == 1;
    if (!perm && !converted) {
      break;
    }
    value = Unwrapped(perm ? function.Field("operand") : value.Field("arguments").NamedChild(0));
  }
  return value;
}

void UseTooOpen(const Comparison& comparison, const Masked& masked, ModeOrigin origin,
                const FileContext& context, SharedFacts& shared, std::vector<Finding>* out) {
  Finding finding = Begin(comparison, "on Windows every file reads as open to group and others");
  finding.level = origin == ModeOrigin::kDisk ? Level::kSafe : Level::kReview;
  finding.reason = origin == ModeOrigin::kDisk
                       ? "the mode comes from the file system"
                       : "the mode is that of a file, not one that somebody asked for";
  const std::string name =
      UseHelper("permissions", "mode.go", comparison.site.span().begin, context, shared, &finding);
  if (name.empty()) {
    if (!GuardCondition(comparison.site, comparison.op == "==", context, &finding)) {
      Refuse(&finding, Refusal::kIncomplete);
    }
  } else {
    finding.fix->edits[context.source.path()]
        .Add(comparison.site.span(), Cat(comparison.op == "==" ? "!" : "", name, ".TooOpen(",
                                         WholeMode(masked.value).text(), ", ", masked.mask, ")"))
        .IgnoreError();
  }
  out->push_back(std::move(finding));
}

/// The value of the comparison that stands for "as it should be".
bool GoodValue(const Comparison& comparison) {
  return comparison.op == "==" || comparison.op == "<=" || comparison.op == "<";
}

void GuardIt(const Comparison& comparison, std::string message, std::string reason,
             const FileContext& context, std::vector<Finding>* out) {
  Finding finding = Begin(comparison, std::move(message));
  finding.level = Level::kReview;
  finding.reason = std::move(reason);
  if (!GuardCondition(comparison.site, GoodValue(comparison), context, &finding)) {
    finding.level = Level::kSuggest;
    finding.fix.reset();
  }
  out->push_back(std::move(finding));
}

/// if … { t.Fatal(…) }: the condition of an assertion of a test.
bool IsAssertion(Node site) {
  Node node = site;
  while (node.parent().Is("binary_expression") || node.parent().Is("parenthesized_expression")) {
    node = node.parent();
  }
  const Node statement = node.parent();
  if (!statement.Is("if_statement") || statement.Field("condition") != node) {
    return false;
  }
  const std::string_view body = statement.Field("consequence").text();
  constexpr std::array<std::string_view, 6> kFailing = {".Fatal", ".Error(", ".Errorf(",
                                                        ".Fail",  "panic(",  "errors.New"};
  return std::ranges::any_of(
      kFailing, [&](std::string_view word) { return body.find(word) != std::string_view::npos; });
}

void VisitMasked(const Comparison& comparison, const Masked& masked, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const ModeOrigin origin = ModeValueOf(masked.value, context, shared).origin;
  const auto value = ConstantMode(comparison.other, *context.go);
  const bool on_disk = origin == ModeOrigin::kDisk;
  const bool zero =
      value == 0U && (comparison.op == "==" || comparison.op == "!=" || comparison.op == ">");
  const bool asks_for_execute = masked.bits != 0 && (masked.bits & ~kExecute) == 0;
  const bool test = context.go->constraint().is_test;
  if (origin == ModeOrigin::kNone || origin == ModeOrigin::kArchive ||
      origin == ModeOrigin::kConstant || masked.bits > 0777 || masked.bits == 0) {
    return;
  }
  // Of a mode that may come from anywhere single bits are asked for in order to compute another.
  const bool whole = (masked.bits & 0060) != 0 && (masked.bits & 0006) != 0;
  if (zero && AsksForOthers(masked.bits) && !on_disk && !whole) {
    return;
  }
  if (zero && AsksForOthers(masked.bits)) {
    UseTooOpen(comparison, masked, origin, context, shared, out);
  } else if (asks_for_execute && on_disk && test && IsAssertion(comparison.site)) {
    Finding finding = Begin(comparison, "no file has execute bits on Windows");
    finding.level = Level::kReview;
    finding.reason = "the rest of the test holds there";
    if (GuardCondition(comparison.site, false, context, &finding)) {
      out->push_back(std::move(finding));
    }
  } else if (asks_for_execute && on_disk && !test) {
    Finding finding = Begin(comparison, "no file has execute bits on Windows");
    finding.level = Level::kSuggest;
    finding.reason = "ask for the extension there: exec.LookPath knows PATHEXT";
    out->push_back(std::move(finding));
  } else if (!asks_for_execute && !zero && value && on_disk && masked.bits != kExecute &&
             (masked.bits & 0177) != 0) {
    GuardIt(comparison, "on Windows every file reads 0666 or 0444",
            "nothing but the file's protection hangs on it there", context, out);
  }
}

/// True if Windows can give that very answer.
bool IsWindowsMode(std::optional<uint32_t> value) {
  return value && (*value == 0 || (*value & 0777) == 0666 || (*value & 0777) == 0444 ||
                   (*value & 0777) == 0777 || *value > 0777);
}

/// fi.Mode().String() == "-rw-------": a mode in letters that Windows never gives.
bool ComparesLetters(const Comparison& comparison, const FileContext& context,
                     SharedFacts& shared) {
  static const LazyRE2 kLetters = {"[-d]([r-][w-][x-]){3}"};
  const auto text = GoStringValue(comparison.other);
  const Node function = comparison.subject.Field("function");
  return text && RE2::FullMatch(*text, *kLetters) && *text != "-rw-rw-rw-" &&
         *text != "-r--r--r--" && *text != "drwxrwxrwx" &&
         function.Field("field").text() == "String" &&
         ModeValueOf(function.Field("operand"), context, shared).origin == ModeOrigin::kDisk;
}

void VisitWhole(const Comparison& comparison, const FileContext& context, SharedFacts& shared,
                std::vector<Finding>* out) {
  const auto constant = ConstantMode(comparison.other, *context.go);
  const ModeValue left = ModeValueOf(comparison.subject, context, shared);
  const bool letters = ComparesLetters(comparison, context, shared);
  const bool ours = left.origin == ModeOrigin::kDisk || left.origin == ModeOrigin::kMethod;
  if ((!ours && !letters) || IsWindowsMode(constant)) {
    return;
  }
  if (!constant && !letters) {
    const ModeValue right = ModeValueOf(comparison.other, context, shared);
    const bool alike = right.origin == left.origin && right.callee == left.callee;
    if (alike || right.origin == ModeOrigin::kNone || right.origin == ModeOrigin::kArchive) {
      return;
    }
  }
  GuardIt(comparison, "on Windows every file reads 0666 or 0444",
          "nothing but the file's protection hangs on it there, and that what follows "
          "may go on as if the modes were as they should be",
          context, out);
}

bool IsComparison(std::string_view op) {
  return op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=";
}

/// `… && runtime.GOOS != "windows"`: the question to the system follows, which changes nothing.
bool IsAskedBeside(Node site) {
  for (Node node = site; node.parent(); node = node.parent()) {
    const Node parent = node.parent();
    const std::string_view op = parent.Field("operator").text();
    if (parent.Is("binary_expression") && (op == "&&" || op == "||")) {
      const Node other =
          parent.Field("left") == node ? parent.Field("right") : parent.Field("left");
      if (other.text().find("GOOS") != std::string_view::npos) {
        return true;
      }
    } else if (!parent.Is("parenthesized_expression") && !parent.Is("unary_expression")) {
      return false;
    }
  }
  return false;
}

}  // namespace

void ModeCompare(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node site = match.First("site");
  const std::string_view op = site.Field("operator").text();
  if (!IsComparison(op)) {
    return;
  }
  Comparison comparison{site, site.Field("left"), site.Field("right"), std::string(op)};
  if (ConstantMode(comparison.subject, *context.go)) {
    comparison = {site, site.Field("right"), site.Field("left"), Turned(op)};
  }
  if (ConstantMode(comparison.subject, *context.go) || !RunsOnWindows(site, context) ||
      IsAskedBeside(site)) {
    return;
  }
  if (const auto masked = MaskOf(comparison.subject, *context.go)) {
    VisitMasked(comparison, *masked, context, shared, out);
    return;
  }
  VisitWhole(comparison, context, shared, out);
  if (out->empty() || out->back().span != site.span()) {
    const Comparison turned{site, comparison.other, comparison.subject, Turned(comparison.op)};
    if (!ConstantMode(turned.subject, *context.go)) {
      VisitWhole(turned, context, shared, out);
    }
  }
}

}  // namespace windlass
