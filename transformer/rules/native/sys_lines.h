#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_SYS_LINES_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_SYS_LINES_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/text/span.h"
#include "transformer/text/strings.h"

namespace windlass {

/// The `//sys` comments of one package. mkwinsyscall makes a function of each, in a generated file,
/// and takes the types of its parameters and results over as they are written.
class SysLines {
 public:
  struct Line {
    std::string path;
    Span span;              // of the comment
    std::string_view text;  // of the tree that was added
  };

  /// Reads the lines of one file, whose tree must outlive this.
  void Add(std::string_view path, Node root);
  /// The line that the function called `function` is made of; a leading `_` marks the half that
  /// takes pointers for strings. Null if there is none, or more than one.
  const Line* Find(std::string_view function) const;
  /// Where `line` writes `syscall.<name>`.
  static std::vector<Span> Mentions(const Line& line, std::string_view name);

 private:
  StringMap<std::vector<Line>> lines_;  // by the function's name
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_SYS_LINES_H_
