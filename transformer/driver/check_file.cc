#include "transformer/driver/check_file.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "transformer/facts/go_parts.h"
#include "transformer/rules/check.h"
#include "transformer/rules/suppress.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// A file loaded for its rules, whatever its language.
struct Loaded {
  std::shared_ptr<const ParsedGo> go;
  std::unique_ptr<const SourceFile> source;
  std::unique_ptr<const Tree> tree;
};

bool NeedsTree(const Rule* rule) {
  return rule->language != Language::kText;
}

/// Bytes to SourceFile to Tree to Facts for one file. An error is the reason for a skip.
absl::StatusOr<Loaded> Load(const Workspace& workspace, const ProjectFile& file, bool with_tree) {
  Loaded loaded;
  if (with_tree && file.language == Language::kGo) {
    auto parsed = workspace.project().ParseGo(file.path);
    if (!parsed.ok()) {
      return parsed.status();
    }
    loaded.go = *std::move(parsed);
    return loaded;
  }
  auto bytes = workspace.Read(file.path);
  if (!bytes.ok()) {
    return bytes.status();
  }
  loaded.source = std::make_unique<SourceFile>(file.path, *std::move(bytes));
  if (with_tree) {
    auto tree = Tree::Parse(*loaded.source, file.language, workspace.options().budget);
    if (!tree.ok()) {
      return tree.status();
    }
    loaded.tree = *std::move(tree);
  }
  return loaded;
}

class FileChecker {
 public:
  FileChecker(const Workspace& workspace, const ProjectFile& file, SharedFacts& shared)
      : workspace_(workspace), file_(file), shared_(shared) {}

  FileCheck Run(std::vector<const Rule*> rules);

 private:
  void DropIdle(std::vector<const Rule*>* rules) const;
  bool MayPartsTell(const std::vector<const Rule*>& rules) const;
  std::set<size_t> PartsOf(const Rule& rule, const std::vector<GoPart>& parts,
                           std::string_view bytes) const;
  void DropUntold(std::vector<const Rule*>* rules) const;
  void CheckLoaded(const std::vector<const Rule*>& rules, const Loaded& loaded,
                   FileCheck* out) const;

  const Workspace& workspace_;
  const ProjectFile& file_;
  SharedFacts& shared_;
};

/// Takes away the rules that know that they find nothing.
void FileChecker::DropIdle(std::vector<const Rule*>* rules) const {
  std::erase_if(*rules, [&](const Rule* rule) {
    return rule->HasPlaces() && rule->native->places(file_.path, shared_).empty();
  });
}

bool FileChecker::MayPartsTell(const std::vector<const Rule*>& rules) const {
  return file_.language == Language::kGo && file_.skim != nullptr &&
         std::ranges::all_of(rules, [](const Rule* rule) {
           return !NeedsTree(rule) || rule->by_declaration || rule->HasPlaces();
         });
}

/// The parts in which `rule` may find something: those that it names and, if it goes by
/// declaration, a prefilter matches.
std::set<size_t> FileChecker::PartsOf(const Rule& rule, const std::vector<GoPart>& parts,
                                      std::string_view bytes) const {
  const auto around = [&](const std::vector<size_t>& places) {
    std::set<size_t> found;
    for (const size_t place : places) {
      found.insert(PartAt(parts, place));
    }
    found.erase(0);
    return found;
  };
  if (!NeedsTree(&rule)) {
    return {};
  }
  if (!rule.HasPlaces()) {
    return around(PrefilterPlaces(rule, bytes));
  }
  std::set<size_t> found = around(rule.native->places(file_.path, shared_));
  if (rule.by_declaration && !found.empty()) {
    const std::set<size_t> matching = around(PrefilterPlaces(rule, bytes));
    std::erase_if(found, [&](size_t part) { return !matching.contains(part); });
  }
  return found;
}

/// Takes away the rules that find nothing in the declarations in which alone they may.
void FileChecker::DropUntold(std::vector<const Rule*>* rules) const {
  absl::StatusOr<std::string> bytes = workspace_.Read(file_.path);
  if (!bytes.ok()) {
    return;
  }
  const std::vector<GoPart> parts = SplitGo(*bytes);
  std::vector<size_t> chosen;
  for (const Rule* rule : *rules) {
    const std::set<size_t> here = PartsOf(*rule, parts, *bytes);
    chosen.insert(chosen.end(), here.begin(), here.end());
  }
  // What is found at a constant or a variable depends on what is done with it.
  chosen = WithSpeakers(parts, *bytes, *file_.skim, std::move(chosen));
  chosen = WithMentioned(parts, *bytes, *file_.skim, std::move(chosen));
  FileCheck told;
  if (!chosen.empty()) {
    Loaded loaded;
    auto parsed = ParseGoParts(file_.path, *std::move(bytes), SpansOf(parts, chosen));
    if (!parsed.ok() || (*parsed)->tree->has_errors()) {
      return;
    }
    loaded.go = *std::move(parsed);
    CheckLoaded(*rules, loaded, &told);
  }
  if (told.findings.empty() && !told.skipped) {
    std::erase_if(*rules, NeedsTree);
  }
}

void FileChecker::CheckLoaded(const std::vector<const Rule*>& rules, const Loaded& loaded,
                              FileCheck* out) const {
  const Project& project = workspace_.project();
  const FileContext context{
      .project = project,
      .file = file_,
      .source = loaded.go ? *loaded.go->source : *loaded.source,
      .tree = loaded.go ? loaded.go->tree.get() : loaded.tree.get(),
      .go = loaded.go ? loaded.go->go.get() : nullptr,
      .module = project.ModuleOf(file_.path),
  };
  out->may_suppress = MaySuppress(context.source.bytes());
  for (const Rule* rule : rules) {
    const absl::Status checked = CheckFile(*rule, context, shared_, &out->findings);
    if (!checked.ok()) {
      out->skipped = Skipped{file_.path, Cat(rule->id, ": ", Std(checked.message()))};
    }
  }
}

FileCheck FileChecker::Run(std::vector<const Rule*> rules) {
  FileCheck out;
  DropIdle(&rules);
  const bool parse = std::ranges::any_of(rules, NeedsTree);
  if (parse && MayPartsTell(rules)) {
    DropUntold(&rules);
  }
  if (rules.empty()) {
    const auto bytes = workspace_.Read(file_.path);
    out.may_suppress = bytes.ok() && MaySuppress(*bytes);
    out.parsed = parse;
    return out;
  }
  const bool with_tree = std::ranges::any_of(rules, NeedsTree);
  absl::StatusOr<Loaded> loaded = Load(workspace_, file_, with_tree);
  std::optional<Skipped> unparsed;
  if (!loaded.ok()) {
    unparsed = Skipped{file_.path, std::string(Std(loaded.status().message()))};
    // What does not parse is text nevertheless.
    std::erase_if(rules, NeedsTree);
    loaded = Load(workspace_, file_, false);
  }
  if (loaded.ok()) {
    CheckLoaded(rules, *loaded, &out);
  }
  out.parsed = parse && !unparsed && !out.skipped;
  if (unparsed && !out.skipped) {
    out.skipped = std::move(unparsed);
  }
  return out;
}

}  // namespace

FileCheck CheckOneFile(const Workspace& workspace, const ProjectFile& file,
                       std::vector<const Rule*> rules, SharedFacts& shared) {
  return FileChecker(workspace, file, shared).Run(std::move(rules));
}

}  // namespace windlass
