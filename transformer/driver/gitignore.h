#ifndef WINDLASS_TRANSFORMER_DRIVER_GITIGNORE_H_
#define WINDLASS_TRANSFORMER_DRIVER_GITIGNORE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// Whether `text` matches a pattern as git's wildmatch understands it. If `path`, wildcards do not
/// cross slashes, and a component `**` stands for any number of folders. Linear in the product of
/// the two lengths.
bool WildMatch(std::string_view pattern, std::string_view text, bool path);

/// The patterns of one .gitignore file. (libgit2 reads these too, but drops patterns such as a
/// `!keep.log` that takes back one of a folder above, and needs some 20 microseconds a path.)
class GitIgnore {
 public:
  /// Git's syntax; a line that is no pattern matches nothing.
  explicit GitIgnore(std::string_view text);

  bool empty() const { return patterns_.empty(); }
  /// The last pattern that matches `path` (relative to the folder of the file, without slashes at
  /// its ends) decides: true if it is ignored, false if taken back; nullopt if none matches.
  std::optional<bool> Ignores(std::string_view path, bool is_folder) const;

 private:
  struct Pattern {
    enum class Kind { kName, kNameSuffix, kNameWild, kPath, kPathWild };
    Kind kind = Kind::kName;
    bool negative = false;
    bool folders_only = false;
    std::string text;
  };
  static std::optional<Pattern> Parse(std::string_view line);
  static bool Matches(const Pattern& pattern, std::string_view path, std::string_view name);

  std::vector<Pattern> patterns_;  // last line first
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_GITIGNORE_H_
