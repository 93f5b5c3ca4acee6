#ifndef WINDLASS_TRANSFORMER_FACTS_GIT_ATTRIBUTES_H_
#define WINDLASS_TRANSFORMER_FACTS_GIT_ATTRIBUTES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/text/span.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What the .gitattributes files of a tree say, as git reads them: the last matching line wins,
/// deeper files win over shallower ones, `binary` is a macro, user macros ([attr]) are known. Only
/// files in the tree count, not info/attributes nor the user's own.
class GitAttributes {
 public:
  /// Adds the .gitattributes of folder `dir` ("" at the root).
  void Add(std::string_view dir, std::string_view text);

  /// The value of `attribute` for the file at `path`: "set", "unset", a value, or nullopt if
  /// unspecified.
  std::optional<std::string> Get(std::string_view path, std::string_view attribute) const;

  /// True if some line speaks of `attribute`.
  bool Mentions(std::string_view attribute) const;

  /// The line that decides `attribute` for the file at `path`; nullopt if none does.
  struct Source {
    std::string dir;      // of its .gitattributes
    std::string pattern;  // as written
    Span span;            // of the line, within its .gitattributes
  };
  std::optional<Source> SourceOf(std::string_view path, std::string_view attribute) const;

  /// The line end that git gives the file in a work tree: "lf", "crlf", or nullopt if it depends on
  /// the machine or if git leaves the bytes alone.
  std::optional<std::string> WorkTreeEol(std::string_view path) const;
  /// True if git turns CRLF into LF when it stores the file, whatever it holds today.
  bool StoredAsLf(std::string_view path) const;
  /// True if git never touches the file's bytes (`-text`, `binary`).
  bool Untouched(std::string_view path) const;

 private:
  struct Line {
    std::string dir;
    std::string pattern;
    std::vector<std::pair<std::string, std::optional<std::string>>> states;  // nullopt: "!attr"
    Span span;
  };
  const Line* Deciding(std::string_view path, std::string_view attribute,
                       const std::optional<std::string>** state) const;
  void AddStates(std::string_view word, Line* line) const;

  std::vector<Line> lines_;  // shallow before deep once sorted by depth, in order within a file
  StringMap<std::vector<std::pair<std::string, std::optional<std::string>>>> macros_;
};

/// A word of .gitattributes that git passes over, and the one that was meant.
struct AttributeTypo {
  Span span;          // within the text
  std::string meant;  // "text", "eol=lf"
};
/// Misspelt names ("test" for "text", "eof=lf") and values ("eol=LF") of the attributes that decide
/// line endings. Names that `text` defines as macros are none.
std::vector<AttributeTypo> FindAttributeTypos(std::string_view text);

/// Whether `path` (relative to the pattern's folder) matches a pattern of .gitattributes: without a
/// slash it speaks of the last element, `*` and `?` stay within one element, `**` crosses elements.
bool GitPatternMatches(std::string_view pattern, std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GIT_ATTRIBUTES_H_
