// syscalls/last-error: GetLastError asked by itself, after a call that has given the error already.
//
//   r, _, _ := proc.Call(x)                  r, _, callErr := proc.Call(x)
//   if r == 0 {                              if r == 0 {
//       return syscall.GetLastError()            return callErr
//
// Go's runtime makes system calls of its own, on this thread or another, and each of them sets it.

#include <array>

#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// The if statement in whose first block `node` lies, in the same function; null if there is none.
Node GuardOf(Node node) {
  Node block = node.parent();
  while (!block.is_null() && !block.Is("block") && !block.Is("func_literal")) {
    block = block.parent();
  }
  if (block.parent().Is("statement_list")) {
    block = block.parent();
  }
  const Node guard = block.parent();
  return guard.Is("if_statement") && guard.Field("consequence") == block ? guard : Node();
}

/// What runs right before the condition of `guard`: its initializer, else the statement before it.
Node StatementBefore(Node guard) {
  const Node initializer = guard.Field("initializer");
  Node statement = initializer.is_null() ? guard.previous_named_sibling() : initializer;
  while (statement.Is("comment")) {
    statement = statement.previous_named_sibling();
  }
  return statement;
}

/// The third of the names that take what `statement` calls: a procedure of a DLL. Null if it isn't
/// of that kind.
Node ErrorName(const GoFile& go, Node statement) {
  const Node left = statement.Field("left");
  const Node call = statement.Field("right").NamedChild(0);
  if (!statement.Is("short_var_declaration") || left.named_child_count() != 3 ||
      !call.Is("call_expression")) {
    return {};
  }
  const auto callee = go.Callee(call);
  const bool calls = callee ? callee->path == "syscall" && callee->name.starts_with("Syscall")
                            : call.Field("function").Field("field").text() == "Call";
  return calls ? left.NamedChild(2) : Node();
}

/// A name that nothing in the file has; empty if all candidates are taken.
std::string FreshName(const GoFile& go) {
  constexpr std::array<std::string_view, 2> kNames = {"callErr", "lastErr"};
  for (const std::string_view name : kNames) {
    if (!go.IsNameTaken(name, std::string_view::npos)) {
      return std::string(name);
    }
  }
  return {};
}

}  // namespace

void LastError(const Rule& rule, const QueryMatch& match, const FileContext& context,
               SharedFacts& shared, std::vector<Finding>* out) {
  (void)rule;
  (void)shared;
  const GoFile& go = *context.go;
  const Node call = match.First("site").parent();
  const Node holder = call.parent();
  const Node name = ErrorName(go, StatementBefore(GuardOf(call)));
  const bool returned = holder.Is("expression_list") && holder.parent().Is("return_statement");
  if (name.is_null() || (!returned && !holder.Is("argument_list"))) {
    return;
  }
  const bool blank = name.text() == "_";
  const std::string error = blank ? FreshName(go) : std::string(name.text());
  const GoDecl* decl = blank ? nullptr : go.Resolve(name);
  if (error.empty() ||
      (!blank && (decl == nullptr || go.Lookup(error, call.span().begin) != decl))) {
    return;
  }
  Finding finding;
  finding.span = call.span();
  finding.level = Level::kSafe;
  finding.message =
      "by now this may be the error of another system call; the call has given its own";
  finding.fix.emplace();
  EditSet& edits = finding.fix->edits[context.file.path];
  (void)edits.Add(call.span(), error);
  if (blank) {
    (void)edits.Add(name.span(), error);
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
