#include "transformer/driver/fact_cache.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "transformer/text/byte_record.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// Clocks of file systems are this coarse: a file that changed so shortly before it was read may
/// change again without looking different.
constexpr int64_t kCoarse = 2'000'000'000;
/// New facts of fewer files than one in so many are had again in no time.
constexpr size_t kWorthIt = 64;
/// Bytes of a part, or hardly more.
constexpr size_t kPartSize = size_t{1} << 18;
/// Threads are no further apart than that, or one of them waits.
constexpr size_t kOpenParts = 8;

/// Of the running program: facts are as another one would tell them only by chance.
std::string Program() {
  struct stat info {};
  if (stat("/proc/self/exe", &info) != 0) {
    return "";
  }
  return Cat(std::to_string(info.st_size), " ", std::to_string(info.st_mtim.tv_sec), ".",
             std::to_string(info.st_mtim.tv_nsec));
}

void WriteFacts(const FileFacts& facts, ByteWriter* writer) {
  writer->Number(facts.stamp.size);
  writer->Number(static_cast<uint64_t>(facts.stamp.modified));
  writer->Number(static_cast<uint64_t>(facts.stamp.changed));
  writer->Number(facts.stamp.inode);
  writer->Number(static_cast<uint64_t>(facts.read_at));
  writer->Number(facts.digest.low);
  writer->Number(facts.digest.high);
  writer->Number(facts.has_cr ? 1 : 0);
}

FileFacts ReadFacts(ByteReader* reader) {
  FileFacts facts;
  facts.stamp.size = reader->Number();
  facts.stamp.modified = static_cast<int64_t>(reader->Number());
  facts.stamp.changed = static_cast<int64_t>(reader->Number());
  facts.stamp.inode = reader->Number();
  facts.read_at = static_cast<int64_t>(reader->Number());
  facts.digest.low = reader->Number();
  facts.digest.high = reader->Number();
  facts.has_cr = reader->Number() != 0;
  return facts;
}

}  // namespace

bool FileFacts::StillHolds(const FileStamp& now) const {
  return now.inode != 0 && now == stamp &&
         std::max(stamp.changed, stamp.modified) < read_at - kCoarse;
}

/// A part of the file: some files in a row.
struct FactCache::Part {
  struct Entry {
    std::string_view path;
    FileFacts facts;
    std::string_view record;
  };
  std::string bytes;
  std::vector<Entry> entries;  // sorted by path
};

// The first part says who wrote the file, the last where each of the others begins.
FactCache::FactCache(std::string folder, const std::string& root)
    : folder_(std::move(folder)), file_(KeptFileFor(folder_, root, "")), reader_(file_) {
  if (reader_.size() < 2 || reader_.Part(0) != Program()) {
    return;
  }
  const std::optional<std::string> index = reader_.Part(reader_.size() - 1);
  ByteReader reader(index ? std::string_view(*index) : std::string_view());
  while (index && reader.ok() && !reader.done()) {
    first_paths_.emplace_back(reader.Text());
  }
  if (!reader.ok() || first_paths_.size() != reader_.size() - 2) {
    first_paths_.clear();
  }
}

FactCache::~FactCache() = default;

std::shared_ptr<const FactCache::Part> FactCache::Open(size_t number) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = std::ranges::find(open_, number, [](const auto& open) { return open.first; });
  if (found != open_.end()) {
    open_.splice(open_.begin(), open_, found);
    return found->second;
  }
  auto part = std::make_shared<Part>();
  part->bytes = reader_.Part(number).value_or("");
  ByteReader reader(part->bytes);
  while (reader.ok() && !reader.done()) {
    Part::Entry entry;
    entry.path = reader.Text();
    entry.facts = ReadFacts(&reader);
    entry.record = reader.Text();
    part->entries.push_back(entry);
  }
  open_.emplace_front(number, part);
  if (open_.size() > kOpenParts) {
    open_.pop_back();
  }
  return part;
}

std::optional<KnownFile> FactCache::Find(std::string_view path) const {
  const auto after = std::ranges::upper_bound(first_paths_, path);
  if (after == first_paths_.begin()) {
    return std::nullopt;
  }
  const auto part = Open(static_cast<size_t>(after - first_paths_.begin()));
  const auto found = std::ranges::lower_bound(part->entries, path, {}, &Part::Entry::path);
  if (found == part->entries.end() || found->path != path) {
    return std::nullopt;
  }
  return KnownFile{found->facts, std::string(found->record)};
}

bool FactCache::IsWorthKeeping(size_t all, size_t fresh) const {
  return active() && fresh > 0 && fresh >= all / kWorthIt;
}

FactCache::Writer::Writer(const FactCache& cache) : file_(cache.folder_, cache.file_) {
  file_.Append(Program());
}

void FactCache::Writer::Add(std::string_view path, const FileFacts& facts,
                            std::string_view record) {
  if (part_.empty()) {
    first_paths_.emplace_back(path);
  }
  ByteWriter writer(&part_);
  writer.Text(path);
  WriteFacts(facts, &writer);
  writer.Text(record);
  if (part_.size() >= kPartSize) {
    Flush();
  }
}

void FactCache::Writer::Flush() {
  if (!part_.empty()) {
    file_.Append(part_);
    part_.clear();
  }
}

void FactCache::Writer::Commit() {
  Flush();
  ByteWriter writer(&part_);
  for (const std::string& path : first_paths_) {
    writer.Text(path);
  }
  file_.Append(part_);
  file_.Commit();
}

std::optional<std::string> KeptInFolder::Load(std::string_view kind) const {
  const KeptFileReader file(KeptFileFor(folder_, root_, kind));
  if (file.size() != 3 || file.Part(0) != Program() || file.Part(1) != key_) {
    return std::nullopt;
  }
  return file.Part(2);
}

void KeptInFolder::Save(std::string_view kind, std::string_view bytes) const {
  const std::string file = KeptFileFor(folder_, root_, kind);
  if (file.empty()) {
    return;
  }
  KeptFileWriter writer(folder_, file);
  writer.Append(Program());
  writer.Append(key_);
  writer.Append(bytes);
  writer.Commit();
}

std::string UserCacheFolder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') {
    return Cat(cache, "/windlass/facts");
  }
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? Cat(home, "/.cache/windlass/facts") : "";
}

}  // namespace windlass
