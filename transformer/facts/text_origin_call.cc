#include <algorithm>

#include "re2/re2.h"
#include "transformer/facts/text_origin.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

using Role = TextTables::Role;

constexpr int kMaxHops = 3;

/// The expressions that the function's own return statements give as result `index`.
std::vector<Node> Returned(Node function, size_t index) {
  std::vector<Node> out;
  std::vector<Node> todo = {function.Field("body")};
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    if (node.Is("return_statement")) {
      const std::vector<Node> values = node.NamedChild(0).NamedChildren();
      if (index < values.size()) {
        out.push_back(values[index]);
      } else if (values.size() == 1 && values[0].Is("call_expression")) {
        out.push_back(values[0]);
      }
      continue;
    }
    for (const Node child : node.NamedChildren()) {
      if (!child.Is("func_literal")) {
        todo.push_back(child);
      }
    }
  }
  return out;
}

/// r.ReadString('\n')
bool ReadsLine(const GoSpot& call) {
  const std::vector<Node> arguments = GoArguments(call.node);
  return arguments.size() == 1 &&
         (arguments[0].text() == "'\\n'" || arguments[0].text() == "byte('\\n')" ||
          arguments[0].text() == "10" || arguments[0].text() == "0x0a");
}

}  // namespace

std::string TextOriginFinder::CalleeKey(const GoSpot& call) {
  if (const auto callee = call.go->Callee(call.node)) {
    return Cat(callee->path, ".", callee->name);
  }
  const Node function = WithoutParentheses(call.node.Field("function"));
  if (function.Is("selector_expression")) {
    return Cat(".", function.Field("field").text());
  }
  return function.Is("identifier") ? std::string(function.text()) : std::string();
}

/// The value of a literal, or of a constant or variable that is one.
std::string TextOriginFinder::Constant(const GoSpot& expression) {
  GoSpot at = expression;
  for (int i = 0; i < 3 && at; ++i) {
    at.node = WithoutParentheses(at.node);
    if (const auto value = GoStringValue(at.node)) {
      return *value;
    }
    if (at.node.Is("binary_expression")) {
      at.node = at.node.Field("left");
      continue;
    }
    if (at.node.Is("call_expression")) {  // filepath.Join("/proc", …), fmt.Sprintf("/proc/%d", …)
      const std::vector<Node> arguments = GoArguments(at.node);
      at.node = arguments.empty() ? Node() : arguments[0];
      continue;
    }
    const GoDecl* decl = at.node.Is("identifier") ? at.go->Resolve(at.node) : nullptr;
    if (decl != nullptr && decl->decl.Is("short_var_declaration")) {
      const Node values = decl->decl.Field("right");
      at.node = values.named_child_count() == 1 ? values.NamedChild(0) : Node();
      continue;
    }
    at = module_.VariableValue(at, at.node.text());
  }
  return {};
}

TextOrigins TextOriginFinder::Call(const GoSpot& call, bool reader, size_t result) {
  const TextOrigins out = AnyCall(call, reader, result);
  // run("git", "tag"), whatever it does with the name of the program.
  return out.Has(origin::kCommand) && (WrapsGit(call) || NamesUnixProgram(call))
             ? TextOrigins{origin::kClean, {}}
             : out;
}

bool TextOriginFinder::NamesUnixProgram(const GoSpot& call) {
  return std::ranges::any_of(GoArguments(call.node), [&](Node argument) {
    const auto value = GoStringValue(argument);
    return value && tables_.IsUnixProgram(*value);
  });
}

TextOrigins TextOriginFinder::AnyCall(const GoSpot& call, bool reader, size_t result) {
  const Node function = WithoutParentheses(call.node.Field("function"));
  const std::vector<Node> arguments = GoArguments(call.node);
  const std::string key = CalleeKey(call);
  if (function.Is("identifier") && call.go->Resolve(function) == nullptr) {
    if (key == "string" || key == "append") {
      TextOrigins out;
      for (const Node argument : arguments) {
        out.Add(Any(call.At(argument), reader));
      }
      return out;
    }
  }
  bool known = false;
  TextOrigins out = CallByTable(call, key, reader, &known);
  if (known) {
    return out;
  }
  if (hops_ >= kMaxHops) {
    return {};
  }
  if (const auto callee = call.go->Callee(call.node)) {
    out = Results(module_.FunctionsOf(callee->path, callee->name), reader, result);
  } else if (function.Is("identifier")) {
    out = Results(module_.Functions(call, function.text()), reader, result);
  } else if (function.Is("selector_expression")) {
    return Method(call, reader, result);
  }
  const std::string_view name = std::string_view(key).substr(key.rfind('.') + 1);
  if (out.set == 0 && result == 0 && !reader && tables_.NameFits("callee", name)) {
    out = {origin::kNamed, Cat("what ", name, " gives")};
  }
  return out;
}

TextOrigins TextOriginFinder::CallByTable(const GoSpot& call, const std::string& key, bool reader,
                                          bool* known) {
  *known = true;
  const std::vector<Node> arguments = GoArguments(call.node);
  const auto argument = [&](const TextTables::Row& row) {
    const auto index = static_cast<size_t>(row.argument);
    return index < arguments.size() ? call.At(arguments[index]) : GoSpot{};
  };
  if (tables_.Has(Role::kCleans, key)) {
    return {origin::kClean, {}};
  }
  if (reader) {
    if (const auto* row = tables_.Find(Role::kOpens, key)) {
      return FromFile(call, *row, key);
    }
    if (const auto* row = tables_.Find(Role::kWraps, key)) {
      return Reader(argument(*row));
    }
    if (const auto* row = tables_.Find(Role::kHolds, key)) {
      return Text(argument(*row));
    }
    *known = false;
    return {};
  }
  if (key == ".Output" || key == ".CombinedOutput") {
    return CommandOutput(call, key);
  }
  if (const auto* row = tables_.Find(Role::kSource, key)) {
    return FromFile(call, *row, key);
  }
  if (const auto* row = tables_.Find(Role::kReads, key)) {
    return Reader(argument(*row));
  }
  if (key.find("Replace") != std::string::npos) {
    const TextOrigins replaced = Replacement(call);
    if (replaced.set != 0) {
      return replaced;
    }
  }
  if (const auto* row = tables_.Find(Role::kPasses, key)) {
    TextOrigins out = Text(argument(*row));
    if (key.ends_with(".TrimSpace") && out.Has(origin::kLine)) {
      out.set = origin::kClean;
    }
    return AfterPass(call, key, out);
  }
  *known = false;
  return {};
}

/// What is known of the result of a function that hands text on.
TextOrigins TextOriginFinder::AfterPass(const GoSpot& call, std::string_view key, TextOrigins out) {
  const bool lines = key.ends_with(".Lines");
  const bool splits = key.find(".Split") != std::string_view::npos || key.ends_with(".Cut");
  const std::vector<Node> arguments = GoArguments(call.node);
  if (splits || lines) {
    out.set &= static_cast<origin::Set>(~origin::kLine);
    const bool newline = lines || (arguments.size() >= 2 &&
                                   arguments[1].text().find("\\n") != std::string_view::npos);
    out.set |= newline ? origin::kPart : origin::Set{0};
  }
  return out;
}

/// strings.ReplaceAll(x, "\r\n", "\n"), strings.Trim(x, "\r\n"): somebody took the CRs away.
TextOrigins TextOriginFinder::Replacement(const GoSpot& call) {
  for (const Node argument : GoArguments(call.node)) {
    const Node literal =
        argument.Is("type_conversion_expression") ? argument.Field("operand") : argument;
    const auto value = GoStringValue(literal);
    if (value && value->find('\r') != std::string::npos) {
      return {origin::kClean, {}};
    }
  }
  return {};
}

TextOrigins TextOriginFinder::FromFile(const GoSpot& call, const TextTables::Row& row,
                                       const std::string& key) {
  const std::vector<Node> arguments = GoArguments(call.node);
  const auto path = static_cast<size_t>(row.path);
  if (row.path >= 0 && path < arguments.size() &&
      tables_.IsUnixPath(Constant(call.At(arguments[path])))) {
    return {origin::kUnix, {}};
  }
  return {row.origin, key.starts_with('.') ? Cat("a call of ", key.substr(1)) : key};
}

/// exec.Command("name", …).Output(), and of a variable that holds the command.
TextOrigins TextOriginFinder::CommandOutput(const GoSpot& call, const std::string& key) {
  const Node receiver = WithoutParentheses(call.node.Field("function").Field("operand"));
  if (RunsOnUnixOnly(call.At(receiver))) {
    return {origin::kUnix, {}};
  }
  const Node parent = receiver.Is("call_expression") ? receiver : Node();
  if (WrapsGit(call) && !call.go->Callee(parent)) {
    return {origin::kClean, {}};
  }
  return {origin::kCommand, Cat("a call of ", key.substr(1))};
}

bool TextOriginFinder::WrapsGit(const GoSpot& at) {
  static const RE2 kGit(R"((^|/)\w*git\w*/[^/]*$)");
  return RE2::PartialMatch(at.file->path, kGit);
}

bool TextOriginFinder::RunsOnUnixOnly(const GoSpot& command) {
  GoSpot at = command;
  if (at.node.Is("identifier")) {
    const GoDecl* decl = at.go->Resolve(at.node);
    const Node values = decl == nullptr ? Node() : decl->decl.Field("right");
    at.node = values.named_child_count() == 1 ? values.NamedChild(0) : Node();
  }
  const auto callee = at.node.Is("call_expression") ? at.go->Callee(at.node) : std::nullopt;
  if (!callee || !callee->name.starts_with("Command")) {
    return at.node.Is("call_expression") && NamesUnixProgram(at);
  }
  const std::vector<Node> arguments = GoArguments(at.node);
  const size_t program = callee->name == "CommandContext" ? 1 : 0;
  return program < arguments.size() && tables_.IsUnixProgram(Constant(at.At(arguments[program])));
}

/// x.Method(…) that no table knows by name.
TextOrigins TextOriginFinder::Method(const GoSpot& call, bool reader, size_t result) {
  const Node function = WithoutParentheses(call.node.Field("function"));
  const GoSpot receiver = call.At(function.Field("operand"));
  const std::string_view name = function.Field("field").text();
  if (!reader && (name == "ReadString" || name == "ReadBytes" || name == "ReadSlice")) {
    if (result != 0 || !ReadsLine(call)) {
      return {};
    }
    TextOrigins out = Reader(receiver);
    if (!out.Has(origin::kClean | origin::kProtocol | origin::kUnix)) {
      out.set |= origin::kLine;
    }
    return out;
  }
  if (!reader && (name == "String" || name == "Bytes")) {
    return Reader(receiver);
  }
  if (!reader && name == "Text") {  // bufio.Scanner takes the CR away
    return {origin::kClean, {}};
  }
  TextOrigins out;
  const std::vector<GoSpot> methods = module_.Methods(call, name);
  if (methods.size() <= 4) {
    out = Results(methods, reader, result);
  }
  if (out.set == 0 && result == 0) {
    if (!reader && tables_.NameFits("callee", name)) {
      return {origin::kNamed, Cat("what ", name, " gives")};
    }
    return reader ? ByName(name, true) : TextOrigins();
  }
  return out;
}

TextOrigins TextOriginFinder::Results(const std::vector<GoSpot>& functions, bool reader,
                                      size_t result) {
  TextOrigins out;
  ++hops_;
  for (const GoSpot& function : functions) {
    if (!visiting_.insert(function.node.id()).second) {
      continue;
    }
    for (const Node value : Returned(function.node, result)) {
      if (value.Is("call_expression") && result > 0) {
        out.Add(Call(function.At(value), reader, result));
      } else {
        out.Add(Any(function.At(value), reader));
      }
    }
    visiting_.erase(function.node.id());
  }
  --hops_;
  return out;
}

}  // namespace windlass
