#include "transformer/rules/native/unix_uses.h"

#include <algorithm>
#include <array>

#include "transformer/rules/native/stub_file.h"

namespace windlass {
namespace {

constexpr std::string_view kUnixPackage = "golang.org/x/sys/unix";

constexpr std::array<std::string_view, 11> kSignals = {"SIGUSR1", "SIGUSR2",  "SIGCHLD", "SIGCONT",
                                                       "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU",
                                                       "SIGURG",  "SIGWINCH", "SIGIO"};
constexpr std::array<std::string_view, 4> kLocks = {"LOCK_SH", "LOCK_EX", "LOCK_NB", "LOCK_UN"};

/// Functions that package os has too, with the same type and the same result on Unix.
constexpr std::array<std::string_view, 8> kOsFunctions = {
    "Getuid", "Geteuid", "Getgid", "Getegid", "Getpid", "Getppid", "Getpagesize", "Environ"};

bool In(const auto& table, std::string_view name) {
  return std::ranges::find(table, name) != table.end();
}

/// True if `expr` is certainly an int, which as a file descriptor does for Unix, while Windows
/// wants a handle.
bool IsInt(const GoFile& file, Node expr) {
  if (expr.Is("call_expression")) {
    return expr.Field("function").text() == "int" && !expr.text().starts_with("int(syscall.");
  }
  const GoDecl* decl = expr.Is("identifier") ? file.Resolve(expr) : nullptr;
  return decl != nullptr && decl->type.text() == "int";
}

/// True if the value of `call`, assigned to a variable, is returned as an int.
bool ReturnedAsInt(const PackageUnit& unit, Node call) {
  const Node assignment = call.parent().parent();
  const Node variable = assignment.Field("left").NamedChild(0);
  const std::vector<Node> results = ResultTypes(unit.unit);
  if (!assignment.Is("short_var_declaration") || results.empty() || results[0].text() != "int") {
    return false;
  }
  const std::string returned = Cat("return ", variable.text(), ",");
  return unit.unit.node.text().find(returned) != std::string_view::npos;
}

/// True if the call of a function with another type on Windows would not compile there.
bool ClashesOnWindows(const PackageUnit& unit, Node function) {
  const Node call = function.parent();
  if (!call.Is("call_expression") || call.Field("function") != function) {
    return false;
  }
  return IsInt(*unit.parsed->go, call.Field("arguments").NamedChild(0)) ||
         ReturnedAsInt(unit, call);
}

void AddOutside(const PackageUnit& unit, const Availability& available, const Project& project,
                TargetSet there, std::vector<UnixUse>* out) {
  for (const UnitUses::Outside& use : unit.uses.outside) {
    TargetSet lacking = there & ~available.Where(use.path, use.name, project.targets());
    if (lacking == 0 && available.TypeDiffers(use.path, use.name) &&
        ClashesOnWindows(unit, use.node)) {
      for (size_t i = 0; i < project.targets().size(); ++i) {
        lacking |= project.targets()[i].goos == "windows" ? there & (TargetSet{1} << i) : 0;
      }
    }
    if (lacking != 0) {
      const std::string_view package = use.path.substr(use.path.rfind('/') + 1);
      out->push_back({use.node, Cat(package, ".", use.name), use.path, use.name, lacking});
    }
  }
}

/// The composite literal of a syscall.SysProcAttr whose key `member` is; null for others.
Node ProcAttrLiteral(Node member) {
  const Node keyed = member.parent().parent();
  const Node literal = keyed.parent().parent();
  return keyed.Is("keyed_element") && literal.Is("composite_literal") &&
                 literal.Field("type").text().ends_with("SysProcAttr")
             ? literal
             : Node();
}

bool IsProcAttrMember(Node member) {
  if (!ProcAttrLiteral(member).is_null()) {
    return true;
  }
  const Node selector = member.parent();
  if (!selector.Is("selector_expression")) {
    return false;
  }
  const Node operand = selector.Field("operand");
  return operand.Is("identifier") || operand.Field("field").text() == "SysProcAttr" ||
         operand.Field("field").text() == "Sys";
}

std::optional<UseReplacement> ReplaceKill(const UnixUse& use) {
  UseReplacement result{use.node.span(), "@.Kill", "winport", Level::kSafe, {}, "kill"};
  const Node call = use.node.parent();
  const Node first = call.Field("arguments").NamedChild(0);
  if (call.Is("call_expression") && first.Is("unary_expression") && first.text().starts_with('-')) {
    const Span argument = first.span();
    const SourceFile& source = use.node.source();
    result.span.end = argument.begin + 1;
    result.text = Cat("@.KillGroup", source.Text({use.node.span().end, argument.begin}));
    result.level = Level::kReview;
    result.reason = "on Windows SIGTERM ends the process and its children at once";
  }
  return result;
}

std::optional<UseReplacement> ReplaceProcAttr(const UnixUse& use) {
  const bool session = use.name.ends_with("Setsid");
  if (!session && !use.name.ends_with("Setpgid")) {
    return std::nullopt;
  }
  UseReplacement result{{}, {}, "winport", Level::kSafe, {}, "process"};
  if (session) {
    result.level = Level::kReview;
    result.reason = "on Windows the process is detached from the console";
  }
  if (const Node literal = ProcAttrLiteral(use.node)) {
    const Node address = literal.parent();
    const Node body = literal.Field("body");
    const Node value = body.NamedChild(0).NamedChild(1);
    if (!address.Is("unary_expression") || !address.text().starts_with('&') ||
        body.named_child_count() != 1 || value.text() != "true") {
      return std::nullopt;
    }
    result.span = address.span();
    result.text = session ? "@.NewSession()" : "@.NewGroup()";
    return result;
  }
  const Node selector = use.node.parent();
  const Node statement = selector.parent().parent();
  if (!statement.Is("assignment_statement") || statement.Field("right").text() != "true" ||
      statement.Field("left").named_child_count() != 1 ||
      statement.Field("left").NamedChild(0) != selector) {
    return std::nullopt;
  }
  result.span = statement.span();
  result.text =
      Cat(session ? "@.SetSession(" : "@.SetGroup(", selector.Field("operand").text(), ")");
  return result;
}

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// True if some `package.Name` in `bytes` would be a name that is missing or different somewhere.
bool MentionsUnavailable(std::string_view bytes, const GoSkim::Import& import,
                         const Availability& available, std::span<const Target> targets,
                         TargetSet there) {
  const std::string_view package =
      import.name.empty() ? import.path.substr(import.path.rfind('/') + 1) : import.name;
  const std::string prefix = Cat(package, ".");
  if (package == "." || package == "_") {
    return true;
  }
  for (size_t at = bytes.find(prefix); at != std::string_view::npos;
       at = bytes.find(prefix, at + 1)) {
    size_t end = at + prefix.size();
    while (end < bytes.size() && IsNameByte(bytes[end])) {
      ++end;
    }
    const std::string_view name = bytes.substr(at + prefix.size(), end - at - prefix.size());
    if (!name.empty() && ((there & ~available.Where(import.path, name, targets)) != 0 ||
                          available.TypeDiffers(import.path, name))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool MayHaveUnixUses(const ProjectFile& file, const Project& project, const Availability& available,
                     TargetSet targets_of_file) {
  const auto& targets = project.targets();
  std::vector<const GoSkim::Import*> doubtful;
  for (const GoSkim::Import& import : file.skim->imports) {
    if ((targets_of_file & ~available.WherePackage(import.path, targets)) != 0) {
      return true;
    }
    if (available.Knows(import.path)) {
      doubtful.push_back(&import);
    }
  }
  if (doubtful.empty()) {
    return false;
  }
  const auto bytes = project.Read(file.path);
  return !bytes.ok() || file.skim->Mentions("SysProcAttr") ||
         std::ranges::any_of(doubtful, [&](const GoSkim::Import* import) {
           return MentionsUnavailable(*bytes, *import, available, targets, targets_of_file);
         });
}

std::vector<UnixUse> UnixUsesOf(const PackageUnit& unit, const Availability& available,
                                const Project& project, TargetSet targets_of_file) {
  std::vector<UnixUse> uses;
  AddOutside(unit, available, project, targets_of_file, &uses);
  if (unit.file->skim->Mentions("SysProcAttr")) {
    for (Node member : unit.uses.members) {
      if (IsProcAttrMember(member) &&
          IsMissingProcAttr(available, member.text(), targets_of_file, project.targets())) {
        const std::string field = Cat("SysProcAttr.", member.text());
        uses.push_back({member, Cat("syscall.", field), "syscall", member.text(),
                        targets_of_file & ~available.Where("syscall", field, project.targets())});
      }
    }
  }
  std::ranges::sort(uses, {}, [](const UnixUse& use) { return use.node.span().begin; });
  return uses;
}

std::optional<UseReplacement> ReplacementFor(const UnixUse& use, const GoFile& file,
                                             const Availability& available,
                                             std::span<const Target> targets) {
  (void)file;
  if (use.path != "syscall" && use.path != kUnixPackage) {
    return std::nullopt;
  }
  const Span span = use.node.span();
  if (In(kSignals, use.name)) {
    return UseReplacement{span, Cat("@.", use.name), "winport", Level::kSafe, {}, "signals"};
  }
  if (use.name == "Kill") {
    return ReplaceKill(use);
  }
  if (use.name == "Umask") {
    return UseReplacement{span, "@.Umask", "winport", Level::kSafe, {}, "umask"};
  }
  if (use.name == "Flock" || In(kLocks, use.name)) {
    return UseReplacement{span,
                          Cat("@.", use.name),
                          "winport",
                          Level::kReview,
                          "a second lock on the same file through the same handle fails on Windows",
                          "flock"};
  }
  if (In(kOsFunctions, use.name)) {
    return UseReplacement{span, Cat("@.", use.name), "os", Level::kSafe, {}, {}};
  }
  const bool constant = use.name.starts_with("SIG") || use.name.starts_with('E');
  if (use.path == kUnixPackage && constant &&
      (use.lacking & ~available.Where("syscall", use.name, targets)) == 0) {
    return UseReplacement{span, Cat("@.", use.name), "syscall", Level::kSafe, {}, {}};
  }
  return ReplaceProcAttr(use);
}

}  // namespace windlass
