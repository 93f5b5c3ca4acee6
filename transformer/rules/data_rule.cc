#include "transformer/rules/data_rule.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "transformer/facts/go_imports.h"
#include "transformer/rules/replace_go.h"
#include "transformer/rules/variables.h"
#include "transformer/text/strings.h"

namespace windlass {

namespace {

bool IsSeparator(Node node) {
  return !node.is_named() && node.text() == ",";
}

// Whether nothing but commas and comments stands between the nodes, so that the source from the
// first to the last can be taken as it is.
bool AreNeighbours(const std::vector<Node>& nodes) {
  for (size_t i = 0; i + 1 < nodes.size(); ++i) {
    Node next = nodes[i].next_sibling();
    while (next && (IsSeparator(next) || next.Is("comment"))) {
      next = next.next_sibling();
    }
    if (!(next == nodes[i + 1])) {
      return false;
    }
  }
  return true;
}

// The part of the source that stands for a capture, if it is one piece.
std::optional<Span> SpanOfCapture(const QueryMatch& match, std::string_view name) {
  const std::vector<Node> nodes = match.All(name);
  if (nodes.empty() || !AreNeighbours(nodes)) {
    return std::nullopt;
  }
  return Span{nodes.front().span().begin, nodes.back().span().end};
}

bool IsCaptureName(const Rule& rule, std::string_view name) {
  return std::ranges::find(rule.query->capture_names(), name) != rule.query->capture_names().end();
}

std::string TextOfCapture(const QueryMatch& match, std::string_view name,
                          const SourceFile& source) {
  if (const std::optional<Span> span = SpanOfCapture(match, name)) {
    return std::string(source.Text(*span));
  }
  std::string joined;
  for (const Node node : match.All(name)) {
    joined += Cat(joined.empty() ? "" : ", ", node.text());
  }
  return joined;
}

// Captures in messages are cut to their first line.
std::string Excerpt(std::string text) {
  constexpr size_t kMost = 60;
  size_t end = std::min(text.find_first_of("\r\n"), kMost);
  if (end < text.size()) {
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;  // not within a character
    }
    text.resize(end);
    text += "…";
  }
  return text;
}

class DataRuleRun {
 public:
  DataRuleRun(const Rule& rule, const QueryMatch& match, const FileContext& context)
      : rule_(rule), match_(match), context_(context), site_(SiteOf(match)) {}

  Finding Run() {
    Finding finding;
    finding.level = rule_.level;
    finding.span = site_.span();
    finding.message = Say(rule_.message);
    finding.reason = Say(rule_.reason);
    if (rule_.MayFix()) {
      finding.fix.emplace();
      if (const std::optional<Refusal> refusal = Write(&*finding.fix)) {
        Refuse(&finding, *refusal);
      }
    }
    return finding;
  }

 private:
  std::optional<std::string> Lookup(std::string_view name) const {
    return IsCaptureName(rule_, name) ? TextOfCapture(match_, name, context_.source)
                                      : VariableValue(name, context_);
  }

  std::string Say(const Template& text) const {
    return text
        .Expand([&](std::string_view name) -> std::optional<std::string> {
          return Excerpt(Lookup(name).value_or(Cat("@", name)));
        })
        .value_or("");
  }

  // Nullopt: the whole fix is written.
  std::optional<Refusal> Write(Fix* fix) const {
    if (context_.tree->TouchesError(site_.span())) {
      return Refusal::kParseError;
    }
    if (rule_.replace) {
      if (const std::optional<Refusal> refusal = WriteReplacement(fix)) {
        return refusal;
      }
    }
    return WriteNewFiles(fix);
  }

  std::optional<Refusal> WriteReplacement(Fix* fix) const {
    if (LosesComment(site_)) {
      return Refusal::kCommentInside;
    }
    if (LosesCode()) {
      return Refusal::kCodeInside;
    }
    std::vector<ImportRequest> imports;
    for (const ImportTemplate& import : rule_.imports) {
      std::optional<std::string> path =
          import.path.Expand([&](std::string_view name) { return VariableValue(name, context_); });
      if (!path) {
        return Refusal::kIncomplete;
      }
      if (context_.module != nullptr) {
        path = context_.project.settings().Relocated(context_.module->path, *path);
      }
      imports.push_back(
          {*path, ImportNameFor(*context_.go, *path, site_.span().begin, import.hole)});
    }
    std::optional<Template::Expansion> text =
        rule_.replace->ExpandWithHoles([&](std::string_view name) -> std::optional<std::string> {
          const auto import = std::ranges::find(rule_.imports, name, &ImportTemplate::hole);
          if (import != rule_.imports.end()) {
            return imports[static_cast<size_t>(import - rule_.imports.begin())].name;
          }
          return Lookup(name);
        });
    if (!text) {
      return Refusal::kIncomplete;
    }
    const Template::Expansion fitted = WithLineEnds(*text, site_.span().begin);
    const std::string replacement =
        context_.go != nullptr ? FitGoReplacement(site_, fitted) : fitted.text;
    const std::string path = context_.source.path();
    (void)fix->edits[path].Add(site_.span(),
                               replacement);  // the only edit so far: nothing to conflict with
    if (!imports.empty()) {
      fix->imports[path] = std::move(imports);
    }
    return std::nullopt;
  }

  // A comment below `node` survives only within a capture that goes into the new text in one piece.
  bool LosesComment(Node node) const {
    if (node.Is("comment")) {
      return std::ranges::none_of(rule_.replace->Holes(), [&](const Template::Hole& hole) {
        const std::optional<Span> kept = SpanOfCapture(match_, hole.name);
        return kept && kept->Contains(node.span());
      });
    }
    return std::ranges::any_of(node.Children(),
                               [this](const Node& child) { return LosesComment(child); });
  }

  // A capture that goes into the new text while a node beside it is captured by nothing: the query
  // did not reckon with that node (another argument, say), and the new text has no place for it.
  bool LosesCode() const {
    const std::vector<Template::Hole> holes = rule_.replace->Holes();
    return std::ranges::any_of(match_.captures, [&](const QueryMatch::Capture& capture) {
      const bool used =
          std::ranges::find(holes, capture.name, &Template::Hole::name) != holes.end();
      const bool within = site_.span().Contains(capture.node.span()) && !(capture.node == site_);
      return used && within &&
             std::ranges::any_of(capture.node.parent().NamedChildren(), [this](const Node& beside) {
               return !beside.Is("comment") && !HoldsCapture(beside);
             });
    });
  }

  bool HoldsCapture(Node node) const {
    return std::ranges::any_of(match_.captures, [&](const QueryMatch::Capture& capture) {
      return node.span().Contains(capture.node.span());
    });
  }

  // The template's own line ends become those of the place; captures have theirs already.
  Template::Expansion WithLineEnds(const Template::Expansion& text, size_t offset) const {
    const std::string_view eol = context_.source.EolAt(offset);
    Template::Expansion out;
    size_t done = 0;
    const auto copy_literal = [&](size_t end) {
      for (; done < end; ++done) {
        out.text += text.text[done] == '\n' ? eol : std::string_view(text.text).substr(done, 1);
      }
    };
    for (const Span hole : text.holes) {
      copy_literal(hole.begin);
      out.holes.push_back({out.text.size(), out.text.size() + hole.size()});
      out.text.append(text.text, hole.begin, hole.size());
      done = hole.end;
    }
    copy_literal(text.text.size());
    return out;
  }

  std::optional<Refusal> WriteNewFiles(Fix* fix) const {
    for (const NewFileTemplate& file : rule_.new_files) {
      const auto lookup = [this](std::string_view name) { return Lookup(name); };
      std::optional<std::string> path = file.path.Expand(lookup);
      std::optional<std::string> text = file.text.Expand(lookup);
      if (!path || !text) {
        return Refusal::kIncomplete;
      }
      std::string place = CleanPath(*path);
      if (context_.module != nullptr) {
        place = context_.project.settings().Relocated(context_.module->dir, place);
      }
      fix->new_files.push_back({std::move(place), *std::move(text), file.executable});
    }
    return std::nullopt;
  }

  // Without "." elements and doubled slashes, which variables leave.
  static std::string CleanPath(std::string_view path) {
    std::string clean;
    while (!path.empty()) {
      const std::string_view element = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), element.size() + 1));
      if (!element.empty() && element != ".") {
        clean += Cat(clean.empty() ? "" : "/", element);
      }
    }
    return clean;
  }

  const Rule& rule_;
  const QueryMatch& match_;
  const FileContext& context_;
  const Node site_;
};

}  // namespace

Node SiteOf(const QueryMatch& match) {
  const Node site = match.First("site");
  return site || match.captures.empty() ? site : match.captures.front().node;
}

Finding RunDataRule(const Rule& rule, const QueryMatch& match, const FileContext& context) {
  return DataRuleRun(rule, match, context).Run();
}

}  // namespace windlass
