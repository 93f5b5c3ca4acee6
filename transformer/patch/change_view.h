#ifndef WINDLASS_TRANSFORMER_PATCH_CHANGE_VIEW_H_
#define WINDLASS_TRANSFORMER_PATCH_CHANGE_VIEW_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "transformer/text/edit.h"
#include "transformer/text/source_file.h"

namespace windlass {

/// Neighbouring lines that some edits change: how they were and how they become, without line ends.
struct ChangedLines {
  size_t first_line = 1;  // of the old text
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::span<const Edit> edits;
};

/// The places that `edits` (sorted, disjoint) change in `source`, as whole lines, in order. Edits
/// on one line or on lines that touch are one place. Lines at its ends that stay are left out.
std::vector<ChangedLines> ViewChanges(const SourceFile& source, std::span<const Edit> edits);

/// Number of edits if each does nothing but add or take a CR before an LF, else 0.
size_t CountEolEdits(const SourceFile& source, std::span<const Edit> edits);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_CHANGE_VIEW_H_
