#ifndef WINDLASS_TRANSFORMER_DRIVER_TXTAR_H_
#define WINDLASS_TRANSFORMER_DRIVER_TXTAR_H_

#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// One file of an archive: from its marker to the next. Not empty text ends with a newline.
struct TxtarFile {
  std::string name;
  std::string text;
  size_t line = 1;  // of the marker
};

/// Go's txtar format: free text, then files, each after a line `-- name --`.
struct Txtar {
  std::string comment;
  std::vector<TxtarFile> files;
};

Txtar ParseTxtar(std::string_view text);
/// The inverse; a missing final newline is added to each part.
std::string FormatTxtar(const Txtar& archive);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_TXTAR_H_
