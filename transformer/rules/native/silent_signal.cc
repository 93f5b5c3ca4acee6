// syscalls/signal: signals that compile for Windows and never arrive, or cannot be sent.
//
//   signal.Notify(c, syscall.SIGHUP)          nothing is ever sent to c
//   cmd.Process.Signal(os.Interrupt)          an error, always
//   p.Signal(syscall.Signal(0))               winport.Kill(p.Pid, 0)

#include <algorithm>
#include <array>

#include "transformer/rules/native/table.h"
#include "transformer/rules/native/unix_uses.h"

namespace windlass {
namespace {

/// The name of a signal in package os or syscall, or in the helper package; empty for other values.
std::string_view SignalName(const GoFile& go, Node node) {
  const auto qualified = go.ResolveQualified(node);
  if (!qualified) {
    return {};
  }
  const bool known = qualified->path == "os" || qualified->path == "syscall" ||
                     qualified->path == "golang.org/x/sys/unix" ||
                     qualified->path.ends_with("/winport");
  const bool is_signal = qualified->name.starts_with("SIG") || qualified->name == "Interrupt" ||
                         qualified->name == "Kill";
  return known && is_signal ? qualified->name : std::string_view();
}

/// True if Go's runtime on Windows delivers it: CTRL_C and CTRL_BREAK, and the end of the console,
/// of the session or of the system.
bool Arrives(std::string_view name) {
  constexpr std::array<std::string_view, 3> kArrive = {"Interrupt", "SIGINT", "SIGTERM"};
  return std::ranges::find(kArrive, name) != kArrive.end();
}

/// True if `type` is `*os.Process`.
bool IsProcessType(const GoFile& go, Node type) {
  const auto qualified = type.Is("pointer_type") ? go.ResolveQualified(type.NamedChild(0))
                                                 : std::optional<GoFile::Qualified>();
  return qualified && qualified->path == "os" && qualified->name == "Process";
}

/// True if `value` is certainly an *os.Process: the one of an exec.Cmd, or a variable of that type
/// or with the result of os.FindProcess or os.StartProcess.
bool IsProcess(const GoFile& go, Node value) {
  if (value.Is("selector_expression")) {
    return value.Field("field").text() == "Process" && !go.ResolveQualified(value);
  }
  const GoDecl* decl = value.Is("identifier") ? go.Resolve(value) : nullptr;
  if (decl == nullptr) {
    return false;
  }
  if (!decl->type.is_null()) {
    return IsProcessType(go, decl->type);
  }
  const auto callee = go.Callee(decl->decl.Field("right").NamedChild(0));
  return decl->decl.Is("short_var_declaration") && callee && callee->path == "os" &&
         (callee->name == "FindProcess" || callee->name == "StartProcess") &&
         decl->decl.Field("left").NamedChild(0) == decl->name_node;
}

/// True for `syscall.Signal(0)`.
bool IsSignalZero(const GoFile& go, Node node) {
  const auto callee = go.Callee(node);
  return callee && callee->path == "syscall" && callee->name == "Signal" &&
         node.Field("arguments").NamedChild(0).text() == "0";
}

void CheckNotify(const FileContext& context, Node call, std::vector<Finding>* out) {
  std::string names;
  const std::vector<Node> arguments = call.Field("arguments").NamedChildren();
  for (size_t i = 1; i < arguments.size(); ++i) {
    const std::string_view name = SignalName(*context.go, arguments[i]);
    if (name.empty() || Arrives(name)) {
      return;  // something may arrive, so the channel has its use
    }
    names += Cat(names.empty() ? "" : ", ", name);
  }
  if (names.empty()) {
    return;
  }
  Finding finding;
  finding.span = call.span();
  finding.level = Level::kSuggest;
  finding.message = Cat("nothing is ever delivered here on Windows: ", names);
  finding.reason =
      "offer another trigger there, such as an HTTP endpoint, a named pipe or a file that is "
      "watched";
  out->push_back(std::move(finding));
}

void CheckSend(const FileContext& context, Node call, SharedFacts& shared,
               std::vector<Finding>* out) {
  const GoFile& go = *context.go;
  const Node process = call.Field("function").Field("operand");
  const Node signal = call.Field("arguments").NamedChild(0);
  const std::string_view name = SignalName(go, signal);
  const bool zero = IsSignalZero(go, signal);
  if ((name.empty() && !zero) || name == "Kill" || name == "SIGKILL" || !IsProcess(go, process)) {
    return;
  }
  Finding finding;
  finding.span = call.span();
  finding.level = Level::kSuggest;
  finding.message = "Process.Signal fails on Windows for every signal but os.Kill";
  finding.reason = zero ? "ask for the process in another way"
                        : "tell the process to stop over its standard input, HTTP or a pipe, and "
                          "use Process.Kill where it may end at once";
  if (zero && context.module != nullptr && !context.module->path.empty()) {
    const std::string path = HelperImport(*context.module, context.project);
    const std::string package = ImportNameFor(go, path, call.span().begin);
    finding.level = Level::kReview;
    finding.reason =
        "the error for a process that is gone becomes syscall.ESRCH instead of os.ErrProcessDone";
    finding.fix.emplace();
    (void)finding.fix->edits[context.file.path].Add(
        call.span(), Cat(package, ".Kill(", process.text(), ".Pid, 0)"));
    finding.fix->imports[context.file.path].push_back({path, package});
    AddHelper("kill", *context.module, shared, &*finding.fix);
  }
  out->push_back(std::move(finding));
}

}  // namespace

void SilentSignal(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out) {
  (void)rule;
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  if (callee && callee->path == "os/signal" && callee->name == "Notify") {
    CheckNotify(context, call, out);
  } else if (!callee && call.Field("arguments").named_child_count() == 1) {
    CheckSend(context, call, shared, out);
  }
}

}  // namespace windlass
