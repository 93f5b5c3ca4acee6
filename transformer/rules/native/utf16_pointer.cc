// syscalls/utf16-pointer and utf16-syscall: StringToUTF16Ptr, which panics where the text holds a
// NUL.
//
//   r, _, err := proc.Call(uintptr(unsafe.Pointer(syscall.StringToUTF16Ptr(path))))
//   --------------------------------------------------------------------------
//   pathPtr, err := syscall.UTF16PtrFromString(path)
//   if err != nil {
//       return 0, err
//   }
//   r, _, err := proc.Call(uintptr(unsafe.Pointer(pathPtr)))

#include <algorithm>
#include <array>
#include <optional>

#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

/// The zero value of a type as it is written, empty where the type must be known better.
std::string_view Zero(Node type) {
  constexpr std::array<std::string_view, 6> kNilKinds = {
      "pointer_type", "slice_type", "map_type", "channel_type", "function_type", "interface_type"};
  constexpr std::array<std::string_view, 19> kNumbers = {
      "int",          "int8",    "int16",   "int32",          "int64",          "uint",
      "uint8",        "uint16",  "uint32",  "uint64",         "byte",           "rune",
      "uintptr",      "float32", "float64", "syscall.Handle", "windows.Handle", "syscall.Errno",
      "time.Duration"};
  const std::string_view text = type.text();
  if (std::ranges::find(kNilKinds, type.kind()) != kNilKinds.end() || text == "error") {
    return "nil";
  }
  if (std::ranges::find(kNumbers, text) != kNumbers.end()) {
    return "0";
  }
  return text == "string" ? "\"\"" : text == "bool" ? "false" : "";
}

/// `return 0, err` for a function of that result, nullopt if it can't report an error.
std::optional<std::string> ReturnOf(Node function, std::string_view error) {
  const Node result = function.Field("result");
  std::vector<Node> types = {result};
  if (result.Is("parameter_list")) {
    types.clear();
    for (const GoParameter& parameter : GoParameters(result)) {
      types.push_back(parameter.type);
    }
  }
  if (types.empty() || types.back().text() != "error") {
    return std::nullopt;
  }
  types.pop_back();
  std::string values;
  for (const Node type : types) {
    const std::string_view zero = Zero(type);
    if (zero.empty()) {
      return std::nullopt;
    }
    values += Cat(zero, ", ");
  }
  return Cat("return ", values, error);
}

/// The statement directly within a block of `function` that holds `node`, if the node is what it
/// evaluates and nothing around it decides whether it does; else null.
Node StatementOf(Node node, Node function) {
  constexpr std::array<std::string_view, 4> kPlain = {
      "expression_statement", "short_var_declaration", "assignment_statement", "return_statement"};
  for (; !node.is_null() && node != function; node = node.parent()) {
    if (std::ranges::find(kPlain, node.kind()) != kPlain.end()) {
      const Node holder = node.parent();
      return holder.Is("block") || holder.Is("statement_list") ? node : Node();
    }
    if (node.Is("binary_expression") && node.Field("operator").text().size() == 2) {
      return {};  // && and || may leave it out
    }
  }
  return {};
}

/// True if a later statement beside `statement` declares nothing but `name`.
bool DeclaredAloneLater(Node statement, std::string_view name) {
  for (Node next = statement.next_named_sibling(); !next.is_null();
       next = next.next_named_sibling()) {
    const Node left = next.Is("short_var_declaration") ? next.Field("left") : Node();
    const std::vector<Node> names = left.NamedChildren();
    if (!names.empty() && std::ranges::all_of(names, [&](Node declared) {
          return declared.text() == name || declared.text() == "_";
        })) {
      return true;
    }
  }
  return false;
}

/// How many pointers of the function before `call` get their name from `word`, too: those of other
/// statements, or to other texts.
size_t Earlier(Node call, Node statement, Node around, std::string_view word) {
  constexpr std::string_view kCall = "StringToUTF16Ptr(";
  const std::string_view argument = call.Field("arguments").NamedChild(0).text();
  const size_t base = around.span().begin;
  const std::string_view text = around.text().substr(0, call.span().begin - base);
  size_t count = 0;
  for (size_t at = text.find(kCall); at != std::string_view::npos; at = text.find(kCall, at + 1)) {
    const std::string_view rest = text.substr(at + kCall.size());
    const std::string_view other = rest.substr(0, rest.find(')'));
    const bool same_place = base + at >= statement.span().begin && other == argument;
    count += !same_place && other.substr(other.rfind('.') + 1) == word ? 1 : 0;
  }
  return count;
}

/// A name for the pointer to what `argument` says: `pathPtr` for `path` and `x.path`.
std::string PointerName(Node call, Node statement, Node around, const GoFile& go) {
  const Node argument = call.Field("arguments").NamedChild(0);
  const Node named = argument.Is("selector_expression") ? argument.Field("field") : argument;
  std::string name = "textPtr";
  if (named.Is("identifier") || named.Is("field_identifier")) {
    name = Cat(named.text(), "Ptr");
    name[0] = static_cast<char>(name[0] >= 'A' && name[0] <= 'Z' ? name[0] - 'A' + 'a' : name[0]);
  }
  const bool is_word = named.Is("identifier") || named.Is("field_identifier");
  const size_t earlier = is_word ? Earlier(call, statement, around, named.text()) : 0;
  name += earlier == 0 ? "" : std::to_string(earlier + 1);
  return go.IsNameTaken(name, std::string_view::npos) ? std::string() : name;
}

/// The blanks that the line of `node` begins with; nullopt if something else stands before it.
std::optional<std::string> IndentOf(Node node) {
  const std::string_view bytes = node.source().bytes();
  const size_t begin = node.span().begin;
  const size_t line = begin == 0 ? 0 : bytes.rfind('\n', begin - 1) + 1;
  const std::string_view blanks = bytes.substr(line, begin - line);
  return blanks.find_first_not_of(" \t") == std::string_view::npos
             ? std::optional(std::string(blanks))
             : std::nullopt;
}

}  // namespace

void Utf16Pointer(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  (void)rule;
  (void)shared;
  const GoFile& go = *context.go;
  const Node function = match.First("site");
  const Node call = function.parent();
  const Node argument = call.Field("arguments").NamedChild(0);
  constexpr std::array<std::string_view, 4> kSimple = {
      "identifier", "selector_expression", "binary_expression", "parenthesized_expression"};
  const bool may_hold_nul = std::ranges::find(kSimple, argument.kind()) != kSimple.end() &&
                            argument.text().find('(') == std::string_view::npos;
  const GoDecl* decl = argument.Is("identifier") ? go.Resolve(argument) : nullptr;
  const bool constant = decl != nullptr && (decl->kind == GoDecl::Kind::kConst ||
                                            decl->kind == GoDecl::Kind::kLocalConst);
  const Node around = go.EnclosingFunction(call);
  const Node statement = StatementOf(call, around);
  const auto indent = statement.is_null() ? std::nullopt : IndentOf(statement);
  if (!may_hold_nul || constant || !indent) {
    return;
  }
  const std::string error = DeclaredAloneLater(statement, "err") ? "ptrErr" : "err";
  const auto leave = ReturnOf(around, error);
  const std::string package(function.Field("operand").text());
  const bool is_all = statement.Is("short_var_declaration") &&
                      statement.Field("left").named_child_count() == 1 &&
                      statement.Field("right").NamedChild(0) == call;
  const std::string name = is_all ? std::string(statement.Field("left").text())
                                  : PointerName(call, statement, around, go);
  if (!leave || name.empty() || name == "_") {
    return;
  }
  const std::string test =
      Cat(name, ", ", error, " := ", package, ".UTF16PtrFromString(", argument.text(), ")\n",
          *indent, "if ", error, " != nil {\n", *indent, "\t", *leave, "\n", *indent, "}");
  Finding finding;
  finding.span = call.span();
  finding.level = Level::kReview;
  finding.message = "StringToUTF16Ptr panics if there is a NUL in the text";
  finding.reason = "callers get the error instead";
  finding.fix.emplace();
  EditSet& edits = finding.fix->edits[context.file.path];
  if (is_all) {
    (void)edits.Add(statement.span(), test);
  } else {
    const size_t begin = statement.span().begin;
    (void)edits.Add({begin, begin}, Cat(test, "\n", *indent));
    (void)edits.Add(call.span(), name);
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
