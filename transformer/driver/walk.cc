#include "transformer/driver/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "transformer/driver/ignore_rules.h"
#include "transformer/driver/root_dir.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct CloseDir {
  void operator()(DIR* dir) const { closedir(dir); }
};
using Dir = std::unique_ptr<DIR, CloseDir>;

struct Folder {
  std::string path;  // "" or "a/b/"
  IgnoreRules::Levels rules;
  bool ignored = false;  // only what is tracked in it counts
  bool vendored = false;
};

bool IsVendorName(std::string_view name) {
  return name == "vendor" || name == "node_modules" || name == "third_party" || name == "Godeps";
}

WalkEntry MakeEntry(std::string path, const struct stat& info, bool vendored) {
  WalkEntry entry;
  entry.path = std::move(path);
  entry.size = static_cast<size_t>(info.st_size);
  entry.executable = (info.st_mode & S_IXUSR) != 0;
  entry.vendored = vendored;
  const auto nanoseconds = [](const timespec& time) {
    return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
  };
  entry.stamp = {static_cast<uint64_t>(info.st_size), nanoseconds(info.st_mtim),
                 nanoseconds(info.st_ctim), info.st_ino};
  return entry;
}

std::string SpecialReason(mode_t mode) {
  if (S_ISLNK(mode)) {
    return "symbolic link; links are not followed";
  }
  if (S_ISFIFO(mode)) {
    return "named pipe";
  }
  if (S_ISSOCK(mode)) {
    return "socket";
  }
  return "device";
}

/// One walk, folder by folder: an explicit stack, so that depth costs neither stack nor
/// descriptors.
class Walker {
 public:
  Walker(int root_fd, const std::string& root) : root_fd_(root_fd), rules_(root) {}

  WalkResult Run() {
    pending_.push_back({"", rules_.base()});
    while (!pending_.empty()) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      Visit(folder);
    }
    std::ranges::sort(result_.files, {}, &WalkEntry::path);
    std::ranges::sort(result_.skipped, {}, &Skipped::path);
    return std::move(result_);
  }

 private:
  void Visit(Folder folder);
  void VisitEntry(const Folder& folder, int fd, const std::string& name);
  void VisitFolder(const Folder& folder, const std::string& name, const std::string& path);
  bool Ignored(const Folder& folder, const std::string& path, bool is_folder) const {
    return folder.ignored || rules_.Matches(folder.rules, path, is_folder);
  }
  void Skip(std::string path, std::string reason) {
    result_.skipped.push_back({std::move(path), std::move(reason)});
  }
  void SkipUnreadable(std::string path) {
    Skip(std::move(path), Cat("cannot be read: ", std::strerror(errno)));
  }

  int root_fd_;
  IgnoreRules rules_;
  WalkResult result_;
  std::vector<Folder> pending_;
};

/// Whether the folder open at `fd` is the top of a git repository, not just one that has a file
/// named .git.
bool IsRepository(int fd) {
  struct stat info {};
  if (fstatat(fd, ".git", &info, 0) != 0) {
    return false;
  }
  if (S_ISDIR(info.st_mode)) {
    return fstatat(fd, ".git/HEAD", &info, AT_SYMLINK_NOFOLLOW) == 0;
  }
  constexpr std::string_view kPointer = "gitdir:";
  char start[kPointer.size()] = {};
  const int file = openat(fd, ".git", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const bool read_it = file >= 0 && read(file, start, sizeof start) == sizeof start;
  if (file >= 0) {
    close(file);
  }
  return read_it && std::string_view(start, sizeof start) == kPointer;
}

void Walker::Visit(Folder folder) {
  const bool is_root = folder.path.empty();
  const std::string label = is_root ? "." : folder.path.substr(0, folder.path.size() - 1);
  const int fd = openat(root_fd_, label.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) {
    SkipUnreadable(label);
    return;
  }
  const Dir dir(fdopendir(fd));
  if (!is_root && IsRepository(fd)) {
    Skip(label, rules_.IsSubmodule(label) ? "submodule" : "nested git repository");
    return;
  }
  std::vector<std::string> names;
  bool has_rules = false;
  bool is_output = false;
  errno = 0;
  while (const dirent* entry = readdir(dir.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && name != ".git" && name != ".windlass") {
      names.emplace_back(name);
      has_rules |= name == ".gitignore";
      is_output |= name == "CMakeCache.txt" || name == ".windlass-manifest";
    }
    errno = 0;
  }
  if (errno != 0) {
    SkipUnreadable(label);
    return;
  }
  if (is_output && !is_root) {
    Skip(label, "made by a build");
    return;
  }
  if (has_rules) {
    folder.rules = rules_.Enter(folder.rules, fd, folder.path);
  }
  for (const std::string& name : names) {
    VisitEntry(folder, fd, name);
  }
}

void Walker::VisitEntry(const Folder& folder, int fd, const std::string& name) {
  std::string path = folder.path + name;
  struct stat info {};
  if (fstatat(fd, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT) {  // else it has just gone
      SkipUnreadable(std::move(path));
    }
    return;
  }
  if (S_ISDIR(info.st_mode)) {
    VisitFolder(folder, name, path);
    return;
  }
  if (Ignored(folder, path, false) && !rules_.IsTracked(path, false)) {
    return;
  }
  if (S_ISREG(info.st_mode)) {
    result_.files.push_back(MakeEntry(std::move(path), info, folder.vendored));
  } else {
    Skip(std::move(path), SpecialReason(info.st_mode));
  }
}

void Walker::VisitFolder(const Folder& folder, const std::string& name, const std::string& path) {
  if (rules_.IsSubmodule(path)) {
    Skip(path, "submodule");
    return;
  }
  const bool ignored = Ignored(folder, path, true);
  if (!ignored || rules_.IsTracked(path, true)) {
    pending_.push_back(
        {Cat(path, "/"), folder.rules, ignored, folder.vendored || IsVendorName(name)});
  }
}

}  // namespace

bool IsVendored(std::string_view path) {
  for (size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (IsVendorName(path.substr(0, slash))) {
      return true;
    }
    path.remove_prefix(slash + 1);
  }
  return false;
}

absl::StatusOr<WalkResult> Walk(const std::string& root) {
  const int fd = open(root.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info {};
  if (fd < 0 || fstat(fd, &info) != 0) {
    const std::string why = std::strerror(errno);
    return absl::NotFoundError(Absl(Cat(root, ": ", why, "; name a folder or a file")));
  }
  WalkResult result;
  if (S_ISREG(info.st_mode)) {
    result.files.push_back(MakeEntry(BaseName(root), info, false));
  } else if (S_ISDIR(info.st_mode)) {
    result = Walker(fd, root).Run();
  } else {
    close(fd);
    return InvalidInput(Cat(root, ": neither a folder nor a file; name one of these"));
  }
  close(fd);
  return result;
}

}  // namespace windlass
