#include "transformer/driver/eol_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "transformer/driver/fd.h"
#include "transformer/text/eol_stream.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"
#include "transformer/text/work_tree_encoding.h"

namespace windlass {
namespace {

constexpr size_t kSniffBytes = size_t{64} << 10;

absl::Status Error(const std::string& path, std::string_view what) {
  return absl::UnavailableError(Absl(Cat(path, ": ", what, ": ", std::strerror(errno))));
}

std::string Head(int fd) {
  std::string head(kSniffBytes, '\0');
  const ssize_t n = pread(fd, head.data(), head.size(), 0);
  head.resize(n > 0 ? static_cast<size_t>(n) : 0);
  return head;
}

Encoding Sniff(const std::string& head, const std::string& declared) {
  if (!declared.empty()) {
    const Encoding encoding = DeclaredEncoding(declared, head, head.size() < kSniffBytes);
    if (IsUtf16(encoding) || head.size() < kSniffBytes) {
      return encoding;
    }
  }
  return head.size() < kSniffBytes ? DetectEncoding(head) : SniffEncoding(head);
}

/// Opens the regular file at `path` for reading.
absl::StatusOr<Fd> OpenRegular(const std::string& path, struct stat* info) {
  Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd.ok() || fstat(fd.get(), info) != 0) {
    return Error(path, "cannot be read");
  }
  if (!S_ISREG(info->st_mode)) {
    return absl::FailedPreconditionError(Absl(Cat(path, ": not a regular file; left alone")));
  }
  return fd;
}

/// Writes the conversion to `temp` and renames it over `path`; false if it came out the same.
absl::StatusOr<bool> Replace(const std::string& path, const std::string& temp, int in, int out,
                             const struct stat& info, Encoding encoding, Eol to, bool keep_date) {
  WINDLASS_RETURN_IF_ERROR(ConvertEolStream(in, out, encoding, to));
  struct stat written {};
  if (fstat(out, &written) != 0) {
    return Error(path, "cannot be converted");
  }
  // Only line ends change, so equal sizes mean equal bytes.
  if (written.st_size == info.st_size) {
    return false;
  }
  const std::array<timespec, 2> times = {info.st_atim, info.st_mtim};
  if (keep_date && futimens(out, times.data()) != 0) {
    return Error(path, "cannot keep its date");
  }
  if (fchmod(out, info.st_mode & 07777) != 0 || fsync(out) != 0 ||
      rename(temp.c_str(), path.c_str()) != 0) {
    return Error(path, "cannot be replaced");
  }
  return true;
}

}  // namespace

bool WouldChange(const EolProfile& eols, Eol to) {
  return to == Eol::kLf ? eols.crlf > 0 : eols.lf > 0;
}

absl::StatusOr<EolFileInfo> InspectFd(int fd, const std::string& encoding) {
  EolFileInfo out;
  out.head = Head(fd);
  out.encoding = Sniff(out.head, encoding);
  out.has_mark = !ByteOrderMark(out.head).empty();
  if (out.encoding == Encoding::kBinary) {
    return out;
  }
  if (lseek(fd, 0, SEEK_SET) < 0) {
    return Error("the input", "cannot be read again");
  }
  const absl::StatusOr<EolProfile> eols = CountEolStream(fd, out.encoding);
  if (absl::IsFailedPrecondition(eols.status())) {
    out.encoding = Encoding::kBinary;
    return out;
  }
  WINDLASS_RETURN_IF_ERROR(eols.status());
  out.eols = *eols;
  return out;
}

absl::StatusOr<EolFileInfo> InspectHead(const std::string& path) {
  struct stat info {};
  WINDLASS_ASSIGN_OR_RETURN(const Fd in, OpenRegular(path, &info));
  EolFileInfo out;
  out.head = Head(in.get());
  out.encoding = Sniff(out.head, "");
  out.has_mark = !ByteOrderMark(out.head).empty();
  return out;
}

absl::StatusOr<EolFileInfo> InspectFile(const std::string& path, const std::string& encoding) {
  struct stat info {};
  WINDLASS_ASSIGN_OR_RETURN(const Fd in, OpenRegular(path, &info));
  return InspectFd(in.get(), encoding);
}

absl::StatusOr<EolOutcome> ConvertFile(const std::string& path, Eol to,
                                       const EolFileOptions& options) {
  struct stat info {};
  WINDLASS_ASSIGN_OR_RETURN(const Fd in, OpenRegular(path, &info));
  const Encoding encoding = Sniff(Head(in.get()), options.encoding);
  if (encoding == Encoding::kBinary) {
    return EolOutcome::kBinary;
  }
  if (options.dry_run) {
    const absl::StatusOr<EolProfile> eols = CountEolStream(in.get(), encoding);
    if (absl::IsFailedPrecondition(eols.status())) {
      return EolOutcome::kBinary;
    }
    WINDLASS_RETURN_IF_ERROR(eols.status());
    return WouldChange(*eols, to) ? EolOutcome::kConverted : EolOutcome::kUnchanged;
  }
  std::string temp = Cat(path, ".windlass-XXXXXX");
  const Fd out(mkstemp(temp.data()));
  if (out.get() < 0) {
    return Error(path, "no file can be made beside it");
  }
  const absl::StatusOr<bool> replaced =
      Replace(path, temp, in.get(), out.get(), info, encoding, to, options.keep_date);
  if (!replaced.ok() || !*replaced) {
    unlink(temp.c_str());
    if (absl::IsFailedPrecondition(replaced.status())) {
      return EolOutcome::kBinary;
    }
    return replaced.ok() ? absl::StatusOr<EolOutcome>(EolOutcome::kUnchanged) : replaced.status();
  }
  return EolOutcome::kConverted;
}

}  // namespace windlass
