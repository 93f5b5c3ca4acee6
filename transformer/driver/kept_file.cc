#include "transformer/driver/kept_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "transformer/text/digest.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "windlass facts 2\n";
constexpr std::string_view kSuffix = ".facts";
/// Before each part: its digest and its size, both in hexadecimal digits.
constexpr size_t kDigestSize = 32;
constexpr size_t kSizeSize = 16;
/// Of all trees together; the one used last stays.
constexpr size_t kMaxFiles = 32;
constexpr uint64_t kMaxBytes = uint64_t{512} << 20;

/// `size` bytes at `at`, or fewer where the file ends.
std::string ReadAt(int fd, uint64_t at, uint64_t size) {
  std::string bytes(size, '\0');
  size_t have = 0;
  while (have < size) {
    const ssize_t n = pread(fd, bytes.data() + have, size - have, static_cast<off_t>(at + have));
    if (n == 0 || (n < 0 && errno != EINTR)) {
      break;
    }
    have += n > 0 ? static_cast<size_t>(n) : 0;
  }
  bytes.resize(have);
  return bytes;
}

/// Removes what was used least lately, until no more is left than may be.
void Prune(const std::string& folder) {
  std::error_code error;
  std::vector<std::pair<fs::file_time_type, fs::path>> kept;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;
    const auto time = fs::last_write_time(it->path(), gone);
    if (!gone && it->path().extension() == kSuffix) {
      kept.emplace_back(time, it->path());
    } else if (!gone && time < long_ago &&
               it->path().filename().string().find(Cat(kSuffix, "-")) != std::string::npos) {
      fs::remove(it->path(), gone);  // of a run that was killed
    }
  }
  std::ranges::sort(kept, std::greater<>());
  uintmax_t total = 0;
  for (size_t i = 0; i < kept.size(); ++i) {
    const uintmax_t size = fs::file_size(kept[i].second, error);
    total += error ? 0 : size;
    if (i > 0 && (i >= kMaxFiles || total > kMaxBytes)) {
      fs::remove(kept[i].second, error);
    }
  }
}

}  // namespace

std::string KeptFileFor(const std::string& folder, const std::string& root, std::string_view kind) {
  std::error_code error;
  const fs::path top = fs::canonical(root, error);
  return folder.empty() || error || !fs::is_directory(top, error)
             ? ""
             : Cat(folder, "/", DigestOf(top.string()).Hex(), kind.empty() ? "" : "-", kind,
                   kSuffix);
}

KeptFileReader::KeptFileReader(const std::string& file)
    : fd_(file.empty() ? -1 : open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
  std::error_code error;
  const uint64_t size = fd_ < 0 ? 0 : fs::file_size(file, error);
  if (error || size > kMaxBytes || ReadAt(fd_, 0, kMagic.size()) != kMagic) {
    return;
  }
  uint64_t at = kMagic.size();
  while (at < size) {
    const std::string head = ReadAt(fd_, at, kDigestSize + kSizeSize);
    uint64_t part = 0;
    const char* end = head.data() + head.size();
    const bool whole = head.size() == kDigestSize + kSizeSize &&
                       std::from_chars(head.data() + kDigestSize, end, part, 16).ptr == end;
    at += head.size();
    if (!whole || part > size - at) {
      parts_.clear();
      return;
    }
    parts_.push_back({at, part, head.substr(0, kDigestSize)});
    at += part;
  }
  fs::last_write_time(file, fs::file_time_type::clock::now(), error);
}

KeptFileReader::~KeptFileReader() {
  if (fd_ >= 0) {
    close(fd_);
  }
}

std::optional<std::string> KeptFileReader::Part(size_t i) const {
  std::string bytes = ReadAt(fd_, parts_[i].begin, parts_[i].size);
  const bool whole = bytes.size() == parts_[i].size && DigestOf(bytes).Hex() == parts_[i].digest;
  return whole ? std::optional(std::move(bytes)) : std::nullopt;
}

KeptFileWriter::KeptFileWriter(std::string folder, std::string file)
    : folder_(std::move(folder)), file_(std::move(file)), temp_(Cat(file_, "-XXXXXX")) {
  std::error_code error;
  fs::create_directories(folder_, error);
  fs::permissions(folder_, fs::perms::owner_all, error);
  fd_ = mkstemp(temp_.data());
  Write(kMagic);
}

KeptFileWriter::~KeptFileWriter() {
  GiveUp();
}

void KeptFileWriter::GiveUp() {
  if (fd_ >= 0) {
    close(std::exchange(fd_, -1));
    std::error_code error;
    fs::remove(temp_, error);
  }
}

void KeptFileWriter::Write(std::string_view bytes) {
  written_ += bytes.size();
  while (fd_ >= 0 && !bytes.empty()) {
    const ssize_t n = written_ > kMaxBytes ? 0 : write(fd_, bytes.data(), bytes.size());
    if (n > 0) {
      bytes.remove_prefix(static_cast<size_t>(n));
    } else if (n == 0 || errno != EINTR) {
      GiveUp();
    }
  }
}

void KeptFileWriter::Append(std::string_view part) {
  Write(Cat(DigestOf(part).Hex(), absl::StrFormat("%016x", part.size())));
  Write(part);
}

void KeptFileWriter::Commit() {
  if (fd_ < 0) {
    return;
  }
  std::error_code error;
  if (close(std::exchange(fd_, -1)) == 0) {
    fs::rename(temp_, file_, error);
    Prune(folder_);
  } else {
    fs::remove(temp_, error);
  }
}

}  // namespace windlass
