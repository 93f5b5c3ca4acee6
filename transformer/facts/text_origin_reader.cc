#include "transformer/facts/text_origin.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr int kMaxDepth = 24;

/// The call that `node` is an argument of, perhaps as &node; null if it is none.
Node LentTo(Node node) {
  while (node.parent().Is("unary_expression") || node.parent().Is("parenthesized_expression")) {
    node = node.parent();
  }
  const Node call = node.parent().parent();
  return node.parent().Is("argument_list") && call.Is("call_expression") ? call : Node();
}

/// The name of the field that `node` (or &node) is stored in: cmd.Stdout = &node.
std::string_view StoredIn(Node node) {
  while (node.parent().Is("unary_expression")) {
    node = node.parent();
  }
  const Node list = node.parent();
  const Node statement = list.parent();
  if (statement.Is("assignment_statement") && statement.Field("right") == list) {
    return statement.Field("left").NamedChild(0).Field("field").text();
  }
  if (list.Is("literal_element") && statement.Is("keyed_element")) {
    return statement.NamedChild(0).text();
  }
  return {};
}

/// The cmd of `cmd.Stdout = &buffer`; null for anything else.
Node CommandOf(Node use) {
  while (use.parent().Is("unary_expression")) {
    use = use.parent();
  }
  const Node statement = use.parent().parent();
  return statement.Is("assignment_statement")
             ? statement.Field("left").NamedChild(0).Field("operand")
             : Node();
}

}  // namespace

TextOrigins TextOriginFinder::Reader(const GoSpot& at) {
  if (!at || depth_ > kMaxDepth) {
    return {};
  }
  ++depth_;
  TextOrigins out;
  const Node node = WithoutParentheses(at.node);
  if (node.Is("unary_expression")) {
    out = Reader(at.At(node.Field("operand")));
  } else if (node.Is("call_expression")) {
    out = Call(at.At(node), true, 0);
  } else if (node.Is("selector_expression")) {
    out = Field(at.At(node), true);
  } else if (node.Is("type_assertion_expression")) {
    out = Reader(at.At(node.Field("operand")));
  } else if (node.Is("identifier")) {
    out = Identifier(at.At(node), true);
    const GoDecl* decl = at.go->Resolve(node);
    for (const Node use : decl == nullptr ? std::vector<Node>() : at.go->Uses(*decl)) {
      // What a buffer was filled with.
      const std::string_view field = StoredIn(use);
      if (field == "Stdout" || field == "Stderr") {
        out.Add(WrapsGit(at) || RunsOnUnixOnly(at.At(CommandOf(use)))
                    ? TextOrigins{origin::kClean, {}}
                    : TextOrigins{origin::kCommand, "the output of a command"});
      }
      const Node own = use.parent().parent();
      const bool method = use.parent().Is("selector_expression") && own.Is("call_expression") &&
                          own.Field("function") == use.parent();
      const std::string_view name = method ? use.parent().Field("field").text() : "";
      const std::vector<Node> arguments = method ? GoArguments(own) : std::vector<Node>();
      if (name == "ReadFrom" && arguments.size() == 1) {
        out.Add(Reader(at.At(arguments[0])));
      } else if (name.starts_with("Write")) {
        out.Add({origin::kInternal, {}});
      }
      const Node call = LentTo(use);
      const std::string key = call ? CalleeKey(at.At(call)) : std::string();
      if (key.starts_with("io.Copy") && GoArguments(call).size() >= 2) {
        if (GoArguments(call)[0].span().end >= use.span().end) {
          out.Add(Reader(at.At(GoArguments(call)[1])));
        }
      } else if (key.starts_with("fmt.F") || key.find("Execute") != std::string::npos ||
                 key.find("Encoder") != std::string::npos ||
                 key.find("Write") != std::string::npos ||
                 key.find("Render") != std::string::npos) {
        out.Add({origin::kInternal, {}});
      } else if (!key.empty() && out.set == 0 && node.Is("identifier") &&
                 (key.find("exec") != std::string::npos || key.find("Exec") != std::string::npos ||
                  key.find("Run") != std::string::npos || key.find("run") != std::string::npos)) {
        out.Add({origin::kCommand, Cat("what ", key, " writes")});
      }
    }
  }
  --depth_;
  return out;
}

}  // namespace windlass
