// A record is a folder: journal.json, and one file with the old bytes of each file that had some.
// It is written under another name, brought to disk and renamed, so that a record is there whole or
// not at all.

#include "transformer/driver/journal.h"

#include <fcntl.h>
#include <git2.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "transformer/driver/fd.h"
#include "transformer/driver/files.h"
#include "transformer/driver/root_dir.h"
#include "transformer/driver/transaction.h"
#include "transformer/patch/git_library.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kSchema = 1;

/// One file of a record.
struct Entry {
  std::string path;
  std::string old_path;
  std::optional<std::string> before;
  std::string after_id;  // of the new bytes, as git names a blob; empty: the file goes
  bool executable = false;
};

struct Record {
  std::string root;
  std::string tag;
  std::vector<Entry> entries;
  std::vector<std::string> folders;  // made for new files, outermost first
};

std::optional<std::string> ReadFile(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) {
    return std::nullopt;
  }
  return ReadWhole(path);
}

absl::Status RenameFolder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::remove_all(to, error);
  fs::rename(from, to, error);
  return error ? absl::UnavailableError(Absl(Cat(to.string(), ": ", error.message())))
               : absl::OkStatus();
}

/// The folders above `paths` that are not there yet, outermost first.
std::vector<std::string> LackingFolders(const fs::path& root, const std::vector<FileChange>& all) {
  std::set<std::string> lacking;
  std::error_code error;
  for (const FileChange& change : all) {
    for (fs::path at = fs::path(change.path).parent_path(); at.has_relative_path();
         at = at.parent_path()) {
      if (!change.deleted() && !fs::exists(fs::symlink_status(root / at, error))) {
        lacking.insert(at.generic_string());
      }
    }
  }
  return {lacking.begin(), lacking.end()};
}

bool IsExecutable(const fs::path& path) {
  std::error_code error;
  return (fs::status(path, error).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

Json EntryJson(const FileChange& change, const fs::path& root, std::string_view stored_as) {
  const std::string& old_path = change.renamed() ? change.old_path : change.path;
  return {{"path", change.path},
          {"old_path", old_path},
          {"before", stored_as},
          {"after", change.after ? BlobId(*change.after) : ""},
          {"executable", change.before && IsExecutable(root / old_path)}};
}

absl::StatusOr<Record> ReadRecord(const fs::path& folder) {
  const fs::path path = folder / "journal.json";
  const Json json = Json::parse(ReadFile(path).value_or(""), nullptr, false);
  const absl::Status broken = absl::DataLossError(Absl(
      Cat(path.string(), ": not a record of windlass; look at it and remove ", folder.string())));
  if (!json.is_object() || json.value("schema", 0) != kSchema || !json.contains("files")) {
    return broken;
  }
  Record record{json.value("root", ""), json.value("tag", ""), {}, {}};
  for (const Json& file : json["files"]) {
    Entry entry{file.value("path", ""), file.value("old_path", ""), std::nullopt,
                file.value("after", ""), file.value("executable", false)};
    if (const std::string stored = file.value("before", ""); !stored.empty()) {
      entry.before = ReadFile(folder / stored);
      if (!entry.before) {
        return broken;
      }
    }
    record.entries.push_back(std::move(entry));
  }
  record.folders = json.value("folders", std::vector<std::string>());
  return record;
}

absl::Status ChangedSince(std::string_view path) {
  return absl::AbortedError(Absl(
      Cat(path, ": has changed since the --apply that is to be taken back; nothing was undone")));
}

/// What brings the file at `entry` back, added to `out`: nothing if it is as it was.
absl::Status Invert(const fs::path& root, const Entry& entry, std::vector<FileChange>* out) {
  const std::optional<std::string> now = ReadFile(root / entry.path);
  const bool moved = entry.old_path != entry.path;
  const bool is_new = now ? BlobId(*now) == entry.after_id : entry.after_id.empty();
  const bool is_old = moved ? !now : now == entry.before;
  if (!is_new && !is_old) {
    return ChangedSince(entry.path);
  }
  if (moved) {
    const std::optional<std::string> old = ReadFile(root / entry.old_path);
    if (old && old != entry.before) {
      return ChangedSince(entry.old_path);
    }
    if (!old) {
      out->push_back(
          {entry.old_path, entry.old_path, std::nullopt, entry.before, entry.executable});
    }
    if (!is_old) {
      out->push_back({entry.path, entry.path, now, std::nullopt, false});
    }
  } else if (!is_old) {
    out->push_back({entry.path, entry.path, now, entry.before, entry.executable});
  }
  return absl::OkStatus();
}

/// Removes what an interrupted transaction left beside its targets, and folders it made in vain.
void RemoveTraces(const Record& record) {
  std::set<fs::path> folders;
  for (const Entry& entry : record.entries) {
    folders.insert((fs::path(record.root) / entry.path).parent_path());
    folders.insert((fs::path(record.root) / entry.old_path).parent_path());
  }
  std::error_code error;
  for (const fs::path& folder : folders) {
    std::vector<fs::path> traces;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
      if (entry.path().filename().string().starts_with(record.tag)) {
        traces.push_back(entry.path());
      }
    }
    for (const fs::path& trace : traces) {
      fs::remove(trace, error);
    }
  }
  for (auto folder = record.folders.rbegin(); folder != record.folders.rend(); ++folder) {
    rmdir((fs::path(record.root) / *folder).c_str());  // fails unless empty
  }
}

absl::StatusOr<std::vector<std::string>> TakeBack(const Record& record) {
  std::vector<FileChange> inverse;
  for (const Entry& entry : record.entries) {
    WINDLASS_RETURN_IF_ERROR(Invert(record.root, entry, &inverse));
  }
  std::vector<std::string> paths;
  for (const FileChange& change : inverse) {
    paths.push_back(change.path);
  }
  WINDLASS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::Open(record.root));
  WINDLASS_RETURN_IF_ERROR(transaction.Stage(inverse));
  WINDLASS_RETURN_IF_ERROR(transaction.Commit());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Where the records of the tree around `root` lie.
fs::path FolderOf(const fs::path& root) {
  InitGit();
  fs::path folder = root / ".windlass";
  git_repository* repository = nullptr;
  if (git_repository_open_ext(&repository, root.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr) ==
      0) {
    folder = fs::path(git_repository_path(repository)) / "windlass";
  }
  git_repository_free(repository);
  return folder;
}

}  // namespace

absl::StatusOr<Journal> Journal::Open(const std::string& root) {
  std::error_code error;
  fs::path top = fs::canonical(root, error);
  if (error) {
    return absl::NotFoundError(Absl(Cat(root, ": ", error.message())));
  }
  if (!fs::is_directory(top)) {
    top = top.parent_path();
  }
  return Journal(top.string(), FolderOf(top).string());
}

std::string Journal::PendingFolder() const {
  return folder_ + "/apply-pending";
}

std::string Journal::AppliedFolder() const {
  return folder_ + "/applied";
}

bool Journal::pending() const {
  std::error_code error;
  return fs::exists(PendingFolder(), error);
}

absl::Status Journal::Begin(const std::vector<FileChange>& changes, std::string_view tag) const {
  if (pending()) {
    return absl::FailedPreconditionError(
        Absl(Cat(root_, ": an earlier --apply was interrupted; windlass undo takes it back")));
  }
  const fs::path folder = folder_ + "/apply-new";
  std::error_code error;
  fs::remove_all(folder, error);
  fs::create_directories(folder, error);
  if (error) {
    return absl::UnavailableError(Absl(Cat(folder.string(), ": ", error.message())));
  }
  InitGit();
  Json files = Json::array();
  absl::Status status;
  for (size_t i = 0; i < changes.size() && status.ok(); ++i) {
    const std::string stored = changes[i].before ? std::to_string(i) : "";
    files.push_back(EntryJson(changes[i], root_, stored));
    status = changes[i].before ? WriteWhole(folder / stored, *changes[i].before) : status;
  }
  WINDLASS_RETURN_IF_ERROR(status);
  const Json json = {{"schema", kSchema},
                     {"root", root_},
                     {"tag", tag},
                     {"folders", LackingFolders(root_, changes)},
                     {"files", std::move(files)}};
  WINDLASS_RETURN_IF_ERROR(WriteWhole(folder / "journal.json",
                                      json.dump(2, ' ', false, Json::error_handler_t::replace)));
  const Fd synced(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!synced.ok() || syncfs(synced.get()) != 0) {
    return absl::UnavailableError(Absl(Cat(folder.string(), ": cannot be brought to disk")));
  }
  WINDLASS_RETURN_IF_ERROR(RenameFolder(folder, PendingFolder()));
  return syncfs(synced.get()) == 0
             ? absl::OkStatus()
             : absl::UnavailableError(Absl(Cat(folder_, ": cannot be brought to disk")));
}

absl::Status Journal::Done() const {
  return RenameFolder(PendingFolder(), AppliedFolder());
}

void Journal::Forget() const {
  std::error_code error;
  fs::remove_all(PendingFolder(), error);
  fs::remove(folder_, error);  // fails unless empty
}

absl::StatusOr<bool> RecoverApply(const std::string& root) {
  WINDLASS_ASSIGN_OR_RETURN(const Journal journal, Journal::Open(root));
  if (!journal.pending()) {
    return false;
  }
  WINDLASS_RETURN_IF_ERROR(UndoApply(root).status());
  return true;
}

absl::StatusOr<std::vector<std::string>> UndoApply(const std::string& root) {
  WINDLASS_ASSIGN_OR_RETURN(const Journal journal, Journal::Open(root));
  const fs::path folder = journal.pending() ? journal.PendingFolder() : journal.AppliedFolder();
  std::error_code error;
  if (!fs::exists(folder, error)) {
    return absl::NotFoundError(Absl(Cat(root, ": no --apply to take back")));
  }
  WINDLASS_ASSIGN_OR_RETURN(const Record record, ReadRecord(folder));
  InitGit();
  absl::StatusOr<std::vector<std::string>> paths = TakeBack(record);
  if (paths.ok()) {
    RemoveTraces(record);
    fs::remove_all(folder, error);
    fs::remove(folder.parent_path(), error);  // fails unless empty
  }
  return paths;
}

}  // namespace windlass
