#ifndef WINDLASS_TRANSFORMER_RULES_PACK_H_
#define WINDLASS_TRANSFORMER_RULES_PACK_H_

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "re2/re2.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/logic.h"
#include "transformer/rules/template.h"
#include "transformer/syntax/language.h"
#include "transformer/syntax/query.h"

namespace windlass {

/// Conditions on a file or match, all of which must hold (`where = { … }` in a manifest).
struct Guards {
  std::string import;  // the file imports this path
  std::string not_import;
  std::string constraint;      // the file is only built where this build expression holds
  std::string not_constraint;  // the file is not confined to where this expression holds
  bool not_test = false;
  std::string go_at_least;  // "1.20": the module's go line
  std::string go_below;
  /// Capture name → RE2 that its text must (not) match in full.
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> text;
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> not_text;
  /// Capture name → "import/path.Name" that it must resolve to (not shadowed).
  std::vector<std::pair<std::string, std::string>> resolves;
};

/// One rule of a pack: immutable, valid before any source is opened, shared by threads.
struct Rule {
  std::string id;  // "family/name"
  std::string family;
  Language language = Language::kText;
  Level level = Level::kSuggest;   // of data rules; native rules choose for each finding, never
                                   // better than this
  std::string summary;             // one sentence
  std::string page;                // README.md of the family
  std::string disabled;            // why it is off by default, or empty
  std::vector<std::string> paths;  // globs of file names; empty: by language
  std::vector<std::unique_ptr<RE2>>
      prefilter;  // a file that matches none is not parsed for this rule
  std::unique_ptr<Query> query;
  Guards where;
  std::optional<Template> replace;        // new text of @site, else of the first capture
  std::optional<Template> new_file_path;  // with `template`: where the file goes
  std::optional<Template> new_file;
  std::vector<Template> imports;
  std::string message;  // of data rules; may hold @captures
  const NativeRule* native = nullptr;
};

/// A family of rules with the order of its commits in a series.
struct Pack {
  std::string family;
  int order = 100;
  std::string title;   // for commit subjects: "build paths with filepath.Join"
  std::string origin;  // folder it came from, for messages
  std::string page;    // README.md
  std::vector<std::unique_ptr<Rule>> rules;
  /// Files below templates/ and tables/, by path relative to the pack.
  StringMap<std::string> files;
};

/// Where packs come from: gives every file (path relative to the folder of packs, bytes).
struct PackFile {
  std::string path;  // "paths/pack.toml", "paths/queries/concat.scm"
  std::string bytes;
};

/// Loads and checks every pack among `files`; `origin` is put before paths in messages. The result
/// is sorted by (order, family). The error of a broken pack reads `origin/family/file:line:col:
/// what; what to do`.
absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadPacks(std::span<const PackFile> files,
                                                             std::string_view origin);
/// The packs inside the binary.
absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadEmbeddedPacks();

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_PACK_H_
