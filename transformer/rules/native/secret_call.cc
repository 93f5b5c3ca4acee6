#include "transformer/rules/native/secret_call.h"

#include <algorithm>
#include <array>
#include <utility>

#include "re2/re2.h"
#include "transformer/facts/path_names.h"
#include "transformer/rules/native/mode_facts.h"
#include "transformer/rules/native/partner.h"
#include "transformer/rules/native/program_view.h"

namespace windlass {
namespace {

/// Names that speak of something secret: keyFile, tokenPath, "tls/server.key", id_rsa.
bool SpeaksOfSecret(Node node) {
  static const LazyRE2 kText = {
      R"((?i).*(secret|passw|credential|private|token|api_?key|id_rsa|id_ed25519|\.key\b|\.pem\b|\.p12\b|\.pfx\b|htpasswd|kubeconfig).*)"};
  static const LazyRE2 kWords = {R"(.*(key|keys)_?(file|path|name|pem|out|dest|dst|data|bytes))"};
  if (const auto text = GoStringValue(node)) {
    return RE2::FullMatch(*text, *kText);
  }
  if (node.Is("identifier") || node.Is("field_identifier")) {
    std::string words;
    for (const std::string& word : WordsOf(node.text())) {
      words += Cat(words.empty() ? "" : "_", word);
    }
    return RE2::FullMatch(words, *kText) || RE2::FullMatch(words, *kWords);
  }
  return std::ranges::any_of(node.NamedChildren(), &SpeaksOfSecret);
}

/// A call that gives a path rights: which of its arguments is the mode, and the mode that is for
/// one pair of eyes.
struct RightsCall {
  size_t mode = 0;
  bool folder = false;
};
std::optional<RightsCall> RightsOf(const GoFile::Qualified& callee) {
  if (callee.path != "os" && callee.path != "io/ioutil") {
    return std::nullopt;
  }
  if (callee.name == "WriteFile" || callee.name == "OpenFile") {
    return RightsCall{2, false};
  }
  if (callee.name == "Chmod") {
    return RightsCall{1, false};
  }
  return callee.name == "Mkdir" || callee.name == "MkdirAll" ? std::optional(RightsCall{1, true})
                                                             : std::nullopt;
}

/// The folder that a literal path lies in (or is), the literal being `path` or what SysPath is
/// asked for; "" where there is none, or where it belongs to the system or to many.
std::string UnixFolder(Node path, bool is_folder, bool* asked) {
  *asked = path.Is("call_expression") && path.Field("function").text().ends_with("SysPath");
  const auto text = GoStringValue(*asked ? path.Field("arguments").NamedChild(0) : path);
  static const LazyRE2 kCommon = {
      R"(/?|/(etc|tmp|var|run|usr|opt|home|root|mnt|srv|dev|data)|/var/(lib|log|run|cache|tmp)|/usr/local(/etc)?|/(etc|usr)/(ssl|pki|local)(/.*)?|/dev/.*|/tmp/.*|/var/tmp/.*)"};
  if (!text || !text->starts_with("/")) {
    return "";
  }
  const std::string folder = is_folder ? *text : text->substr(0, text->rfind('/'));
  return RE2::FullMatch(folder, *kCommon) ? "" : folder;
}

}  // namespace

std::optional<SecretCall> ReadSecretCall(Node call, const GoFile& go) {
  const auto callee = go.Callee(call);
  const auto rights = callee ? RightsOf(*callee) : std::nullopt;
  if (!rights) {
    return std::nullopt;
  }
  const Node arguments = call.Field("arguments");
  const SecretCall secret{arguments.NamedChild(0), arguments.NamedChild(rights->mode),
                          rights->folder};
  const uint32_t bits = secret.mode ? ConstantMode(secret.mode, go).value_or(0) : 0;
  const bool closed = secret.folder ? bits == 0700 : bits == 0600 || bits == 0400;
  const bool speaks = SpeaksOfSecret(secret.path) ||
                      (callee->name == "WriteFile" && SpeaksOfSecret(arguments.NamedChild(1)));
  return closed && speaks ? std::optional(secret) : std::nullopt;
}

std::string SecretFolder(Node path, bool is_folder) {
  bool asked = false;
  const std::string folder = UnixFolder(path, is_folder, &asked);
  return folder.empty() ? "" : SysPlace(folder);
}

std::string SecretRights(std::string_view folder) {
  return Cat("icacls ", folder,
             " /inheritance:r /grant:r ContainerUser:(OI)(CI)M Administrators:(OI)(CI)F "
             "SYSTEM:(OI)(CI)F");
}

std::string SysPlace(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kPlaces = {{
      {"/etc", ""},
      {"/usr/local/etc", ""},
      {"/var/lib", ""},
      {"/var/cache", "\\cache"},
      {"/var/log", "\\log"},
      {"/var/run", "\\run"},
      {"/run", "\\run"},
      {"/var", ""},
  }};
  for (const auto& [root, folder] : kPlaces) {
    if (path == root || path.starts_with(Cat(root, "/"))) {
      std::string rest(path.substr(root.size()));
      std::ranges::replace(rest, '/', '\\');
      return Cat("C:\\ProgramData", folder, rest);
    }
  }
  return WindowsPath(path);
}

std::vector<SecretPlace> SecretPlacesOf(const Project& project, const GoModule& module) {
  std::vector<SecretPlace> places;
  static const LazyRE2 kMode = {R"(\b0o?[467]00\b)"};
  for (const GoPackage& package : module.packages) {
    for (const ProjectFile* file : package.files) {
      if (package.passed_over || !file->editable() || file->path.ends_with("_test.go") ||
          file->skim == nullptr || !file->skim->constraint.Combined().Eval({"windows", "amd64"}) ||
          !(file->skim->Mentions("WriteFile") || file->skim->Mentions("OpenFile") ||
            file->skim->Mentions("MkdirAll") || file->skim->Mentions("Mkdir") ||
            file->skim->Mentions("Chmod"))) {
        continue;
      }
      const auto text = project.Read(file->path);
      if (!text.ok() || !RE2::PartialMatch(*text, *kMode)) {
        continue;
      }
      const auto parsed = project.ParseGo(file->path);
      if (!parsed.ok()) {
        continue;
      }
      EachNode((*parsed)->tree->root(), "call_expression", [&](Node call) {
        const auto secret = ReadSecretCall(call, *(*parsed)->go);
        bool asked = false;
        const std::string folder =
            secret ? UnixFolder(secret->path, secret->folder, &asked) : std::string();
        if (folder.empty()) {
          return;
        }
        const std::string place = asked ? SysPlace(folder) : WindowsPath(folder);
        if (std::ranges::find(places, place, &SecretPlace::folder) == places.end()) {
          places.push_back({place, {file->path, call.span(), "a secret is kept here"}});
        }
      });
    }
  }
  return places;
}

}  // namespace windlass
