#ifndef WINDLASS_TRANSFORMER_DRIVER_FACT_CACHE_H_
#define WINDLASS_TRANSFORMER_DRIVER_FACT_CACHE_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/driver/kept_file.h"
#include "transformer/driver/walk.h"
#include "transformer/rules/kept_facts.h"
#include "transformer/text/digest.h"

namespace windlass {

/// When one Go file had certain bytes.
struct FileFacts {
  FileStamp stamp;
  int64_t read_at = 0;  // ns since 1970, before the bytes were read
  Digest digest;        // of the bytes
  bool has_cr = false;

  /// True if the file certainly still has those bytes.
  bool StillHolds(const FileStamp& now) const;
};

/// What a file tells without being parsed: `record` is its skim (skim_record.h).
struct KnownFile {
  FileFacts facts;
  std::string record;
};

/// Facts of the files of one tree, kept between runs in a folder of the user's: one file for each
/// tree, replaced as a whole. What another build of windlass wrote, and what is damaged, counts as
/// missing. Nothing here ever fails: without a cache a run takes longer. Memory does not grow with
/// the tree.
class FactCache {
 public:
  /// `folder` may be missing; empty: keep nothing.
  FactCache(std::string folder, const std::string& root);
  ~FactCache();
  FactCache(const FactCache&) = delete;
  FactCache& operator=(const FactCache&) = delete;

  /// Thread-safe, and quick for paths in ascending order.
  std::optional<KnownFile> Find(std::string_view path) const;
  bool active() const { return !file_.empty(); }
  /// True if facts of `all` files, `fresh` of which were not kept, are worth a Writer.
  bool IsWorthKeeping(size_t all, size_t fresh) const;

  /// Takes the place of all that is kept, once it is committed.
  class Writer {
   public:
    explicit Writer(const FactCache& cache);
    /// Paths in ascending order.
    void Add(std::string_view path, const FileFacts& facts, std::string_view record);
    void Commit();

   private:
    void Flush();

    KeptFileWriter file_;
    std::string part_;
    std::vector<std::string> first_paths_;  // of each part
  };

 private:
  struct Part;

  std::shared_ptr<const Part> Open(size_t number) const;

  std::string folder_;
  std::string file_;
  KeptFileReader reader_;
  std::vector<std::string> first_paths_;  // of the parts 1…
  mutable std::mutex mutex_;
  mutable std::list<std::pair<size_t, std::shared_ptr<const Part>>> open_;  // the last comes first
};

/// Facts kept in the folder of a FactCache, one file for each kind and tree. What was kept under
/// another `key` counts as missing.
class KeptInFolder : public KeptFacts {
 public:
  KeptInFolder(std::string folder, std::string root, std::string key)
      : folder_(std::move(folder)), root_(std::move(root)), key_(std::move(key)) {}

  std::optional<std::string> Load(std::string_view kind) const override;
  void Save(std::string_view kind, std::string_view bytes) const override;

 private:
  std::string folder_;
  std::string root_;
  std::string key_;
};

/// Where a user's programs keep what they can make again: "" if the environment does not tell.
std::string UserCacheFolder();

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_FACT_CACHE_H_
