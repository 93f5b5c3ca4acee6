#ifndef WINDLASS_TRANSFORMER_FACTS_GO_MOD_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_MOD_H_

#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// What a go.mod says, as far as windlass asks.
struct GoMod {
  struct Require {
    std::string path;
    std::string version;
    bool indirect = false;
  };
  struct Replace {
    std::string path;
    std::string version;  // empty: every version
    std::string
        new_path;  // a module path, or a folder that begins with "./" or "../" or is absolute
    std::string new_version;  // empty for folders
  };

  std::string module;      // empty if there is no module line
  std::string go_version;  // as written ("1.21", "1.22.3", "1.21rc2"); empty if there is none
  std::vector<Require> requires_;
  std::vector<Replace> replaces;
};

/// Reads a go.mod line by line. Never fails: lines that make no sense, and verbs that are not
/// listed above, are passed over.
GoMod ParseGoMod(std::string_view bytes);

/// The minor number of a Go version: 21 of "1.21", "1.21.3" and "1.21rc2"; -1 of anything else.
int GoMinor(std::string_view version);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_MOD_H_
