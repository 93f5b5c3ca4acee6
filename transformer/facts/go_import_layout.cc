#include "transformer/facts/go_import_layout.h"

#include <algorithm>

#include "transformer/facts/go_kinds.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

size_t LineOf(const SourceFile& source, size_t offset) {
  return source.PositionAt(offset).line;
}

/// The first line of the comments that stand directly above `line`, or `line`.
size_t TopOfComments(const SourceFile& source, const std::vector<Span>& comments, size_t line) {
  for (auto it = comments.rbegin(); it != comments.rend(); ++it) {
    if (LineOf(source, it->end) + 1 != line || LineOf(source, it->begin) >= line) {
      continue;
    }
    const size_t first = LineOf(source, it->begin);
    const size_t begin = source.LineBegin(first);
    if (!IsBlank(source.Text({begin, it->begin}))) {
      break;  // behind something else on its line
    }
    line = first;
  }
  return line;
}

/// True if nothing but a comment shares the lines of `spec`.
bool StandsAlone(const SourceFile& source, Span spec, size_t first, size_t last) {
  const std::string_view before = source.Text({source.LineBegin(first), spec.begin});
  const std::string_view after = source.Text({spec.end, source.LineSpan(last).end});
  const size_t text = after.find_first_not_of(" \t;");
  return IsBlank(before) && (text == std::string_view::npos || after.substr(text, 2) == "//" ||
                             (after.substr(text, 2) == "/*" && after.ends_with("*/")));
}

class LayoutReader {
 public:
  LayoutReader(const GoFile& file, std::string_view module,
               const std::set<const GoImport*>& removed)
      : file_(file), source_(file.tree().source()), module_(module), removed_(removed) {
    for (const GoImport& import : file.imports()) {
      imports_[import.spec.span().begin] = &import;
    }
  }

  std::vector<ImportDecl> Read() {
    std::vector<ImportDecl> decls;
    std::vector<Span> comments;
    for (Node node : file_.tree().root().NamedChildren()) {
      if (node.Is("comment")) {
        comments.push_back(node.span());
      } else if (node.Is("import_declaration") && !node.has_error()) {
        decls.push_back(ReadDecl(node, comments));
      }
    }
    return decls;
  }

 private:
  ImportDecl ReadDecl(Node node, std::vector<Span> comments) {
    ImportDecl decl;
    decl.node = node;
    decl.parenthesized = FirstGoChild(node).Is("import_spec_list");
    const Node list = decl.parenthesized ? FirstGoChild(node) : node;
    const size_t open_line = LineOf(source_, list.span().begin);
    const size_t close_line = LineOf(source_, list.span().end);
    decl.tidy = true;
    bool others = false;
    size_t previous = 0;
    for (Node child : list.NamedChildren()) {
      const Span span = child.span();
      if (child.Is("comment")) {
        comments.push_back(span);
      }
      const auto found = imports_.find(span.begin);
      if (found == imports_.end()) {
        continue;
      }
      const size_t line = LineOf(source_, span.begin);
      others |= found->second->path != "C";
      if (decl.parenthesized) {
        decl.tidy &= line != open_line && line != close_line && line != previous &&
                     StandsAlone(source_, span, line, LineOf(source_, span.end));
      }
      if (decl.runs.empty() || line != previous + 1) {
        decl.runs.emplace_back();
        decl.runs.back().top = TopOfComments(source_, comments, line);
      }
      decl.runs.back().specs.push_back({found->second, ClassOfImport(found->second->path, module_),
                                        line, removed_.contains(found->second)});
      previous = line;
    }
    if (!decl.parenthesized) {
      decl.tidy = StandsAlone(source_, node.span(), open_line, close_line);
    }
    decl.only_c = !decl.runs.empty() && !others;
    return decl;
  }

  const GoFile& file_;
  const SourceFile& source_;
  std::string_view module_;
  const std::set<const GoImport*>& removed_;
  std::map<size_t, const GoImport*> imports_;  // by the spec's first byte
};

}  // namespace

ImportClass ClassOfImport(std::string_view path, std::string_view module) {
  if (!module.empty() && path.starts_with(module) &&
      (path.size() == module.size() || path[module.size()] == '/')) {
    return ImportClass::kOwn;
  }
  return IsStandardImport(path) ? ImportClass::kStandard : ImportClass::kOther;
}

bool ImportRun::Has(ImportClass kind) const {
  return std::ranges::find(specs, kind, &ImportLine::kind) != specs.end();
}

bool ImportRun::Mixed() const {
  return std::ranges::any_of(specs,
                             [&](const ImportLine& spec) { return spec.kind != specs[0].kind; });
}

bool ImportRun::AllRemoved() const {
  return std::ranges::all_of(specs, &ImportLine::removed);
}

bool ImportDecl::AllRemoved() const {
  return !runs.empty() && std::ranges::all_of(runs, &ImportRun::AllRemoved);
}

std::vector<ImportDecl> ReadImportLayout(const GoFile& file, std::string_view module,
                                         const std::set<const GoImport*>& removed) {
  return LayoutReader(file, module, removed).Read();
}

std::string ImportSpecText(const ImportRequest& request) {
  const bool told = GuessImportNames(request.path).front() == request.name;
  return told ? Cat("\"", request.path, "\"") : Cat(request.name, " \"", request.path, "\"");
}

size_t SharedElements(std::string_view a, std::string_view b) {
  size_t shared = 0;
  for (size_t i = 0;; ++i) {
    const bool a_ends = i == a.size() || a[i] == '/';
    const bool b_ends = i == b.size() || b[i] == '/';
    if (a_ends && b_ends) {
      ++shared;
    }
    if (i >= a.size() || i >= b.size() || a[i] != b[i]) {
      return shared;
    }
  }
}

}  // namespace windlass
