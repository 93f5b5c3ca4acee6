#include "transformer/rules/native/eol_kinds.h"
#include "transformer/text/eol.h"
#include "transformer/text/work_tree_encoding.h"

namespace windlass {
namespace {

/// What a line of configuration asks for: "lf" where some line has CRLF; "crlf" only where that
/// makes a mixture consistent, because git or an editor does the rest.
Eol Asked(std::string_view value, const EolProfile& eols) {
  if (value == "lf") {
    return eols.crlf > 0 ? Eol::kLf : Eol::kNone;
  }
  return value == "crlf" && eols.lf > 0 && eols.crlf > 0 ? Eol::kCrlf : Eol::kNone;
}

void ByKind(const EolKind& kind, const EolProfile& eols, EolVerdict* verdict) {
  verdict->why = kind.why;
  verdict->level = kind.level;
  if (!kind.want) {
    const bool mixed = eols.lf > 0 && eols.crlf > 0;
    verdict->to = mixed ? kind.prefer.value_or(eols.Dominant()) : Eol::kNone;
  } else if (*kind.want == Eol::kLf) {
    verdict->to = eols.crlf > 0 ? Eol::kLf : Eol::kNone;
  } else {
    verdict->to = eols.lf > 0 ? Eol::kCrlf : Eol::kNone;
    verdict->batch = !kind.chosen;
  }
}

}  // namespace

Encoding EncodingOf(std::string_view path, std::string_view bytes, const EolFacts& facts) {
  const auto name = facts.attributes.Get(path, "working-tree-encoding");
  return name && *name != "set" && *name != "unset" ? DeclaredEncoding(*name, bytes)
                                                    : DetectEncoding(bytes);
}

EolVerdict DecideEol(std::string_view path, std::string_view head, const EolProfile& eols,
                     const EolFacts& facts) {
  EolVerdict verdict;
  const EolKind* kind = facts.kinds.Of(path, head);
  verdict.name = kind == nullptr ? "text file" : kind->name;
  if (kind != nullptr && kind->chosen) {
    ByKind(*kind, eols, &verdict);
    return verdict;
  }
  if (const auto attribute = facts.attributes.WorkTreeEol(path)) {
    // Where git has been told to write CRLF, an LF on disk only waits for the next checkout; where
    // cmd.exe needs CRLF and a line for all files says LF, an exception will tell git.
    const bool insists = kind != nullptr && kind->want == Eol::kCrlf;
    verdict.to = *attribute == "lf" && !insists ? Asked("lf", eols) : Eol::kNone;
    verdict.why = Cat(".gitattributes says eol=", *attribute);
    return verdict;
  }
  if (const auto editor = facts.editor.Get(path, "end_of_line");
      editor && (editor->value == "lf" || editor->value == "crlf")) {
    verdict.to = Asked(editor->value, eols);
    verdict.why = Cat(editor->path, " says end_of_line = ", editor->value);
    return verdict;
  }
  if (kind != nullptr) {
    ByKind(*kind, eols, &verdict);
  }
  return verdict;
}

}  // namespace windlass
