#include "transformer/driver/fact_cache.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "transformer/driver/files.h"
#include "transformer/text/byte_record.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "windlass facts 1\n";
constexpr size_t kDigestSize = 32;
constexpr std::string_view kSuffix = ".facts";
/// Clocks of file systems are this coarse: a file that changed so shortly before it was read may
/// change again without looking different.
constexpr int64_t kCoarse = 2'000'000'000;
/// Of all trees together; the one used last stays.
constexpr size_t kMaxFiles = 32;
constexpr uintmax_t kMaxBytes = uintmax_t{512} << 20;
/// New facts of fewer files than one in so many are had again in no time.
constexpr size_t kWorthIt = 64;

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
  writer->Text(facts.path);
  writer->Number(facts.stamp.size);
  writer->Number(static_cast<uint64_t>(facts.stamp.modified));
  writer->Number(static_cast<uint64_t>(facts.stamp.changed));
  writer->Number(facts.stamp.inode);
  writer->Number(static_cast<uint64_t>(facts.read_at));
  writer->Number(facts.digest.low);
  writer->Number(facts.digest.high);
  writer->Number(facts.has_cr ? 1 : 0);
  writer->Text(facts.record);
}

FileFacts ReadFacts(ByteReader* reader) {
  FileFacts facts;
  facts.path = reader->Text();
  facts.stamp.size = reader->Number();
  facts.stamp.modified = static_cast<int64_t>(reader->Number());
  facts.stamp.changed = static_cast<int64_t>(reader->Number());
  facts.stamp.inode = reader->Number();
  facts.read_at = static_cast<int64_t>(reader->Number());
  facts.digest.low = reader->Number();
  facts.digest.high = reader->Number();
  facts.has_cr = reader->Number() != 0;
  facts.record = reader->Text();
  return facts;
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

/// The file for `root`, of one kind of facts; "" without a folder or a tree.
std::string FileFor(const std::string& folder, const std::string& root, std::string_view kind) {
  std::error_code error;
  const fs::path top = fs::canonical(root, error);
  return folder.empty() || error || !fs::is_directory(top, error)
             ? ""
             : Cat(folder, "/", DigestOf(top.string()).Hex(), kind.empty() ? "" : "-", kind,
                   kSuffix);
}

/// What PutAway put into `file` (kept in `*bytes`); nullopt if it is not whole.
std::optional<std::string_view> Fetch(const std::string& file, std::string* bytes) {
  std::error_code error;
  if (fs::file_size(file, error) > kMaxBytes || error) {
    return std::nullopt;
  }
  *bytes = ReadWhole(file);
  std::string_view rest = *bytes;
  if (!rest.starts_with(kMagic)) {
    return std::nullopt;
  }
  rest.remove_prefix(kMagic.size());
  const std::string_view digest = rest.substr(0, kDigestSize);
  rest.remove_prefix(digest.size());
  if (DigestOf(rest).Hex() != digest) {
    return std::nullopt;
  }
  fs::last_write_time(file, fs::file_time_type::clock::now(), error);
  return rest;
}

/// Replaces `file` as a whole.
void PutAway(const std::string& folder, const std::string& file, std::string_view body) {
  if (body.size() > kMaxBytes) {
    return;
  }
  std::error_code error;
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  std::string temp = Cat(file, "-XXXXXX");
  const int fd = mkstemp(temp.data());
  if (fd < 0) {
    return;
  }
  close(fd);
  if (WriteWhole(temp, Cat(kMagic, DigestOf(body).Hex(), body)).ok()) {
    fs::rename(temp, file, error);
    Prune(folder);
  } else {
    fs::remove(temp, error);
  }
}

}  // namespace

bool FileFacts::StillHolds(const FileStamp& now) const {
  return now.inode != 0 && now == stamp &&
         std::max(stamp.changed, stamp.modified) < read_at - kCoarse;
}

FactCache::FactCache(std::string folder, const std::string& root)
    : folder_(std::move(folder)), file_(FileFor(folder_, root, "")) {
  if (active() && !Load()) {
    facts_.clear();
  }
}

FactCache::~FactCache() = default;

bool FactCache::Load() {
  const auto body = Fetch(file_, &bytes_);
  if (!body) {
    return false;
  }
  ByteReader reader(*body);
  if (reader.Text() != Program()) {
    return false;
  }
  for (uint64_t left = reader.Number(); left > 0 && reader.ok(); --left) {
    facts_.push_back(ReadFacts(&reader));
  }
  return reader.done() && std::ranges::is_sorted(facts_, {}, &FileFacts::path);
}

const FileFacts* FactCache::Find(std::string_view path) const {
  const auto found = std::ranges::lower_bound(facts_, path, {}, &FileFacts::path);
  return found != facts_.end() && found->path == path ? &*found : nullptr;
}

void FactCache::Save(const std::vector<const FileFacts*>& facts, size_t fresh) const {
  if (!active() || fresh == 0 || fresh < facts.size() / kWorthIt) {
    return;
  }
  std::string body;
  ByteWriter writer(&body);
  writer.Text(Program());
  writer.Number(facts.size());
  for (const FileFacts* one : facts) {
    WriteFacts(*one, &writer);
  }
  PutAway(folder_, file_, body);
}

std::optional<std::string> KeptInFolder::Load(std::string_view kind) const {
  std::string bytes;
  const auto body = Fetch(FileFor(folder_, root_, kind), &bytes);
  ByteReader reader(body.value_or(""));
  const bool ours = reader.Text() == Program() && reader.Text() == key_;
  const std::string_view facts = reader.Text();
  return body && ours && reader.done() ? std::optional<std::string>(facts) : std::nullopt;
}

void KeptInFolder::Save(std::string_view kind, std::string_view bytes) const {
  const std::string file = FileFor(folder_, root_, kind);
  if (file.empty()) {
    return;
  }
  std::string body;
  ByteWriter writer(&body);
  writer.Text(Program());
  writer.Text(key_);
  writer.Text(bytes);
  PutAway(folder_, file, body);
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
