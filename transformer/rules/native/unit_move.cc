#include "transformer/rules/native/unit_move.h"

#include <algorithm>
#include <set>

namespace windlass {
namespace {

/// From the doc comment's first line to the end of the last line, and one blank line after it.
Span LinesOf(Node node) {
  const SourceFile& source = node.source();
  const Span doc = DocSpan(node);
  const size_t begin = source.LineBegin(source.PositionAt(doc.begin).line);
  size_t line = source.PositionAt(node.span().end).line + 1;
  const size_t lines = source.line_count();
  if (line < lines && source.LineSpan(line).empty()) {
    ++line;
  }
  return {begin, line > lines ? source.size() : source.LineBegin(line)};
}

bool Mentions(Node node, std::string_view word) {
  return node.text().find(word) != std::string_view::npos;
}

/// The units of one statement that leave it.
using Leaving = std::vector<const PackageUnit*>;

size_t SpecCount(Node statement) {
  size_t count = 0;
  for (Node child : statement.NamedChildren()) {
    if (child.Is("var_spec_list")) {
      count += SpecCount(child);
    } else if (!child.Is("comment")) {
      ++count;
    }
  }
  return count;
}

/// Deletes `spans`; of blank lines before a deleted end of the file none stays.
bool Delete(std::vector<Span> spans, std::string_view bytes, EditSet* edits) {
  std::ranges::sort(spans);
  std::vector<Span> merged;
  for (const Span span : spans) {
    if (!merged.empty() && span.begin <= merged.back().end) {
      merged.back().end = std::max(merged.back().end, span.end);
    } else {
      merged.push_back(span);
    }
  }
  for (Span& span : merged) {
    while (span.end == bytes.size() && bytes.substr(0, span.begin).ends_with("\n\n")) {
      --span.begin;
    }
    if (!edits->Add(span, "").ok()) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool RemoveUnits(const std::vector<const PackageUnit*>& units, EditSet* edits) {
  std::set<const void*> done;
  std::vector<Span> spans;
  for (const PackageUnit* unit : units) {
    const Node statement = unit->unit.statement;
    if (!done.insert(statement.id()).second) {
      continue;
    }
    Leaving leaving;
    std::ranges::copy_if(units, std::back_inserter(leaving), [&](const PackageUnit* other) {
      return other->unit.statement == statement;
    });
    if (leaving.size() >= SpecCount(statement) || unit->unit.node == statement) {
      spans.push_back(LinesOf(statement));
      continue;
    }
    if (statement.Is("const_declaration") && Mentions(statement, "iota")) {
      return false;
    }
    for (const PackageUnit* spec : leaving) {
      spans.push_back(LinesOf(spec->unit.node));
    }
  }
  return Delete(std::move(spans), units.front()->parsed->source->bytes(), edits);
}

std::string MovedFile(const std::vector<const PackageUnit*>& units, const BuildExpr& constraint,
                      bool constraint_in_name, bool plus_build) {
  std::string body;
  StringSet imports;
  std::set<const void*> done;
  for (const PackageUnit* unit : units) {
    const GoUnit& part = unit->unit;
    Leaving leaving;
    std::ranges::copy_if(units, std::back_inserter(leaving), [&](const PackageUnit* other) {
      return other->unit.statement == part.statement;
    });
    const bool whole = part.node == part.statement || leaving.size() >= SpecCount(part.statement);
    if (whole && !done.insert(part.statement.id()).second) {
      continue;
    }
    const Node node = whole ? part.statement : part.node;
    const Span doc = DocSpan(node);
    body += Cat("\n", whole ? std::string(node.source().Text(doc)) : ShortDoc(node),
                whole ? std::string(node.text()) : StatementText(*unit, {}), "\n");
    for (const UnitUses::Outside& use : UsesBelow(*unit->parsed->go, node).outside) {
      imports.insert(ImportSpec(*unit->parsed->go, use.path));
    }
  }
  const std::string block = ImportBlock(imports);
  return Cat(constraint_in_name ? "" : Cat(ConstraintHeader(constraint, plus_build), "\n"),
             "package ", units.front()->parsed->go->package_name(), "\n", block.empty() ? "" : "\n",
             block, body);
}

}  // namespace windlass
