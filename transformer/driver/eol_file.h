#ifndef WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_
#define WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "transformer/text/eol.h"

namespace windlass {

/// What became of a file.
enum class EolOutcome { kUnchanged, kConverted, kBinary };

/// Turns the line ends of the regular file at `path` into `to` (kLf or kCrlf), in constant memory:
/// the new text is written beside it, fsynced and renamed over it; its mode is kept. A link is an
/// error, as is anything that is no regular file. With `dry_run` nothing is written and the answer
/// is what would have become of it.
absl::StatusOr<EolOutcome> ConvertFile(const std::string& path, Eol to, bool dry_run);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_EOL_FILE_H_
