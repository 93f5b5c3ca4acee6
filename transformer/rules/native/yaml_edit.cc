#include "transformer/rules/native/yaml_edit.h"

#include <algorithm>
#include <string>

#include "transformer/text/strings.h"

namespace windlass {
namespace {

bool IsPair(Node node) {
  return node.Is("block_mapping_pair") || node.Is("flow_pair");
}

bool IsMap(Node node) {
  return node.Is("block_mapping") || node.Is("flow_mapping");
}

bool Holds(Span outer, Span inner) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

/// All nodes of a kind below `at`.
void Collect(Node at, std::string_view kind, std::vector<Node>* out) {
  for (const Node child : at.NamedChildren()) {
    if (child.Is(kind)) {
      out->push_back(child);
    }
    Collect(child, kind, out);
  }
}

Node DocumentOf(Node node) {
  while (node.parent() && !node.Is("document")) {
    node = node.parent();
  }
  return node;
}

/// Whether a change of `place` is one of more than `owner`: an anchor around or within it has an
/// alias elsewhere. With `gone` the place goes, and no alias outside of it may want what it held.
bool IsShared(Node place, Node owner, bool gone) {
  if (!Holds(owner.span(), place.span())) {
    return true;
  }
  std::vector<Node> anchors;
  std::vector<Node> aliases;
  const Node document = DocumentOf(place);
  Collect(document, "anchor", &anchors);
  Collect(document, "alias", &aliases);
  return std::ranges::any_of(anchors, [&](Node anchor) {
    const Span marked = anchor.parent().span();
    const bool around = Holds(marked, place.span());
    const bool within = gone && Holds(place.span(), marked);
    return std::ranges::any_of(aliases, [&](Node alias) {
      return alias.text().substr(1) == anchor.text().substr(1) &&
             ((around && !Holds(owner.span(), alias.span())) ||
              (within && !Holds(place.span(), alias.span())));
    });
  });
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Where the line of `at` begins, and where the one after it does.
size_t LineBegin(std::string_view bytes, size_t at) {
  return at == 0 ? 0 : bytes.rfind('\n', at - 1) + 1;
}
size_t LineEnd(std::string_view bytes, size_t at) {
  const size_t end = bytes.find('\n', at);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

/// The last byte of a pair that is not white space, plus one: block scalars take their newline
/// along.
size_t TextEnd(std::string_view bytes, Span span) {
  while (span.end > span.begin && IsBlank(bytes.substr(span.end - 1, 1))) {
    --span.end;
  }
  return span.end;
}

std::vector<Node> PairsOf(Node map) {
  std::vector<Node> pairs = map.NamedChildren();
  std::erase_if(pairs, [](Node node) { return !IsPair(node); });
  return pairs;
}

/// The outermost pair that is left with nothing when all of `going` is gone; `pair` if none is.
Node Emptied(Node pair, const std::vector<Node>& going, Node owner) {
  const auto goes = [&](Node other) { return std::ranges::find(going, other) != going.end(); };
  const Node map = pair.parent();
  Node holder = map.parent();
  while (holder && !IsPair(holder) && !IsMap(holder) && !holder.Is("block_sequence_item")) {
    holder = holder.parent();
  }
  if (!IsPair(holder) || !std::ranges::all_of(PairsOf(map), goes) ||
      !Holds(owner.span(), holder.span())) {
    return pair;
  }
  return holder;
}

/// The bytes that go with `pair`; empty if a comment would go or move with them.
Span RemovalOf(Node pair, const std::vector<Node>& going, std::string_view bytes) {
  const std::vector<Node> pairs = PairsOf(pair.parent());
  const auto self = std::ranges::find(pairs, pair);
  const size_t end = TextEnd(bytes, pair.span());
  std::vector<Node> comments;
  Collect(pair, "comment", &comments);
  if (self == pairs.end() || !comments.empty()) {
    return {};
  }
  const size_t begin = pair.span().begin;
  if (pair.Is("block_mapping_pair") &&
      IsBlank(bytes.substr(LineBegin(bytes, begin), begin - LineBegin(bytes, begin)))) {
    const size_t line_end = LineEnd(bytes, end);
    return IsBlank(bytes.substr(end, line_end - end)) ? Span{LineBegin(bytes, begin), line_end}
                                                      : Span{};
  }
  Span span{begin, end};
  // The last ones take the comma before them along, the others the one behind.
  const bool ends = std::all_of(self, pairs.end(), [&](Node other) {
    return other == pair || std::ranges::find(going, other) != going.end();
  });
  if (!ends) {
    span.end = (self + 1)->span().begin;
  } else if (self != pairs.begin()) {
    span.begin = TextEnd(bytes, (self - 1)->span());
  } else if (pair.Is("block_mapping_pair")) {
    return {};  // an item of a sequence would be left with nothing
  }
  return bytes.substr(span.begin, span.end - span.begin).find('#') == std::string_view::npos
             ? span
             : Span{};
}

void Change(Node place, Span span, std::string_view text, Finding* finding) {
  finding->fix.emplace().edits[std::string(place.source().path())].Add(span, text).IgnoreError();
}

/// `&name` with a mapping becomes `&name {}`: aliases within `owner` want the same.
void EmptyAnchored(Node map, Node anchor, Node owner, Finding* finding) {
  const std::string_view bytes = map.source().bytes();
  const Span span{anchor.span().end, TextEnd(bytes, map.span())};
  if (IsShared(map, owner, false)) {
    Refuse(finding, Refusal::kCodeInside);
  } else if (bytes.substr(span.begin, span.end - span.begin).find('#') != std::string_view::npos) {
    Refuse(finding, Refusal::kCommentInside);
  } else {
    Change(map, span, " {}", finding);
  }
}

}  // namespace

void RemoveYamlPair(Node pair, const std::vector<Node>& going, Node owner, Finding* finding) {
  Node gone = Emptied(pair, going, owner);
  if (gone != pair && IsShared(gone, owner, true)) {
    if (const Node anchor = pair.parent().previous_named_sibling(); anchor.Is("anchor")) {
      EmptyAnchored(pair.parent(), anchor, owner, finding);
      return;
    }
    gone = pair;
  }
  const Span span = RemovalOf(gone, going, gone.source().bytes());
  if (IsShared(gone, owner, true)) {
    Refuse(finding, Refusal::kCodeInside);
  } else if (span.begin == span.end) {
    Refuse(finding, Refusal::kCommentInside);
  } else {
    Change(gone, span, "", finding);
  }
}

void InsertYamlPair(const YamlValue& map, std::string_view key, std::string_view value, Node owner,
                    Finding* finding) {
  const std::vector<Node> pairs = PairsOf(map.node());
  if (pairs.empty() || IsShared(map.node(), owner, false)) {
    Refuse(finding, Refusal::kCodeInside);
    return;
  }
  const Span at{pairs.front().span().begin, pairs.front().span().begin};
  const bool nested = value.find(": ") != std::string_view::npos;
  if (map.node().Is("flow_mapping")) {
    Change(map.node(), at, Cat(key, ": ", nested ? "{" : "", value, nested ? "}" : "", ", "),
           finding);
    return;
  }
  const std::string_view bytes = map.node().source().bytes();
  const size_t line = LineBegin(bytes, at.begin);
  const std::string indent(at.begin - line, ' ');
  const std::string_view end = bytes.substr(0, line).ends_with("\r\n") ? "\r\n" : "\n";
  Change(map.node(), at, Cat(key, ":", nested ? Cat(end, indent, "  ") : " ", value, end, indent),
         finding);
}

void ReplaceYaml(Node node, std::string_view text, Node owner, Finding* finding) {
  std::vector<Node> comments;
  Collect(node, "comment", &comments);
  if (IsShared(node, owner, true)) {
    Refuse(finding, Refusal::kCodeInside);
  } else if (!comments.empty()) {
    Refuse(finding, Refusal::kCommentInside);
  } else {
    Change(node, {node.span().begin, TextEnd(node.source().bytes(), node.span())}, text, finding);
  }
}

}  // namespace windlass
