#ifndef WINDLASS_TRANSFORMER_DRIVER_EOL_ADVICE_H_
#define WINDLASS_TRANSFORMER_DRIVER_EOL_ADVICE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/eol_file.h"
#include "transformer/driver/run_options.h"
#include "transformer/rules/native/eol_kinds.h"
#include "transformer/rules/pack.h"

namespace windlass {

/// Says of single files which line ends they should have: what windlass.toml, .gitattributes and
/// .editorconfig of the work tree around them say, from its root (the folder with .git, else the
/// working directory, else the file's own) down, and else what their readers need.
class EolAdvice {
 public:
  static absl::StatusOr<EolAdvice> Make();

  /// kLf or kCrlf; nullopt where nothing is to be changed, or nobody may change it. The file need
  /// not exist.
  absl::StatusOr<std::optional<Eol>> For(const std::string& file, const EolFileInfo& info);
  /// What .gitattributes says of the file with working-tree-encoding; "" if nothing.
  absl::StatusOr<std::string> EncodingFor(const std::string& file);

 private:
  std::shared_ptr<const Pack> pack_;
  struct Folder {
    RunOptions options;
    EolFacts facts;
  };
  /// The folder of `file`, and the path of the file from the root.
  absl::StatusOr<std::pair<const Folder*, std::string>> Find(const std::string& file);
  absl::StatusOr<Folder> Load(const std::string& root, const std::vector<std::string>& dirs) const;

  std::map<std::string, Folder> folders_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_EOL_ADVICE_H_
