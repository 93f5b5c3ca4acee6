#ifndef WINDLASS_TRANSFORMER_RULES_FINDING_H_
#define WINDLASS_TRANSFORMER_RULES_FINDING_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_imports.h"
#include "transformer/text/edit.h"
#include "transformer/text/span.h"
#include "transformer/text/strings.h"

namespace windlass {

/// How far a change may be trusted (DESIGN §2).
enum class Level : uint8_t {
  kSafe,     // same behaviour on Linux for every input, right on Windows
  kReview,   // right under a precondition that the finding names
  kSuggest,  // reported, never patched
};
/// "safe", "review", "suggest": the names in packs, reports and flags.
std::string_view LevelName(Level level);
std::optional<Level> LevelFromName(std::string_view name);

/// Why a place that a rule looked at is not changed. Every value has a case in tests.
enum class Refusal : uint8_t {
  kConflict,       // used as a host path and as something else
  kUnknownDomain,  // nothing proves what the string is used as
  kParseError,     // the region did not parse
  kCommentInside,  // a comment would be lost or moved
  kCodeInside,     // so would code that the rule did not reckon with
  kConstant,       // Go demands a constant here
  kNotString,      // an operand's type is not known to be string
  kGenerated,      // the file says DO NOT EDIT
  kDeferred,       // overlaps with an earlier finding of this run; the next run sees it
  kIncomplete,     // the declarations needed for a whole answer are not visible
  kNoStub,         // a stub would lie about what it does
  kSuppressed,     // a windlass:ignore comment
  kBrokenResult,   // the edited file would not parse
  kProtected,      // content whose bytes matter (golden, signed, embedded)
  kEncoding,       // the encoding is not one that can be edited
  kExists,         // a file of that name, with other content, is in the way of a new one
  kNewerGo,        // it takes what the module's go line does not promise
};
/// The name in reports and cases: kCommentInside is "comment-inside".
std::string_view RefusalName(Refusal refusal);
std::optional<Refusal> RefusalFromName(std::string_view name);
/// The refusal in words, to follow a place: "a comment inside would be lost".
std::string_view RefusalReason(Refusal refusal);
/// Every value, in the order of the enum.
std::span<const Refusal> AllRefusals();

/// A file that a fix creates.
struct NewFile {
  std::string path;
  std::string text;
  bool executable = false;

  friend auto operator<=>(const NewFile&, const NewFile&) = default;
};

/// What a fix does, all or nothing. Import edits are not in `edits`: they follow from `imports` and
/// from the uses that the edits remove, once it is known which findings of a file are taken
/// (driver's Compose).
struct Fix {
  StringMap<EditSet> edits;                       // by path
  StringMap<std::vector<ImportRequest>> imports;  // by path
  std::vector<NewFile> new_files;
  /// Files to move: constraint suffixes may demand a rename. From -> to.
  StringMap<std::string> renames;

  bool empty() const { return edits.empty() && new_files.empty() && renames.empty(); }
};

/// Another place that belongs to a finding: a witness of a domain, the other half of a conflict.
struct Related {
  std::string path;
  Span span;
  std::string message;
};

/// One place where a rule has something to say: no effects by itself.
struct Finding {
  std::string rule;  // "family/name"
  std::string family;
  Level level = Level::kSuggest;
  std::string path;
  Span span;
  std::string message;  // what is wrong, one sentence
  std::string reason;   // the evidence, and for review the precondition to check
  std::optional<Fix> fix;
  std::optional<Refusal> refusal;
  std::vector<Related> also;
};

/// Takes the fix away and says why; the reason in words is added unless the finding has one.
void Refuse(Finding* finding, Refusal refusal);

/// Order of reports and of precedence: path, begin, the wider span first, rule, message.
bool FindingBefore(const Finding& a, const Finding& b);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_FINDING_H_
