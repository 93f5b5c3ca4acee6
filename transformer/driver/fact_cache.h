#ifndef WINDLASS_TRANSFORMER_DRIVER_FACT_CACHE_H_
#define WINDLASS_TRANSFORMER_DRIVER_FACT_CACHE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/driver/walk.h"
#include "transformer/facts/go_skim.h"
#include "transformer/rules/kept_facts.h"
#include "transformer/text/digest.h"

namespace windlass {

/// What one Go file tells without being parsed, as of certain bytes.
struct FileFacts {
  std::string path;
  FileStamp stamp;
  int64_t read_at = 0;  // ns since 1970, before the bytes were read
  Digest digest;        // of the bytes
  bool has_cr = false;
  std::string_view record;  // of the skim (skim_record.h)
  std::string own_record;   // holds `record` if the cache does not

  /// True if the file certainly still has those bytes.
  bool StillHolds(const FileStamp& now) const;
};

/// Facts of the files of one tree, kept between runs in a folder of the user's: one file for each
/// tree, replaced as a whole, so that runs at the same time do no harm. What another build of
/// windlass wrote, and what is damaged, counts as missing. Nothing here ever fails: without a cache
/// a run takes longer.
class FactCache {
 public:
  /// `folder` may be missing; empty: keep nothing.
  FactCache(std::string folder, const std::string& root);
  ~FactCache();
  FactCache(const FactCache&) = delete;
  FactCache& operator=(const FactCache&) = delete;

  /// Null if nothing is known. Valid as long as the cache; thread-safe.
  const FileFacts* Find(std::string_view path) const;
  bool active() const { return !file_.empty(); }

  /// Keeps `facts` in place of all that was kept, if much of it is new.
  void Save(const std::vector<const FileFacts*>& facts, size_t fresh) const;

 private:
  bool Load();

  std::string folder_;
  std::string file_;
  std::string bytes_;
  std::vector<FileFacts> facts_;  // sorted by path
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
