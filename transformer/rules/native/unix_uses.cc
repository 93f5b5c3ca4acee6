#include "transformer/rules/native/unix_uses.h"

#include <algorithm>
#include <array>

#include "transformer/rules/native/stub_file.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

constexpr std::string_view kUnixPackage = "golang.org/x/sys/unix";

constexpr std::array<std::string_view, 11> kSignals = {"SIGUSR1", "SIGUSR2",  "SIGCHLD", "SIGCONT",
                                                       "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU",
                                                       "SIGURG",  "SIGWINCH", "SIGIO"};

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

/// True if `type` is that of `x, ok := v.(*T)`, or a case of a type switch: on Windows such a test
/// says no.
bool IsAskedFor(Node type) {
  const Node pointer = type.parent();
  const Node test = pointer.parent();
  if (!pointer.Is("pointer_type") || !test.Is("type_assertion_expression")) {
    return pointer.Is("type_case") || (pointer.Is("pointer_type") && test.Is("type_case"));
  }
  const Node assignment = test.parent().parent();
  return (assignment.Is("short_var_declaration") || assignment.Is("assignment_statement")) &&
         assignment.Field("left").named_child_count() == 2;
}

bool Selects(const PackageUnit& unit, const auto& names) {
  return std::ranges::any_of(unit.uses.members,
                             [&](Node member) { return In(names, member.text()); });
}

/// Names that the helper package has in the same shape.
std::optional<UseReplacement> ReplaceSameShape(const UnixUse& use, const PackageUnit& unit) {
  struct Row {
    std::string_view name;
    std::string_view helper;
    std::string_view reason;
  };
  constexpr std::string_view kFlock =
      "a second lock on the same file through the same handle fails on Windows";
  constexpr std::string_view kRlimit =
      "Windows allows a process 16777216 handles, and raising or lowering that does nothing";
  constexpr auto kRows = std::to_array<Row>({{"Flock", "flock", kFlock},
                                             {"LOCK_SH", "flock", kFlock},
                                             {"LOCK_EX", "flock", kFlock},
                                             {"LOCK_NB", "flock", kFlock},
                                             {"LOCK_UN", "flock", kFlock},
                                             {"Rlimit", "rlimit", kRlimit},
                                             {"RLIMIT_NOFILE", "rlimit", kRlimit},
                                             {"Getrlimit", "rlimit", kRlimit},
                                             {"Setrlimit", "rlimit", kRlimit},
                                             {"Statfs_t", "statfs", ""},
                                             {"Statfs", "statfs", ""},
                                             {"Stat_t", "stat",
                                              "on Windows the test says no: what follows must do "
                                              "without owner, inode and link count"}});
  const auto* row = std::ranges::find(kRows, use.name, &Row::name);
  // The types of x/sys/unix are others than those of syscall, and what says so may be anywhere.
  if (row == kRows.end() || (use.path == kUnixPackage && row->helper != "flock")) {
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 7> kUnixFields = {"Type",  "Files", "Ffree",  "Fsid",
                                                           "Flags", "Spare", "Namelen"};
  if ((row->helper == "statfs" && Selects(unit, kUnixFields)) ||
      (row->helper == "stat" && !IsAskedFor(use.node))) {
    return std::nullopt;
  }
  return UseReplacement{use.node.span(),
                        Cat("@.", use.name),
                        "winport",
                        row->reason.empty() ? Level::kSafe : Level::kReview,
                        std::string(row->reason),
                        std::string(row->helper)};
}

/// Names of log/syslog, which the helper package has under longer ones.
std::optional<UseReplacement> ReplaceSyslog(const UnixUse& use) {
  constexpr auto kNames = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"New", "NewSyslog"},
       {"Dial", "DialSyslog"},
       {"NewLogger", "NewSyslogger"},
       {"Writer", "SyslogWriter"},
       {"Priority", "SyslogPriority"}});
  const auto* row = std::ranges::find(kNames, use.name, [](const auto& r) { return r.first; });
  const bool opens = row != kNames.end() && row - kNames.begin() < 3;
  return UseReplacement{
      use.node.span(),
      Cat("@.", row == kNames.end() ? use.name : row->second),
      "winport",
      opens ? Level::kReview : Level::kSafe,
      opens ? "Windows has no syslog, so there it returns an error: log to another place then" : "",
      "syslog"};
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

std::optional<UseReplacement> ReplacementFor(const UnixUse& use, const PackageUnit& unit,
                                             const Availability& available,
                                             std::span<const Target> targets) {
  const Span span = use.node.span();
  if (use.path == "log/syslog") {
    return ReplaceSyslog(use);
  }
  if (use.path != "syscall" && use.path != kUnixPackage) {
    return std::nullopt;
  }
  if (In(kSignals, use.name)) {
    return UseReplacement{span, Cat("@.", use.name), "winport", Level::kSafe, {}, "signals"};
  }
  if (use.name == "Kill") {
    return ReplaceKill(use);
  }
  if (use.name == "Umask") {
    return UseReplacement{span, "@.Umask", "winport", Level::kSafe, {}, "umask"};
  }
  if (In(kOsFunctions, use.name)) {
    return UseReplacement{span, Cat("@.", use.name), "os", Level::kSafe, {}, {}};
  }
  const bool constant = use.name.starts_with("SIG") || use.name.starts_with('E');
  if (use.path == kUnixPackage && constant &&
      (use.lacking & ~available.Where("syscall", use.name, targets)) == 0) {
    return UseReplacement{span, Cat("@.", use.name), "syscall", Level::kSafe, {}, {}};
  }
  if (auto same = ReplaceSameShape(use, unit)) {
    return same;
  }
  return ReplaceProcAttr(use);
}

void AddHelper(std::string_view helper, const GoModule& module, SharedFacts& shared, Fix* fix) {
  const Pack* pack = shared.FindPack("syscalls");
  if (pack == nullptr) {
    return;
  }
  const std::string prefix = Cat("templates/winport/", helper, "_");
  const std::string dir = Cat(module.dir, module.dir.empty() ? "" : "/",
                              shared.project().settings().helper_package, "/");
  for (auto it = pack->files.lower_bound(prefix);
       it != pack->files.end() && it->first.starts_with(prefix); ++it) {
    const std::string name = it->first.substr(std::string_view("templates/winport/").size());
    if (shared.project().Find(Cat(dir, name)) == nullptr) {
      fix->new_files.push_back({Cat(dir, name), it->second});
    }
  }
}

std::string HelperImport(const GoModule& module, const Project& project) {
  return Cat(module.path, "/", project.settings().helper_package);
}

}  // namespace windlass
