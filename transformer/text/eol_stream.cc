#include "transformer/text/eol_stream.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kPiece = 256 * 1024;
constexpr size_t kHead = 64 * 1024;
/// Output goes out in multiples of this: files take whole pages more cheaply.
constexpr size_t kAligned = 64 * 1024;

// The bytes read; 0 at the end.
absl::StatusOr<size_t> ReadSome(int fd, char* buffer, size_t size) {
  while (true) {
    const ssize_t got = read(fd, buffer, size);
    if (got >= 0) {
      return static_cast<size_t>(got);
    }
    if (errno != EINTR) {
      return absl::ErrnoToStatus(errno, "cannot read the input");
    }
  }
}

absl::Status CheckText(std::string_view piece, Encoding encoding) {
  const bool may_hold_nul = IsUtf16(encoding) || encoding == Encoding::kBinary;
  if (!may_hold_nul && piece.find('\0') != std::string_view::npos) {
    return absl::FailedPreconditionError("binary data follows the text; nothing is converted");
  }
  return absl::OkStatus();
}

absl::Status WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      return absl::ErrnoToStatus(errno, "cannot write the output");
    }
  }
  return absl::OkStatus();
}

/// Converts `head`, which has been read already, and the rest of `in_fd`.
absl::Status ConvertRest(std::string_view head, int in_fd, int out_fd, EolConverter converter,
                         Encoding encoding) {
  const auto in = std::make_unique<char[]>(kPiece);
  const auto out = std::make_unique<char[]>(kAligned + EolConverter::RoomFor(kPiece));
  size_t kept = 0;
  for (std::string_view piece = head; true;) {
    WINDLASS_RETURN_IF_ERROR(CheckText(piece, encoding));
    const char* end = converter.Convert(piece, out.get() + kept);
    const std::string_view ready(out.get(), static_cast<size_t>(end - out.get()));
    kept = ready.size() % kAligned;
    WINDLASS_RETURN_IF_ERROR(WriteAll(out_fd, ready.substr(0, ready.size() - kept)));
    std::memmove(out.get(), ready.data() + ready.size() - kept, kept);
    WINDLASS_ASSIGN_OR_RETURN(const size_t got, ReadSome(in_fd, in.get(), kPiece));
    if (got == 0) {
      std::string rest(out.get(), kept);
      converter.Finish(&rest);
      return WriteAll(out_fd, rest);
    }
    piece = {in.get(), got};
  }
}

}  // namespace

absl::Status ConvertEolStream(int in_fd, int out_fd, Encoding encoding, Eol to, bool lone_cr) {
  return ConvertRest({}, in_fd, out_fd, EolConverter(to, lone_cr, encoding), encoding);
}

absl::Status ConvertEolStream(int in_fd, int out_fd, Eol to, bool lone_cr) {
  std::string head(kHead, '\0');
  size_t have = 0;
  while (have < head.size()) {
    WINDLASS_ASSIGN_OR_RETURN(const size_t got,
                              ReadSome(in_fd, head.data() + have, head.size() - have));
    if (got == 0) {
      break;
    }
    have += got;
  }
  const bool whole = have < head.size();
  head.resize(have);
  const Encoding encoding = whole ? DetectEncoding(head) : SniffEncoding(head);
  return ConvertRest(head, in_fd, out_fd, EolConverter(to, lone_cr, encoding), encoding);
}

absl::StatusOr<EolProfile> CountEolStream(int fd, Encoding encoding) {
  const auto buffer = std::make_unique<char[]>(kPiece);
  EolCounter counter(encoding);
  while (true) {
    WINDLASS_ASSIGN_OR_RETURN(const size_t got, ReadSome(fd, buffer.get(), kPiece));
    if (got == 0) {
      return counter.Profile();
    }
    WINDLASS_RETURN_IF_ERROR(CheckText({buffer.get(), got}, encoding));
    counter.Feed({buffer.get(), got});
  }
}

}  // namespace windlass
