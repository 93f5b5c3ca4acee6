#include "transformer/driver/root_dir.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <utility>

#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;

absl::Status Refused(std::string_view path, std::string_view what) {
  return absl::FailedPreconditionError(Absl(Cat(path, ": ", what)));
}

bool IsGitFolder(std::string_view name) {
  return name.size() == 4 && name[0] == '.' &&
         std::ranges::equal(name.substr(1), std::string_view("git"), {}, [](char c) {
           return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
         });
}

absl::Status CheckPath(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) {
    return Refused(path, "a path cannot hold a NUL");
  }
  for (std::string_view rest = path; true;) {
    const std::string_view name = rest.substr(0, rest.find('/'));
    if (name.empty() || name == "." || name == "..") {
      return Refused(path, "leads out of the root; nothing is written there");
    }
    if (IsGitFolder(name)) {
      return Refused(path, "lies in git's own folder; nothing is written there");
    }
    if (name.size() == rest.size()) {
      return absl::OkStatus();
    }
    rest.remove_prefix(name.size() + 1);
  }
}

/// Opens the folder `name` of `parent`; makes it first if it lacks and `may_make`.
absl::StatusOr<Fd> OpenFolder(int parent, const std::string& name, std::string_view path,
                              bool may_make, bool* made) {
  Fd fd(openat(parent, name.c_str(), kFolder));
  if (!fd.ok() && errno == ENOENT && may_make) {
    if (mkdirat(parent, name.c_str(), 0777) != 0) {
      return absl::ErrnoToStatus(errno, Absl(Cat(path, ": its folder cannot be made")));
    }
    *made = true;
    fd = Fd(openat(parent, name.c_str(), kFolder));
  }
  if (fd.ok()) {
    return fd;
  }
  if (errno == ELOOP || errno == ENOTDIR) {
    return Refused(path, "a folder on the way is a link or a file; links are not written through");
  }
  return absl::ErrnoToStatus(errno, Absl(Cat(path, ": its folder cannot be opened")));
}

}  // namespace

std::string BaseName(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

absl::StatusOr<RootDir> RootDir::Open(const std::string& root) {
  Fd fd(open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() && errno == ENOTDIR) {
    const size_t slash = root.rfind('/');
    const std::string parent = slash == std::string::npos ? "." : root.substr(0, slash + 1);
    fd = Fd(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  if (!fd.ok()) {
    return absl::ErrnoToStatus(errno, Absl(Cat(root, ": cannot be opened")));
  }
  return RootDir(std::move(fd));
}

absl::StatusOr<Fd> RootDir::OpenParent(std::string_view path,
                                       std::vector<std::string>* made) const {
  WINDLASS_RETURN_IF_ERROR(CheckPath(path));
  Fd folder(fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0));
  if (!folder.ok()) {
    return absl::ErrnoToStatus(errno, Absl(path));
  }
  size_t begin = 0;
  for (size_t slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', begin)) {
    const std::string name(path.substr(begin, slash - begin));
    bool made_it = false;
    absl::StatusOr<Fd> next = OpenFolder(folder.get(), name, path, made != nullptr, &made_it);
    if (made_it) {
      made->emplace_back(path.substr(0, slash));
    }
    WINDLASS_RETURN_IF_ERROR(next.status());
    folder = *std::move(next);
    begin = slash + 1;
  }
  return folder;
}

}  // namespace windlass
