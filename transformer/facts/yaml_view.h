#ifndef WINDLASS_TRANSFORMER_FACTS_YAML_VIEW_H_
#define WINDLASS_TRANSFORMER_FACTS_YAML_VIEW_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/syntax/tree.h"

namespace windlass {

/// A value of a YAML document: a mapping, a sequence or a scalar, in block or flow style. Aliases
/// are followed and merge keys (`<<`) looked into. Borrows the tree. A null value answers every
/// question with nothing.
class YamlValue {
 public:
  YamlValue() = default;

  explicit operator bool() const { return !content_.is_null(); }
  bool is_map() const;
  bool is_sequence() const;
  bool is_scalar() const;
  /// The mapping, sequence or scalar itself; through an alias the place of the anchor.
  Node node() const { return content_; }
  /// The pair `key: value` or the sequence's item that holds the value here; null for a document.
  Node holder() const { return holder_; }

  /// The value of `key`; null if it is not there or this is no mapping.
  YamlValue Get(std::string_view key) const;
  /// The value at a path of keys, "spec.template.spec".
  YamlValue At(std::string_view path) const;
  /// Keys and values of a mapping, without those of merge keys.
  std::vector<std::pair<std::string, YamlValue>> Entries() const;
  /// The elements of a sequence.
  std::vector<YamlValue> Items() const;
  /// The text of a scalar, quotes and their escapes undone; "" for anything else.
  std::string Text() const;

 private:
  friend std::vector<YamlValue> YamlDocuments(const Tree& tree);
  static YamlValue Of(Node node, Node holder, int depth);
  YamlValue Find(std::string_view key, int depth) const;

  Node content_;
  Node holder_;
};

/// The documents of a file, in order; empty ones left out.
std::vector<YamlValue> YamlDocuments(const Tree& tree);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_YAML_VIEW_H_
