#ifndef WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_
#define WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "transformer/text/eol.h"

namespace windlass {

/// What became of a file.
enum class EolOutcome { kUnchanged, kConverted, kBinary };

struct EolFileOptions {
  bool dry_run = false;    // write nothing; the answer is what would have become of the file
  bool keep_date = false;  // the new file has the times of the old one
  std::string encoding;    // as working-tree-encoding names it; empty: what the bytes look like
};

/// Turns the line ends of the regular file at `path` into `to` (kLf or kCrlf), in constant memory:
/// the new text is written beside it, fsynced and renamed over it; its mode is kept. A link is an
/// error, as is anything that is no regular file.
absl::StatusOr<EolOutcome> ConvertFile(const std::string& path, Eol to,
                                       const EolFileOptions& options);

/// What is known of a file without changing it.
struct EolFileInfo {
  Encoding encoding = Encoding::kBinary;
  bool has_mark = false;  // a byte-order mark
  EolProfile eols;        // empty of a binary one
  std::string head;       // its first bytes
};
/// The same errors as ConvertFile; constant memory.
absl::StatusOr<EolFileInfo> InspectFile(const std::string& path, const std::string& encoding = "");
/// The same of its first bytes alone; `eols` stays empty.
absl::StatusOr<EolFileInfo> InspectHead(const std::string& path);
/// The same of an open file, which is read from its beginning and left at its end.
absl::StatusOr<EolFileInfo> InspectFd(int fd, const std::string& encoding = "");

/// True if conversion to `to` (kLf or kCrlf) changes a text with these line ends.
bool WouldChange(const EolProfile& eols, Eol to);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_
