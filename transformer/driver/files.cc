#include "transformer/driver/files.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "transformer/text/status.h"

namespace windlass {

namespace fs = std::filesystem;

std::string ReadWhole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::Status WriteWhole(const fs::path& path, std::string_view bytes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out) {
    return absl::OkStatus();
  }
  const std::string why = errno != 0 ? Cat(": ", std::strerror(errno)) : "";
  return absl::UnavailableError(Absl(Cat(path.string(), ": cannot be written", why)));
}

absl::Status WriteTree(const fs::path& folder, const StringMap<std::string>& files,
                       const StringSet& executable) {
  for (const auto& [path, bytes] : files) {
    const fs::path full = folder / path;
    std::error_code error;
    fs::create_directories(full.parent_path(), error);
    WINDLASS_RETURN_IF_ERROR(WriteWhole(full, bytes));
    if (executable.contains(path)) {
      fs::permissions(full, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                      fs::perm_options::add, error);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<ScratchFolder> ScratchFolder::Make(std::string_view name) {
  std::error_code error;
  std::string path = (fs::temp_directory_path(error) / Cat("windlass-", name, "-XXXXXX")).string();
  if (error || mkdtemp(path.data()) == nullptr) {
    return absl::UnavailableError(
        Absl(Cat(path, ": a temporary folder cannot be made; set TMPDIR")));
  }
  return ScratchFolder(std::move(path));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) {
    fs::remove_all(path_, ignored);
  }
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, "")) {}

ScratchFolder& ScratchFolder::operator=(ScratchFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

}  // namespace windlass
