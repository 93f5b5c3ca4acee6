// permissions/chown: changing the owner of a file always fails on Windows.
//
//   if err := os.Chown(name, uid, gid); err != nil {
//             --------
//   if err := winport.Chown(name, uid, gid); err != nil {

#include "transformer/facts/path_names.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/os_guard.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// Nobody looks at the error, so it does no harm.
bool IgnoresError(Node call) {
  const Node parent = call.parent();
  if (parent.Is("expression_statement") || parent.Is("defer_statement") ||
      parent.Is("go_statement")) {
    return true;
  }
  const Node assignment = parent.Is("expression_list") ? parent.parent() : Node();
  return assignment.Is("assignment_statement") && assignment.Field("left").text() == "_";
}

bool HandsOn(Node call, const GoFile& file) {
  const std::string_view name = file.EnclosingFunction(call).Field("name").text();
  return name == "Chown" || name == "Lchown";
}

}  // namespace

void OwnerChange(const Rule&, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out) {
  const Node call = match.First("site");
  const std::string callee = CalledBy(call, context, shared);
  const bool open = callee == "os.File.Chown";
  if ((!open && callee != "os.Chown" && callee != "os.Lchown") || IgnoresError(call) ||
      HandsOn(call, *context.go) || !RunsOnWindows(call, context)) {
    return;
  }
  Finding finding;
  finding.span = call.Field("function").span();
  finding.message = "there are no owners by number on Windows: this always fails";
  finding.level = Level::kReview;
  finding.reason = "the service may go on where the owner stays; there an ACL protects the file";
  const std::string name =
      UseHelper("permissions", "owner.go", call.span().begin, context, shared, &finding);
  if (name.empty()) {
    if (!GuardCall(call, context, &finding)) {
      Refuse(&finding, Refusal::kIncomplete);
    }
    out->push_back(std::move(finding));
    return;
  }
  const Node function = call.Field("function");
  EditSet& edits = finding.fix->edits[context.source.path()];
  const std::string_view method = open ? "ChownFile" : callee == "os.Chown" ? "Chown" : "Lchown";
  edits.Add(function.span(), Cat(name, ".", method)).IgnoreError();
  if (open) {
    const size_t at = call.Field("arguments").span().begin + 1;
    edits.Add({at, at}, Cat(function.Field("operand").text(), ", ")).IgnoreError();
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
