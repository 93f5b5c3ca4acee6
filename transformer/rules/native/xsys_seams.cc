// Where values of package syscall and of x/sys/windows may meet after all: what is generated from
// //sys lines, parameters that only go on to functions of the package, and addresses in members.

#include <algorithm>
#include <optional>
#include <utility>

#include "transformer/facts/go_mod_edit.h"
#include "transformer/rules/native/xsys_types.h"

namespace windlass {
namespace {

constexpr std::string_view kWindows = "golang.org/x/sys/windows";

/// `uintptr` of `uintptr(unsafe.Pointer(x))`, else null.
Node AddressConversion(Node value, const GoFile& go) {
  const Node function = value.Field("function");
  const Node arguments = value.Field("arguments");
  const auto callee =
      arguments.named_child_count() == 1 ? go.Callee(arguments.NamedChild(0)) : std::nullopt;
  const bool is_address = value.Is("call_expression") && function.Is("identifier") &&
                          function.text() == "uintptr" && go.Resolve(function) == nullptr &&
                          callee && callee->path == "unsafe" && callee->name == "Pointer";
  return is_address ? function : Node();
}

/// What is put into `member`, a field_identifier or a key; null if it isn't so used.
Node ValuePut(Node member) {
  const Node element = member.parent().parent();
  if (element.Is("keyed_element") && element.NamedChild(0) == member.parent()) {
    return element.NamedChild(1).NamedChild(0);
  }
  const Node selector = member.parent();
  const Node assignment = selector.parent().parent();
  const Node right = assignment.Field("right");
  const bool is_one = selector.Is("selector_expression") && selector.Field("field") == member &&
                      assignment.Is("assignment_statement") &&
                      assignment.Field("operator").text() == "=" &&
                      selector.parent() == assignment.Field("left") &&
                      selector.parent().named_child_count() == 1 && right.named_child_count() == 1;
  return is_one ? right.NamedChild(0) : Node();
}

/// True if every local below `node`, but `error`, is used outside `gone` as well.
bool KeepsUses(Node node, Node gone, std::string_view error, const GoFile& go) {
  const GoDecl* decl = node.Is("identifier") ? go.Resolve(node) : nullptr;
  if (decl != nullptr && decl->kind == GoDecl::Kind::kLocalVar && decl->name != error) {
    const auto outside = [&](Node use) {
      return use != decl->name_node &&
             (use.span().end <= gone.span().begin || use.span().begin >= gone.span().end);
    };
    if (std::ranges::none_of(go.Uses(*decl), outside)) {
      return false;
    }
  }
  return std::ranges::all_of(node.NamedChildren(),
                             [&](Node child) { return KeepsUses(child, gone, error, go); });
}

/// True if `statement` is `if err != nil { … }`, holds no comment and nothing of syscall, and
/// nothing but `error` would be left without a use if it went.
bool IsPlainCheck(Node statement, std::string_view error, const GoFile& go) {
  if (!statement.Is("if_statement") || !statement.Field("initializer").is_null() ||
      !statement.Field("alternative").is_null() ||
      statement.Field("condition").text() != Cat(error, " != nil") ||
      statement.text().find("syscall.") != std::string_view::npos ||
      statement.text().find("//") != std::string_view::npos ||
      statement.text().find("/*") != std::string_view::npos) {
    return false;
  }
  return KeepsUses(statement, statement, error, go);
}

/// What changes if the function that is called here returns no error any longer; no edits if it
/// returned none before, nullopt if that can't be told or done.
///
///   text, err := sid.String()             text := sid.String()
///   if err != nil { return err }
///   return sid.String()                   return sid.String(), nil
std::optional<std::vector<std::pair<Span, std::string>>> WithoutError(Node member,
                                                                      const GoFile& go) {
  using Edits = std::vector<std::pair<Span, std::string>>;
  const Node call = member.parent().parent();
  if (!call.Is("call_expression") || call.Field("function") != member.parent()) {
    return std::nullopt;
  }
  const Node list = call.parent();
  const Node statement = list.parent();
  if (statement.Is("return_statement") && list.named_child_count() == 1) {
    const Node result = go.EnclosingFunction(call).Field("result");
    const bool two = result.Is("parameter_list") && GoParameters(result).size() == 2;
    return two ? Edits{{{call.span().end, call.span().end}, ", nil"}} : Edits();
  }
  if (list.Is("argument_list")) {
    return list.named_child_count() == 1 ? std::nullopt : std::optional(Edits());
  }
  const Node left = statement.Field("left");
  if (!list.Is("expression_list") || left.named_child_count() < 2) {
    return Edits();
  }
  const Node error = left.NamedChild(1);
  const Node check = statement.next_named_sibling();
  const GoDecl* text = go.Resolve(left.NamedChild(0));
  const GoDecl* decl = go.Resolve(error);
  if (!statement.Is("short_var_declaration") || left.named_child_count() != 2 || decl == nullptr ||
      text == nullptr || text->decl != statement || !IsPlainCheck(check, error.text(), go)) {
    return std::nullopt;
  }
  // An error that is declared here must have no other use; one from before has had some.
  const bool alone = std::ranges::all_of(go.Uses(*decl), [&](Node use) {
    return use == error ||
           (check.span().begin <= use.span().begin && use.span().end <= check.span().end);
  });
  if (decl->decl == statement && !alone) {
    return std::nullopt;
  }
  return Edits{{{left.NamedChild(0).span().end, left.span().end}, ""},
               {{statement.span().end, check.span().end}, ""}};
}

}  // namespace

/// The types that a declaration of another package of the project is made of: of a function those
/// of its signature.
StringSet XSysTypes::TypesOfDeclared(const PackageDecls& package, std::string_view name) {
  StringSet types;
  const PackageDecls::Entry* entry = package.Find(name);
  for (const ProjectFile* file :
       entry == nullptr ? std::vector<const ProjectFile*>() : entry->files) {
    const ParsedGo* parsed = file->skim->Imports("syscall") ? view_->Parse(*file) : nullptr;
    for (const GoUnit& unit : parsed == nullptr ? std::vector<GoUnit>() : UnitsOf(*parsed->go)) {
      if (std::ranges::find(unit.names, name) == unit.names.end() || !unit.receiver.empty()) {
        continue;
      }
      const bool is_func = unit.kind == GoUnit::Kind::kFunc;
      types.merge(TypesBelow(*parsed->go, is_func ? unit.node.Field("parameters") : unit.node));
      types.merge(TypesBelow(*parsed->go, is_func ? unit.node.Field("result") : Node()));
    }
  }
  return types;
}

/// What other packages of the project hand out, and take, keeps its types. Of a library only its
/// methods may be used.
void XSysTypes::PinImported(XSysFile* file) {
  const GoFile& go = *file->parsed->go;
  for (const UnitUses::Outside& use : UsesBelow(go, file->parsed->tree->root()).outside) {
    const PackageDecls* package =
        view_->project_decls().FindPackage(use.path, view_->decls().package());
    StringSet types = package == nullptr ? StringSet() : TypesOfDeclared(*package, use.name);
    if (use.node.parent().Field("operand") == use.node) {
      types.erase("LazyDLL");
    }
    file->pinned.merge(types);
  }
}

const SysLines::Line* XSysTypes::LineOf(const XSysFile& file, const XSysUse& use) const {
  const Node function = file.parsed->go->EnclosingFunction(use.node);
  const SysLines::Line* line =
      function.Is("function_declaration") ? lines_.Find(function.Field("name").text()) : nullptr;
  return line == nullptr || SysLines::Mentions(*line, use.name).empty() ? nullptr : line;
}

/// Lets a file that mkwinsyscall has made move with its lines: what the tool itself writes, such as
/// `syscall.Errno`, stays. All uses of types must come from a line of this package.
void XSysTypes::FollowLines(XSysFile* file) const {
  const ProjectFile& made = *file->file;
  if (!made.generated || made.vendored || made.excluded || !made.skim->Imports(kWindows) ||
      !made.skim->constraint.Combined().Implies(BuildExpr::Tag("windows")) ||
      std::ranges::any_of(file->uses, [&](const XSysUse& use) {
        return !use.entry->types.empty() && LineOf(*file, use) == nullptr;
      })) {
    return;
  }
  file->movable = true;
  for (XSysUse& use : file->uses) {
    use.stays = LineOf(*file, use) == nullptr;
  }
}

/// func Open(h syscall.Handle) (*File, error) { return open(h) }
/// --------------------------------------------------------------------------
/// func Open(h syscall.Handle) (*File, error) { return open(windows.Handle(h)) }
///
/// True if the parameter of an exported function can stay as it is like that: it does nothing but
/// go on to functions that nobody else calls, and nobody in the package calls this one.
bool XSysTypes::SeamParameter(const GoUnit& function, const GoParameter& parameter,
                              XSysFile* file) {
  const GoFile& go = *file->parsed->go;
  const auto use = std::ranges::find(file->uses, parameter.type, &XSysUse::node);
  const GoDecl* decl = parameter.name.is_null() ? nullptr : go.Resolve(parameter.name);
  const GoDecl* self = go.Resolve(function.node.Field("name"));
  if (function.kind != GoUnit::Kind::kFunc || use == file->uses.end() || decl == nullptr ||
      (use->name != "Handle" && use->name != "Token") || parameter.variadic ||
      parameter.decl.named_child_count() != 2 || self == nullptr || go.Uses(*self).size() != 1 ||
      std::ranges::any_of(files_, [&](const XSysFile& other) {
        return &other != file && other.file->skim->Mentions(function.name());
      })) {
    return false;
  }
  const size_t before = file->seams.size();
  for (const Node value : go.Uses(*decl)) {
    const Node call = value.parent().parent();
    const Node callee = call.Field("function");
    const PackageUnit* unit = value.parent().Is("argument_list") && callee.Is("identifier")
                                  ? view_->Find(callee.text())
                                  : nullptr;
    if (value == parameter.name) {
      continue;
    }
    if (unit == nullptr || unit->unit.kind != GoUnit::Kind::kFunc ||
        MattersElsewhere(callee.text())) {
      file->seams.resize(before);
      return false;
    }
    file->seams.push_back(
        {std::string(use->name), value.span(), Cat("@.", use->name, "(", value.text(), ")")});
  }
  use->stays = use->island = true;
  return true;
}

/// sa.SecurityDescriptor = uintptr(unsafe.Pointer(&sd[0]))
/// --------------------------------------------------------------------------
/// sa.SecurityDescriptor = (*windows.SECURITY_DESCRIPTOR)(unsafe.Pointer(&sd[0]))
bool XSysTypes::SeamMember(std::string_view type, const XSysTable::Pointer& pointer,
                           const std::vector<Node>& members, XSysFile* file) const {
  if (CompareModuleVersions(version_, pointer.since) < 0) {
    return false;
  }
  std::vector<XSysFile::Seam> seams;
  for (const Node member : members) {
    if (pointer.to == "-") {
      const auto edits = WithoutError(member, *file->parsed->go);
      if (!edits) {
        return false;
      }
      for (const auto& [span, text] : *edits) {
        seams.push_back({std::string(type), span, text});
      }
      continue;
    }
    const Node conversion = AddressConversion(ValuePut(member), *file->parsed->go);
    if (conversion.is_null()) {
      return false;
    }
    seams.push_back({std::string(type), conversion.span(), Cat("(*@.", pointer.to, ")")});
  }
  std::ranges::move(seams, std::back_inserter(file->seams));
  return true;
}

}  // namespace windlass
