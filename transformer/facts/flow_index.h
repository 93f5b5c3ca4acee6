#ifndef WINDLASS_TRANSFORMER_FACTS_FLOW_INDEX_H_
#define WINDLASS_TRANSFORMER_FACTS_FLOW_INDEX_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace windlass {

/// What a module declares, told from skims alone. Keys are "import/path.Name" and
/// "import/path.Type.Method"; they are kept as hashes of 64 bits, for a module has tens of
/// thousands.
class FlowIndex {
 public:
  /// `file` is any number that says where.
  void Declare(std::string_view key, uint32_t file);
  void DeclareMethod(std::string_view name, std::string key);
  /// Once, after the last declaration and before the first question.
  void Finish();

  bool Declares(std::string_view key) const { return !FilesOf(key).empty(); }
  /// A declaration: its hash, and the file that it is in.
  using Entry = std::pair<uint64_t, uint32_t>;
  /// The declarations of `key`, by file.
  std::span<const Entry> FilesOf(std::string_view key) const;

  using Method = std::pair<uint64_t, std::string>;
  /// The keys of the methods of that name, sorted; none if there are more than kFewMethods, for
  /// then the name tells nothing.
  static constexpr size_t kFewMethods = 4;
  std::span<const Method> MethodsNamed(std::string_view name) const;

 private:
  std::vector<Entry> declared_;
  std::vector<Method> methods_;  // by the hash of the name
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_FLOW_INDEX_H_
