#include <algorithm>

#include "transformer/facts/go_file.h"

namespace windlass {

std::vector<GoParameter> GoParameters(Node parameter_list) {
  std::vector<GoParameter> parameters;
  bool named = false;
  for (Node decl : parameter_list.NamedChildren()) {
    const Node type = decl.Field("type");
    const bool variadic = decl.Is("variadic_parameter_declaration");
    const size_t before = parameters.size();
    for (Node name : decl.NamedChildren()) {
      if (name.Is("identifier")) {
        parameters.push_back({name, type, decl, variadic});
        named = true;
      }
    }
    if (parameters.size() == before && type) {
      parameters.push_back({Node(), type, decl, variadic});
    }
  }
  if (!named) {
    return parameters;
  }
  // Where one parameter has a name all have: a lone name takes the type that follows.
  for (size_t i = parameters.size(); i-- > 1;) {
    GoParameter& lone = parameters[i - 1];
    if (lone.name.is_null() && lone.type.Is("type_identifier")) {
      lone.name = lone.type;
      lone.type = parameters[i].type;
    }
  }
  return parameters;
}

}  // namespace windlass
