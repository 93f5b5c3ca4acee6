// Files beside a target are named .windlass-TAG-N: the new text of a file that is replaced or made,
// and a second link to the old file (its copy, where links are not to be had), with which a step is
// taken back.

#include "transformer/driver/transaction.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "transformer/driver/fd.h"
#include "transformer/driver/journal.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// From so many files on, bringing a whole file system to disk at once is quicker: every fsync
/// waits for the device.
constexpr size_t kManyFiles = 32;

absl::Status SystemError(std::string_view path, std::string_view what) {
  return absl::ErrnoToStatus(errno, Absl(Cat(path, ": ", what)));
}

absl::Status Changed(std::string_view path, std::string_view what) {
  return absl::AbortedError(Absl(Cat(path, ": ", what, " since it was read; run windlass again")));
}

absl::Status Unsuitable(std::string_view path, std::string_view what) {
  return absl::FailedPreconditionError(Absl(Cat(path, ": ", what)));
}

absl::Status Write(int fd, std::string_view path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      return SystemError(path, "its new text cannot be written");
    }
  }
  return absl::OkStatus();
}

/// Everything that `fd` gives until its end.
absl::StatusOr<std::string> ReadAll(int fd, std::string_view path, size_t expected) {
  std::string bytes(expected + 1, '\0');
  size_t have = 0;
  while (true) {
    const ssize_t got = read(fd, bytes.data() + have, bytes.size() - have);
    if (got > 0) {
      have += static_cast<size_t>(got);
      bytes.resize(std::max(bytes.size(), have + 1));
    } else if (got == 0) {
      bytes.resize(have);
      return bytes;
    } else if (errno != EINTR) {
      return SystemError(path, "cannot be read");
    }
  }
}

bool SameFile(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mode == b.st_mode && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

bool Lacks(int folder, const std::string& name) {
  struct stat info {};
  return fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
}

}  // namespace

Transaction::Transaction(RootDir root) : root_(std::move(root)) {
  std::random_device random;
  tag_ = absl::StrFormat(".windlass-%08x%08x", random(), random());
}

absl::StatusOr<Transaction> Transaction::Open(const std::string& root) {
  WINDLASS_ASSIGN_OR_RETURN(RootDir folder, RootDir::Open(root));
  return Transaction(std::move(folder));
}

Transaction::~Transaction() {
  if (!committed_) {
    std::for_each(steps_.rbegin(), steps_.rend(), [this](const Step& step) { Undo(step); });
  }
  CleanUp();
}

std::string Transaction::SideName() {
  return Cat(tag_, "-", std::to_string(side_names_++));
}

absl::Status Transaction::CheckUnchanged(const std::string& path, std::string_view before,
                                         struct stat* seen) {
  WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(path));
  const Fd file(
      openat(folder.get(), BaseName(path).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.ok()) {
    if (errno == ELOOP) {
      return Unsuitable(path, "is a link; links are not written through");
    }
    return errno == ENOENT ? Changed(path, "has gone") : SystemError(path, "cannot be opened");
  }
  if (fstat(file.get(), seen) != 0) {
    return SystemError(path, "cannot be read");
  }
  if (!S_ISREG(seen->st_mode)) {
    return Unsuitable(path, "is no regular file any more");
  }
  constexpr mode_t kWritable = S_IWUSR | S_IWGRP | S_IWOTH;
  if ((seen->st_mode & kWritable) == 0) {
    return Unsuitable(path, "is read-only; make it writable first");
  }
  WINDLASS_ASSIGN_OR_RETURN(const std::string bytes,
                            ReadAll(file.get(), path, static_cast<size_t>(seen->st_size)));
  return bytes == before ? absl::OkStatus() : Changed(path, "has changed");
}

absl::Status Transaction::StageText(Kind kind, const std::string& path, std::string_view text,
                                    const struct stat* old, bool executable) {
  WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(path, &made_folders_));
  const mode_t mode = old != nullptr ? 0600 : (executable ? 0777 : 0666);
  Step step;
  step.kind = kind;
  step.path = path;
  const std::string name = SideName();
  const Fd file(openat(folder.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (!file.ok()) {
    return SystemError(path, "no file can be made beside it");
  }
  step.staged = name;
  if (old != nullptr) {
    step.seen = *old;
  }
  steps_.push_back(std::move(step));
  if (old != nullptr) {
    // Only root may give files away; for others the file stays their own, as with any editor.
    [[maybe_unused]] const int given = fchown(file.get(), old->st_uid, old->st_gid);
    if (fchmod(file.get(), old->st_mode & 07777) != 0) {
      return SystemError(path, "its mode cannot be kept");
    }
  }
  return Write(file.get(), path, text);
}

absl::Status Transaction::Stage(const std::vector<FileChange>& changes) {
  std::set<std::string_view> paths;
  StringSet going;
  for (const FileChange& change : changes) {
    if (!paths.insert(change.path).second) {
      return InvalidInput(Cat(change.path, ": changed twice in one transaction"));
    }
    if (change.deleted() || change.renamed()) {
      going.insert(change.deleted() ? change.path : change.old_path);
    }
  }
  for (const FileChange& change : changes) {
    const std::string& old_path = change.renamed() ? change.old_path : change.path;
    struct stat old {};
    if (change.before) {
      WINDLASS_RETURN_IF_ERROR(CheckUnchanged(old_path, *change.before, &old));
    }
    if (change.deleted() || change.renamed()) {
      Step step;
      step.kind = Kind::kRemove;
      step.path = old_path;
      step.seen = old;
      steps_.push_back(std::move(step));
    }
    if (change.deleted()) {
      continue;
    }
    const bool in_place = change.before && !change.renamed();
    if (!in_place && !going.contains(change.path)) {
      const absl::StatusOr<Fd> folder = root_.OpenParent(change.path, &made_folders_);
      WINDLASS_RETURN_IF_ERROR(folder.status());
      if (!Lacks(folder->get(), BaseName(change.path))) {
        return Changed(change.path, "has come");
      }
    }
    WINDLASS_RETURN_IF_ERROR(StageText(in_place ? Kind::kReplace : Kind::kCreate, change.path,
                                       *change.after, change.before ? &old : nullptr,
                                       change.executable));
  }
  return Sync();
}

absl::Status Transaction::Sync() const {
  std::set<dev_t> synced;
  for (const Step& step : steps_) {
    if (step.staged.empty()) {
      continue;
    }
    WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(step.path));
    const Fd file(openat(folder.get(), step.staged.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat info {};
    if (!file.ok() || fstat(file.get(), &info) != 0) {
      return SystemError(step.path, "its new text has gone");
    }
    const bool many = steps_.size() > kManyFiles;
    const bool written = many && (!synced.insert(info.st_dev).second || syncfs(file.get()) == 0);
    if (!written && fsync(file.get()) != 0) {
      return SystemError(step.path, "its new text cannot be written");
    }
  }
  return absl::OkStatus();
}

absl::Status Transaction::MakeBackup(Step* step) {
  WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(step->path));
  const std::string name = BaseName(step->path);
  const std::string backup = SideName();
  if (linkat(folder.get(), name.c_str(), folder.get(), backup.c_str(), 0) == 0) {
    step->backup = backup;
    return absl::OkStatus();
  }
  const Fd from(openat(folder.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!from.ok()) {
    return SystemError(step->path, "cannot be opened");
  }
  WINDLASS_ASSIGN_OR_RETURN(
      const std::string bytes,
      ReadAll(from.get(), step->path, static_cast<size_t>(step->seen.st_size)));
  const Fd to(openat(folder.get(), backup.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!to.ok()) {
    return SystemError(step->path, "no file can be made beside it");
  }
  step->backup = backup;
  if (fchmod(to.get(), step->seen.st_mode & 07777) != 0) {
    return SystemError(step->path, "its mode cannot be kept");
  }
  WINDLASS_RETURN_IF_ERROR(Write(to.get(), step->path, bytes));
  return fsync(to.get()) == 0 ? absl::OkStatus()
                              : SystemError(step->path, "its backup cannot be written");
}

absl::Status Transaction::CheckAgain(const Step& step) const {
  WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(step.path));
  struct stat now {};
  if (fstatat(folder.get(), BaseName(step.path).c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0) {
    return Changed(step.path, "has gone");
  }
  return SameFile(now, step.seen) ? absl::OkStatus() : Changed(step.path, "has changed");
}

absl::Status Transaction::Do(Step* step) {
  WINDLASS_ASSIGN_OR_RETURN(const Fd folder, root_.OpenParent(step->path));
  const std::string name = BaseName(step->path);
  const int fd = folder.get();
  int failed = 0;
  switch (step->kind) {
    case Kind::kReplace:
      failed = renameat(fd, step->staged.c_str(), fd, name.c_str());
      break;
    case Kind::kRemove:
      failed = unlinkat(fd, name.c_str(), 0);
      break;
    case Kind::kCreate:
      // A link, unlike a rename, never replaces what has come meanwhile.
      failed = linkat(fd, step->staged.c_str(), fd, name.c_str(), 0);
      if (failed != 0 && errno != EEXIST && Lacks(fd, name)) {
        failed = renameat(fd, step->staged.c_str(), fd, name.c_str());
      } else if (failed != 0) {
        return Changed(step->path, "has come");
      }
      break;
  }
  if (failed != 0) {
    return SystemError(step->path, "cannot be put in place");
  }
  step->done = true;
  return absl::OkStatus();
}

absl::Status Transaction::Commit() {
  std::ranges::stable_sort(steps_, {}, &Step::kind);
  for (Step& step : steps_) {
    if (step.kind != Kind::kCreate) {
      WINDLASS_RETURN_IF_ERROR(MakeBackup(&step));
    }
  }
  for (const Step& step : steps_) {
    if (step.kind != Kind::kCreate) {
      WINDLASS_RETURN_IF_ERROR(CheckAgain(step));
    }
  }
  for (Step& step : steps_) {
    WINDLASS_RETURN_IF_ERROR(Do(&step));
  }
  committed_ = true;
  return absl::OkStatus();
}

void Transaction::Undo(const Step& step) {
  const absl::StatusOr<Fd> folder = root_.OpenParent(step.path);
  if (!step.done || !folder.ok()) {
    return;
  }
  const std::string name = BaseName(step.path);
  if (step.kind == Kind::kCreate) {
    unlinkat(folder->get(), name.c_str(), 0);
  } else {
    renameat(folder->get(), step.backup.c_str(), folder->get(), name.c_str());
  }
}

/// Removes what stands beside targets and folders that have no use now, then makes the folders
/// themselves durable.
void Transaction::CleanUp() {
  StringSet synced;
  for (const Step& step : steps_) {
    const absl::StatusOr<Fd> folder = root_.OpenParent(step.path);
    if (!folder.ok()) {
      continue;
    }
    const size_t slash = step.path.rfind('/');
    const std::string parent = step.path.substr(0, slash == std::string::npos ? 0 : slash);
    if (committed_ && synced.insert(parent).second) {
      fsync(folder->get());
    }
    for (const std::string& name : {step.staged, step.backup}) {
      if (!name.empty()) {
        unlinkat(folder->get(), name.c_str(), 0);
      }
    }
    if (committed_ && step.kind == Kind::kRemove && !parent.empty()) {
      // Git keeps no empty folders either.
      for (size_t end = 0; end != std::string::npos;) {
        end = parent.find('/', end + 1);
        made_folders_.push_back(parent.substr(0, end));
      }
    }
  }
  for (auto path = made_folders_.rbegin(); path != made_folders_.rend(); ++path) {
    const absl::StatusOr<Fd> folder = root_.OpenParent(*path);
    if (folder.ok()) {
      unlinkat(folder->get(), BaseName(*path).c_str(), AT_REMOVEDIR);  // fails unless empty
    }
  }
}

absl::Status ApplyChanges(const std::string& root, const std::vector<FileChange>& changes) {
  WINDLASS_ASSIGN_OR_RETURN(const Journal journal, Journal::Open(root));
  absl::Status status;
  {
    WINDLASS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::Open(root));
    WINDLASS_RETURN_IF_ERROR(journal.Begin(changes, transaction.tag()));
    status = transaction.Stage(changes);
    status = status.ok() ? transaction.Commit() : status;
  }
  if (!status.ok()) {
    journal.Forget();
    return status;
  }
  return journal.Done();
}

}  // namespace windlass
