#ifndef WINDLASS_TRANSFORMER_RULES_PACK_H_
#define WINDLASS_TRANSFORMER_RULES_PACK_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "re2/re2.h"
#include "transformer/facts/constraint.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/logic.h"
#include "transformer/rules/template.h"
#include "transformer/syntax/language.h"
#include "transformer/syntax/query.h"

namespace windlass {

/// Conditions on a file or match, all of which must hold (`where = { … }` in a manifest).
struct Guards {
  std::vector<std::string> import;        // the file imports one of these paths
  std::vector<std::string> not_import;    // and none of these
  std::vector<BuildExpr> constraint;      // in every build of the file each of these holds
  std::vector<BuildExpr> not_constraint;  // for each of these the file has a build without it
  bool not_test = false;
  int go_at_least = 0;  // 20 for "1.20": the module's go line; 0: any
  int go_below = 0;
  /// Capture name → RE2 that the text of each node so captured must (not) match in full.
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> text;
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> not_text;
  /// Capture name → "import/path.Name", to one of which it must resolve (so it is not shadowed).
  std::vector<std::pair<std::string, std::vector<std::string>>> resolves;
  /// The same for what a call calls, where methods are named "import/path.Type.Name"; types are
  /// followed through the module.
  std::vector<std::pair<std::string, std::vector<std::string>>> calls;
  /// Capture name → RE2 that matches nowhere in the top-level declaration around the capture.
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> not_around;
  /// Capture name → domains (DESIGN §3), one of which its value must have.
  std::vector<std::pair<std::string, std::vector<std::string>>> domain;
  std::vector<std::string> needs_module;    // go.mod lists one of these
  std::vector<std::string> refuses_module;  // and none of these
  /// No check of the running system keeps Windows away from the match (MayRunOnWindows).
  bool unguarded = false;
};

/// A package that the new text uses; its hole stands for the name it has in the file.
struct ImportTemplate {
  std::string hole;  // the last element of the path: `@filepath` for "path/filepath"
  Template path;
};

/// A file that a fix creates.
struct NewFileTemplate {
  Template path;
  Template text;
  bool executable = false;
};

/// One rule of a pack: immutable, valid before any source is opened, shared by threads.
/// A data rule has a query and says what to do in templates; a native one has logic in C++.
struct Rule {
  std::string id;  // "family/name"
  std::string family;
  Language language = Language::kText;
  /// Of data rules; native rules choose for each finding, never better than this.
  Level level = Level::kSuggest;
  std::string summary;                              // one sentence
  std::string page;                                 // README.md of the family
  std::string disabled;                             // why it is off by default, or empty
  std::vector<std::string> paths;                   // globs of file names; empty: by language
  std::vector<std::unique_ptr<RE2>> path_patterns;  // `paths`, for full matches
  /// A file that matches none is not parsed for this rule; empty: every file.
  std::vector<std::unique_ptr<RE2>> prefilter;
  /// Whether a prefilter matches within each declaration in which the rule finds something, so that
  /// the others need no parse.
  bool by_declaration = false;
  std::unique_ptr<Query> query;
  Guards where;
  std::optional<Template> replace;  // new text of @site, else of the only capture
  std::vector<ImportTemplate> imports;
  std::vector<NewFileTemplate> new_files;
  Template message;  // what is wrong; the summary unless the manifest has one
  Template reason;   // of review rules: the precondition to check
  const NativeRule* native = nullptr;

  /// Whether its logic knows where alone it may find something.
  bool HasPlaces() const { return native != nullptr && native->places != nullptr; }
  /// Whether its findings may carry a fix.
  bool MayFix() const { return level != Level::kSuggest; }
};

/// A family of rules with the order of its commits in a series.
struct Pack {
  std::string family;
  int order = 100;
  std::string title;        // for commit subjects: "build paths with filepath.Join"
  std::string origin;       // folder it came from, for messages
  std::string page;         // README.md
  bool of_project = false;  // from .windlass/packs, not windlass' own
  std::vector<std::unique_ptr<Rule>> rules;  // in the order of the manifest
  /// Files below templates/ and tables/, by path relative to the pack.
  StringMap<std::string> files;
};

/// Where packs come from: gives every file (path relative to the folder of packs, bytes).
struct PackFile {
  std::string path;  // "paths/pack.toml", "paths/queries/concat.scm"
  std::string bytes;
};

/// Loads and checks every pack among `files`; `origin` is put before paths in messages. Files of no
/// family (README.md beside the folders) are passed over. The result is sorted by (order, family).
/// The error of a broken pack reads `origin/family/file:line:col: what; what to do`.
absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadPacks(std::span<const PackFile> files,
                                                             std::string_view origin);
/// The packs inside the binary.
absl::StatusOr<std::vector<std::unique_ptr<Pack>>> LoadEmbeddedPacks();

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_PACK_H_
