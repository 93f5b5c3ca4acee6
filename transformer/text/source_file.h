#ifndef WINDLASS_TRANSFORMER_TEXT_SOURCE_FILE_H_
#define WINDLASS_TRANSFORMER_TEXT_SOURCE_FILE_H_

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/text/eol.h"
#include "transformer/text/span.h"

namespace windlass {

/// Immutable bytes and where they came from. Its address never changes (neither copied nor moved),
/// so views and trees may borrow from it for its whole life. Any number of threads may read it.
class SourceFile {
 public:
  /// `path` is slash-separated and relative to the root of the run; `bytes` are taken as they are.
  SourceFile(std::string path, std::string bytes);
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  const std::string& path() const { return path_; }
  std::string_view bytes() const { return bytes_; }
  size_t size() const { return bytes_.size(); }
  Encoding encoding() const { return encoding_; }
  const EolProfile& eols() const;

  /// The bytes of `span`, which must lie within the file.
  std::string_view Text(Span span) const;
  /// Where `offset` lies (`offset <= size()`). A CRLF counts as one line end, a lone CR as none. A
  /// text that ends with a line end has one more, empty line.
  Position PositionAt(size_t offset) const;
  /// Offset of the first byte of a line (1-based), clamped to the file.
  size_t LineBegin(size_t line) const;
  /// The line's span without its line end.
  Span LineSpan(size_t line) const;
  size_t line_count() const { return Lines().starts.size(); }

  /// The line end that text inserted at `offset` should use: that of the line it lies on or,
  /// failing that, of the nearest line before, then the file's dominant one. In the file's own
  /// encoding.
  std::string_view EolAt(size_t offset) const;

 private:
  // Found when first asked for: most files of a run are only searched.
  struct LineIndex {
    EolProfile eols;
    std::vector<size_t> starts;
  };
  const LineIndex& Lines() const;
  size_t LineOf(size_t offset) const;
  Eol EolOfLine(size_t line) const;

  std::string path_;
  std::string bytes_;
  Encoding encoding_;
  mutable std::once_flag lines_once_;
  mutable LineIndex lines_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_SOURCE_FILE_H_
