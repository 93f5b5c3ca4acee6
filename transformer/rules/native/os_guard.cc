#include "transformer/rules/native/os_guard.h"

#include <algorithm>

#include "transformer/rules/pack.h"

namespace windlass {
namespace {

void CollectRawStrings(Node node, std::vector<Span>* out) {
  if (node.Is("raw_string_literal")) {
    out->push_back(node.span());
    return;
  }
  for (const Node child : node.NamedChildren()) {
    CollectRawStrings(child, out);
  }
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

/// Where the line of `offset` begins.
size_t LineBegin(std::string_view bytes, size_t offset) {
  const size_t newline = offset == 0 ? std::string_view::npos : bytes.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

/// The end of the line of `offset`, before its line end.
size_t LineEnd(std::string_view bytes, size_t offset) {
  size_t end = std::min(bytes.find('\n', offset), bytes.size());
  return end > offset && bytes[end - 1] == '\r' ? end - 1 : end;
}

std::string RuntimeName(size_t offset, const FileContext& context, Finding* finding) {
  std::string name = ImportNameFor(*context.go, "runtime", offset);
  if (!finding->fix) {
    finding->fix.emplace();
  }
  finding->fix->imports[context.source.path()].push_back({"runtime", name});
  return name;
}

/// The blanks before a statement that begins its line; nullopt if something else stands there.
std::optional<std::string> IndentOf(Node statement, const SourceFile& source) {
  const std::string_view bytes = source.bytes();
  const size_t begin = LineBegin(bytes, statement.span().begin);
  const std::string_view before = bytes.substr(begin, statement.span().begin - begin);
  return IsBlank(before) ? std::optional(std::string(before)) : std::nullopt;
}

bool ChecksError(Node statement, std::string_view error) {
  const Node condition = statement.Field("condition");
  return statement.Is("if_statement") && !statement.Field("initializer") &&
         !statement.Field("alternative") && condition.text() == Cat(error, " != nil");
}

bool UsedOnlyWithin(const GoDecl& decl, Node first, Node last, const GoFile& file) {
  return std::ranges::all_of(file.Uses(decl), [&](Node use) {
    return use.span().begin >= first.span().begin && use.span().end <= last.span().end;
  });
}

/// err := f.Chmod(…), err = f.Chmod(…), with the check that follows.
bool GuardAssignment(Node statement, const FileContext& context, Finding* finding) {
  const Node left = statement.Field("left");
  if (left.named_child_count() != 1 || statement.Field("right").named_child_count() != 1) {
    return false;
  }
  const Node error = left.NamedChild(0);
  const Node next = statement.next_named_sibling();
  const bool checked = ChecksError(next, error.text());
  const Node last = checked ? next : statement;
  if (statement.Is("short_var_declaration")) {
    const GoDecl* decl = context.go->Resolve(error);
    if (decl == nullptr || !checked || !UsedOnlyWithin(*decl, statement, last, *context.go)) {
      return false;
    }
  }
  return GuardStatements(statement, last, context, finding);
}

bool ReturnsErrorAlone(Node statement, const GoFile& file) {
  const Node function = file.EnclosingFunction(statement);
  return function.Field("result").text() == "error" &&
         statement.NamedChild(0).named_child_count() == 1;
}

}  // namespace

Node StatementAround(Node node) {
  while (node && !node.parent().Is("statement_list") && !node.parent().Is("block") &&
         !node.Is("function_declaration") && !node.Is("func_literal") &&
         !node.Is("method_declaration")) {
    node = node.parent();
  }
  return node.parent().Is("statement_list") || node.parent().Is("block") ? node : Node();
}

bool GuardStatements(Node first, Node last, const FileContext& context, Finding* finding) {
  const std::string_view bytes = context.source.bytes();
  const auto indent = IndentOf(first, context.source);
  const size_t end = LineEnd(bytes, last.span().end);
  const std::string_view rest = bytes.substr(last.span().end, end - last.span().end);
  const size_t text = rest.find_first_not_of(" \t");
  if (!indent || (text != std::string_view::npos && !rest.substr(text).starts_with("//"))) {
    return false;
  }
  std::vector<Span> raw;
  for (Node node = first; node; node = node.next_named_sibling()) {
    CollectRawStrings(node, &raw);
    if (node == last) {
      break;
    }
  }
  const std::string name = RuntimeName(first.span().begin, context, finding);
  const std::string eol(context.source.EolAt(first.span().begin));
  EditSet& edits = finding->fix->edits[context.source.path()];
  const size_t begin = first.span().begin;
  edits.Add({begin, begin}, Cat("if ", name, ".GOOS != \"windows\" {", eol, *indent, "\t"))
      .IgnoreError();
  for (size_t at = bytes.find('\n', begin); at < end; at = bytes.find('\n', at + 1)) {
    const size_t line = at + 1;
    const bool inside =
        std::ranges::any_of(raw, [&](Span span) { return span.begin < line && line < span.end; });
    if (!inside && !IsBlank(bytes.substr(line, LineEnd(bytes, line) - line))) {
      edits.Add({line, line}, "\t").IgnoreError();
    }
  }
  edits.Add({end, end}, Cat(eol, *indent, "}")).IgnoreError();
  return true;
}

bool LeaveBefore(Node statement, std::string_view leave, const FileContext& context,
                 Finding* finding) {
  const auto indent = IndentOf(statement, context.source);
  if (!indent) {
    return false;
  }
  const size_t begin = statement.span().begin;
  const std::string name = RuntimeName(begin, context, finding);
  const std::string eol(context.source.EolAt(begin));
  finding->fix->edits[context.source.path()]
      .Add({begin, begin}, Cat("if ", name, ".GOOS == \"windows\" {", eol, *indent, "\t", leave,
                               eol, *indent, "}", eol, *indent))
      .IgnoreError();
  return true;
}

bool GuardCondition(Node condition, bool value, const FileContext& context, Finding* finding) {
  const Node parent = condition.parent();
  const std::string_view op = parent.Field("operator").text();
  const bool junction = parent.Is("binary_expression");
  if ((junction && op != "&&" && op != "||") || parent.Is("unary_expression")) {
    return false;
  }
  const bool torn = junction && value && op == "&&";
  const Span span = condition.span();
  const std::string name = RuntimeName(span.begin, context, finding);
  EditSet& edits = finding->fix->edits[context.source.path()];
  edits
      .Add({span.begin, span.begin}, Cat(torn ? "(" : "", name, value ? ".GOOS == " : ".GOOS != ",
                                         "\"windows\" ", value ? "|| " : "&& "))
      .IgnoreError();
  if (torn) {
    edits.Add({span.end, span.end}, ")").IgnoreError();
  }
  return true;
}

bool GuardCall(Node call, const FileContext& context, Finding* finding) {
  const Node statement = StatementAround(call);
  if (statement.Is("expression_statement")) {
    return statement.NamedChild(0) == call &&
           GuardStatements(statement, statement, context, finding);
  }
  if (statement.Is("if_statement")) {
    const Node initializer = statement.Field("initializer");
    return initializer.Is("short_var_declaration") && !statement.Field("alternative") &&
           initializer.Field("right").NamedChild(0) == call &&
           GuardStatements(statement, statement, context, finding);
  }
  if (statement.Is("return_statement")) {
    return statement.NamedChild(0).NamedChild(0) == call &&
           ReturnsErrorAlone(statement, *context.go) &&
           LeaveBefore(statement, "return nil", context, finding);
  }
  return (statement.Is("short_var_declaration") || statement.Is("assignment_statement")) &&
         statement.Field("right").NamedChild(0) == call &&
         GuardAssignment(statement, context, finding);
}

std::string_view TestingName(Node node, const GoFile& file) {
  for (Node function = file.EnclosingFunction(node); function;
       function = file.EnclosingFunction(function)) {
    for (const GoParameter& parameter : GoParameters(function.Field("parameters"))) {
      const std::string_view type = parameter.type.text();
      if (parameter.name && (type == "*testing.T" || type == "*testing.B" || type == "*testing.F" ||
                             type == "testing.TB")) {
        const GoDecl* visible = file.Lookup(parameter.name.text(), node.span().begin);
        return visible != nullptr && visible->name_node == parameter.name ? parameter.name.text()
                                                                          : std::string_view();
      }
    }
  }
  return {};
}

std::string UseHelper(std::string_view pack, std::string_view helper, size_t offset,
                      const FileContext& context, SharedFacts& shared, Finding* finding) {
  const Pack* found = shared.FindPack(pack);
  if (context.module == nullptr || context.module->path.empty() || found == nullptr) {
    return {};
  }
  const std::string path = Cat(context.module->path, "/internal/winport");
  std::string name = ImportNameFor(*context.go, path, offset);
  if (!finding->fix) {
    finding->fix.emplace();
  }
  finding->fix->imports[context.source.path()].push_back({path, name});
  const std::string prefix = Cat("templates/winport/", helper);
  const std::string_view dir = context.module->dir;
  for (auto it = found->files.lower_bound(prefix);
       it != found->files.end() && it->first.starts_with(prefix); ++it) {
    const std::string file = it->first.substr(std::string_view("templates/").size());
    finding->fix->new_files.push_back(
        {Cat(dir, dir.empty() ? "" : "/", "internal/", file), it->second});
  }
  return name;
}

}  // namespace windlass
