// eol/conflict: .gitattributes, .editorconfig and what reads a file do not agree on its line
// endings, or on its encoding. Reported where the weaker of two says so; a person decides.

#include <algorithm>
#include <map>
#include <tuple>

#include "transformer/rules/native/eol_kinds.h"
#include "transformer/rules/native/table.h"
#include "transformer/text/work_tree_encoding.h"

namespace windlass {
namespace {

/// One line of configuration that is contradicted, and by what.
struct Conflict {
  std::string path;
  Span span;
  std::string says;
  std::string against;

  friend bool operator<(const Conflict& a, const Conflict& b) {
    return std::tie(a.path, a.span.begin, a.says, a.against) <
           std::tie(b.path, b.span.begin, b.says, b.against);
  }
};

struct Files {
  std::string first;
  size_t count = 0;
};
using Conflicts = std::map<Conflict, Files>;

void Add(Conflict conflict, const std::string& path, Conflicts* out) {
  Files& files = (*out)[std::move(conflict)];
  if (files.count++ == 0) {
    files.first = path;
  }
}

std::string AttributesFile(const GitAttributes::Source& source) {
  return Cat(source.dir, source.dir.empty() ? "" : "/", ".gitattributes");
}

/// The kind of a file whose reader insists on one ending; null for others.
const EolKind* Insisting(const EolFacts& facts, const ProjectFile& file) {
  const EolKind* kind = facts.kinds.Of(file.path, {});
  return kind != nullptr && kind->want && !kind->chosen ? kind : nullptr;
}

void Compare(const EolFacts& facts, const ProjectFile& file, Conflicts* out) {
  const auto attribute = facts.attributes.WorkTreeEol(file.path);
  const auto editor = facts.editor.Get(file.path, "end_of_line");
  const bool editor_known = editor && (editor->value == "lf" || editor->value == "crlf");
  if (attribute && editor_known && editor->value != *attribute) {
    Add({editor->path, editor->span, Cat("end_of_line = ", editor->value),
         Cat(".gitattributes says eol=", *attribute)},
        file.path, out);
  }
  const EolKind* kind = Insisting(facts, file);
  if (kind == nullptr || facts.kinds.Protects(file.path)) {
    return;
  }
  const std::string_view want = *kind->want == Eol::kLf ? "lf" : "crlf";
  if (attribute && *attribute != want) {
    const auto source = facts.attributes.SourceOf(file.path, "eol");
    if (source && source->pattern != "*") {  // eol/gitattributes adds an exception to that one
      Add({AttributesFile(*source), source->span, Cat("eol=", *attribute),
           Cat("a ", kind->name, " needs ", want, ": ", kind->why)},
          file.path, out);
    }
  } else if (!attribute && editor_known && editor->value != want) {
    Add({editor->path, editor->span, Cat("end_of_line = ", editor->value),
         Cat("a ", kind->name, " needs ", want, ": ", kind->why)},
        file.path, out);
  }
}

bool Fits(std::string_view charset, Encoding encoding, bool ascii) {
  switch (encoding) {
    case Encoding::kUtf8:
      return charset == "utf-8" || (ascii && charset == "latin1");
    case Encoding::kUtf8Bom:
      return charset == "utf-8-bom";
    case Encoding::kUtf16Le:
      return charset == "utf-16le";
    case Encoding::kUtf16Be:
      return charset == "utf-16be";
    case Encoding::kLatin1:
      return charset == "latin1";
    case Encoding::kBinary:
      break;
  }
  return true;
}

/// True for 8-bit bytes that are no UTF-8 and hold characters that no text does.
bool LooksBinary(std::string_view bytes, Encoding encoding) {
  return encoding == Encoding::kLatin1 && std::ranges::any_of(bytes, [](char c) {
           return (c >= 0 && c < ' ' && (c < '\b' || c > '\r') && c != '\x1b') || c == '\x7f';
         });
}

/// charset: what the bytes of a file say.
void CompareCharset(const EolFacts& facts, const Project& project, const ProjectFile& file,
                    Conflicts* out) {
  const auto charset = facts.editor.Get(file.path, "charset");
  if (!charset || !file.editable() || facts.kinds.Protects(file.path) ||
      facts.attributes.Untouched(file.path)) {
    return;
  }
  const auto bytes = project.Read(file.path);
  if (!bytes.ok() || bytes->empty()) {
    return;
  }
  const Encoding encoding = EncodingOf(file.path, *bytes, facts);
  const bool ascii = std::ranges::all_of(*bytes, [](char c) { return (c & 0x80) == 0; });
  if (!Fits(charset->value, encoding, ascii) && !LooksBinary(*bytes, encoding)) {
    Add({charset->path, charset->span, Cat("charset = ", charset->value),
         Cat("the bytes are ", EncodingName(encoding))},
        file.path, out);
  }
}

/// working-tree-encoding: git refuses to store what the bytes are, or stores something else.
void CompareWorkTreeEncoding(const EolFacts& facts, const Project& project, const ProjectFile& file,
                             Conflicts* out) {
  constexpr std::string_view kAttribute = "working-tree-encoding";
  const auto name = facts.attributes.Get(file.path, kAttribute);
  const auto bytes = name && *name != "set" && *name != "unset" ? project.Read(file.path)
                                                                : absl::StatusOr<std::string>("");
  if (!bytes.ok() || bytes->empty()) {
    return;
  }
  const Encoding seen = DetectEncoding(*bytes);
  const Encoding declared = DeclaredEncoding(*name, *bytes);
  std::string against(MarkMistake(*name, *bytes));
  if ((seen == Encoding::kUtf8 || IsUtf16(seen)) && declared != seen) {
    against = Cat("the bytes are ", EncodingName(seen));
  }
  if (!against.empty()) {
    const auto source = facts.attributes.SourceOf(file.path, kAttribute);
    Add({AttributesFile(*source), source->span, Cat(kAttribute, "=", *name), std::move(against)},
        file.path, out);
  }
}

}  // namespace

void EndingConflicts(const Rule&, const Project& project, SharedFacts& shared,
                     std::vector<Finding>* out) {
  const EolFacts& facts = EolFactsOf(shared);
  const bool charsets = facts.editor.Mentions("charset");
  const bool encodings = facts.attributes.Mentions("working-tree-encoding");
  Conflicts conflicts;
  for (const ProjectFile& file : project.files()) {
    if (file.vendored) {
      continue;
    }
    Compare(facts, file, &conflicts);
    if (charsets) {
      CompareCharset(facts, project, file, &conflicts);
    }
    if (encodings) {
      CompareWorkTreeEncoding(facts, project, file, &conflicts);
    }
  }
  for (const auto& [conflict, files] : conflicts) {
    Finding finding;
    finding.level = Level::kSuggest;
    finding.path = conflict.path;
    finding.span = conflict.span;
    const std::string more =
        files.count > 1 ? Cat(" and ", std::to_string(files.count - 1), " more") : "";
    finding.message = Cat(conflict.says, " for ", files.first, more, ", but ", conflict.against);
    finding.reason =
        "make them agree; windlass follows windlass.toml, .gitattributes, .editorconfig and the "
        "reader of the file, in this order";
    out->push_back(std::move(finding));
  }
}

}  // namespace windlass
