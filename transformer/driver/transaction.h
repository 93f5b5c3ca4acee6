#ifndef WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_
#define WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_

#include <sys/stat.h>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/driver/root_dir.h"
#include "transformer/patch/file_change.h"

namespace windlass {

/// Writes `changes` below `root`: every new text is staged beside its target and fsynced before the
/// first rename; a file whose bytes are no longer `before` stops everything (kAborted) before
/// anything is renamed; links are never written through; modes are kept. On any error the tree is
/// as it was; after a kill it is so once RecoverApply or UndoApply (journal.h) has run, which also
/// take back what was applied. kFailedPrecondition if an earlier run was killed and not taken back.
absl::Status ApplyChanges(const std::string& root, const std::vector<FileChange>& changes);

/// OK if `root` is not in a git work tree or that tree has no uncommitted changes below `root`,
/// untracked files included; kFailedPrecondition naming the first dirty path otherwise.
absl::Status RequireCleanTree(const std::string& root);

/// The steps of ApplyChanges. Unless Commit succeeds, the destructor takes everything back.
class Transaction {
 public:
  static absl::StatusOr<Transaction> Open(const std::string& root);
  ~Transaction();
  Transaction(Transaction&&) = default;
  Transaction& operator=(Transaction&&) = delete;

  /// Checks every file against its `before` and writes every `after` beside its target, to disk. To
  /// be called once. What stands in the way of a later rename shows here: links, files that are
  /// read-only or have come or changed, a full disk.
  absl::Status Stage(const std::vector<FileChange>& changes);
  /// Checks that nothing changed since Stage, then renames: what is replaced, what goes, what
  /// comes.
  absl::Status Commit();
  /// What the names of all files that it puts beside targets begin with.
  const std::string& tag() const { return tag_; }

 private:
  enum class Kind { kReplace, kRemove, kCreate };  // in the order of Commit
  struct Step {
    Kind kind = Kind::kReplace;
    std::string path;
    std::string staged;   // name, beside the target, of the new text; empty: none
    std::string backup;   // name, beside the target, of the old file; empty: none yet
    struct stat seen {};  // the old file
    bool done = false;
  };

  explicit Transaction(RootDir root);
  absl::Status StageText(Kind kind, const std::string& path, std::string_view text,
                         const struct stat* old, bool executable);
  absl::Status CheckUnchanged(const std::string& path, std::string_view before, struct stat* seen);
  /// Brings every staged text to disk.
  absl::Status Sync() const;
  absl::Status MakeBackup(Step* step);
  absl::Status CheckAgain(const Step& step) const;
  absl::Status Do(Step* step);
  void Undo(const Step& step);
  void CleanUp();
  std::string SideName();

  RootDir root_;
  std::string tag_;  // in the names of all files beside targets
  size_t side_names_ = 0;
  std::vector<Step> steps_;
  std::vector<std::string> made_folders_;
  bool committed_ = false;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_TRANSACTION_H_
