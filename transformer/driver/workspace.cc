#include "transformer/driver/workspace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <utility>

#include "transformer/rules/suppress.h"
#include "transformer/text/parallel.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

/// Larger files are not source or configuration that somebody maintains.
constexpr size_t kMaxFileBytes = size_t{64} << 20;
constexpr size_t kProgressStep = 1024;

}  // namespace

/// What one scan of a file told.
struct Workspace::Scanned {
  WalkEntry entry;
  Language language = Language::kText;
  bool generated = false;
  bool excluded = false;
  bool has_cr = true;
  bool may_suppress = false;
  std::shared_ptr<const GoSkim> skim;
  std::vector<uint16_t> wanted;
  std::string skip_reason;
};

Workspace::Workspace(const RuleIndex& rules, const RunOptions& options)
    : rules_(rules), options_(options) {
  struct stat info {};
  root_is_file_ = stat(options.root.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

Workspace::~Workspace() = default;

absl::StatusOr<std::unique_ptr<Workspace>> Workspace::Open(const RuleIndex& rules,
                                                           const RunOptions& options) {
  WINDLASS_ASSIGN_OR_RETURN(WalkResult walked, Walk(options.root));
  std::unique_ptr<Workspace> workspace(new Workspace(rules, options));
  workspace->skipped_ = std::move(walked.skipped);
  const std::vector<WalkEntry>& entries = walked.files;
  std::vector<std::shared_ptr<const Scanned>> scanned(entries.size());
  std::atomic<size_t> done{0};
  ParallelFor(entries.size(), ThreadCount(options.threads), [&](size_t i) {
    scanned[i] = workspace->Scan(entries[i]);
    const size_t so_far = done.fetch_add(1) + 1;
    if (options.progress && so_far % kProgressStep == 0) {
      options.progress("scan", so_far, entries.size());
    }
  });
  for (auto& file : scanned) {
    if (!file->skip_reason.empty() || file->excluded) {
      workspace->skipped_.push_back(
          {file->entry.path, file->excluded ? "excluded by windlass.toml" : file->skip_reason});
    }
    std::string path = file->entry.path;
    workspace->files_.emplace(std::move(path), std::move(file));
  }
  workspace->Rebuild();
  return workspace;
}

std::shared_ptr<const Workspace::Scanned> Workspace::Scan(const WalkEntry& entry) {
  auto scanned = std::make_shared<Scanned>();
  scanned->entry = entry;
  scanned->language = LanguageForPath(entry.path);
  scanned->excluded = options_.excluded.Match(entry.path);
  if (entry.size > kMaxFileBytes) {
    scanned->skip_reason = "larger than 64 MiB";
    return scanned;
  }
  const bool wanted = !options_.settings || options_.settings->focus.empty() ||
                      options_.settings->focus == entry.path;
  if (!wanted && scanned->language != Language::kGo) {
    return scanned;
  }
  const absl::StatusOr<std::string> bytes = Read(entry.path);
  if (!bytes.ok()) {
    scanned->skip_reason = std::string(Std(bytes.status().message()));
    return scanned;
  }
  scanned->entry.size = bytes->size();
  scanned->has_cr = bytes->find('\r') != std::string::npos;
  if (scanned->language == Language::kGo) {
    auto skim = std::make_shared<GoSkim>(SkimGo(entry.path, *bytes));
    scanned->generated = skim->generated;
    scanned->skim = std::move(skim);
  }
  ProjectFile file;
  file.path = entry.path;
  file.size = bytes->size();
  file.executable = entry.executable;
  file.language = scanned->language;
  file.vendored = entry.vendored;
  file.generated = scanned->generated;
  file.excluded = scanned->excluded;
  file.skim = scanned->skim;
  if (wanted && file.editable()) {
    scanned->may_suppress = scanned->language != Language::kText && MaySuppress(*bytes);
    scanned->wanted = rules_.Wanted(file, *bytes);
  }
  return scanned;
}

absl::StatusOr<std::string> Workspace::ReadDisk(std::string_view path) const {
  const std::string full = root_is_file_ ? options_.root : Cat(options_.root, "/", path);
  const int fd = open(full.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    return absl::NotFoundError(Absl(Cat(path, ": ", std::strerror(errno))));
  }
  std::string bytes;
  struct stat info {};
  if (fstat(fd, &info) == 0 && info.st_size > 0) {
    bytes.resize(static_cast<size_t>(info.st_size));
  }
  size_t have = 0;
  char more[4096];  // a file may be longer than fstat says
  ssize_t n = 0;
  do {
    const bool full_buffer = have == bytes.size();
    n = full_buffer ? read(fd, more, sizeof more)
                    : read(fd, bytes.data() + have, bytes.size() - have);
    if (n > 0 && full_buffer) {
      bytes.append(more, static_cast<size_t>(n));
    }
    have += n > 0 ? static_cast<size_t>(n) : 0;
  } while (n > 0 || (n < 0 && errno == EINTR));
  const std::string why = n < 0 ? std::strerror(errno) : "";
  close(fd);
  if (n < 0) {
    return absl::UnavailableError(Absl(Cat(path, ": ", why)));
  }
  bytes.resize(have);
  return bytes;
}

absl::StatusOr<std::string> Workspace::Read(std::string_view path) const {
  if (const auto it = overlay_.find(path); it != overlay_.end()) {
    if (!it->second.text) {
      return absl::NotFoundError(Absl(Cat(path, ": deleted by this run")));
    }
    return *it->second.text;
  }
  return ReadDisk(path);
}

void Workspace::Apply(const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    WalkEntry entry;
    const auto before = files_.find(change.old_path.empty() ? change.path : change.old_path);
    if (before != files_.end()) {
      entry = before->second->entry;
    } else {
      entry.vendored = IsVendored(change.path);
    }
    if (!change.old_path.empty() && change.old_path != change.path) {
      overlay_[change.old_path].text = std::nullopt;
      files_.erase(change.old_path);
    }
    overlay_[change.path].text = change.after;
    if (change.deleted()) {
      files_.erase(change.path);
      continue;
    }
    entry.path = change.path;
    entry.size = change.after->size();
    entry.executable = change.executable;
    files_[change.path] = Scan(entry);
  }
  log_.Add(changes);
  Rebuild();
}

const std::vector<uint16_t>& Workspace::WantedBy(size_t file_index) const {
  return by_index_[file_index]->wanted;
}

bool Workspace::MaySuppressIn(size_t file_index) const {
  return by_index_[file_index]->may_suppress;
}

void Workspace::Rebuild() {
  std::vector<ProjectFile> files;
  files.reserve(files_.size());
  by_index_.clear();
  for (const auto& [path, scanned] : files_) {
    ProjectFile file;
    file.path = path;
    file.size = scanned->entry.size;
    file.executable = scanned->entry.executable;
    file.language = scanned->language;
    file.vendored = scanned->entry.vendored;
    file.generated = scanned->generated;
    file.excluded = scanned->excluded;
    file.has_cr = scanned->has_cr;
    file.skim = scanned->skim;
    files.push_back(std::move(file));
    by_index_.push_back(scanned.get());
  }
  project_ = std::make_unique<Project>(
      std::move(files), [this](std::string_view path) { return Read(path); }, options_.targets,
      options_.settings);
}

}  // namespace windlass
