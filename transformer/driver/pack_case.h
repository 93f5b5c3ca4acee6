#ifndef WINDLASS_TRANSFORMER_DRIVER_PACK_CASE_H_
#define WINDLASS_TRANSFORMER_DRIVER_PACK_CASE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/txtar.h"
#include "transformer/facts/target.h"
#include "transformer/rules/pack.h"
#include "transformer/text/strings.h"

namespace windlass {

/// A golden case (patches/README.md describes the format): a tree before and after, and what is
/// said of it.
struct Case {
  std::string path;                // of the .txtar, relative to the repository
  Txtar archive;                   // as read, for --update
  std::vector<std::string> rules;  // --only
  Level level = Level::kReview;
  std::vector<Target> targets = DefaultTargets();
  std::vector<std::string> tags;  // build tags that every build has
  std::vector<Target> build;      // the result must build and vet there
  std::vector<Target> broken;     // the input does not build there
  bool reasons = false;           // findings are given with their reasons
  bool module = true;             // Go files without a go.mod get one
  StringSet executable;           // paths with the mode bit, without in/ or out/
  StringSet crlf;                 // sections whose line ends are CRLF
  StringSet escaped;              // sections written with escapes

  std::vector<PackFile> packs;       // rules of the case's own, instead of the catalogue
  std::optional<std::string> error;  // what loading them must say
  StringMap<std::string> before;     // by path
  StringMap<std::string> after;
  std::string findings;
};

/// Reads a case. Errors: `path:line: what; what to do`.
absl::StatusOr<Case> ParseCase(std::string_view path, std::string_view text);

/// The text of the case file with the expectations replaced by what really came out.
std::string UpdateCase(const Case& golden, const StringMap<std::string>& after,
                       std::string_view findings, const std::optional<std::string>& error);

/// The repository's cases, as paths relative to it, sorted: patches/*/cases/ and tests/cases/.
std::vector<std::string> FindCases(const std::string& root);

/// `\\`, `\r`, `\t` and `\xNN` as the bytes they stand for; a backslash that ends a line swallows
/// its newline.
std::string Unescape(std::string_view text);
/// The inverse, ending with a newline: UTF-8 text without control characters stays readable.
std::string Escape(std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_PACK_CASE_H_
