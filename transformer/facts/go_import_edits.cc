#include "transformer/facts/go_import_edits.h"

#include <algorithm>
#include <optional>

#include "transformer/facts/go_import_layout.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr ImportClass kClasses[] = {ImportClass::kStandard, ImportClass::kOther, ImportClass::kOwn};

bool Before(const ImportRequest& request, const GoImport& import) {
  return request.path != import.path ? request.path < import.path : request.name < import.name;
}

/// Requests that found no run of their kind: a group of their own in a declaration.
struct NewGroup {
  ImportClass kind;
  std::vector<ImportRequest> added;
};

class ImportEditor {
 public:
  ImportEditor(const GoFile& file, std::string_view module,
               const std::set<const GoImport*>& removed)
      : file_(file),
        source_(file.tree().source()),
        module_(module),
        decls_(ReadImportLayout(file, module, removed)) {}

  EditSet Run(const std::vector<ImportRequest>& added) {
    eol_ = std::string(source_.EolAt(file_.package_clause().span().begin));
    for (const ImportRequest& request : added) {
      Place(request);
    }
    EditGroups();
    EditSingles();
    AddDeclaration();
    DeleteLines();
    return std::move(edits_);
  }

 private:
  // --- Where requests go -------------------------------------------------------------------------

  void Place(const ImportRequest& request) {
    const ImportClass kind = ClassOfImport(request.path, module_);
    if (ImportRun* run = BestRun(request, kind)) {
      run->added.push_back(request);
    } else if (ImportDecl* decl = GroupedDecl()) {
      target_ = decl;
      const auto group = std::ranges::find(groups_, kind, &NewGroup::kind);
      NewGroup& place = group != groups_.end() ? *group : groups_.emplace_back(NewGroup{kind, {}});
      place.added.push_back(request);
    } else if (HasSingles()) {
      for_singles_.push_back(request);
    } else {
      for_new_decl_.push_back(request);
    }
  }

  ImportDecl* GroupedDecl() {
    const auto found = std::ranges::find_if(
        decls_, [](const ImportDecl& d) { return d.parenthesized && d.tidy && !d.only_c; });
    return found == decls_.end() ? nullptr : &*found;
  }

  static bool IsSingle(const ImportDecl& d) { return !d.parenthesized && d.tidy && !d.only_c; }
  bool HasSingles() const { return std::ranges::any_of(decls_, IsSingle); }

  /// The run with the closest relative of the request's kind, else the only run there is if it
  /// mixes kinds, else one that is left empty.
  ImportRun* BestRun(const ImportRequest& request, ImportClass kind) {
    ImportRun* best = nullptr;
    ImportRun* emptied = nullptr;
    ImportRun* only = nullptr;
    size_t closest = 0;
    size_t runs = 0;
    for (ImportDecl& decl : decls_) {
      if (!decl.parenthesized || !decl.tidy || decl.only_c) {
        continue;
      }
      for (ImportRun& run : decl.runs) {
        ++runs;
        only = &run;
        const bool reusable =
            run.AllRemoved() &&
            (run.added.empty() || ClassOfImport(run.added[0].path, module_) == kind);
        emptied = emptied == nullptr && reusable ? &run : emptied;
        for (const ImportLine& spec : run.specs) {
          const size_t shared = SharedElements(spec.import->path, request.path) + 1;
          if (spec.kind == kind && spec.import->path != "C" && shared > closest) {
            best = &run;
            closest = shared;
          }
        }
      }
    }
    return best != nullptr ? best : runs == 1 && only->Mixed() ? only : emptied;
  }

  // --- Parenthesized declarations ----------------------------------------------------------------

  void EditGroups() {
    for (ImportDecl& decl : decls_) {
      if (!decl.parenthesized) {
        continue;
      }
      if (!decl.tidy) {
        RemoveFromOneLine(decl);
        continue;
      }
      const bool adds =
          std::ranges::any_of(decl.runs, [](const ImportRun& run) { return !run.added.empty(); });
      if (decl.AllRemoved() && !adds && &decl != target_) {
        DeleteDecl(decl);
        continue;
      }
      for (const ImportRun& run : decl.runs) {
        EditRun(run);
      }
      if (&decl == target_) {
        AddGroups(decl);
      }
    }
  }

  void EditRun(const ImportRun& run) {
    for (const ImportRequest& request : run.added) {
      const auto next = std::ranges::find_if(
          run.specs, [&](const ImportLine& spec) { return Before(request, *spec.import); });
      const size_t line =
          next == run.specs.begin() ? LineBeforeRun(run) : std::prev(next)->line + 1;
      InsertLines(line, SpecLine(request));
    }
    for (const ImportLine& spec : run.specs) {
      if (spec.removed) {
        deleted_.insert(spec.line);
      }
    }
    if (run.AllRemoved() && run.added.empty()) {
      for (size_t line = run.top; line < run.specs[0].line; ++line) {
        deleted_.insert(line);
      }
      DeleteSuperfluousBlank(run.top, run.specs.back().line);
    }
  }

  /// Where a new first spec of `run` stands: above a comment that belongs to the old first spec,
  /// but below one that heads the whole run.
  size_t LineBeforeRun(const ImportRun& run) const {
    const bool heads_run = run.specs.size() > 1;
    const bool apart = IsBlankLine(run.top - 1) || LineText(run.top - 1).ends_with("(");
    return heads_run || !apart ? run.specs[0].line : run.top;
  }

  void AddGroups(const ImportDecl& decl) {
    std::ranges::sort(groups_, {}, &NewGroup::kind);
    for (const NewGroup& group : groups_) {
      std::string text;
      for (const ImportRequest& request : group.added) {
        text += SpecLine(request);
      }
      const ImportRun* after = nullptr;
      for (const ImportRun& run : decl.runs) {
        after = StandsBefore(run, group.kind) ? &run : after;
      }
      if (after != nullptr) {
        const size_t line = after->specs.back().line + 1;
        const bool spaced = IsBlankLine(line) || LineText(line).starts_with(")");
        InsertLines(line, Cat(eol_, text, spaced ? "" : eol_));
      } else if (!decl.runs.empty()) {
        InsertLines(decl.runs[0].top, Cat(text, eol_));
      } else {
        InsertLines(LineOf(decl.node.span().end), text);
      }
    }
  }

  /// True if a group of `kind` belongs below `run`.
  bool StandsBefore(const ImportRun& run, ImportClass kind) const {
    return std::ranges::any_of(run.specs,
                               [&](const ImportLine& spec) {
                                 return !spec.removed && spec.kind < kind &&
                                        spec.import->path != "C";
                               }) ||
           std::ranges::any_of(run.added, [&](const ImportRequest& request) {
             return ClassOfImport(request.path, module_) < kind;
           });
  }

  /// `import ("a"; "b")`, which gofmt would not leave so.
  void RemoveFromOneLine(const ImportDecl& decl) {
    if (decl.AllRemoved()) {
      Add(decl.node.span(), "");
      return;
    }
    const ImportLine* previous = nullptr;
    for (const ImportRun& run : decl.runs) {
      for (const ImportLine& spec : run.specs) {
        const Span span = spec.import->spec.span();
        if (spec.removed) {
          const size_t end = EndOfSeparator(span.end);
          const size_t begin = end == span.end && previous != nullptr
                                   ? previous->import->spec.span().end
                                   : span.begin;
          Add({begin, end}, "");
        }
        previous = &spec;
      }
    }
  }

  size_t EndOfSeparator(size_t offset) const {
    const std::string_view bytes = source_.bytes();
    const size_t at = bytes.find_first_not_of(" \t", offset);
    return at != std::string_view::npos && bytes[at] == ';' ? at + 1 : offset;
  }

  // --- Declarations of one import ----------------------------------------------------------------

  void EditSingles() {
    const auto singles = std::ranges::count_if(decls_, IsSingle);
    for (const ImportDecl& decl : decls_) {
      if (decl.parenthesized) {
        continue;
      }
      if (singles == 1 && IsSingle(decl) && !for_singles_.empty()) {
        GroupSingle(decl);
      } else if (decl.AllRemoved()) {
        DeleteDecl(decl);
      }
    }
    if (singles > 1) {
      for (const ImportRequest& request : for_singles_) {
        AddSingle(request);
      }
    }
  }

  /// The lone declaration of one import takes others in.
  void GroupSingle(const ImportDecl& decl) {
    const ImportLine& spec = decl.runs[0].specs[0];
    const Span span = spec.import->spec.span();
    if (spec.removed) {
      Add(span, DeclBody(for_singles_));
      return;
    }
    std::vector<ImportRequest> above;
    std::vector<ImportRequest> below;
    for (const ImportRequest& request : for_singles_) {
      const ImportClass kind = ClassOfImport(request.path, module_);
      const bool first = kind < spec.kind || (kind == spec.kind && Before(request, *spec.import));
      (first ? above : below).push_back(request);
    }
    Add({span.begin, span.begin}, Cat("(", eol_, Groups(above, std::nullopt, spec.kind), "\t"));
    const size_t end = source_.LineSpan(spec.line).end;
    Add({end, end}, Cat(eol_, Groups(below, spec.kind, std::nullopt), ")"));
  }

  void AddSingle(const ImportRequest& request) {
    const ImportClass kind = ClassOfImport(request.path, module_);
    const ImportDecl* after = nullptr;
    const ImportDecl* before = nullptr;
    for (const ImportDecl& decl : decls_) {
      if (!IsSingle(decl)) {
        continue;
      }
      const ImportLine& spec = decl.runs[0].specs[0];
      if (spec.kind < kind || (spec.kind == kind && !Before(request, *spec.import))) {
        after = &decl;
      } else if (before == nullptr) {
        before = &decl;
      }
    }
    const size_t line = after != nullptr ? after->runs[0].specs[0].line + 1 : before->runs[0].top;
    InsertLines(line, Cat("import ", ImportSpecText(request), eol_));
  }

  // --- A new declaration -------------------------------------------------------------------------

  void AddDeclaration() {
    if (for_new_decl_.empty()) {
      return;
    }
    const size_t end =
        decls_.empty() ? file_.package_clause().span().end : decls_.back().node.span().end;
    const std::string text = Cat("import ", DeclBody(for_new_decl_));
    const size_t line = LineOf(EndOfTrailingComment(end));
    const Span rest{end, source_.LineSpan(line).end};
    const std::string_view after = source_.Text(rest);
    const size_t code = after.find_first_not_of(" \t");
    if (code != std::string_view::npos && after[code] != '/') {
      Add({end, end}, Cat("; ", text));
      return;
    }
    const bool spaced = line >= source_.line_count() || IsBlankLine(line + 1);
    Add({rest.end, rest.end}, Cat(eol_, eol_, text, spaced ? "" : eol_));
  }

  /// The end of a comment that begins on the line of `offset` behind it, else `offset`.
  size_t EndOfTrailingComment(size_t offset) const {
    for (Node node : file_.tree().root().NamedChildren()) {
      const Span span = node.span();
      if (node.Is("comment") && span.begin >= offset && LineOf(span.begin) == LineOf(offset)) {
        return span.end;
      }
    }
    return offset;
  }

  // --- Text --------------------------------------------------------------------------------------

  std::string SpecLine(const ImportRequest& request) const {
    return Cat("\t", ImportSpecText(request), eol_);
  }

  /// What follows `import `.
  std::string DeclBody(const std::vector<ImportRequest>& requests) const {
    if (requests.size() == 1) {
      return ImportSpecText(requests[0]);
    }
    return Cat("(", eol_, Groups(requests, std::nullopt, std::nullopt), ")");
  }

  /// Lines of `requests` in groups by kind, apart from the kinds that stand above and below them.
  std::string Groups(const std::vector<ImportRequest>& requests, std::optional<ImportClass> above,
                     std::optional<ImportClass> below) const {
    std::string text;
    std::optional<ImportClass> previous = above;
    for (const ImportClass kind : kClasses) {
      for (const ImportRequest& request : requests) {
        if (ClassOfImport(request.path, module_) == kind) {
          text += previous.has_value() && previous != kind ? eol_ : "";
          text += SpecLine(request);
          previous = kind;
        }
      }
    }
    return !text.empty() && below.has_value() && previous != below ? text + eol_ : text;
  }

  // --- Lines -------------------------------------------------------------------------------------

  size_t LineOf(size_t offset) const { return source_.PositionAt(offset).line; }
  std::string_view LineText(size_t line) const { return source_.Text(source_.LineSpan(line)); }
  bool IsBlankLine(size_t line) const {
    return line >= 1 && line <= source_.line_count() &&
           LineText(line).find_first_not_of(" \t") == std::string_view::npos;
  }

  void Add(Span span, std::string_view text) {
    (void)edits_.Add(span, text);  // they are apart by construction
  }

  void InsertLines(size_t line, std::string_view text) {
    const size_t at = source_.LineBegin(line);
    Add({at, at}, text);
  }

  void DeleteDecl(const ImportDecl& decl) {
    if (!decl.tidy) {
      const size_t end = decl.node.span().end;
      Add({decl.node.span().begin, EndOfSeparator(end)}, "");
      return;
    }
    const size_t first = LineOf(decl.node.span().begin);
    const size_t last = LineOf(decl.node.span().end);
    for (size_t line = first; line <= last; ++line) {
      deleted_.insert(line);
    }
    DeleteSuperfluousBlank(first, last);
  }

  /// Lines `first` to `last` are gone: one of two blank lines that meet there goes too, as does one
  /// that would open or close a declaration.
  void DeleteSuperfluousBlank(size_t first, size_t last) {
    size_t above = first - 1;
    while (above > 0 && deleted_.contains(above)) {
      --above;
    }
    size_t below = last + 1;
    while (deleted_.contains(below)) {
      ++below;
    }
    const bool blank_below = IsBlankLine(below);
    const bool closes = below > source_.line_count() || LineText(below).starts_with(")");
    if (IsBlankLine(above) && (blank_below || closes)) {
      deleted_.insert(above);
    } else if (blank_below && above > 0 && LineText(above).ends_with("(")) {
      deleted_.insert(below);
    }
  }

  void DeleteLines() {
    for (const size_t line : deleted_) {
      Add({source_.LineBegin(line), source_.LineBegin(line + 1)}, "");
    }
  }

  const GoFile& file_;
  const SourceFile& source_;
  std::string_view module_;
  std::vector<ImportDecl> decls_;
  std::string eol_;
  ImportDecl* target_ = nullptr;  // where groups_ go
  std::vector<NewGroup> groups_;
  std::vector<ImportRequest> for_singles_;
  std::vector<ImportRequest> for_new_decl_;
  std::set<size_t> deleted_;
  EditSet edits_;
};

}  // namespace

EditSet EditImports(const GoFile& file, const std::vector<ImportRequest>& added,
                    std::string_view module, const std::set<const GoImport*>& removed) {
  if ((added.empty() && removed.empty()) || !file.package_clause()) {
    return {};
  }
  return ImportEditor(file, module, removed).Run(added);
}

}  // namespace windlass
