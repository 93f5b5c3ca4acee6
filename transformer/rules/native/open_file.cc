// environment/open-file: files that are renamed or removed while this program has them open.
//
//   defer f.Close()
//   …
//   os.Rename(f.Name(), name)
//   ---------

#include <algorithm>
#include <array>
#include <optional>

#include "transformer/rules/guards.h"
#include "transformer/rules/native/program_view.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

bool OpensFile(Node call, const GoFile& file) {
  constexpr std::array<std::string_view, 5> kNames = {"Create", "Open", "OpenFile", "CreateTemp",
                                                      "TempFile"};
  const auto callee = call.Is("call_expression") ? file.Callee(call) : std::nullopt;
  return callee && (callee->path == "os" || callee->path == "io/ioutil") &&
         std::ranges::find(kNames, callee->name) != kNames.end();
}

/// The call that `decl`, a local variable, gets its file from; null for anything else.
Node OpeningOf(const GoDecl* decl, const GoFile& file) {
  if (decl == nullptr || !decl->decl.Is("short_var_declaration") ||
      !(decl->decl.Field("left").NamedChild(0) == decl->name_node)) {
    return {};
  }
  const Node call = decl->decl.Field("right").NamedChild(0);
  return OpensFile(call, file) ? call : Node();
}

Node FunctionAround(Node node) {
  while (node && !node.Is("function_declaration") && !node.Is("method_declaration") &&
         !node.Is("func_literal")) {
    node = node.parent();
  }
  return node;
}

/// The text without the blanks, which gofmt sets by what is around.
std::string Plain(Node expression) {
  std::string text(expression.text());
  std::erase(text, ' ');
  return text;
}

/// The last f := os.Create(name) before `name`, an expression of more than one word, in the same
/// function.
const GoDecl* FileOpenedAs(Node name, const GoFile& file) {
  const GoDecl* found = nullptr;
  const size_t before = name.span().begin;
  EachNode(FunctionAround(name), "short_var_declaration", [&](Node declaration) {
    const Node call = declaration.Field("right").NamedChild(0);
    if (declaration.span().end < before && OpensFile(call, file) &&
        Plain(call.Field("arguments").NamedChild(0)) == Plain(name)) {
      found = file.Resolve(declaration.Field("left").NamedChild(0));
    }
  });
  return found != nullptr && OpeningOf(found, file) ? found : nullptr;
}

/// The variable that holds the file called `name`: f of `f.Name()`, or of f := os.Create(name).
const GoDecl* FileNamed(Node name, const GoFile& file) {
  const Node function = name.Field("function");
  if (name.Is("call_expression") && function.Field("field").text() == "Name") {
    const GoDecl* decl = file.Resolve(function.Field("operand"));
    return OpeningOf(decl, file) ? decl : nullptr;
  }
  if (name.Is("binary_expression") || name.Is("selector_expression")) {
    return FileOpenedAs(name, file);
  }
  const GoDecl* decl = name.Is("identifier") ? file.Resolve(name) : nullptr;
  if (decl == nullptr) {
    return nullptr;
  }
  for (const Node use : file.Uses(*decl)) {
    const Node call = use.parent().parent();
    if (use.span().begin > name.span().begin || !OpensFile(call, file) ||
        !(call.Field("arguments").NamedChild(0) == use)) {
      continue;
    }
    const Node left = call.parent().parent().Field("left");
    const GoDecl* opened = left ? file.Resolve(left.NamedChild(0)) : nullptr;
    if (OpeningOf(opened, file) == call) {
      return opened;
    }
  }
  return nullptr;
}

/// The defer statement around `node` within its function declaration; null if it runs at once.
Node DeferAround(Node node) {
  for (; node && !node.Is("function_declaration") && !node.Is("method_declaration");
       node = node.parent()) {
    if (node.Is("defer_statement")) {
      return node;
    }
  }
  return {};
}

/// Whether the statement of `late` is one of the block that the statement of `call` is of, too.
bool FollowsInBlock(Node late, Node call) {
  const auto block = [](Node node) {
    while (node && !node.Is("block")) {
      node = node.parent();
    }
    return node;
  };
  const Node around = block(late);
  Node inner = block(call);
  while (inner && inner != around && !inner.parent().Is("if_statement")) {
    inner = block(inner.parent());
  }
  return around && inner == around && FunctionAround(late) == FunctionAround(call);
}

/// Whether the file of `decl` is closed by a defer alone, or by a statement behind it in the same
/// block, which comes too late for `call`.
std::optional<Node> LateClose(const GoDecl& decl, Node call, const GoFile& file) {
  const Node deferred = DeferAround(call);
  std::optional<Node> late;
  for (const Node use : file.Uses(decl)) {
    const Node selector = use.parent();
    if (!selector.Is("selector_expression") || selector.Field("field").text() != "Close") {
      continue;
    }
    const Node close = DeferAround(use);
    const bool before = use.span().begin < call.span().begin;
    const bool together = deferred && close == deferred;
    if (!close && !before && !deferred && FollowsInBlock(use, call)) {
      late = use;
      continue;
    }
    if (!close ? (before || deferred) : (together ? before : deferred && !before)) {
      return std::nullopt;  // closed in time, on some way at least
    }
    if (close && before && !together) {
      late = use;
    }
  }
  return late;
}

}  // namespace

void OpenFile(const Rule&, const QueryMatch& match, const FileContext& context, SharedFacts&,
              std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (!callee || callee->path != "os" || (callee->name != "Rename" && callee->name != "Remove")) {
    return;
  }
  for (const Node argument : call.Field("arguments").NamedChildren()) {
    const GoDecl* opened = FileNamed(argument, *context.go);
    const auto late = opened == nullptr ? std::nullopt : LateClose(*opened, call, *context.go);
    if (!late ||
        !(context.go->EnclosingFunction(opened->name_node) ==
              context.go->EnclosingFunction(*late) ||
          DeferAround(*late)) ||
        !RunsOnWindows(call, context)) {
      continue;
    }
    const bool deferred = static_cast<bool>(DeferAround(*late));
    Finding finding;
    finding.path = context.source.path();
    finding.span = call.span();
    finding.level = Level::kSuggest;
    finding.message = Cat("on Windows os.", callee->name, " fails for a file that is still open");
    finding.reason = Cat("close ", opened->name, " before; the ", deferred ? "deferred " : "",
                         "Close comes later");
    finding.also.push_back({finding.path, late->parent().span(), "closed too late"});
    out->push_back(std::move(finding));
    return;
  }
}

}  // namespace windlass
