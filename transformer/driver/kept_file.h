#ifndef WINDLASS_TRANSFORMER_DRIVER_KEPT_FILE_H_
#define WINDLASS_TRANSFORMER_DRIVER_KEPT_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// The file in `folder` for what is kept of the tree at `root`, of one kind; "" without a folder or
/// a tree.
std::string KeptFileFor(const std::string& folder, const std::string& root, std::string_view kind);

/// Reads a file that a KeptFileWriter wrote: parts of any bytes, each with its digest. What is
/// damaged counts as missing. Thread-safe.
class KeptFileReader {
 public:
  /// `file` may be missing or "".
  explicit KeptFileReader(const std::string& file);
  ~KeptFileReader();
  KeptFileReader(const KeptFileReader&) = delete;
  KeptFileReader& operator=(const KeptFileReader&) = delete;

  /// 0 for anything but a whole file.
  size_t size() const { return parts_.size(); }
  /// The bytes of part `i`; nullopt if they are not as they were written.
  std::optional<std::string> Part(size_t i) const;

 private:
  struct Place {
    uint64_t begin;
    uint64_t size;
    std::string digest;
  };

  int fd_ = -1;
  std::vector<Place> parts_;
};

/// Writes such a file beside its place and puts it there when all is written, so that runs at the
/// same time do no harm. Nothing here ever fails: what cannot be kept is not.
class KeptFileWriter {
 public:
  /// `folder` is made as needed.
  KeptFileWriter(std::string folder, std::string file);
  /// Without Commit the file stays as it was.
  ~KeptFileWriter();
  KeptFileWriter(const KeptFileWriter&) = delete;
  KeptFileWriter& operator=(const KeptFileWriter&) = delete;

  void Append(std::string_view part);
  /// Once, after the last part. What was used least lately goes away where too much is kept.
  void Commit();

 private:
  void Write(std::string_view bytes);
  void GiveUp();

  std::string folder_;
  std::string file_;
  std::string temp_;
  int fd_ = -1;  // -1: committed, or given up
  uint64_t written_ = 0;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_KEPT_FILE_H_
