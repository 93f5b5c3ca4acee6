#ifndef WINDLASS_TRANSFORMER_DRIVER_SPLIT_H_
#define WINDLASS_TRANSFORMER_DRIVER_SPLIT_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/patch/file_change.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// What gets a commit of its own within a level.
enum class Split : uint8_t { kFamily, kRule, kDir, kOwner };
/// "family", "rule", "dir", "owner".
std::optional<Split> SplitFromName(std::string_view name);

/// A part of what one family and level change.
struct SplitPart {
  std::string name;  // of the folder or the owner; "" if it is the whole
  std::vector<FileChange> files;
  std::vector<Finding> findings;
};

/// Splits by `key` of a path. Files that one finding changes stay together, and so does everything
/// where a .gitattributes comes along, which must arrive with the files it speaks of. What several
/// parts need, such as a helper package, comes with the first. Sorted by name.
std::vector<SplitPart> SplitBy(const std::function<std::string(std::string_view path)>& key,
                               std::vector<FileChange> files, std::vector<Finding> findings);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_SPLIT_H_
