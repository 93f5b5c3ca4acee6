#ifndef WINDLASS_TRANSFORMER_DRIVER_FILES_H_
#define WINDLASS_TRANSFORMER_DRIVER_FILES_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "transformer/text/strings.h"

namespace windlass {

/// The bytes of a file; empty for one that cannot be read.
std::string ReadWhole(const std::filesystem::path& path);

/// Makes the file at `path`, in a folder that is there, hold `bytes` alone. kUnavailable, with the
/// path, if it cannot. For files of our own: what users wrote is changed by a Transaction.
absl::Status WriteWhole(const std::filesystem::path& path, std::string_view bytes);

/// The same for every file of `files` below `folder`, folders between made as needed; those in
/// `executable` may be run.
absl::Status WriteTree(const std::filesystem::path& folder, const StringMap<std::string>& files,
                       const StringSet& executable);

/// A folder of our own among the temporary ones that goes away with everything in it.
class ScratchFolder {
 public:
  /// `name` tells people what it is for. kUnavailable: there is no room for it.
  static absl::StatusOr<ScratchFolder> Make(std::string_view name);
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&& other) noexcept;

  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}

  std::string path_;  // empty: moved from
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_FILES_H_
