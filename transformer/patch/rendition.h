#ifndef WINDLASS_TRANSFORMER_PATCH_RENDITION_H_
#define WINDLASS_TRANSFORMER_PATCH_RENDITION_H_

#include <string>
#include <vector>

#include "transformer/patch/file_change.h"

namespace windlass {

/// What the binary patches among `changes` do, for people who read the mail; empty if there are
/// none. A change of nothing but line endings is one sentence; of other text the first lines of the
/// diff are shown, CRs as ^M. No line can be taken for a part of a patch.
std::string FormatRendition(const std::vector<FileChange>& changes);

/// "212 lines CRLF -> LF" if the two texts differ in their line endings alone, else empty.
std::string DescribeEolChange(std::string_view before, std::string_view after);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_RENDITION_H_
