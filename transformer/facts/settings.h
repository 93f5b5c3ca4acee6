#ifndef WINDLASS_TRANSFORMER_FACTS_SETTINGS_H_
#define WINDLASS_TRANSFORMER_FACTS_SETTINGS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "re2/re2.h"

namespace windlass {

/// Globs on paths, written down in the folder of a windlass.toml. One that matches a folder means
/// everything below it.
struct FileGlobs {
  std::string prefix;  // of the root below that folder: "" or "services/a/"
  std::vector<std::shared_ptr<const RE2>> patterns;  // for full matches

  /// `path` is relative to the root.
  bool Match(std::string_view path) const;
};

/// What a project says of itself (in windlass.toml or by packs of its own), as far as rules need
/// it. Immutable during a run.
struct ProjectSettings {
  /// Rows for PathTables::Add.
  struct TableText {
    std::string toml;
    std::string origin;  // file, for messages
    std::string key;     // the table within it that holds the rows; empty: the whole file
  };
  /// The line ends that files are to have.
  struct EndsChoice {
    std::string glob;  // as in .gitattributes, relative to the root
    std::string ends;  // "lf", "crlf", or "keep" for hands off
  };

  /// The only file that findings are wanted for, relative to the root; empty: all. The flow of
  /// strings starts from it alone.
  std::string focus;
  std::vector<TableText> path_tables;
  FileGlobs protected_files;  // reported on, never edited
  std::vector<EndsChoice> ends;
  std::vector<std::string> tags;  // build tags that every build has
  /// Where the package winport, which fixes bring along, lies below its module.
  std::string helper_package = kHelperPackage;

  static constexpr const char* kHelperPackage = "internal/winport";

  /// `path`, an import path or a file below the folder or module `base` as packs write it, with
  /// the place that the project chose for its helper package; any other path comes back as it is.
  std::string Relocated(std::string_view base, std::string_view path) const;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_SETTINGS_H_
