#ifndef WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "transformer/text/span.h"

namespace windlass {

/// One top-level declaration of a Go file, or what comes before the first: package clause and
/// imports.
struct GoPart {
  enum class Kind : uint8_t { kHead, kFunc, kType, kConst, kVar };
  Kind kind = Kind::kHead;
  Span span;  // up to the next part, so that all parts together are the file
};

/// Splits a file without parsing it, at the speed of a skim: for parsing no more of it than is
/// needed (Tree::ParseParts). The first part is the head. Broken input gives some split.
std::vector<GoPart> SplitGo(std::string_view bytes);

/// The index of the part that holds `offset`. `parts` is not empty.
size_t PartAt(const std::vector<GoPart>& parts, size_t offset);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_PARTS_H_
