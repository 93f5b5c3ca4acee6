#ifndef WINDLASS_TRANSFORMER_TEXT_EOL_STREAM_H_
#define WINDLASS_TRANSFORMER_TEXT_EOL_STREAM_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/text/eol.h"

namespace windlass {

/// Reads `in_fd` to its end and writes the text with line ends turned into `to` (kLf or kCrlf) to
/// `out_fd`, in constant memory. `encoding` is that of the whole stream (DetectEncoding of its
/// first piece will do); binary is copied unchanged. The error is the system's; what was already
/// written stays written. The descriptors stay open.
absl::Status ConvertEolStream(int in_fd, int out_fd, Encoding encoding, Eol to,
                              bool lone_cr = false);

/// The same for a stream of unknown encoding, which its first 64 KiB tell.
absl::Status ConvertEolStream(int in_fd, int out_fd, Eol to, bool lone_cr = false);

/// Counts the line ends of what `fd` gives until its end, in constant memory, with the same errors.
absl::StatusOr<EolProfile> CountEolStream(int fd, Encoding encoding);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_EOL_STREAM_H_
