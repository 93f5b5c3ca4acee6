#ifndef WINDLASS_TRANSFORMER_DRIVER_JOURNAL_H_
#define WINDLASS_TRANSFORMER_DRIVER_JOURNAL_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/patch/file_change.h"

namespace windlass {

/// The record of an `--apply`: what every file held before and what it became. It lies in the git
/// directory of the root (outside git in `.windlass/` below the root), one record a repository, and
/// is on disk before the first file changes. A record is pending from then until the last rename,
/// and applied afterwards.
class Journal {
 public:
  /// Of the tree around `root`, which must exist.
  static absl::StatusOr<Journal> Open(const std::string& root);

  /// An `--apply` was interrupted and neither taken back nor finished.
  bool pending() const;

  /// Writes the record of `changes`, which replace an applied one only when they are done. `tag`
  /// begins the names of all files that the transaction puts beside its targets.
  /// kFailedPrecondition if another record is pending.
  absl::Status Begin(const std::vector<FileChange>& changes, std::string_view tag) const;
  /// The files are in place: the record becomes the applied one.
  absl::Status Done() const;
  /// Nothing of the pending record happened, or it was taken back.
  void Forget() const;

  const std::string& root() const { return root_; }
  std::string PendingFolder() const;
  std::string AppliedFolder() const;

 private:
  Journal(std::string root, std::string folder)
      : root_(std::move(root)), folder_(std::move(folder)) {}

  std::string root_;    // absolute
  std::string folder_;  // holds the records
};

/// Takes back an `--apply` that was interrupted: every file is what it was before. False if there
/// was none. kAborted, naming the file, if one was changed by somebody else meanwhile; then nothing
/// is touched.
absl::StatusOr<bool> RecoverApply(const std::string& root);

/// Takes back the last `--apply` (an interrupted one, or the applied one), all or nothing, and
/// returns the paths that changed, sorted. kNotFound if there is none; kAborted, naming the file,
/// if one was changed since.
absl::StatusOr<std::vector<std::string>> UndoApply(const std::string& root);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_JOURNAL_H_
