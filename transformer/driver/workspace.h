#ifndef WINDLASS_TRANSFORMER_DRIVER_WORKSPACE_H_
#define WINDLASS_TRANSFORMER_DRIVER_WORKSPACE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"
#include "transformer/driver/walk.h"
#include "transformer/facts/project.h"
#include "transformer/patch/change_log.h"
#include "transformer/patch/file_change.h"

namespace windlass {

class FactCache;
class KeptFacts;

/// A tree on disk with the changes of a run laid over it: nothing is written to disk. Holds what a
/// scan tells of every file (its skim and which rules want it), never its bytes.
class Workspace {
 public:
  /// Walks the root and scans every file in parallel. `rules` is borrowed.
  static absl::StatusOr<std::unique_ptr<Workspace>> Open(const RuleIndex& rules,
                                                         const RunOptions& options);
  ~Workspace();

  /// The tree as it stands now; the same object until the next Apply.
  const Project& project() const { return *project_; }
  /// Rules (indexes of the RuleIndex) that want file `i` of project().files().
  const std::vector<uint16_t>& WantedBy(size_t file_index) const;
  /// True if file `i`, of a language that rules know, may hold windlass:ignore.
  bool MaySuppressIn(size_t file_index) const;
  const std::vector<Skipped>& skipped() const { return skipped_; }
  /// True if the root is one file: nothing can be said of its project.
  bool single_file() const { return root_is_file_; }
  /// The only file that findings are wanted for; empty: all.
  const std::string& focus() const { return project_->settings().focus; }
  const RuleIndex& rules() const { return rules_; }
  const RunOptions& options() const { return options_; }

  /// The bytes of `path` as they stand now. kNotFound if there is no such file.
  absl::StatusOr<std::string> Read(std::string_view path) const;

  /// The same as they stand on disk.
  absl::StatusOr<std::string> ReadDisk(std::string_view path) const;

  /// Facts that earlier runs kept of the tree as it stood at Open.
  std::unique_ptr<const KeptFacts> Kept() const;

  /// Lays `changes` over the tree and scans what they touch again.
  void Apply(const std::vector<FileChange>& changes);
  /// Everything that Apply changed, from the bytes on disk at the start to the bytes now; sorted by
  /// path.
  std::vector<FileChange> Changes() const { return log_.Files(); }

 private:
  struct Scanned;
  /// A file's text after changes; nullopt: deleted.
  struct Overlay {
    std::optional<std::string> text;
  };

  Workspace(const RuleIndex& rules, const RunOptions& options);
  /// `cache` may be null.
  std::shared_ptr<Scanned> Scan(const WalkEntry& entry, const FactCache* cache) const;
  std::shared_ptr<Scanned> Recall(const WalkEntry& entry, const FactCache& cache) const;
  void ScanGo(const FactCache* cache, int64_t read_at, std::string_view bytes, Scanned* out) const;
  void KeepFacts(const std::vector<std::shared_ptr<Scanned>>& scanned, const FactCache& cache);
  bool IsWanted(std::string_view path) const;
  void Rebuild();

  const RuleIndex& rules_;
  RunOptions options_;
  bool root_is_file_ = false;
  std::map<std::string, std::shared_ptr<const Scanned>, std::less<>> files_;
  StringMap<Overlay> overlay_;
  std::vector<Skipped> skipped_;
  std::string go_files_;  // a digest of the Go files at Open; empty: not known
  ChangeLog log_;
  std::vector<const Scanned*> by_index_;
  std::unique_ptr<Project> project_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_WORKSPACE_H_
