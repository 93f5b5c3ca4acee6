#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_DOMAIN_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_DOMAIN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/path_flow.h"
#include "transformer/rules/logic.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// What a string is used as (DESIGN §3).
enum class Domain : uint8_t { kHost, kSlash, kDevice, kList, kText, kConflict, kUnknown };
std::string_view DomainName(Domain domain);

/// How good the evidence for a domain is.
enum class Weight : uint8_t {
  kName,    // names alone
  kMedium,  // how its neighbours are used
  kStrong,  // a table row says so of this very value
};

/// What is known by way of so many steps is no proof: others may have had a hand in it.
inline constexpr size_t kFarSteps = 10;

struct Verdict {
  Domain domain = Domain::kUnknown;
  Weight weight = Weight::kName;
  bool made = false;          // package filepath has just made the value
  std::string reason;         // in words, with the first witness
  std::vector<Related> also;  // the chain, from the value to the witness; of a conflict both
};

/// One Go file under the eyes of the rules on paths: the flow of its module, and helpers to build
/// findings.
class PathScene {
 public:
  PathScene(const FileContext& context, SharedFacts& shared);

  /// False where nothing is to be done: files that windows never builds, or that are not ours to
  /// edit.
  bool active() const { return active_; }
  /// Takes back what was added to `out` after its first `before` findings if `site` stands where
  /// somebody thought of Windows: in a branch of `if runtime.GOOS == "windows"`. What else is
  /// `safe` by way of kFarSteps is for review.
  static void Reconsider(Node site, size_t before, std::vector<Finding>* out);
  /// True if nothing but Windows builds the file.
  bool only_windows() const;
  const FileContext& context() const { return context_; }
  const GoFile& go() const { return *context_.go; }
  const ModuleFlow& flow() const { return *flow_; }

  PathValue At(Node expression) const { return flow_->At(context_.file.path, expression.span()); }

  /// The domain of a composed value, of which `head` is the first piece. Either may be nothing.
  Verdict Judge(const PathValue& whole, const PathValue& head) const;
  /// The domain of a value by itself.
  Verdict Judge(const PathValue& value) const { return Judge(value, value); }

  /// The name under which the file speaks of `path/filepath` (or another package) at `offset`.
  std::string Import(std::string_view path, size_t offset, Finding* finding) const;
  /// An empty finding for `site`, with verdict's reason and witnesses.
  Finding Start(Node site, const Verdict& verdict) const;
  /// True if the type of the value is a string, or may be one.
  static bool MayBeString(const PathValue& value);

 private:
  /// A field of a type called uri, that some other file opens: what it names there is one of many.
  bool OfForeignType(const PathValue& value, sign::Set use) const;
  Verdict JudgeByKin(const PathValue& whole, const PathValue& head) const;
  Verdict JudgeByNames(const PathValue& whole, const PathValue& head, bool element) const;
  Verdict Host(Weight weight, const PathValue& value, sign::Set bit) const;
  Verdict Slash(const PathValue& value, sign::Set bit) const;
  Verdict Conflict(const PathValue& a, sign::Set host, const PathValue& b, sign::Set slash) const;
  void Witness(const PathValue& value, sign::Set bit, Verdict* verdict) const;

  const FileContext& context_;
  std::shared_ptr<const ModuleFlow> flow_;
  bool active_ = false;
};

/// The flow of all modules of the run.
const PathFlow& PathFlowOf(SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_DOMAIN_H_
