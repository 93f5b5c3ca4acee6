// environment/system-path: places that only unix has, where this program opens them.
//
//   os.ReadFile("/etc/app/app.yaml")
//               -------------------
//   os.ReadFile(winport.SysPath("/etc/app/app.yaml"))

#include "re2/re2.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/os_guard.h"
#include "transformer/rules/native/path_around.h"
#include "transformer/rules/native/path_domain.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

bool Matches(std::string_view text, const RE2& regex) {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), regex);
}

/// What the helper knows a place for.
bool HasPlaceOnWindows(std::string_view path) {
  static const LazyRE2 kRoots = {R"(/(etc|usr/local/etc|var|run|tmp)(/.*)?)"};
  return Matches(path, *kRoots);
}

/// Files of the system itself or of another program, which have no such place.
bool BelongsToSystem(std::string_view path) {
  static const LazyRE2 kFiles = {
      R"(/etc/(passwd|group|g?shadow|hosts|host\.conf|hostname|resolv\.conf|\w*release\w*|\w+[-_](release|version)|machine-id|localtime|timezone|mtab|fstab|nsswitch\.conf|services|protocols|ssl|pki|ca-certificates|ssh|systemd|init\.d|rc\d?\.d|cron[\w.]*|sudoers.*|ld\.so.*|issue|selinux|apparmor\S*|pam\.d|profile\S*|bash\S*|network\S*|sysconfig|udev|modprobe\.d|modules\S*|default|kubernetes|docker|containerd|cni|mime\.types|terminfo|debian\S*|shells|environment|security|subuid|subgid|os-release)(/.*)?|/(var/)?run/(docker|containerd|dbus|udev|utmp|systemd|crio|podman|lock|user|secrets|netns|kubernetes)\b.*|/var/lib/(docker|kubelet|containerd|dpkg|rpm|apt|dbus|systemd|cni|etcd|pacman|snapd)(/.*)?|/var/log/(messages|syslog|auth\.log|dmesg|journal|[wb]tmp|lastlog|kern\.log|secure|containers|pods)(/.*)?)"};
  return Matches(path, *kFiles);
}

/// Kubernetes mounts these below C:\var\run\secrets, where they are found as they are written. It
/// names them by domains.
bool IsMountedThere(std::string_view path) {
  static const LazyRE2 kDomain = {
      R"(/(var/)?run/secrets/[\w-]+(\.[\w-]+)*\.(io|com|dev|org|net)(/.*)?)"};
  return Matches(path, *kDomain);
}

std::string AdviceFor(std::string_view path) {
  if (path.find("docker.sock") != std::string_view::npos) {
    return R"(the engine listens on \\.\pipe\docker_engine there)";
  }
  if (path.starts_with("/run/secrets") || path.starts_with("/var/run/secrets")) {
    return R"(Docker puts secrets below C:\ProgramData\Docker\secrets there)";
  }
  if (path.starts_with("/etc/ssl") || path.starts_with("/etc/pki") ||
      path.starts_with("/etc/ca-certificates")) {
    return "x509.SystemCertPool asks the system's own store there";
  }
  if (path.starts_with("/etc/passwd") || path.starts_with("/etc/group")) {
    return "ask package os/user";
  }
  if (path.starts_with("/etc/resolv.conf") || path.starts_with("/etc/hosts")) {
    return "let package net ask the system's resolver";
  }
  if (path.starts_with("/etc/hostname") || path.starts_with("/etc/machine-id")) {
    return "os.Hostname, or the registry's MachineGuid, tells it there";
  }
  return "ask the operating system, or move this into a file for Linux";
}

/// The whole expression that begins with `literal`: "/etc/" + name, fmt.Sprintf("/run/%s.pid", x).
Node WholeOf(Node literal, const GoFile& file) {
  Node node = literal;
  while (node.parent().Is("binary_expression") && node.parent().Field("left") == node &&
         node.parent().Field("operator").text() == "+") {
    node = node.parent();
  }
  const Node call = node.parent().parent();
  const auto callee = call.Is("call_expression") ? file.Callee(call) : std::nullopt;
  if (callee && callee->path == "fmt" && callee->name == "Sprintf" &&
      call.Field("arguments").NamedChild(0) == literal) {
    return call;
  }
  return node;
}

/// The name that the literal is stored under, if it initialises a variable or constant.
Node DeclaredName(Node literal) {
  const Node list = literal.parent();
  const Node spec = list.parent();
  const bool declares = spec.Is("var_spec") || spec.Is("const_spec");
  return list.Is("expression_list") && list.named_child_count() == 1 && declares
             ? spec.Field("name")
             : Node();
}

bool Contains(std::string_view text, const RE2& regex) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), regex);
}

/// Somebody gives `name` another value on Windows: a file for Windows, or a declaration that asks
/// for the running system.
bool HasOtherValue(std::string_view name, const ProjectFile& file, const Project& project) {
  static const LazyRE2 kAsks = {R"(GOOS|(?i)windows)"};
  static const auto* const windows = new BuildExpr(*BuildExpr::Parse("windows"));
  if (!file.skim || !file.skim->Mentions(name)) {
    return false;
  }
  if (BuiltOnlyWhere(file.skim->constraint, *windows)) {
    return true;
  }
  const auto parsed =
      file.skim->Mentions("GOOS") ? project.ParseGo(file.path) : project.ParseGo("");
  if (!parsed.ok()) {
    return false;
  }
  return std::ranges::any_of((*parsed)->tree->root().NamedChildren(), [&](Node declaration) {
    const std::string_view text = declaration.text();
    return text.find(name) != std::string_view::npos && Contains(text, *kAsks);
  });
}

/// Somebody has thought of Windows: a question to GOOS around, or another value for the same name;
/// or what is named is in a container.
bool KnowsWindows(Node literal, const FileContext& context) {
  static const LazyRE2 kAsks = {R"(GOOS|(?i)windows)"};
  if (IsSettledAround(literal) || Contains(TopLevelOf(literal).text(), *kAsks)) {
    return true;
  }
  const Node name = DeclaredName(literal);
  const GoPackage* package = context.project.PackageOf(context.file.path);
  return name && package != nullptr &&
         std::ranges::any_of(package->files, [&](const ProjectFile* file) {
           return HasOtherValue(name.text(), *file, context.project);
         });
}

/// `const x = "/etc/app"` by itself, which can become a variable: nothing in its package needs a
/// constant of that name.
Node LoneConstant(Node literal, const FileContext& context) {
  const Node name = DeclaredName(literal);
  const Node spec = name.parent();
  const Node declaration = spec.parent();
  const GoDecl* decl = name ? context.go->Resolve(name) : nullptr;
  const GoPackage* package = context.project.PackageOf(context.file.path);
  if (!spec.Is("const_spec") || declaration.named_child_count() != 1 || decl == nullptr ||
      package == nullptr || declaration.text().find('(') < declaration.text().find('=') ||
      std::isupper(static_cast<unsigned char>(name.text()[0])) != 0) {
    return {};
  }
  const auto needs_constant = [&](Node use) {
    for (Node node = use.parent(); node; node = node.parent()) {
      if (node.Is("const_spec") && node != spec) {
        return true;
      }
    }
    return false;
  };
  if (std::ranges::any_of(context.go->Uses(*decl), needs_constant)) {
    return {};
  }
  const bool elsewhere = std::ranges::any_of(package->files, [&](const ProjectFile* file) {
    return file->path != context.file.path && file->skim && file->skim->Mentions(name.text());
  });
  return elsewhere ? Node() : declaration;
}

/// Opened by this program as far as is known, and nothing else.
bool IsOpened(const PathValue& value) {
  constexpr sign::Set kElsewhere = sign::kUseSlash | sign::kUseSlashName | sign::kKinSlash |
                                   sign::kUsePeerSlash | sign::kUseSlashPart;
  return value.Has(sign::kUseHost) && !value.Has(kElsewhere) && PathScene::MayBeString(value);
}

/// Where a constant that has to stay one is opened: all its uses, if each is and none is elsewhere.
std::vector<Node> OpenedUses(Node literal, const PathScene& scene) {
  const FileContext& context = scene.context();
  const Node name = DeclaredName(literal);
  const GoDecl* decl = name ? context.go->Resolve(name) : nullptr;
  const GoPackage* package = context.project.PackageOf(context.file.path);
  std::vector<Node> uses;
  if (decl == nullptr || package == nullptr ||
      std::isupper(static_cast<unsigned char>(name.text()[0])) != 0 ||
      std::ranges::any_of(package->files, [&](const ProjectFile* file) {
        return file->path != context.file.path && file->skim && file->skim->Mentions(name.text());
      })) {
    return uses;
  }
  for (const Node use : context.go->Uses(*decl)) {
    if (use == name) {
      continue;
    }
    if (!IsOpened(scene.At(use)) || !use.parent().Is("argument_list")) {
      return {};
    }
    uses.push_back(use);
  }
  return uses;
}

bool InConstant(Node node) {
  for (; node; node = node.parent()) {
    if (node.Is("const_spec")) {
      return true;
    }
  }
  return false;
}

void Wrap(Node whole, Node literal, const PathScene& scene, SharedFacts& shared, Finding* finding) {
  const FileContext& context = scene.context();
  std::vector<Node> places = {whole};
  Node declaration;
  if (InConstant(literal)) {
    declaration = LoneConstant(literal, context);
    places = declaration ? places : OpenedUses(literal, scene);
  }
  if (places.empty()) {
    Refuse(finding, Refusal::kConstant);
    return;
  }
  const std::string name =
      UseHelper("environment", "syspath_", places.front().span().begin, context, shared, finding);
  if (name.empty()) {
    Refuse(finding, Refusal::kIncomplete);
    return;
  }
  EditSet& edits = finding->fix->edits[context.source.path()];
  if (declaration) {
    const size_t at = declaration.span().begin;
    edits.Add({at, at + std::string_view("const").size()}, "var").IgnoreError();
  }
  for (const Node place : places) {
    const Span span = place.span();
    edits.Add({span.begin, span.begin}, Cat(name, ".SysPath(")).IgnoreError();
    edits.Add({span.end, span.end}, ")").IgnoreError();
  }
}

}  // namespace

void SystemPath(const Rule&, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out) {
  const Node literal = match.First("site");
  const auto text = GoStringValue(literal);
  if (!text || !HasPlaceOnWindows(*text) || IsMountedThere(*text) ||
      context.go->constraint().is_test) {
    return;
  }
  const PathScene scene(context, shared);
  if (!scene.active() || !RunsOnWindows(literal, context)) {
    return;
  }
  const Node whole = WholeOf(literal, *context.go);
  const PathValue value = scene.At(whole);
  if (!IsOpened(value) || KnowsWindows(literal, context)) {
    return;
  }
  Finding finding;
  finding.span = whole.span();
  finding.level = Level::kSuggest;
  const std::vector<PathWitness> chain = scene.flow().Explain(value.node, sign::kUseHost);
  for (const PathWitness& step : chain) {
    finding.also.push_back({step.path, step.span, step.what});
  }
  if (BelongsToSystem(*text)) {
    finding.message = Cat("there is no ", *text, " on Windows");
    finding.reason = AdviceFor(*text);
  } else {
    finding.message = Cat(*text, " is no place for files on Windows");
    finding.level = Level::kReview;
    finding.reason = Cat(chain.empty() ? "" : chain.back().what, chain.empty() ? "" : "; ",
                         "check that the image, the manifests and the documentation speak of the "
                         "same place below %ProgramData%");
    Wrap(whole, literal, scene, shared, &finding);
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
