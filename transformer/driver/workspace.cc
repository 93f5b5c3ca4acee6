#include "transformer/driver/workspace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <mutex>
#include <utility>

#include "transformer/driver/fact_cache.h"
#include "transformer/facts/skim_record.h"
#include "transformer/rules/suppress.h"
#include "transformer/text/parallel.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

/// Larger files are not source or configuration that somebody maintains.
constexpr size_t kMaxFileBytes = size_t{64} << 20;
constexpr size_t kProgressStep = 1024;

int64_t NowInNanoseconds() {
  return std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch()).count();
}

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
  std::unique_ptr<FileFacts> facts;  // to be kept
  bool fresh = false;                // the cache did not have them
  std::string header;                // for the record of `skim`
};

Workspace::Workspace(const RuleIndex& rules, const RunOptions& options)
    : rules_(rules), options_(options) {
  struct stat info {};
  root_is_file_ = stat(options.root.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

Workspace::~Workspace() = default;

void Workspace::KeepFacts(const std::vector<std::shared_ptr<Scanned>>& scanned,
                          const FactCache& cache) {
  std::string all;
  size_t count = 0;
  size_t fresh = 0;
  for (const auto& file : scanned) {
    if (file->facts) {
      all += Cat(file->entry.path, "\n", file->facts->digest.Hex(), "\n");
      ++count;
      fresh += file->fresh ? 1 : 0;
    }
  }
  go_files_ = cache.active() ? DigestOf(all).Hex() : "";
  if (cache.IsWorthKeeping(count, fresh)) {
    FactCache::Writer writer(cache);
    for (const auto& file : scanned) {
      if (file->facts) {
        writer.Add(file->entry.path, *file->facts, RecordOf(*file->skim, file->header));
      }
    }
    writer.Commit();
  }
  for (const auto& file : scanned) {
    file->facts.reset();
    file->header = std::string();
  }
}

absl::StatusOr<std::unique_ptr<Workspace>> Workspace::Open(const RuleIndex& rules,
                                                           const RunOptions& options) {
  WINDLASS_ASSIGN_OR_RETURN(WalkResult walked, Walk(options.root));
  std::unique_ptr<Workspace> workspace(new Workspace(rules, options));
  workspace->skipped_ = std::move(walked.skipped);
  const std::vector<WalkEntry>& entries = walked.files;
  std::vector<std::shared_ptr<Scanned>> scanned(entries.size());
  const FactCache cache(options.cache_folder, options.root);
  std::atomic<size_t> done{0};
  ParallelFor(entries.size(), ThreadCount(options.threads), [&](size_t i) {
    scanned[i] = workspace->Scan(entries[i], cache.active() ? &cache : nullptr);
    const size_t so_far = done.fetch_add(1) + 1;
    if (options.progress && so_far % kProgressStep == 0) {
      options.progress("scan", so_far, entries.size());
    }
  });
  workspace->KeepFacts(scanned, cache);
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

std::unique_ptr<const KeptFacts> Workspace::Kept() const {
  if (go_files_.empty()) {
    return std::make_unique<const KeptFacts>();
  }
  std::string key = Cat(go_files_, "\n");
  for (const GoModule& module : project_->modules()) {
    key += Cat(module.dir, "\n",
               Read(Cat(module.dir, module.dir.empty() ? "" : "/", "go.mod")).value_or(""), "\n");
  }
  for (const Target& target : options_.targets) {
    key += Cat(target.Name(), "\n");
  }
  const ProjectSettings& settings = project_->settings();
  for (const std::string& tag : settings.tags) {
    key += Cat("tag ", tag, "\n");
  }
  for (const ProjectSettings::TableText& table : settings.path_tables) {
    key += Cat(table.origin, "\n", table.key, "\n", table.toml, "\n");
  }
  for (const ProjectFile& file : project_->files()) {
    key += file.excluded && file.language == Language::kGo ? Cat("without ", file.path, "\n") : "";
  }
  return std::make_unique<const KeptInFolder>(options_.cache_folder, options_.root,
                                              DigestOf(key).Hex());
}

bool Workspace::IsWanted(std::string_view path) const {
  return !options_.settings || options_.settings->focus.empty() || options_.settings->focus == path;
}

/// Of a file of which nothing but its facts is asked, and these are known.
std::shared_ptr<Workspace::Scanned> Workspace::Recall(const WalkEntry& entry,
                                                      const FactCache& cache) const {
  const std::optional<KnownFile> known = cache.Find(entry.path);
  if (!known || !known->facts.StillHolds(entry.stamp)) {
    return nullptr;
  }
  auto scanned = std::make_shared<Scanned>();
  scanned->skim = SkimFromRecord(entry.path, known->record, &scanned->header);
  if (scanned->skim == nullptr) {
    return nullptr;
  }
  scanned->entry = entry;
  scanned->language = Language::kGo;
  scanned->excluded = options_.excluded.Match(entry.path);
  scanned->has_cr = known->facts.has_cr;
  scanned->generated = scanned->skim->generated;
  scanned->facts = std::make_unique<FileFacts>(known->facts);
  return scanned;
}

void Workspace::ScanGo(const FactCache* cache, int64_t read_at, std::string_view bytes,
                       Scanned* out) const {
  const std::string& path = out->entry.path;
  if (cache == nullptr) {
    out->skim = std::make_shared<GoSkim>(SkimGo(path, bytes));
    return;
  }
  const Digest digest = DigestOf(bytes);
  const std::optional<KnownFile> known = cache->Find(path);
  const bool same = known && known->facts.digest == digest;
  out->skim = same ? SkimFromRecord(path, known->record, &out->header) : nullptr;
  out->fresh = out->skim == nullptr || !known->facts.StillHolds(out->entry.stamp);
  out->facts = std::make_unique<FileFacts>(
      out->fresh ? FileFacts{out->entry.stamp, read_at, digest, out->has_cr} : known->facts);
  if (out->skim == nullptr) {
    out->skim = std::make_shared<GoSkim>(SkimGo(path, bytes));
    out->header = HeaderForRecord(*out->skim, bytes);
  }
}

std::shared_ptr<Workspace::Scanned> Workspace::Scan(const WalkEntry& entry,
                                                    const FactCache* cache) const {
  const bool wanted = IsWanted(entry.path);
  const Language language = LanguageForPath(entry.path);
  if (cache != nullptr && !wanted && language == Language::kGo) {
    if (auto recalled = Recall(entry, *cache)) {
      return recalled;
    }
  }
  auto scanned = std::make_shared<Scanned>();
  scanned->entry = entry;
  scanned->language = language;
  scanned->excluded = options_.excluded.Match(entry.path);
  if (entry.size > kMaxFileBytes) {
    scanned->skip_reason = "larger than 64 MiB";
    return scanned;
  }
  if (!wanted && language != Language::kGo) {
    return scanned;
  }
  const int64_t read_at = NowInNanoseconds();
  const absl::StatusOr<std::string> bytes = Read(entry.path);
  if (!bytes.ok()) {
    scanned->skip_reason = std::string(Std(bytes.status().message()));
    return scanned;
  }
  scanned->entry.size = bytes->size();
  scanned->has_cr = bytes->find('\r') != std::string::npos;
  if (language == Language::kGo) {
    ScanGo(cache, read_at, *bytes, scanned.get());
    scanned->generated = scanned->skim->generated;
  }
  ProjectFile file;
  file.path = entry.path;
  file.size = bytes->size();
  file.executable = entry.executable;
  file.language = language;
  file.vendored = entry.vendored;
  file.generated = scanned->generated;
  file.excluded = scanned->excluded;
  file.skim = scanned->skim;
  if (wanted && file.editable()) {
    scanned->may_suppress = language != Language::kText && MaySuppress(*bytes);
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
    files_[change.path] = Scan(entry, nullptr);
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
