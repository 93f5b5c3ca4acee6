// permissions/secret: files for one pair of eyes, which mode bits do not protect on Windows.
//
//   os.WriteFile(keyFile, pem, 0o600)
//                              -----

#include <algorithm>
#include <optional>

#include "re2/re2.h"
#include "transformer/facts/path_names.h"
#include "transformer/rules/guards.h"
#include "transformer/rules/native/mode_facts.h"
#include "transformer/rules/native/table.h"

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

/// Where a literal path lies in the container, and the folder of it that gets the rights.
std::string FolderOf(Node path, bool is_folder) {
  const auto text = GoStringValue(path);
  if (!text || text->find('/') == std::string::npos || !text->starts_with('/')) {
    return "FOLDER";
  }
  std::string dir = is_folder ? *text : text->substr(0, text->rfind('/'));
  static const LazyRE2 kRoot = {R"(/(etc|usr/local/etc|var/lib)(/.+))"};
  std::string rest;
  dir =
      RE2::FullMatch(dir, *kRoot, nullptr, &rest) ? Cat(R"(C:\ProgramData)", rest) : Cat("C:", dir);
  std::ranges::replace(dir, '/', '\\');
  return dir;
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

}  // namespace

void SecretFile(const Rule&, const QueryMatch& match, const FileContext& context, SharedFacts&,
                std::vector<Finding>* out) {
  const Node call = match.First("site");
  const auto callee = context.go->Callee(call);
  const auto rights = callee ? RightsOf(*callee) : std::nullopt;
  if (!rights) {
    return;
  }
  const Node path = call.Field("arguments").NamedChild(0);
  const Node mode = call.Field("arguments").NamedChild(rights->mode);
  const Node data = call.Field("arguments").NamedChild(1);
  const uint32_t bits = mode ? ConstantMode(mode, *context.go).value_or(0) : 0;
  const bool closed = rights->folder ? bits == 0700 : bits == 0600 || bits == 0400;
  const bool secret = SpeaksOfSecret(path) || (callee->name == "WriteFile" && SpeaksOfSecret(data));
  if (!closed || !secret || !RunsOnWindows(call, context)) {
    return;
  }
  Finding finding;
  finding.span = mode.span();
  finding.level = Level::kSuggest;
  finding.message =
      rights->folder
          ? "on Windows this mode keeps nobody out: the folder has the rights of the one above"
          : "on Windows this mode keeps nobody out: the file has the rights of its folder";
  const std::string folder = FolderOf(path, rights->folder);
  finding.reason = Cat(
      "in the Dockerfile, before USER ContainerUser: RUN icacls ", folder,
      " /inheritance:r /grant:r ContainerUser:(OI)(CI)M Administrators:(OI)(CI)F SYSTEM:(OI)(CI)F",
      folder == "FOLDER" ? ", FOLDER being where it is kept" : "");
  out->push_back(std::move(finding));
}

}  // namespace windlass
