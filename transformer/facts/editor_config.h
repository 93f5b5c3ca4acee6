#ifndef WINDLASS_TRANSFORMER_FACTS_EDITOR_CONFIG_H_
#define WINDLASS_TRANSFORMER_FACTS_EDITOR_CONFIG_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/text/span.h"
#include "transformer/text/strings.h"

namespace windlass {

/// A glob of .editorconfig: `*` and `?` within one element, `**` across elements, `[name]`,
/// `[!name]`, `{a,b}` (nested, too), `{1..9}`, and `\` before anything of that. Without a slash it
/// speaks of names in every folder below, with one of paths from its own.
class EditorGlob {
 public:
  explicit EditorGlob(std::string_view glob);
  /// `path` is relative to the folder of the .editorconfig.
  bool Matches(std::string_view path) const;

 private:
  std::unique_ptr<RE2> pattern_;
  std::vector<std::pair<int, int>> ranges_;  // of the pattern's groups, in order
};

/// What the .editorconfig files of a tree say: sections in order, the last that matches wins,
/// deeper files win over shallower ones, up to one that says `root = true`.
class EditorConfig {
 public:
  struct Value {
    std::string value;  // in lower case
    std::string path;   // of the .editorconfig
    Span span;          // of the line that says so
  };

  /// Adds the .editorconfig of folder `dir` ("" at the root).
  void Add(std::string_view dir, std::string_view text);

  /// The value of `property` ("end_of_line") for the file at `path`; nullopt if nothing sets it, or
  /// it is `unset`.
  std::optional<Value> Get(std::string_view path, std::string_view property) const;
  /// True if any section sets `property`.
  bool Mentions(std::string_view property) const;

 private:
  struct Property {
    std::string name;
    std::string value;
    Span span;
  };
  struct Section {
    EditorGlob glob;
    std::vector<Property> properties;
  };
  struct File {
    std::string dir;
    std::string path;
    bool root = false;
    std::vector<Section> sections;
  };
  std::vector<File> files_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_EDITOR_CONFIG_H_
