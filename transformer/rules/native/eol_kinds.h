#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/facts/editor_config.h"
#include "transformer/facts/git_attributes.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/shared_facts.h"
#include "transformer/text/eol.h"
#include "transformer/text/strings.h"

namespace windlass {

struct Pack;

/// A kind of file and what its consumer needs.
struct EolKind {
  std::string name;
  std::vector<std::string> globs;
  std::vector<std::string> interpreters;
  std::optional<Eol> want;    // nullopt: either, but one kind in a file
  std::optional<Eol> prefer;  // for those: the kind to make of a mixture; else the more frequent
  Level level = Level::kReview;
  std::string why;
  std::vector<std::string> attributes;
  bool chosen = false;  // by the project, in windlass.toml
};

/// patches/eol/tables/consumers.toml.
struct EolKinds {
  std::vector<EolKind> kinds;
  std::vector<std::string> protected_globs;
  std::vector<std::string> protected_folders;
  std::vector<std::string> protected_attributes;
  std::vector<std::string> binary_attributes;

  /// The kind of a file by its name or, failing that, by the interpreter its first line names; null
  /// if none.
  const EolKind* Of(std::string_view path, std::string_view bytes) const;
  bool Protects(std::string_view path) const;
};

/// Errors read `origin:line:col: …`.
absl::StatusOr<EolKinds> ParseEolKinds(std::string_view text, std::string_view origin);

/// What the rules on line endings share over a run.
struct EolFacts {
  EolKinds kinds;
  GitAttributes attributes;  // with misspelt names read as they were meant
  EditorConfig editor;
  StringSet embedded;  // files that a //go:embed directive names
};
const EolFacts& EolFactsOf(SharedFacts& shared);
/// What the pack says of kinds of files and, of a tree, its configuration files alone: enough to
/// ask DecideEol about files that are no part of a run. `read` gives the bytes of a file by its
/// path, or an error where there is none; `dirs` are the folders to look into, "" for the root. Of
/// `settings` the choices of line ends count.
absl::StatusOr<EolFacts> LoadEolFacts(const Pack& pack, const std::vector<std::string>& dirs,
                                      const ProjectSettings& settings, const FileReader& read);

/// The encoding of the file at `path`: what .gitattributes says with working-tree-encoding, if
/// `bytes` are that (else kBinary), and else what they look like.
Encoding EncodingOf(std::string_view path, std::string_view bytes, const EolFacts& facts);

/// What is wrong with a file, and what it should become.
struct EolVerdict {
  Eol to = Eol::kNone;  // kNone: nothing to change
  std::string name;     // of the kind of file
  std::string why;
  Level level = Level::kReview;
  bool batch = false;  // eol/batch has to say it
};
/// What windlass.toml asks for, then .gitattributes, .editorconfig, and what the reader of the file
/// needs. `head` are the file's first bytes at least, `eols` the line endings of all of it.
EolVerdict DecideEol(std::string_view path, std::string_view head, const EolProfile& eols,
                     const EolFacts& facts);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_KINDS_H_
