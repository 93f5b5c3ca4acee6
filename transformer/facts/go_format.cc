#include "transformer/facts/go_format.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "transformer/facts/go_columns.h"
#include "transformer/facts/go_one_liners.h"
#include "transformer/facts/go_parts.h"
#include "transformer/facts/go_spacing.h"
#include "transformer/text/edit_compose.h"

namespace windlass {
namespace {

/// Where `edits` ends up in the edited text.
std::vector<Span> EditedSpans(const EditSet& edits) {
  std::vector<Span> spans;
  size_t added = 0;
  size_t removed = 0;
  for (const Edit& edit : edits.edits()) {
    const size_t begin = edit.span.begin + added - removed;
    spans.push_back({begin, begin + edit.text.size()});
    added += edit.text.size();
    removed += edit.span.size();
  }
  return spans;
}

/// The edited text, and the tree of its declarations that are edited, or stand so close to those
/// that gofmt may align them together.
struct Draft {
  Draft(const Tree& original, EditSet all_edits)
      : edits(std::move(all_edits)),
        source(original.source().path(), edits.Apply(original.source().bytes())) {
    const std::vector<GoPart> parts = SplitGo(source.bytes());
    auto parsed =
        Tree::ParseParts(source, Language::kGo,
                         SpansOf(parts, PartsAround(parts, source.bytes(), EditedSpans(edits))));
    if (parsed.ok() && !(*parsed)->has_errors()) {
      tree = *std::move(parsed);
    }
  }

  EditSet edits;  // of the original
  SourceFile source;
  std::unique_ptr<Tree> tree;  // null if it does not parse
};

/// Formats a draft step by step. Each step is exact where the rest of the file is gofmt-clean; a
/// place that the original did not have clean is left alone.
class Realigner {
 public:
  Realigner(const Tree& original, const EditSet& edits)
      : original_(original), draft_(std::make_unique<Draft>(original, edits)) {}

  std::optional<EditSet> Run() {
    if (draft_->tree == nullptr) {
      return std::nullopt;
    }
    if (Step(SpaceOperators()) && BreakLines()) {
      Step(AlignColumns());
    }
    return std::move(draft_->edits);
  }

 private:
  static constexpr int kMaxNesting = 4;  // of one-line functions within each other

  /// Makes `edits` to the draft; false, with the draft as it was, if it would not parse any more.
  bool Step(const EditSet& edits) {
    if (edits.empty()) {
      return true;
    }
    auto next = std::make_unique<Draft>(
        original_, ComposeEdits(original_.source().bytes(), draft_->edits, edits));
    if (next->tree == nullptr) {
      return false;
    }
    draft_ = std::move(next);
    return true;
  }

  EditSet SpaceOperators() const {
    EditSet edits;
    std::optional<std::vector<GoBlank>> before;
    for (const GoBlank& blank : GoBlanks(draft_->tree->root())) {
      if (blank.clean) {
        continue;
      }
      if (!before.has_value()) {
        before = GoBlanks(original_.root());
      }
      const size_t place = OriginalOffset(draft_->edits, blank.gap.begin);
      const bool was_unclean = std::ranges::any_of(*before, [&](const GoBlank& old) {
        return !old.clean && old.gap.begin <= place && place <= old.gap.end;
      });
      if (!was_unclean) {
        (void)edits.Add(blank.gap, blank.wanted ? " " : "");
      }
    }
    return edits;
  }

  bool BreakLines() {
    for (int round = 0; round < kMaxNesting; ++round) {
      const EditSet edits = BreakLongOneLiners(*draft_->tree);
      if (edits.empty() || (round == 0 && !BreakLongOneLiners(original_).empty())) {
        break;  // nothing to do, or not clean before
      }
      if (!Step(edits)) {
        return false;
      }
    }
    return true;
  }

  EditSet AlignColumns() const {
    EditSet edits;
    std::optional<std::vector<Span>> unclean;
    for (const GoPadding& padding : GoPaddings(*draft_->tree)) {
      if (padding.clean) {
        continue;
      }
      if (!unclean.has_value()) {
        unclean = UncleanSections();
      }
      const Span section = OriginalLines(padding);
      const bool was_unclean = std::ranges::any_of(*unclean, [&](const Span& lines) {
        return lines.begin <= section.end && section.begin <= lines.end;
      });
      if (!was_unclean) {
        (void)edits.Add(padding.gap, std::string(padding.width, ' '));
      }
    }
    return edits;
  }

  /// First and last lines of the sections that the original did not have aligned.
  std::vector<Span> UncleanSections() const {
    std::vector<Span> sections;
    for (const GoPadding& padding : GoPaddings(original_)) {
      if (!padding.clean) {
        sections.push_back({padding.first_line, padding.last_line});
      }
    }
    return sections;
  }

  /// First and last line of the original that the section comes from.
  Span OriginalLines(const GoPadding& padding) const {
    const SourceFile& source = draft_->source;
    const auto line = [&](size_t offset) {
      return original_.source().PositionAt(OriginalOffset(draft_->edits, offset)).line;
    };
    return {line(source.LineBegin(padding.first_line)),
            line(source.LineSpan(padding.last_line).end)};
  }

  const Tree& original_;
  std::unique_ptr<Draft> draft_;
};

}  // namespace

std::optional<EditSet> RealignGo(const Tree& tree, const EditSet& edits) {
  return tree.has_errors() || edits.empty() ? edits : Realigner(tree, edits).Run();
}

}  // namespace windlass
