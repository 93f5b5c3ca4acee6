#include "transformer/facts/yaml_view.h"

namespace windlass {
namespace {

constexpr int kMaxAliases = 16;

/// The anchor called `name` that stands before `alias`, nearest first; the node that it marks.
Node FindAnchor(Node at, std::string_view name, size_t before) {
  Node found;
  for (const Node child : at.NamedChildren()) {
    if (child.span().begin >= before) {
      break;
    }
    if (child.Is("anchor")) {
      if (child.text().substr(1) == name) {
        found = at;
      }
    } else if (const Node inner = FindAnchor(child, name, before)) {
      found = inner;
    }
  }
  return found;
}

Node Root(Node node) {
  while (node && !node.Is("document") && !node.Is("stream")) {
    node = node.parent();
  }
  return node;
}

bool IsContent(Node node) {
  return node.Is("block_mapping") || node.Is("flow_mapping") || node.Is("block_sequence") ||
         node.Is("flow_sequence") || node.Is("plain_scalar") || node.Is("double_quote_scalar") ||
         node.Is("single_quote_scalar") || node.Is("block_scalar");
}

std::string UnquoteDouble(std::string_view text) {
  std::string value;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char c = text[++i];
      value += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    } else {
      value += text[i];
    }
  }
  return value;
}

}  // namespace

YamlValue YamlValue::Of(Node node, Node holder, int depth) {
  YamlValue value;
  value.holder_ = holder;
  if (IsContent(node)) {
    value.content_ = node;
    return value;
  }
  for (const Node child : node.NamedChildren()) {
    if (IsContent(child)) {
      value.content_ = child;
      return value;
    }
    if (child.Is("alias") && depth < kMaxAliases) {
      const Node anchor = FindAnchor(Root(child), child.text().substr(1), child.span().begin);
      value.content_ = Of(anchor, holder, depth + 1).content_;
      return value;
    }
  }
  return value;
}

bool YamlValue::is_map() const {
  return content_.Is("block_mapping") || content_.Is("flow_mapping");
}

bool YamlValue::is_sequence() const {
  return content_.Is("block_sequence") || content_.Is("flow_sequence");
}

bool YamlValue::is_scalar() const {
  return content_ && !is_map() && !is_sequence();
}

std::vector<std::pair<std::string, YamlValue>> YamlValue::Entries() const {
  std::vector<std::pair<std::string, YamlValue>> entries;
  if (!is_map()) {
    return entries;
  }
  for (const Node pair : content_.NamedChildren()) {
    if (pair.Is("block_mapping_pair") || pair.Is("flow_pair")) {
      entries.emplace_back(Of(pair.Field("key"), pair, 0).Text(), Of(pair.Field("value"), pair, 0));
    }
  }
  return entries;
}

std::vector<YamlValue> YamlValue::Items() const {
  std::vector<YamlValue> items;
  if (!is_sequence()) {
    return items;
  }
  for (const Node item : content_.NamedChildren()) {
    if (item.Is("block_sequence_item")) {
      items.push_back(Of(item.NamedChild(0), item, 0));
    } else if (!item.Is("comment")) {
      items.push_back(Of(item, item, 0));
    }
  }
  return items;
}

YamlValue YamlValue::Find(std::string_view key, int depth) const {
  YamlValue merged;
  for (const auto& [name, value] : Entries()) {
    if (name == key) {
      return value;
    }
    if (name == "<<" && depth < kMaxAliases) {
      for (const YamlValue& part : value.is_sequence() ? value.Items() : std::vector{value}) {
        if (!merged) {
          merged = part.Find(key, depth + 1);
        }
      }
    }
  }
  return merged;
}

YamlValue YamlValue::Get(std::string_view key) const {
  return Find(key, 0);
}

YamlValue YamlValue::At(std::string_view path) const {
  YamlValue value = *this;
  while (value && !path.empty()) {
    const size_t dot = path.find('.');
    value = value.Get(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return value;
}

std::string YamlValue::Text() const {
  const std::string_view text = content_.text();
  if (content_.Is("double_quote_scalar") && text.size() >= 2) {
    return UnquoteDouble(text.substr(1, text.size() - 2));
  }
  if (content_.Is("single_quote_scalar") && text.size() >= 2) {
    std::string value;
    for (size_t i = 1; i + 1 < text.size(); ++i) {
      value += text[i];
      i += text[i] == '\'' ? 1 : 0;
    }
    return value;
  }
  return is_scalar() ? std::string(text) : "";
}

std::vector<YamlValue> YamlDocuments(const Tree& tree) {
  std::vector<YamlValue> documents;
  for (const Node document : tree.root().NamedChildren()) {
    if (!document.Is("document")) {
      continue;
    }
    for (const Node child : document.NamedChildren()) {
      if (child.Is("block_node") || child.Is("flow_node")) {
        documents.push_back(YamlValue::Of(child, Node(), 0));
      }
    }
  }
  return documents;
}

}  // namespace windlass
