#include <algorithm>
#include <string>
#include <utility>

#include "transformer/rules/native/eol_carried.h"
#include "transformer/rules/native/eol_kinds.h"
#include "transformer/rules/native/quoted_text.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/pack.h"
#include "transformer/text/eol.h"

namespace windlass {
namespace {

/// One edit for each line end that changes.
///     \r\n         \n
///     ----    or   ----
///     \n           \r\n
EditSet WriteEdits(std::string_view bytes, Encoding encoding, Eol to) {
  EditSet edits;
  const std::string_view cr = EolBytes(Eol::kCr, encoding);
  const std::string_view lf = EolBytes(Eol::kLf, encoding);
  const size_t unit = lf.size();
  for (size_t at = bytes.find(lf); at != std::string_view::npos; at = bytes.find(lf, at + 1)) {
    if (at % unit != 0) {
      continue;
    }
    const bool has_cr = at >= unit && bytes.substr(at - unit, unit) == cr;
    if (to == Eol::kLf && has_cr) {
      size_t begin = at - unit;  // CRs that converting twice has left go along
      while (begin >= unit && at - begin < kMaxCrRun * unit &&
             bytes.substr(begin - unit, unit) == cr) {
        begin -= unit;
      }
      (void)edits.Add(Span{begin, at}, "");
    } else if (to == Eol::kCrlf && !has_cr) {
      (void)edits.Add(Span{at, at}, cr);
    }
  }
  return edits;
}

std::string Describe(const EolProfile& eols, const std::string& name, Eol to) {
  const size_t wrong = to == Eol::kLf ? eols.crlf : eols.lf;
  return Cat(name, " with ", std::to_string(wrong), " of ", std::to_string(eols.lf + eols.crlf),
             " line endings ", to == Eol::kLf ? "CRLF" : "LF", ", should be ",
             to == Eol::kLf ? "LF" : "CRLF");
}

bool IsWithin(const Edit& edit, const std::vector<Span>& spans) {
  return std::ranges::any_of(
      spans, [&](Span span) { return span.begin <= edit.span.begin && edit.span.end <= span.end; });
}

/// True if every line end that would change belongs to a text that the file quotes: somebody wanted
/// it there.
bool IsWanted(const QuotedTexts& quoted, const EditSet& edits) {
  return !quoted.spans.empty() && std::ranges::all_of(edits.edits(), [&](const Edit& edit) {
    return IsWithin(edit, quoted.spans);
  });
}

/// Names the quoted texts that change with the file: their bytes reach whoever reads them.
std::string QuotedChanged(const SourceFile& source, const QuotedTexts& quoted,
                          const EditSet& edits) {
  std::string lines;
  size_t count = 0;
  for (const Span& span : quoted.spans) {
    if (std::ranges::any_of(edits.edits(),
                            [&](const Edit& edit) { return IsWithin(edit, {span}); })) {
      lines += Cat(count++ == 0 ? "" : ", ", std::to_string(source.PositionAt(span.begin).line));
    }
  }
  return count == 0 ? ""
                    : Cat("; the ", quoted.word, count > 1 ? "s at lines " : " at line ", lines,
                          count > 1 ? " change" : " changes", " with it");
}

/// To YAML a CR by itself ends a line, so that a line end of two CRs and an LF is two of them.
bool DropsYamlLines(const EolVerdict& verdict, const EditSet& edits, Encoding encoding) {
  const size_t unit = EolBytes(Eol::kCr, encoding).size();
  return verdict.name == "YAML file" && std::ranges::any_of(edits.edits(), [&](const Edit& edit) {
           return edit.span.size() > unit;
         });
}

bool IsProtected(const SourceFile& source, const Project& project, const EolFacts& facts,
                 const QuotedTexts& quoted, const EditSet& edits) {
  return HasSignature(project, source.path()) || facts.kinds.Protects(source.path()) ||
         facts.embedded.contains(source.path()) || facts.attributes.Untouched(source.path()) ||
         IsMeasured(source.bytes()) || IsWanted(quoted, edits);
}

/// A byte-order mark of UTF-16, or a working-tree-encoding, of bytes that are something else: what
/// a file of that kind is cannot be known.
void NameUnknown(const SourceFile& source, const EolFacts& facts, std::vector<Finding>* out) {
  const EolKind* kind = facts.kinds.Of(source.path(), source.bytes());
  const auto declared = facts.attributes.Get(source.path(), "working-tree-encoding");
  if (kind == nullptr || (ByteOrderMark(source.bytes()).size() != 2 && !declared)) {
    return;
  }
  Finding finding;
  finding.level = Level::kSuggest;
  finding.message = declared
                        ? Cat(kind->name, " that .gitattributes calls ", *declared,
                              ", and whose bytes are something else")
                        : Cat(kind->name, " that begins like UTF-16 and goes on as something else");
  finding.refusal = Refusal::kEncoding;
  finding.reason = "its line endings cannot be told; save it as UTF-8";
  out->push_back(std::move(finding));
}

}  // namespace

void ConvertEndings(const Rule& rule, const FileContext& context, SharedFacts& shared,
                    std::vector<Finding>* out) {
  const SourceFile& source = context.source;
  const EolFacts& facts = EolFactsOf(shared);
  const Encoding encoding = EncodingOf(source.path(), source.bytes(), facts);
  if (encoding == Encoding::kBinary) {
    if (rule.id == "eol/convert") {
      NameUnknown(source, facts, out);
    }
    return;
  }
  const EolProfile eols =
      encoding == source.encoding() ? source.eols() : CountEols(source.bytes(), encoding);
  const EolVerdict verdict = DecideEol(source.path(), source.bytes(), eols, facts);
  // Batch files have a rule of their own, which also sees those without any CR.
  if (verdict.to == Eol::kNone || verdict.batch != (rule.id == "eol/batch")) {
    return;
  }
  Finding finding;
  finding.level = verdict.level;
  finding.message = Describe(eols, verdict.name, verdict.to);
  finding.reason = verdict.why;
  EditSet edits = WriteEdits(source.bytes(), encoding, verdict.to);
  if (!edits.empty() && encoding != source.encoding()) {
    finding.span = edits.edits().front().span;
  } else if (!edits.empty()) {
    finding.span = source.LineSpan(source.PositionAt(edits.edits().front().span.begin).line);
  }
  const QuotedTexts quoted = IsUtf16(encoding)
                                 ? QuotedTexts()
                                 : FindQuotedTexts(verdict.name, source.path(), source.bytes());
  if (IsProtected(source, context.project, facts, quoted, edits)) {
    finding.refusal = Refusal::kProtected;
    finding.level = Level::kSuggest;
  } else {
    finding.reason += QuotedChanged(source, quoted, edits);
    if (DropsYamlLines(verdict, edits, encoding)) {
      finding.level = Level::kReview;
      finding.reason += "; a CR before a CRLF was an empty line of its own, and goes";
    }
    finding.fix.emplace().edits.emplace(source.path(), std::move(edits));
  }
  out->push_back(std::move(finding));
}

}  // namespace windlass
