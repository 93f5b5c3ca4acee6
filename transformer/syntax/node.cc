#include <cstdlib>
#include <memory>
#include <string>

#include "transformer/syntax/tree.h"

namespace windlass {
namespace {

/// A cursor over the direct children of one node.
class ChildCursor {
 public:
  explicit ChildCursor(TSNode node) : cursor_(ts_tree_cursor_new(node)) {}
  ~ChildCursor() { ts_tree_cursor_delete(&cursor_); }
  ChildCursor(const ChildCursor&) = delete;
  ChildCursor& operator=(const ChildCursor&) = delete;

  bool First() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool Next() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  TSNode Get() const { return ts_tree_cursor_current_node(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

}  // namespace

std::string_view Node::kind() const {
  return is_null() ? std::string_view() : std::string_view(ts_node_type(node_));
}

bool Node::is_named() const {
  return !is_null() && ts_node_is_named(node_);
}

bool Node::is_error() const {
  return !is_null() && ts_node_is_error(node_);
}

bool Node::is_missing() const {
  return !is_null() && ts_node_is_missing(node_);
}

bool Node::has_error() const {
  return !is_null() && ts_node_has_error(node_);
}

Span Node::span() const {
  return is_null() ? Span{} : Span{ts_node_start_byte(node_), ts_node_end_byte(node_)};
}

std::string Node::Expression() const {
  if (is_null()) {
    return "";
  }
  const std::unique_ptr<char, decltype(&std::free)> text(ts_node_string(node_), &std::free);
  return text.get();
}

std::string_view Node::text() const {
  return is_null() ? std::string_view() : source_->Text(span());
}

Node Node::parent() const {
  return is_null() ? Node() : Node(ts_node_parent(node_), source_);
}

Node Node::Child(size_t index) const {
  return is_null() ? Node() : Node(ts_node_child(node_, static_cast<uint32_t>(index)), source_);
}

size_t Node::child_count() const {
  return is_null() ? 0 : ts_node_child_count(node_);
}

Node Node::NamedChild(size_t index) const {
  return is_null() ? Node()
                   : Node(ts_node_named_child(node_, static_cast<uint32_t>(index)), source_);
}

size_t Node::named_child_count() const {
  return is_null() ? 0 : ts_node_named_child_count(node_);
}

Node Node::Field(std::string_view name) const {
  return is_null() ? Node()
                   : Node(ts_node_child_by_field_name(node_, name.data(),
                                                      static_cast<uint32_t>(name.size())),
                          source_);
}

Node Node::next_sibling() const {
  return is_null() ? Node() : Node(ts_node_next_sibling(node_), source_);
}

Node Node::previous_sibling() const {
  return is_null() ? Node() : Node(ts_node_prev_sibling(node_), source_);
}

Node Node::next_named_sibling() const {
  return is_null() ? Node() : Node(ts_node_next_named_sibling(node_), source_);
}

Node Node::previous_named_sibling() const {
  return is_null() ? Node() : Node(ts_node_prev_named_sibling(node_), source_);
}

std::vector<Node> Node::Children() const {
  std::vector<Node> children;
  children.reserve(child_count());
  if (children.capacity() == 0) {
    return children;
  }
  ChildCursor cursor(node_);
  for (bool more = cursor.First(); more; more = cursor.Next()) {
    children.emplace_back(cursor.Get(), source_);
  }
  return children;
}

std::vector<Node> Node::NamedChildren() const {
  std::vector<Node> children;
  children.reserve(named_child_count());
  if (children.capacity() == 0) {
    return children;
  }
  ChildCursor cursor(node_);
  for (bool more = cursor.First(); more; more = cursor.Next()) {
    if (const TSNode child = cursor.Get(); ts_node_is_named(child)) {
      children.emplace_back(child, source_);
    }
  }
  return children;
}

Node Node::Covering(Span span) const {
  return is_null()
             ? Node()
             : Node(ts_node_descendant_for_byte_range(node_, static_cast<uint32_t>(span.begin),
                                                      static_cast<uint32_t>(span.end)),
                    source_);
}

Node Node::NamedCovering(Span span) const {
  return is_null()
             ? Node()
             : Node(ts_node_named_descendant_for_byte_range(
                        node_, static_cast<uint32_t>(span.begin), static_cast<uint32_t>(span.end)),
                    source_);
}

}  // namespace windlass
