// permissions/account: under which account a service must run, and why.
//
//   mgr.Connect()   registry.CreateKey(registry.LOCAL_MACHINE, …)   net.ListenPacket("ip4:icmp", …)

#include <algorithm>
#include <map>
#include <set>

#include "transformer/rules/native/program_view.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

struct Need {
  std::string path;
  Span span;
  size_t line = 0;
  std::string what;
  bool host = false;  // not even an administrator of the container may
};

bool WritesMachineKey(Node call, const GoFile& file) {
  const std::string_view arguments = call.Field("arguments").text();
  const auto root = file.ResolveQualified(call.Field("arguments").NamedChild(0));
  const std::string_view access = call.Field("arguments").NamedChild(2).text();
  const bool writes = call.text().find("CreateKey(") != std::string_view::npos ||
                      call.text().find("DeleteKey(") != std::string_view::npos ||
                      access.find("WRITE") != std::string_view::npos ||
                      access.find("SET_VALUE") != std::string_view::npos ||
                      access.find("ALL_ACCESS") != std::string_view::npos ||
                      access.find("CREATE_SUB_KEY") != std::string_view::npos;
  return !arguments.empty() && root && root->name == "LOCAL_MACHINE" && writes;
}

bool IsRawNetwork(Node call) {
  const auto network = GoStringValue(call.Field("arguments").NamedChild(0));
  return network && (network->starts_with("ip:") || network->starts_with("ip4:") ||
                     network->starts_with("ip6:"));
}

/// `_ = call` or the call alone: the program goes on without.
bool IsOptional(Node call) {
  const Node statement =
      call.parent().Is("expression_list") ? call.parent().parent() : call.parent();
  return statement.Is("expression_statement") || statement.Field("left").text() == "_";
}

/// What the call does that ContainerUser may not; empty for all others.
std::string WhatOf(Node call, const GoFile& file, bool* host) {
  const auto callee = file.Callee(call);
  if (!callee) {
    return {};
  }
  const std::string_view path = callee->path;
  if (path == "golang.org/x/sys/windows/svc/mgr" && callee->name.starts_with("Connect")) {
    return "manages services";
  }
  if (path == "golang.org/x/sys/windows/svc/eventlog" &&
      (callee->name.starts_with("Install") || callee->name == "Remove")) {
    return IsOptional(call) ? "" : "registers a source of events";
  }
  if (path == "golang.org/x/sys/windows/registry" && WritesMachineKey(call, file)) {
    return "writes to HKEY_LOCAL_MACHINE";
  }
  if (path == "golang.org/x/sys/windows" && callee->name == "AdjustTokenPrivileges") {
    return "asks for privileges";
  }
  if (path == "net" &&
      (callee->name == "ListenIP" || callee->name == "DialIP" ||
       ((callee->name == "ListenPacket" || callee->name == "Dial") && IsRawNetwork(call)))) {
    return "opens a raw socket";
  }
  if (path == "golang.org/x/net/icmp" && callee->name == "ListenPacket" && IsRawNetwork(call)) {
    return "opens a raw socket";
  }
  if (path.starts_with("github.com/Microsoft/hcsshim")) {
    *host = true;
    return "asks the host's compute service";
  }
  return {};
}

bool MayNeed(const ProjectFile& file) {
  const GoSkim& skim = *file.skim;
  return skim.Imports("golang.org/x/sys/windows/svc/mgr") ||
         skim.Imports("golang.org/x/sys/windows/svc/eventlog") ||
         skim.Imports("golang.org/x/sys/windows/registry") ||
         skim.Imports("golang.org/x/net/icmp") || skim.Imports("github.com/Microsoft/hcsshim") ||
         skim.Imports("github.com/Microsoft/hcsshim/hcn") ||
         skim.Mentions("AdjustTokenPrivileges") || skim.Mentions("ListenIP") ||
         skim.Mentions("DialIP") || (skim.Imports("net") && skim.Mentions("ListenPacket"));
}

std::vector<Need> NeedsOf(const Project& project, const ProjectFile& file) {
  std::vector<Need> needs;
  const auto parsed = MayNeed(file) ? project.ParseGo(file.path) : project.ParseGo("");
  if (!MayNeed(file) || !parsed.ok()) {
    return needs;
  }
  EachNode((*parsed)->tree->root(), "call_expression", [&](Node call) {
    Need need{file.path, call.span(), 0, {}, false};
    need.what = WhatOf(call, *(*parsed)->go, &need.host);
    if (!need.what.empty()) {
      need.line = (*parsed)->source->PositionAt(call.span().begin).line;
      needs.push_back(std::move(need));
    }
  });
  return needs;
}

Finding Report(const GoPackage& program, const std::vector<Need>& needs) {
  Finding finding;
  std::set<std::string> said;
  bool host = false;
  std::string why;
  for (const Need& need : needs) {
    host = host || need.host;
    if (said.insert(need.what).second) {
      why += Cat(why.empty() ? "" : ", ", need.what, " (", need.path, ":",
                 std::to_string(need.line), ")");
    }
    if (&need != &needs.front()) {
      finding.also.push_back({need.path, need.span, need.what});
    }
  }
  finding.path = needs.front().path;
  finding.span = needs.front().span;
  finding.level = Level::kSuggest;
  const std::string name = program.dir.empty() ? "the program" : program.dir;
  finding.message = host ? Cat(name, " needs the host itself: it ", why)
                         : Cat(name, " needs ContainerAdministrator: it ", why);
  finding.reason =
      host ? "run it as a HostProcess container: hostProcess: true and runAsUserName: \"NT "
             "AUTHORITY\\SYSTEM\" in windowsOptions, hostNetwork: true"
           : "end the Dockerfile with USER ContainerAdministrator and say runAsUserName: "
             "ContainerAdministrator in windowsOptions; or do this when the image is built, and "
             "run as ContainerUser";
  return finding;
}

}  // namespace

void AccountNeeds(const Rule&, const Project& project, SharedFacts&, std::vector<Finding>* out) {
  // A finding stands where the first need is.
  const std::string& focus = project.settings().focus;
  const ProjectFile* file_in_focus = project.Find(focus);
  if (!focus.empty() && (file_in_focus == nullptr || file_in_focus->language != Language::kGo ||
                         NeedsOf(project, *file_in_focus).empty())) {
    return;
  }
  std::map<const ProjectFile*, std::vector<Need>> known;
  for (const GoPackage* program : ProgramsOf(project)) {
    std::vector<Need> needs;
    for (const ProjectFile* file : FilesOfProgram(project, *program)) {
      const auto at = known.find(file);
      const std::vector<Need>& here =
          at != known.end() ? at->second : known[file] = NeedsOf(project, *file);
      needs.insert(needs.end(), here.begin(), here.end());
    }
    if (!needs.empty()) {
      out->push_back(Report(*program, needs));
    }
  }
}

}  // namespace windlass
