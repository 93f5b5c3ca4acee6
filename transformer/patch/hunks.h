#ifndef WINDLASS_TRANSFORMER_PATCH_HUNKS_H_
#define WINDLASS_TRANSFORMER_PATCH_HUNKS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "transformer/patch/file_change.h"

namespace windlass {

/// The hunks of a unified diff, each from its "@@" line on; no header.
struct TextHunks {
  std::string text;
  DiffStat stat;
};
/// Compares line by line at LFs, whatever else the bytes are. Missing final newlines are marked.
TextHunks MakeTextHunks(std::string_view before, std::string_view after, size_t context_lines);

/// What follows the index line of a binary change in git's format: "GIT binary patch", then the way
/// forward and the way back. Any bytes survive, in a mail too.
std::string MakeBinaryHunks(std::string_view before, std::string_view after);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_HUNKS_H_
