#include <string>
#include <utility>

#include "transformer/rules/native/eol_kinds.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/pack.h"
#include "transformer/text/eol.h"

namespace windlass {
namespace {

/// What is wrong with a file, and what it should become.
struct Verdict {
  const EolKind* kind = nullptr;
  Eol to = Eol::kNone;  // kNone: nothing to change
};

Verdict Decide(const SourceFile& source, const EolFacts& facts) {
  Verdict verdict;
  const EolProfile& eols = source.eols();
  verdict.kind = facts.kinds.Of(source.path(), source.bytes());
  if (verdict.kind == nullptr) {
    return verdict;
  }
  const bool mixed = eols.lf > 0 && eols.crlf > 0;
  if (!verdict.kind->want) {
    verdict.to = mixed ? verdict.kind->prefer.value_or(eols.Dominant()) : Eol::kNone;
  } else if (*verdict.kind->want == Eol::kLf) {
    verdict.to = eols.crlf > 0 ? Eol::kLf : Eol::kNone;
  } else {
    // Where git has been told to write CRLF, an LF on disk only waits for the next checkout.
    const bool gits_task = facts.attributes.WorkTreeEol(source.path()) == "crlf";
    verdict.to = eols.lf > 0 && !gits_task ? Eol::kCrlf : Eol::kNone;
  }
  return verdict;
}

/// One edit for each line end that changes.
///     \r\n         \n
///     ----    or   ----
///     \n           \r\n
EditSet WriteEdits(std::string_view bytes, Eol to) {
  EditSet edits;
  for (size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    const bool has_cr = at > 0 && bytes[at - 1] == '\r';
    if (to == Eol::kLf && has_cr) {
      (void)edits.Add(Span{at - 1, at}, "");
    } else if (to == Eol::kCrlf && !has_cr) {
      (void)edits.Add(Span{at, at}, "\r");
    }
  }
  return edits;
}

std::string Describe(const SourceFile& source, const EolKind& kind, Eol to) {
  const EolProfile& eols = source.eols();
  const size_t wrong = to == Eol::kLf ? eols.crlf : eols.lf;
  return Cat(kind.name, " with ", std::to_string(wrong), " of ",
             std::to_string(eols.lf + eols.crlf), " line endings ", to == Eol::kLf ? "CRLF" : "LF",
             ", should be ", to == Eol::kLf ? "LF" : "CRLF");
}

std::optional<Refusal> Refuse(const SourceFile& source, const EolFacts& facts) {
  if (source.encoding() == Encoding::kUtf16Le || source.encoding() == Encoding::kUtf16Be) {
    return Refusal::kEncoding;
  }
  if (facts.kinds.Protects(source.path()) || facts.embedded.contains(source.path()) ||
      facts.attributes.Untouched(source.path())) {
    return Refusal::kProtected;
  }
  return std::nullopt;
}

}  // namespace

void ConvertEndings(const Rule& rule, const FileContext& context, SharedFacts& shared,
                    std::vector<Finding>* out) {
  const SourceFile& source = context.source;
  if (source.encoding() == Encoding::kBinary) {
    return;
  }
  const EolFacts& facts = EolFactsOf(shared);
  const Verdict verdict = Decide(source, facts);
  // Batch files have a rule of their own, which also sees those without any CR.
  const bool batch = verdict.kind != nullptr && verdict.kind->want == Eol::kCrlf;
  if (verdict.to == Eol::kNone || batch != (rule.id == "eol/batch")) {
    return;
  }
  Finding finding;
  finding.level = verdict.kind->level;
  finding.message = Describe(source, *verdict.kind, verdict.to);
  finding.reason = verdict.kind->why;
  EditSet edits = WriteEdits(source.bytes(), verdict.to);
  if (!edits.empty()) {
    finding.span = source.LineSpan(source.PositionAt(edits.edits().front().span.begin).line);
  }
  finding.refusal = Refuse(source, facts);
  if (!finding.refusal) {
    finding.fix.emplace().edits.emplace(source.path(), std::move(edits));
  } else {
    finding.level = Level::kSuggest;
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
