// permissions/mode-assert: assertions of tests on permission bits, which Windows does not keep.
//
//   assert.Equal(t, os.FileMode(0o600), fi.Mode().Perm())
//   -----------------------------------------------------
//   if runtime.GOOS != "windows" {
//   	assert.Equal(t, os.FileMode(0o600), fi.Mode().Perm())
//   }

#include "re2/re2.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/mode_facts.h"
#include "transformer/rules/native/os_guard.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// What the arguments of an assertion speak of.
struct Spoken {
  bool mode = false;         // x.Mode() or x.Perm()
  bool permissions = false;  // bits that Windows never reports
};

bool IsPermissionLiteral(std::string_view text) {
  static const LazyRE2 kLiteral = {R"(0o?[0-7]{3,4})"};
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kLiteral);
}

bool IsWindowsMode(uint32_t value) {
  return value == 0666 || value == 0444 || value == 0777 || value == 0;
}

void Read(Node node, const GoFile& file, Spoken* spoken) {
  if (node.Is("func_literal")) {
    return;
  }
  if (node.Is("int_literal")) {
    const auto value = ConstantMode(node, file);
    spoken->permissions |= IsPermissionLiteral(node.text()) && value && !IsWindowsMode(*value);
    return;
  }
  if (node.Is("call_expression")) {
    const Node function = node.Field("function");
    const std::string_view name = function.Field("field").text();
    const size_t count = node.Field("arguments").named_child_count();
    spoken->mode |= count == 0 && name == "Mode";
    spoken->permissions |=
        count == 1 && name == "FileMode" && !ConstantMode(node, file).has_value();
  }
  if (node.Is("identifier")) {
    const auto value = ConstantMode(node, file);
    spoken->permissions |= value && *value < 01000 && *value > 077 && !IsWindowsMode(*value);
  }
  for (const Node child : node.NamedChildren()) {
    Read(child, file, spoken);
  }
}

bool IsAssertion(Node call) {
  static const LazyRE2 kNames = {
      R"((Assert|Check|Require|Must)?(Equal|Equals|EqualValues|Exactly|True|False|Zero|NotZero|To|ToNot|NotTo|Should|ShouldNot|So|Assert|Check|Is|Eq|DeepEqual|NotEqual|DeepEquals|That|Expect)f?)"};
  const Node function = call.Field("function");
  const Node last = function.Is("selector_expression") ? function.Field("field") : function;
  const std::string_view name = last.text();
  return RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *kNames);
}

bool IsModeAssertion(Node statement, const GoFile& file) {
  const Node call = statement.NamedChild(0);
  if (!statement.Is("expression_statement") || !call.Is("call_expression") || !IsAssertion(call) ||
      call.text().find(".Mode()") == std::string_view::npos) {
    return false;
  }
  Spoken spoken;
  Read(call, file, &spoken);
  return spoken.mode && spoken.permissions;
}

/// Directly below one another, no blank line and no comment in between.
bool Adjacent(Node first, Node second) {
  const SourceFile& source = first.source();
  const std::string_view between =
      source.bytes().substr(first.span().end, second.span().begin - first.span().end);
  return std::ranges::count(between, '\n') == 1 &&
         between.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

void ModeAssert(const Rule&, const QueryMatch& match, const FileContext& context, SharedFacts&,
                std::vector<Finding>* out) {
  const Node statement = match.First("site");
  const GoFile& go = *context.go;
  if (!go.constraint().is_test && !go.FindImport("testing")) {
    return;
  }
  if (!IsModeAssertion(statement, go) || !RunsOnWindows(statement, context)) {
    return;
  }
  const Node before = statement.previous_named_sibling();
  if (before && IsModeAssertion(before, go) && Adjacent(before, statement)) {
    return;  // guarded together with that one
  }
  Node last = statement;
  for (Node next = last.next_named_sibling();
       next && IsModeAssertion(next, go) && Adjacent(last, next);
       next = last.next_named_sibling()) {
    last = next;
  }
  Finding finding;
  finding.span = {statement.span().begin, last.span().end};
  finding.message = "Windows keeps no permission bits, so this assertion fails there";
  finding.reason = "the rest of the test holds there";
  finding.level = Level::kReview;
  if (!GuardStatements(statement, last, context, &finding)) {
    finding.level = Level::kSuggest;
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
