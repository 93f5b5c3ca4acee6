#include "transformer/patch/suggestions.h"

#include <algorithm>

#include "transformer/patch/change_view.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// All edits of the findings `chosen`, by path.
StringMap<EditSet> UnionOf(std::span<const Finding> findings, std::span<const size_t> chosen) {
  StringMap<EditSet> merged;
  for (const size_t i : chosen) {
    for (const auto& [path, edits] : findings[i].fix->edits) {
      (void)merged[path].Merge(edits);  // of one composition: they do not conflict
    }
  }
  return merged;
}

bool HasEditIn(const Fix& fix, const std::string& path, std::span<const Edit> edits) {
  const auto own = fix.edits.find(path);
  return own != fix.edits.end() && std::ranges::any_of(own->second.edits(), [&](const Edit& edit) {
           return std::ranges::find(edits, edit) != edits.end();
         });
}

/// Whole lines that come or go take a neighbouring line along: a suggestion must replace something,
/// by something.
SuggestedPlace PlaceOf(const SourceFile& source, const ChangedLines& view) {
  SuggestedPlace place;
  place.path = source.path();
  place.first_line = view.first_line;
  place.last_line = view.first_line + view.before.size() - 1;
  place.lines = view.after;
  if (view.before.empty() || view.after.empty()) {
    const bool above = view.first_line > 1;
    const size_t anchor = above ? view.first_line - 1 : place.last_line + 1;
    std::string kept(source.Text(source.LineSpan(anchor)));
    place.first_line = std::min(place.first_line, anchor);
    place.last_line = std::max(place.last_line, anchor);
    place.lines.insert(above ? place.lines.begin() : place.lines.end(), std::move(kept));
  }
  return place;
}

bool CanBeLines(const SourceFile* source) {
  return source != nullptr && !IsUtf16(source->encoding()) &&
         source->encoding() != Encoding::kBinary;
}

class Planner {
 public:
  Planner(std::span<const Finding> findings, const SourceLookup& sources,
          const PlaceFilter& allowed)
      : findings_(findings), sources_(sources), allowed_(allowed), carried_(findings.size()) {}

  SuggestionPlan Run() {
    std::vector<size_t> fixed;
    for (size_t i = 0; i < findings_.size(); ++i) {
      const auto& fix = findings_[i].fix;
      if (fix && !fix->empty()) {
        fixed.push_back(i);
        carried_[i] = fix->new_files.empty() && fix->renames.empty();
      }
    }
    for (const auto& [path, edits] : UnionOf(findings_, fixed)) {
      AddPlaces(path, edits, fixed);
    }
    Settle();
    for (const size_t i : fixed) {
      (carried_[i] ? plan_.carried : plan_.rest).push_back(i);
    }
    std::erase_if(plan_.places, [&](const SuggestedPlace& place) { return !Carries(place); });
    return std::move(plan_);
  }

 private:
  void AddPlaces(const std::string& path, const EditSet& edits, std::span<const size_t> fixed) {
    const SourceFile* source = sources_(path);
    if (!CanBeLines(source) || CountEolEdits(*source, edits.edits()) > 0) {
      for (const size_t i : fixed) {
        carried_[i] = carried_[i] && !findings_[i].fix->edits.contains(path);
      }
      return;
    }
    for (const ChangedLines& view : ViewChanges(*source, edits.edits())) {
      SuggestedPlace place = PlaceOf(*source, view);
      for (const size_t i : fixed) {
        if (HasEditIn(*findings_[i].fix, path, view.edits)) {
          place.findings.push_back(i);
        }
      }
      if (!allowed_(path, place.first_line, place.last_line)) {
        for (const size_t i : place.findings) {
          carried_[i] = false;
        }
      }
      plan_.places.push_back(std::move(place));
    }
  }

  bool Carries(const SuggestedPlace& place) const {
    return std::ranges::all_of(place.findings, [&](size_t i) { return carried_[i]; });
  }

  /// What shares a place with a fix that is not carried is not carried either.
  void Settle() {
    for (bool changed = true; changed;) {
      changed = false;
      for (const SuggestedPlace& place : plan_.places) {
        if (Carries(place)) {
          continue;
        }
        for (const size_t i : place.findings) {
          changed = changed || carried_[i];
          carried_[i] = false;
        }
      }
    }
  }

  std::span<const Finding> findings_;
  const SourceLookup& sources_;
  const PlaceFilter& allowed_;
  std::vector<bool> carried_;
  SuggestionPlan plan_;
};

}  // namespace

SuggestionPlan PlanSuggestions(std::span<const Finding> findings, const SourceLookup& sources,
                               const PlaceFilter& allowed) {
  return Planner(findings, sources, allowed).Run();
}

std::vector<FileChange> ChangesOf(std::span<const Finding> findings, std::span<const size_t> chosen,
                                  const SourceLookup& sources) {
  StringMap<FileChange> changes;
  for (const auto& [path, edits] : UnionOf(findings, chosen)) {
    if (const SourceFile* source = sources(path)) {
      FileChange& change = changes[path];
      change.path = change.old_path = path;
      change.before = std::string(source->bytes());
      change.after = edits.Apply(source->bytes());
    }
  }
  for (const size_t i : chosen) {
    for (const NewFile& file : findings[i].fix->new_files) {
      if (sources(file.path) == nullptr) {
        changes[file.path] = {.path = file.path,
                              .old_path = file.path,
                              .before = std::nullopt,
                              .after = file.text,
                              .executable = file.executable};
      }
    }
    for (const auto& [from, to] : findings[i].fix->renames) {
      if (const SourceFile* source = sources(from)) {
        FileChange& change = changes[from];
        change.old_path = from;
        change.path = to;
        change.before = std::string(source->bytes());
        change.after = change.after ? change.after : change.before;
      }
    }
  }
  std::vector<FileChange> result;
  for (auto& [path, change] : changes) {
    if (change.before != change.after || change.renamed()) {
      result.push_back(std::move(change));
    }
  }
  return result;
}

}  // namespace windlass
