#include "transformer/rules/finding.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace windlass {

namespace {

struct LevelRow {
  Level level;
  std::string_view name;
};
constexpr std::array<LevelRow, 3> kLevels{{
    {Level::kSafe, "safe"},
    {Level::kReview, "review"},
    {Level::kSuggest, "suggest"},
}};

struct RefusalRow {
  Refusal refusal;
  std::string_view name;
  std::string_view reason;
};
constexpr std::array<RefusalRow, 17> kRefusals{{
    {Refusal::kConflict, "conflict", "it is used as a host path and as something else"},
    {Refusal::kUnknownDomain, "unknown-domain", "nothing proves what the string is used as"},
    {Refusal::kParseError, "parse-error", "the region did not parse"},
    {Refusal::kCommentInside, "comment-inside", "a comment inside would be lost"},
    {Refusal::kCodeInside, "code-inside", "code inside would be lost"},
    {Refusal::kConstant, "constant", "Go demands a constant here"},
    {Refusal::kNotString, "not-string", "an operand is not known to be a string"},
    {Refusal::kGenerated, "generated", "the file is generated; change its generator"},
    {Refusal::kDeferred, "deferred", "it overlaps with another change; run again after that one"},
    {Refusal::kIncomplete, "incomplete", "the declarations needed for an answer are not visible"},
    {Refusal::kNoStub, "no-stub", "a stub would lie about what it does"},
    {Refusal::kSuppressed, "suppressed", "a windlass:ignore comment says so"},
    {Refusal::kBrokenResult, "broken-result", "the changed file would not parse"},
    {Refusal::kProtected, "protected", "the exact bytes of the content matter"},
    {Refusal::kEncoding, "encoding", "the encoding is not one that can be edited"},
    {Refusal::kExists, "exists", "a file with other content is in the way of a new one"},
    {Refusal::kNewerGo, "newer-go", "it takes a newer Go than go.mod says"},
}};

// A row sits at its value's index, so that RefusalName needs no search.
constexpr bool RowsInOrder() {
  for (size_t i = 0; i < kRefusals.size(); ++i) {
    if (static_cast<size_t>(kRefusals[i].refusal) != i) {
      return false;
    }
  }
  return true;
}
static_assert(RowsInOrder());

constexpr auto kAllRefusals = [] {
  std::array<Refusal, kRefusals.size()> all{};
  std::ranges::transform(kRefusals, all.begin(), &RefusalRow::refusal);
  return all;
}();

}  // namespace

std::string_view LevelName(Level level) {
  return kLevels[static_cast<size_t>(level)].name;
}

std::optional<Level> LevelFromName(std::string_view name) {
  const auto* row = std::ranges::find(kLevels, name, &LevelRow::name);
  return row == kLevels.end() ? std::nullopt : std::optional(row->level);
}

std::string_view RefusalName(Refusal refusal) {
  return kRefusals[static_cast<size_t>(refusal)].name;
}

std::optional<Refusal> RefusalFromName(std::string_view name) {
  const auto* row = std::ranges::find(kRefusals, name, &RefusalRow::name);
  return row == kRefusals.end() ? std::nullopt : std::optional(row->refusal);
}

std::string_view RefusalReason(Refusal refusal) {
  return kRefusals[static_cast<size_t>(refusal)].reason;
}

std::span<const Refusal> AllRefusals() {
  return kAllRefusals;
}

void Refuse(Finding* finding, Refusal refusal) {
  finding->fix.reset();
  finding->refusal = refusal;
  if (finding->reason.empty()) {
    finding->reason = RefusalReason(refusal);
  }
}

bool FindingBefore(const Finding& a, const Finding& b) {
  return std::tie(a.path, a.span.begin, b.span.end, a.rule, a.message) <
         std::tie(b.path, b.span.begin, a.span.end, b.rule, b.message);
}

}  // namespace windlass
