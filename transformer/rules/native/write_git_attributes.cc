#include <algorithm>
#include <atomic>
#include <iterator>
#include <string>
#include <utility>

#include "transformer/rules/native/eol_carried.h"
#include "transformer/rules/native/eol_kinds.h"
#include "transformer/rules/native/table.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

constexpr std::string_view kPath = ".gitattributes";

/// The files of the project that one attribute line speaks of.
std::vector<const ProjectFile*> Matched(const Project& project, std::string_view line) {
  const std::string_view pattern = line.substr(0, line.find(' '));
  std::vector<const ProjectFile*> files;
  for (const ProjectFile& file : project.files()) {
    if (!file.vendored && GitPatternMatches(pattern, file.path)) {
      files.push_back(&file);
    }
  }
  return files;
}

/// True if the repository has already said what git does with the file. A line for `*` that makes
/// the file useless to its reader does not count: it lacks an exception.
bool Decided(const GitAttributes& attributes, const EolKind& kind, std::string_view path) {
  const auto ends = attributes.WorkTreeEol(path);
  if (ends && kind.want && (*kind.want == Eol::kLf) != (*ends == "lf")) {
    const auto source = attributes.SourceOf(path, "eol");
    return source->pattern != "*";
  }
  return ends.has_value() || attributes.Untouched(path);
}

/// True if the file holds a CRLF that this run leaves in it, so that `eol=lf` would make it look
/// modified.
bool KeepsCrlf(const Project& project, const EolFacts& facts, const EolKind& kind,
               const ProjectFile& file) {
  const auto editor = facts.editor.Get(file.path, "end_of_line");
  if (editor && editor->value == "crlf" && kind.want != Eol::kCrlf && !kind.chosen) {
    return true;  // eol/conflict names it
  }
  if (!file.has_cr) {
    return false;
  }
  const auto bytes = project.Read(file.path);
  if (!bytes.ok() || bytes->find("\r\n") == std::string::npos) {
    return false;
  }
  const EolProfile eols = CountEols(*bytes, DetectEncoding(*bytes));
  const bool converted = file.editable() && !facts.kinds.Protects(file.path) &&
                         !facts.embedded.contains(file.path) &&
                         (kind.want == Eol::kLf || eols.lf > 0);
  return !converted;
}

bool WorthALine(SharedFacts& shared, const EolFacts& facts, const EolKind& kind,
                const std::string& line) {
  const Project& project = shared.project();
  std::vector<const ProjectFile*> files = Matched(project, line);
  std::erase_if(files,
                [&](const ProjectFile* f) { return Decided(facts.attributes, kind, f->path); });
  if (files.empty()) {
    return false;
  }
  std::atomic<bool> kept{false};
  ParallelFor(files.size(), shared.threads(), [&](size_t i) {
    if (!kept && !facts.kinds.Protects(files[i]->path) &&
        KeepsCrlf(project, facts, kind, *files[i])) {
      kept = true;
    }
  });
  return !kept;
}

void AddAll(std::vector<std::string> more, std::vector<std::string>* lines) {
  lines->insert(lines->end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
}

/// The lines that are missing: what is carried somewhere, kinds in the order of the table;
/// exceptions last, because the last match wins.
std::vector<std::string> MissingLines(SharedFacts& shared, const EolFacts& facts) {
  std::vector<std::string> lines = CarriedLines(shared, facts);
  for (const EolKind& kind : facts.kinds.kinds) {
    for (const std::string& line : kind.attributes) {
      if (WorthALine(shared, facts, kind, line)) {
        lines.push_back(line);
      }
    }
  }
  std::vector<std::string> signed_files = SignedLines(shared.project(), facts);
  if (lines.empty() && signed_files.empty()) {
    return lines;
  }
  AddAll(ProtectedLines(shared.project(), facts), &lines);
  AddAll(std::move(signed_files), &lines);
  for (const std::string& line : facts.kinds.binary_attributes) {
    const auto files = Matched(shared.project(), line);
    if (std::any_of(files.begin(), files.end(), [&](const ProjectFile* file) {
          return !facts.attributes.Untouched(file->path);
        })) {
      lines.push_back(line);
    }
  }
  AddAll(BinaryLines(shared.project(), facts), &lines);
  return lines;
}

/// New lines at the end of the present file, in its own line endings.
void Append(const std::string& present, const std::vector<std::string>& lines, Fix* fix) {
  const SourceFile source{std::string(kPath), present};
  const std::string_view eol = source.EolAt(present.size());
  std::string text = present.empty() || source.eols().final_newline ? "" : std::string(eol);
  for (const std::string& line : lines) {
    text += Cat(line, eol);
  }
  (void)fix->edits[std::string(kPath)].Add(Span{present.size(), present.size()}, text);
}

void Create(const std::vector<std::string>& lines, Fix* fix) {
  std::string text = "* text=auto\n";
  for (const std::string& line : lines) {
    text += Cat(line, "\n");
  }
  fix->new_files.push_back({.path = std::string(kPath), .text = text});
}

}  // namespace

void WriteGitAttributes(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                        std::vector<Finding>* out) {
  const EolFacts& facts = EolFactsOf(shared);
  const std::vector<std::string> lines = MissingLines(shared, facts);
  if (lines.empty()) {
    return;
  }
  Finding finding;
  finding.level = Level::kReview;
  finding.path = kPath;
  finding.message =
      Cat("nothing keeps the line endings of ", lines.front().substr(0, lines.front().find(' ')),
          lines.size() > 1 ? Cat(" and ", std::to_string(lines.size() - 1), " more kinds of files")
                           : "",
          " in a Windows checkout");
  finding.reason =
      "core.autocrlf of each machine decides until .gitattributes does; on Linux only batch files "
      "change, in new "
      "checkouts";
  Fix& fix = finding.fix.emplace();
  if (project.Find(kPath) == nullptr) {
    Create(lines, &fix);
  } else if (const auto present = project.Read(kPath); present.ok()) {
    finding.span = Span{present->size(), present->size()};
    Append(*present, lines, &fix);
  } else {
    return;
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
