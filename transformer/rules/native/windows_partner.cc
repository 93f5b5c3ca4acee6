// Dockerfile.windows beside the Dockerfile of a Go service for Linux, which stays as it is.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/focus.h"
#include "transformer/rules/native/command_table.h"
#include "transformer/rules/native/partner.h"
#include "transformer/rules/native/secret_call.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// Dockerfiles that are there for tests, examples and development get no partner.
bool IsForService(std::string_view path) {
  static const LazyRE2 kOther = {
      R"((?i)(^|/)([^/]*(test|example|fixture|sample|demo|bench)[^/]*|e2e|integration|docs?|hack|\.[^/]+|dev|ci|contrib|tools|scripts?)/)"};
  static const LazyRE2 kOtherName = {
      R"((?i)(^|/)[^/]*\b(dev|test|tests|testing|debug|ci|lint|build|builder|base|docs|e2e|local|windows|win|nanoserver|servercore)\b[^/]*$)"};
  const re2::StringPiece text(path.data(), path.size());
  return !RE2::PartialMatch(text, *kOther) && !RE2::PartialMatch(text, *kOtherName);
}

std::string FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

/// Dockerfile → Dockerfile.windows, web.Dockerfile → web.windows.Dockerfile
std::string PartnerPath(std::string_view path) {
  const size_t dot = path.rfind(".");
  const bool suffix =
      dot != std::string_view::npos && path.find('/', dot) == std::string_view::npos &&
      RE2::FullMatch(std::string(path.substr(dot)), R"((?i)\.(dockerfile|containerfile))");
  return suffix ? Cat(path.substr(0, dot), ".windows", path.substr(dot)) : Cat(path, ".windows");
}

bool IsForWindows(const Tree& tree, std::string_view path) {
  const Dockerfile file = Dockerfile::Read(tree);
  static const LazyRE2 kName = {
      R"((?i)(^|[./_-])(windows|win|nanoserver|servercore)([./_-]|\d|$))"};
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *kName) ||
         std::ranges::any_of(
             file.stages, [](const DockerStage& stage) { return stage.os == ImageOs::kWindows; });
}

/// One Dockerfile under consideration.
struct Candidate {
  const ProjectFile* file;
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<Tree> tree;
};

std::optional<Candidate> Load(const Project& project, const ProjectFile& file) {
  auto bytes = project.Read(file.path);
  if (!bytes.ok()) {
    return std::nullopt;
  }
  Candidate candidate{&file, std::make_unique<SourceFile>(file.path, *std::move(bytes)), nullptr};
  auto tree = Tree::Parse(*candidate.source, Language::kDockerfile);
  if (!tree.ok() || (*tree)->has_errors()) {
    return std::nullopt;
  }
  candidate.tree = *std::move(tree);
  return candidate;
}

/// Why the service needs Server Core; "" if Nano Server does.
std::string NeedsServerCore(const Project& project, const GoModule& module,
                            const CommandTable& commands) {
  for (const GoPackage& package : module.packages) {
    for (const ProjectFile* file : package.files) {
      if (package.passed_over || file->vendored || file->path.ends_with("_test.go") ||
          (file->skim != nullptr &&
           !file->skim->constraint.Combined().Eval({"windows", "amd64"}))) {
        continue;
      }
      const auto text = project.Read(file->path);
      if (const auto* row = text.ok() ? commands.Find("servercore", *text) : nullptr) {
        return Cat(row->what, " (", file->path, ")");
      }
    }
  }
  return "";
}

bool UsesCgo(const GoModule& module) {
  static const LazyRE2 kKnown = {
      R"(github\.com/(mattn/go-sqlite3|confluentinc/confluent-kafka-go|DataDog/zstd|valyala/gozstd|linxGnu/grocksdb|tecbot/gorocksdb)(/v\d+)?)"};
  for (const std::string& required : module.requires_) {
    if (RE2::FullMatch(required, *kKnown)) {
      return true;
    }
  }
  for (const GoPackage& package : module.packages) {
    for (const ProjectFile* file : package.files) {
      if (!package.passed_over && !file->vendored && !file->path.ends_with("_test.go") &&
          file->skim != nullptr && file->skim->Imports("C") &&
          file->skim->constraint.Combined().Eval({"windows", "amd64"})) {
        return true;
      }
    }
  }
  return false;
}

std::string GlobalArgs(const GoImage& image) {
  std::string text;
  for (const DockerInstruction& instruction : image.file().globals) {
    if (instruction.name == "ARG" && instruction.node.text().find('\n') == std::string_view::npos) {
      text += Cat(instruction.node.text(), "\n");
    }
  }
  return text;
}

std::string Assemble(const GoImage& image, const Partner& partner, const std::string& path,
                     std::string_view head) {
  std::string text =
      Cat("# escape=`\n# The Windows partner of ", path.substr(path.rfind('/') + 1), ".\n", head);
  for (const std::string& note : partner.notes) {
    text += Cat("# ", note, ".\n");
  }
  const std::string args = GlobalArgs(image);
  text += Cat("\n", args, args.empty() ? "" : "\n");
  for (const std::string& line : partner.lines) {
    text += Cat(line, "\n");
  }
  return text;
}

bool Parses(const std::string& text) {
  const SourceFile source("Dockerfile.windows", text);
  const auto tree = Tree::Parse(source, Language::kDockerfile);
  return tree.ok() && !(*tree)->has_errors();
}

/// The whole partner, with the stages that build on Windows or on Linux.
Partner Write(const GoImage& image, bool windows_build, std::string_view base,
              const Partner& known) {
  Partner partner = known;
  (windows_build ? WriteWindowsStages : WriteCrossStages)(image, &partner);
  partner.lines.push_back(Cat("FROM mcr.microsoft.com/windows/", base, ":ltsc2022"));
  WriteFinalStage(image, windows_build, &partner);
  if (partner.programs.empty()) {
    partner.Fail("no program that is built here gets into the image");
  }
  return partner;
}

Finding Start(const Candidate& candidate, const GoImage& image) {
  Finding finding;
  finding.path = candidate.file->path;
  finding.span = image.last().from.node.span();
  finding.message = "the service has no image for Windows";
  return finding;
}

void Propose(const Candidate& candidate, const GoImage& image, const Project& project,
             const GoModule& module, SharedFacts& shared, std::vector<Finding>* out) {
  Finding finding = Start(candidate, image);
  const std::string core = NeedsServerCore(project, module, CommandsOf(shared));
  const std::string_view base = core.empty() ? "nanoserver" : "servercore";
  const std::string why =
      core.empty() ? "Nano Server has what a Go program needs" : Cat("Server Core: ", core);
  const Partner known = KnownOf(project, module);
  Partner partner = Write(image, false, base, known);
  bool windows_build = false;
  if (partner.trouble.empty() && !(partner.writable.empty() && known.secrets.empty())) {
    // Rights are given by a command, and commands run where the image is built on Windows.
    Partner other = Write(image, true, base, known);
    windows_build = other.trouble.empty();
    if (windows_build) {
      partner = std::move(other);
    } else {
      partner.Note(Cat("Stages that build on Windows are a person's to write: ", other.trouble));
    }
  }
  if (image.wants_cgo() || (!image.forbids_cgo() && UsesCgo(module))) {
    partner.Fail("it is built with cgo, which needs a C compiler for Windows");
  }
  const std::string how =
      windows_build ? "# Build it on Windows (docker build): the last stage runs icacls.\n"
                    : "# Build it on Linux (docker buildx build --platform windows/amd64): its "
                      "last stage runs nothing.\n";
  std::string text = Assemble(image, partner, candidate.file->path, Cat("# ", why, ".\n", how));
  if (!Parses(text)) {
    partner.Fail("its lines are not understood well enough");
  }
  if (!partner.trouble.empty()) {
    finding.level = Level::kSuggest;
    finding.reason = Cat("a partner, ", PartnerPath(candidate.file->path),
                         ", is a person's to write: ", partner.trouble);
    out->push_back(std::move(finding));
    return;
  }
  finding.level = Level::kReview;
  finding.reason = Cat(why, "; ",
                       windows_build ? "built on Windows, for icacls gives the account its folders"
                                     : "cross-built on Linux",
                       "; check that the service finds its files at the paths below C:\\");
  for (const std::string& note : partner.notes) {
    finding.reason += Cat("; ", note);
  }
  finding.fix.emplace().new_files.push_back(
      {.path = PartnerPath(candidate.file->path), .text = std::move(text)});
  out->push_back(std::move(finding));
}

/// The programs' names that a Dockerfile for Windows already makes an image of.
bool HasPartner(const std::vector<Candidate>& for_windows, const Candidate& candidate,
                const GoImage& image) {
  const std::string dir = FolderOf(candidate.file->path);
  return std::ranges::any_of(for_windows, [&](const Candidate& other) {
    if (FolderOf(other.file->path) == dir) {
      return true;
    }
    return std::ranges::any_of(image.outputs(), [&](const GoOutput& output) {
      const std::string name(UnixBase(output.path));
      return RE2::PartialMatch(re2::StringPiece(other.source->bytes().data(), other.source->size()),
                               Cat(R"((?i)\b)", RE2::QuoteMeta(name), R"((\.exe)?\b)"));
    });
  });
}

void Consider(const Candidate& candidate, const std::vector<Candidate>& for_windows,
              const Project& project, SharedFacts& shared, std::vector<Finding>* out) {
  const GoModule* module = ModuleBuiltBy(project, candidate.file->path);
  if (module == nullptr || module->path.empty()) {
    return;
  }
  const GoImage image(*candidate.tree, *module);
  if (image.file().stages.empty() || HasPartner(for_windows, candidate, image)) {
    return;
  }
  const bool runs =
      image.last().Last("ENTRYPOINT") != nullptr || image.last().Last("CMD") != nullptr;
  if (!runs || image.last().os == ImageOs::kWindows) {
    return;
  }
  if (image.builds()) {
    Propose(candidate, image, project, *module, shared, out);
    return;
  }
  const bool golang = std::ranges::any_of(image.file().stages, [](const DockerStage& stage) {
    return RE2::PartialMatch(stage.image, R"((^|/)golang(:|@|$))");
  });
  if (golang && !image.hidden_build().empty()) {
    Finding finding = Start(candidate, image);
    finding.level = Level::kSuggest;
    finding.reason = Cat("a partner, ", PartnerPath(candidate.file->path),
                         ", is a person's to write: the build is behind ", image.hidden_build());
    out->push_back(std::move(finding));
  }
}

/// Of several images that wait for the same reason the first is told, and the others beside it.
void SayOnce(std::vector<Finding> found, std::vector<Finding>* out) {
  StringMap<size_t> told;
  for (Finding& finding : found) {
    const std::string why = finding.reason.substr(finding.reason.rfind(": ") + 1);
    const auto first = told.find(why);
    if (finding.level == Level::kSuggest && first != told.end()) {
      (*out)[first->second].also.push_back({finding.path, finding.span, "the same"});
      continue;
    }
    if (finding.level == Level::kSuggest) {
      told.emplace(why, out->size());
    }
    out->push_back(std::move(finding));
  }
}

}  // namespace

Partner KnownOf(const Project& project, const GoModule& module) {
  Partner known;
  for (const SecretPlace& place : SecretPlacesOf(project, module)) {
    known.secrets.push_back(place.folder);
  }
  for (const GoPackage& package : module.packages) {
    for (const ProjectFile* file : package.files) {
      const bool asks = file->skim != nullptr && file->skim->Mentions("SysPath") &&
                        !file->path.ends_with("_test.go");
      const auto text = asks ? project.Read(file->path) : absl::NotFoundError("");
      if (!text.ok()) {
        continue;
      }
      re2::StringPiece rest(*text);
      std::string path;
      // What belongs to one program stays together: /var/lib/app of /var/lib/app/keys.
      static const LazyRE2 kAsked = {
          R"re(\bSysPath\(["`]((?:/usr/local/etc|/var/(?:lib|log|cache|run)|/etc|/run|/var)/[^/"`]+))re"};
      while (RE2::FindAndConsume(&rest, *kAsked, &path)) {
        known.sys_paths.push_back(path);
      }
    }
  }
  return known;
}

void WindowsPartner(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out) {
  if (!LanguageInFocus(project, Language::kDockerfile)) {
    return;
  }
  std::vector<Candidate> for_linux;
  std::vector<Candidate> for_windows;
  for (const ProjectFile& file : project.files()) {
    if (file.language != Language::kDockerfile || file.vendored) {
      continue;
    }
    if (auto candidate = Load(project, file)) {
      const bool windows = IsForWindows(*candidate->tree, file.path);
      if (windows || (file.editable() && IsForService(file.path))) {
        (windows ? for_windows : for_linux).push_back(*std::move(candidate));
      }
    }
  }
  std::vector<Finding> found;
  for (const Candidate& candidate : for_linux) {
    Consider(candidate, for_windows, project, shared, &found);
  }
  SayOnce(std::move(found), out);
}

}  // namespace windlass
