#include "transformer/rules/native/reconstrain.h"

#include <algorithm>
#include <array>

namespace windlass {
namespace {

bool AllPortable(const ProjectFile& file, PackageView* view, Portability* portability) {
  const auto& units = view->Units(file);
  return !units.empty() && !file.skim->imports_c && file.editable() &&
         std::ranges::all_of(units, [&](const PackageUnit& unit) {
           return unit.unit.name() != "init" && portability->IsPortable(unit);
         });
}

/// True if every tag of `x` is an architecture.
bool OnlyArchitectures(const BuildExpr& x) {
  const std::vector<std::string> tags = x.Tags();
  return std::ranges::all_of(tags, [](const std::string& tag) { return IsKnownGoarch(tag); });
}

bool DeclaredOnlyIn(const ProjectFile& file, PackageView* view) {
  return std::ranges::all_of(view->Units(file), [&](const PackageUnit& unit) {
    const PackageDecls::Entry* entry = view->decls().Find(unit.unit.key());
    return entry == nullptr || entry->files.size() == 1;
  });
}

/// The path without its `_arch`, or with another word in its place if that path is taken.
std::string WithoutArchitecture(const ProjectFile& file, const Project& project) {
  const std::string_view arch = file.skim->constraint.name_goarch;
  std::string base = file.path;
  base.resize(base.size() - std::string_view(".go").size() - arch.size() - 1);
  for (const std::string_view word : {"", "_generic", "_portable"}) {
    std::string path = Cat(base, word, ".go");
    if (project.Find(path) == nullptr) {
      return path;
    }
  }
  return {};
}

constexpr std::array<std::string_view, 10> kGenericWords = {
    "generic", "other", "noasm", "stub",     "fallback",
    "default", "go",    "pure",  "portable", "unsupported"};

bool LooksGeneric(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.find('.'));
  const std::string_view word = name.substr(name.rfind('_') + 1);
  return std::ranges::find(kGenericWords, word) != kGenericWords.end();
}

/// The constraint of a generic file that takes over where `stub` would have stood: all that the
/// other declaring files leave, if that is the same and shorter.
BuildExpr Widened(const PackageDecls::File& generic, const PlannedStub& stub, PackageView* view) {
  const BuildExpr wide =
      BuildExpr::Or(generic.file->skim->constraint.header, stub.file.constraint).Simplified();
  BuildExpr others = BuildExpr::Not(BuildExpr());
  for (const StubItem& item : stub.file.items) {
    for (const ProjectFile* file : view->decls().Find(item.unit->unit.key())->files) {
      if (file != generic.file) {
        others = BuildExpr::Or(others, file->skim->constraint.Combined());
      }
    }
  }
  const BuildExpr rest = BuildExpr::Not(others).Simplified();
  return rest.Implies(wide) && wide.Implies(rest) ? rest : wide;
}

}  // namespace

bool IsAbiMirror(const PackageUnit& unit) {
  const std::string_view bytes = unit.parsed->source->bytes();
  return bytes.substr(0, unit.parsed->go->package_clause().span().begin).find("godefs") !=
         std::string_view::npos;
}

EditSet ReplaceConstraint(const SourceFile& source, const FileConstraint& old,
                          const BuildExpr& header, bool plus_build) {
  EditSet edits;
  Span span = old.header_span;
  const std::string_view eol = source.EolAt(span.begin);
  std::string text;
  if (!header.is_true()) {
    for (const char c : ConstraintHeader(header, plus_build)) {
      text += c == '\n' ? std::string(eol) : std::string(1, c);
    }
  }
  if (span.empty()) {
    // Above a package comment or clause, below a licence: directly before the first comment that
    // touches the package clause would do; the top of the file always does.
    span = {0, 0};
    text += eol;
  } else if (text.empty() && source.bytes().substr(span.end).starts_with(eol)) {
    span.end += eol.size();
  }
  (void)edits.Add(span, text);
  return edits;
}

std::optional<Reconstraint> LiftArchitecture(const PlannedStub& stub, PackageView* view,
                                             const Availability& available) {
  const ProjectFile& file = *stub.model->file;
  const FileConstraint& constraint = file.skim->constraint;
  const bool by_name = !constraint.name_goarch.empty() && constraint.header.is_true();
  const bool by_header = constraint.name_goarch.empty() && !constraint.header.is_true() &&
                         OnlyArchitectures(constraint.header);
  Portability portability(view, available, stub.lacking);
  if ((!by_name && !by_header) || IsAbiMirror(*stub.model) || !DeclaredOnlyIn(file, view) ||
      !AllPortable(file, view, &portability)) {
    return std::nullopt;
  }
  Reconstraint result;
  result.file = &file;
  if (by_name) {
    const std::string path = WithoutArchitecture(file, view->project_decls().project());
    if (path.empty()) {
      return std::nullopt;
    }
    result.fix.renames.emplace(file.path, path);
    result.fix.edits.emplace(file.path,
                             EditSet());  // the driver moves files that it has a plan for
    result.message = Cat("nothing in the file depends on the architecture, so it becomes ",
                         path.substr(path.rfind('/') + 1));
  } else {
    result.fix.edits.emplace(
        file.path, ReplaceConstraint(*stub.model->parsed->source, constraint, BuildExpr(), false));
    result.message = "nothing in the file depends on the architecture, so the constraint goes";
  }
  return result;
}

std::optional<Reconstraint> WidenGeneric(const PlannedStub& stub, PackageView* view,
                                         const Availability& available, bool plus_build) {
  Portability portability(view, available, stub.lacking);
  for (const PackageDecls::File& candidate : view->decls().files()) {
    const FileConstraint& constraint = candidate.file->skim->constraint;
    if (!LooksGeneric(candidate.file->path) || constraint.header.is_true() ||
        !constraint.name_goos.empty() || !constraint.name_goarch.empty() ||
        (candidate.where & stub.lacking) != 0) {
      continue;
    }
    const bool declares_all = std::ranges::all_of(stub.file.items, [&](const StubItem& item) {
      const PackageDecls::Entry* entry = view->decls().Find(item.unit->unit.key());
      return std::ranges::find(entry->files, candidate.file) != entry->files.end();
    });
    // What else it declares must be lacking in the same places.
    bool nothing_twice = true;
    for (const GoSkim::Decl decl : candidate.file->skim->decls) {
      const PackageDecls::Entry* entry = view->decls().Find(
          decl.receiver.empty() ? std::string(decl.name) : Cat(decl.receiver, ".", decl.name));
      nothing_twice = nothing_twice && (entry == nullptr || (entry->where & stub.lacking) == 0);
    }
    if (!declares_all || !nothing_twice || !AllPortable(*candidate.file, view, &portability)) {
      continue;
    }
    Reconstraint result;
    result.file = candidate.file;
    const ParsedGo* parsed = view->Parse(*candidate.file);
    const BuildExpr wide = Widened(candidate, stub, view);
    result.fix.edits.emplace(candidate.file->path,
                             ReplaceConstraint(*parsed->source, constraint, wide, plus_build));
    result.message = Cat(candidate.file->path.substr(candidate.file->path.rfind('/') + 1),
                         " would build there, so its constraint becomes `", wide.ToString(), "`");
    return result;
  }
  return std::nullopt;
}

}  // namespace windlass
