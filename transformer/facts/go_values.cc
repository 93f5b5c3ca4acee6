#include "transformer/facts/go_values.h"

#include <vector>

namespace windlass {

Node GoInitialValue(Node identifier, const GoFile& file) {
  const GoDecl* decl = identifier.Is("identifier") ? file.Resolve(identifier) : nullptr;
  if (decl == nullptr) {
    return {};
  }
  if (decl->decl.Is("const_spec") || decl->decl.Is("var_spec")) {
    const Node values = decl->decl.Field("value");
    return values.named_child_count() == 1 ? values.NamedChild(0) : Node();
  }
  if (!decl->decl.Is("short_var_declaration")) {
    return {};
  }
  const std::vector<Node> left = decl->decl.Field("left").NamedChildren();
  const std::vector<Node> right = decl->decl.Field("right").NamedChildren();
  for (size_t i = 0; i < left.size() && left.size() == right.size(); ++i) {
    if (left[i] == decl->name_node) {
      return right[i];
    }
  }
  return {};
}

}  // namespace windlass
