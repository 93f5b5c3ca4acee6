#include "transformer/rules/native/eol_carried.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "re2/re2.h"
#include "transformer/facts/dockerfile.h"
#include "transformer/text/eol.h"

namespace windlass {
namespace {

/// A .gitattributes is read by people: no more lines than this of one kind.
constexpr size_t kMaxLines = 12;

std::string FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash + 1));
}

std::string_view ExtensionOf(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? "" : name.substr(dot);
}

/// The files that `name`, relative to the root, means: one, those below a folder, or of a pattern.
CarriedFiles Named(const Project& project, const std::string& name) {
  CarriedFiles out;
  const std::string below = Cat(name, "/");
  bool folder = false;
  for (const ProjectFile& file : project.files()) {
    const bool inside = file.path.starts_with(below);
    folder = folder || inside;
    if (inside || GitPatternMatches(Cat("/", name), file.path)) {
      out.files.push_back(&file);
    }
  }
  out.pattern = Cat("/", name, folder ? "/**" : "");
  return out;
}

bool IsText(const Project& project, const ProjectFile& file) {
  const auto bytes = project.Read(file.path);
  return bytes.ok() && !bytes->empty() && DetectEncoding(*bytes) != Encoding::kBinary;
}

/// True if neither the repository nor a line for its kind of file decides what git does with it.
bool IsOpen(const EolFacts& facts, const ProjectFile& file) {
  const EolKind* kind = facts.kinds.Of(file.path, {});
  return !file.vendored && !facts.attributes.WorkTreeEol(file.path) &&
         !facts.attributes.Untouched(file.path) && !facts.kinds.Protects(file.path) &&
         (kind == nullptr || (kind->attributes.empty() && !kind->chosen));
}

/// True for a pattern that .gitattributes takes as one word and that says what it seems to.
bool IsPlain(std::string_view pattern) {
  return pattern.find_first_of(" \t\"\\$") == std::string_view::npos;
}

/// Single files of one folder as one line, if they are many.
void Gather(std::vector<std::string>* patterns) {
  std::map<std::string, size_t> singles;
  for (const std::string& pattern : *patterns) {
    singles[FolderOf(pattern)] += pattern.ends_with("/**") ? 0 : 1;
  }
  constexpr size_t kMany = 4;
  for (std::string& pattern : *patterns) {
    const std::string folder = FolderOf(pattern);
    if (!pattern.ends_with("/**") && singles[folder] >= kMany) {
      pattern = Cat(folder, "*");
    }
  }
  std::ranges::sort(*patterns);
  const auto rest = std::ranges::unique(*patterns);
  patterns->erase(rest.begin(), rest.end());
}

}  // namespace

std::vector<CarriedFiles> EmbeddedFiles(const Project& project, const ProjectFile& go_file) {
  std::vector<CarriedFiles> out;
  const auto bytes = project.Read(go_file.path);
  if (!bytes.ok()) {
    return out;
  }
  re2::StringPiece rest(*bytes);
  re2::StringPiece line;
  static const RE2 kLine(R"((?m)^//go:embed[ \t]+(.+)$)");
  while (RE2::FindAndConsume(&rest, kLine, &line)) {
    re2::StringPiece words = line;
    std::string pattern;
    static const RE2 kWord(R"re(["`]?((?:all:)?[^\s"`]+)["`]?)re");
    while (RE2::FindAndConsume(&words, kWord, &pattern)) {
      const std::string name = pattern.substr(pattern.starts_with("all:") ? 4 : 0);
      const std::string folder = FolderOf(go_file.path);
      out.push_back(name == "."
                        ? Named(project, folder.substr(0, std::max<size_t>(folder.size(), 1) - 1))
                        : Named(project, Cat(folder, name)));
    }
  }
  return out;
}

std::vector<CarriedFiles> CopiedFiles(const Project& project, const ProjectFile& dockerfile) {
  std::vector<CarriedFiles> out;
  const auto bytes = project.Read(dockerfile.path);
  if (!bytes.ok()) {
    return out;
  }
  const SourceFile source{dockerfile.path, *bytes};
  const auto tree = Tree::Parse(source, Language::kDockerfile);
  if (!tree.ok()) {
    return out;
  }
  const Dockerfile file = Dockerfile::Read(**tree);
  if (file.stages.empty() || file.stages.back().os == ImageOs::kWindows) {
    return out;
  }
  for (const DockerInstruction& step : file.stages.back().instructions) {
    std::vector<Node> words = DockerWords(step.node);
    if ((step.name != "COPY" && step.name != "ADD") || words.size() < 2 ||
        file.Flag(step.node, "from")) {
      continue;
    }
    words.pop_back();
    for (const Node word : words) {
      std::string name = file.Word(word);
      RE2::GlobalReplace(&name, R"(^(\./|/)+|/+$)", "");
      if (name.empty() || name == "." || name.starts_with("*") || name.starts_with("..") ||
          name.find(':') != std::string::npos) {
        continue;
      }
      CarriedFiles found = Named(project, Cat(FolderOf(dockerfile.path), name));
      if (found.files.empty()) {
        found = Named(project, name);
      }
      const bool compiled = std::ranges::any_of(found.files, [](const ProjectFile* carried) {
        return carried->language == Language::kGo || carried->language == Language::kGoMod;
      });
      if (!found.files.empty() && !compiled) {
        out.push_back(std::move(found));
      }
    }
  }
  return out;
}

bool IsMeasured(std::string_view bytes) {
  static const RE2 kMark(
      R"((?m)^(# SIG # Begin signature block|' SIG ' Begin signature block|-----BEGIN PGP SIGNED MESSAGE-----|diff --git a/|--- a/.*\r?\n\+\+\+ b/))");
  return RE2::PartialMatch(re2::StringPiece(bytes.data(), bytes.size()), kMark);
}

bool HasSignature(const Project& project, std::string_view path) {
  constexpr std::array<std::string_view, 4> kSignatures = {".asc", ".sig", ".minisig", ".p7s"};
  return std::ranges::any_of(kSignatures, [&](std::string_view extension) {
    return project.Find(Cat(path, extension)) != nullptr;
  });
}

/// True for text with a CRLF.
bool HoldsCrlf(const Project& project, const ProjectFile& file) {
  const auto bytes = file.has_cr ? project.Read(file.path) : absl::StatusOr<std::string>("");
  return bytes.ok() && bytes->find("\r\n") != std::string::npos && IsText(project, file);
}

/// Whether the file keeps its CRLFs in this run: `eol=lf` would have git take it for modified.
bool KeepsItsCrlf(const Project& project, const EolFacts& facts, const ProjectFile& file) {
  const auto bytes = IsOpen(facts, file) && HoldsCrlf(project, file)
                         ? project.Read(file.path)
                         : absl::StatusOr<std::string>("");
  if (!bytes.ok() || bytes->empty()) {
    return false;
  }
  const EolProfile eols = CountEols(*bytes, DetectEncoding(*bytes));
  return facts.embedded.contains(file.path) ||
         DecideEol(file.path, *bytes, eols, facts).to != Eol::kLf;
}

std::vector<std::string> CarriedLines(SharedFacts& shared, const EolFacts& facts) {
  const Project& project = shared.project();
  std::vector<std::string> patterns;
  std::set<std::string> exceptions;
  for (const ProjectFile& file : project.files()) {
    std::vector<CarriedFiles> carried;
    if (file.vendored || file.path.ends_with("_test.go") || facts.kinds.Protects(file.path)) {
      continue;
    }
    if (file.skim && file.skim->Imports("embed")) {
      carried = EmbeddedFiles(project, file);
    } else if (file.language == Language::kDockerfile) {
      carried = CopiedFiles(project, file);
    }
    for (const CarriedFiles& one : carried) {
      if (IsPlain(one.pattern) && std::ranges::any_of(one.files, [&](const ProjectFile* open) {
            return IsOpen(facts, *open) && IsText(project, *open);
          })) {
        patterns.push_back(one.pattern);
        for (const ProjectFile* kept : one.files) {
          if (KeepsItsCrlf(project, facts, *kept)) {
            exceptions.insert(Cat("/", kept->path, " -text"));
          }
        }
      }
    }
  }
  Gather(&patterns);
  std::vector<std::string> lines;
  for (const std::string& pattern : patterns) {
    const bool covered = std::ranges::any_of(patterns, [&](const std::string& other) {
      return &other != &pattern && other.ends_with("/**") &&
             pattern.starts_with(other.substr(0, other.size() - 2));
    });
    if (!covered) {
      lines.push_back(Cat(pattern, " text=auto eol=lf"));
    }
  }
  lines.insert(lines.end(), exceptions.begin(), exceptions.end());
  return lines.size() > kMaxLines ? std::vector<std::string>() : lines;
}

std::vector<std::string> ProtectedLines(const Project& project, const EolFacts& facts) {
  std::vector<std::string> lines;
  for (const std::string& whole : facts.kinds.protected_attributes) {
    const std::string pattern = whole.substr(0, whole.find(' '));
    std::vector<std::string> exceptions;
    bool open = false;
    bool plain = true;
    for (const ProjectFile& file : project.files()) {
      if (file.vendored || facts.attributes.Untouched(file.path) ||
          !GitPatternMatches(pattern, file.path)) {
        continue;
      }
      const bool crlf = HoldsCrlf(project, file);
      if (crlf) {
        exceptions.push_back(Cat("/", file.path, " -text"));
        plain = plain && IsPlain(file.path);
      }
      open = open || crlf || facts.attributes.WorkTreeEol(file.path) != "lf";
    }
    if (exceptions.size() > kMaxLines || !plain) {
      lines.push_back(whole);
    } else if (open) {
      lines.push_back(Cat(pattern, " text=auto eol=lf"));
      lines.insert(lines.end(), exceptions.begin(), exceptions.end());
    }
  }
  return lines;
}

std::vector<std::string> SignedLines(const Project& project, const EolFacts& facts) {
  static const std::array<std::string_view, 6> kScripts = {".ps1",    ".psm1", ".psd1",
                                                           ".ps1xml", ".vbs",  ".cdxml"};
  std::vector<std::string> lines;
  for (const ProjectFile& file : project.files()) {
    const bool settled = facts.attributes.Untouched(file.path) ||
                         (!file.has_cr && facts.attributes.WorkTreeEol(file.path) == "lf");
    if (file.vendored || facts.kinds.Protects(file.path) || settled) {
      continue;
    }
    bool is_signed = HasSignature(project, file.path) && IsText(project, file);
    if (std::ranges::find(kScripts, ExtensionOf(file.path)) != kScripts.end()) {
      const auto bytes = project.Read(file.path);
      is_signed = is_signed || (bytes.ok() && IsMeasured(*bytes));
    }
    const std::string pattern = Cat("/", file.path);
    if (is_signed && IsPlain(pattern)) {
      // Git would take a CRLF of its own making in a work tree for a change under `-text`.
      lines.push_back(Cat(pattern, file.has_cr ? " -text" : " text eol=lf"));
    }
  }
  return lines;
}

std::vector<std::string> BinaryLines(const Project& project, const EolFacts& facts) {
  std::map<std::string_view, std::vector<const ProjectFile*>> unknown;
  for (const ProjectFile& file : project.files()) {
    const std::string_view extension = ExtensionOf(file.path);
    const bool listed =
        std::ranges::any_of(facts.kinds.binary_attributes, [&](const std::string& line) {
          return GitPatternMatches(line.substr(0, line.find(' ')), file.path);
        });
    if (!extension.empty() && !listed && file.language == Language::kText && IsOpen(facts, file) &&
        facts.kinds.Of(file.path, {}) == nullptr) {
      unknown[extension].push_back(&file);
    }
  }
  std::vector<std::string> lines;
  for (const auto& [extension, files] : unknown) {
    constexpr size_t kLooks = 8;
    const size_t looks = std::min(files.size(), kLooks);
    const bool binary = std::all_of(
        files.begin(), files.begin() + static_cast<long>(looks), [&](const ProjectFile* file) {
          const auto bytes = project.Read(file->path);
          return bytes.ok() && !bytes->empty() && DetectEncoding(*bytes) == Encoding::kBinary;
        });
    if (binary && IsPlain(extension)) {
      lines.push_back(Cat("*", extension, " binary"));
    }
  }
  return lines.size() > kMaxLines ? std::vector<std::string>() : lines;
}

}  // namespace windlass
