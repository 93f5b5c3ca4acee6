#include "transformer/text/eol_stream.h"

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kPiece = 256 * 1024;

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

}  // namespace

absl::Status ConvertEolStream(int in_fd, int out_fd, Encoding encoding, Eol to, bool lone_cr) {
  const auto in = std::make_unique<char[]>(kPiece);
  const auto out = std::make_unique<char[]>(EolConverter::RoomFor(kPiece));
  EolConverter converter(to, lone_cr, encoding);
  while (true) {
    WINDLASS_ASSIGN_OR_RETURN(const size_t got, ReadSome(in_fd, in.get(), kPiece));
    if (got == 0) {
      std::string rest;
      converter.Finish(&rest);
      return WriteAll(out_fd, rest);
    }
    const char* end = converter.Convert({in.get(), got}, out.get());
    WINDLASS_RETURN_IF_ERROR(WriteAll(out_fd, {out.get(), static_cast<size_t>(end - out.get())}));
  }
}

absl::StatusOr<EolProfile> CountEolStream(int fd, Encoding encoding) {
  const auto buffer = std::make_unique<char[]>(kPiece);
  EolCounter counter(encoding);
  while (true) {
    WINDLASS_ASSIGN_OR_RETURN(const size_t got, ReadSome(fd, buffer.get(), kPiece));
    if (got == 0) {
      return counter.Profile();
    }
    counter.Feed({buffer.get(), got});
  }
}

}  // namespace windlass
