#include "transformer/facts/go_mod_edit.h"

#include <algorithm>
#include <charconv>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// The comment on a requirement's line; null if there is none.
Node CommentOf(Node spec) {
  for (Node child : spec.NamedChildren()) {
    if (child.Is("comment")) {
      return child;
    }
  }
  return {};
}

bool IsIndirect(Node spec) {
  return CommentOf(spec).text().starts_with("// indirect");
}

/// Deletes `// indirect` and the blanks before it; what else the comment says stays.
void DropIndirect(Node spec, EditSet* edits) {
  const Node comment = CommentOf(spec);
  std::string_view rest = comment.text().substr(std::string_view("// indirect").size());
  while (rest.starts_with(';') || rest.starts_with(' ')) {
    rest.remove_prefix(1);
  }
  if (rest.empty()) {
    (void)edits->Add({spec.NamedChild(1).span().end, comment.span().end}, "");
  } else {
    (void)edits->Add(comment.span(), Cat("// ", rest));
  }
}

/// Takes the number at the front of `text`.
long TakeNumber(std::string_view* text) {
  long number = 0;
  const auto end = std::from_chars(text->data(), text->data() + text->size(), number).ptr;
  text->remove_prefix(static_cast<size_t>(end - text->data()));
  return number;
}

int Sign(bool less, bool greater) {
  return less ? -1 : greater ? 1 : 0;
}

bool IsNumber(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Orders what follows the '-' of two versions, word by word.
int ComparePrerelease(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view x = a.substr(0, a.find('.'));
    const std::string_view y = b.substr(0, b.find('.'));
    if (x != y) {
      if (IsNumber(x) != IsNumber(y)) {
        return IsNumber(x) ? -1 : 1;
      }
      const bool longer = IsNumber(x) && x.size() != y.size();
      return longer ? Sign(x.size() < y.size(), true) : Sign(x < y, true);
    }
    a.remove_prefix(std::min(x.size() + 1, a.size()));
    b.remove_prefix(std::min(y.size() + 1, b.size()));
  }
  return Sign(a.empty() && !b.empty(), !a.empty());
}

}  // namespace

int CompareModuleVersions(std::string_view a, std::string_view b) {
  a = a.substr(0, a.find('+'));
  b = b.substr(0, b.find('+'));
  for (int part = 0; part < 3; ++part) {
    a.remove_prefix(a.empty() ? 0 : 1);
    b.remove_prefix(b.empty() ? 0 : 1);
    const long x = TakeNumber(&a);
    const long y = TakeNumber(&b);
    if (x != y) {
      return Sign(x < y, true);
    }
  }
  if (a.empty() || b.empty()) {
    return Sign(!a.empty(), !b.empty());
  }
  return ComparePrerelease(a.substr(1), b.substr(1));
}

EditSet RequireModule(const Tree& tree, std::string_view path, std::string_view version) {
  EditSet edits;
  Node block;   // the first directive with requirements that are not all indirect
  Node before;  // the last spec in it that sorts before the new one
  Node last;    // the last directive that a new one may follow
  for (Node directive : tree.root().NamedChildren()) {
    if (directive.Is("module_directive") || directive.Is("go_directive")) {
      last = directive;
    }
    if (!directive.Is("require_directive")) {
      continue;
    }
    for (Node spec : directive.NamedChildren()) {
      if (!spec.Is("require_spec")) {
        continue;
      }
      const std::string_view name = spec.NamedChild(0).text();
      if (name == path) {
        if (IsIndirect(spec)) {
          DropIndirect(spec, &edits);
        }
        return edits;
      }
      const bool grouped = directive.text().find('(') != std::string_view::npos;
      if (grouped && !IsIndirect(spec) && (block.is_null() || block == directive)) {
        block = directive;
        before = name < path ? spec : before;
      }
    }
  }
  const SourceFile& source = tree.source();
  const auto after_line = [&source](size_t offset) {
    return std::min(source.bytes().find('\n', offset), source.size() - 1) + 1;
  };
  if (block) {
    const size_t open = block.span().begin + block.text().find('(');
    const size_t at = after_line(before ? before.NamedChild(1).span().end : open);
    (void)edits.Add({at, at}, Cat("\t", path, " ", version, source.EolAt(open)));
  } else if (last) {
    const std::string_view eol = source.EolAt(last.span().begin);
    const size_t at = after_line(last.span().begin);
    (void)edits.Add({at, at}, Cat(eol, "require ", path, " ", version, eol));
  }
  return edits;
}

}  // namespace windlass
