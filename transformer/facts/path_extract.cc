#include "transformer/facts/path_extract.h"

#include <algorithm>
#include <optional>

#include "transformer/facts/path_tables.h"

namespace windlass {

FlowExtractor::FlowExtractor(const GoFile& go, std::string_view package)
    : go_(go), package_(PathTables::Plain(package)) {
  if (go.package_name().ends_with("_test")) {
    package_ += "_test";
  }
  out_.path = go.tree().source().path();
  out_.package = package_;
  out_.texts.emplace_back();
}

FlowFile ExtractFlow(const GoFile& go, std::string_view package) {
  return FlowExtractor(go, package).Run();
}

FlowFile FlowExtractor::Run() {
  for (const Node declaration : go_.tree().root().NamedChildren()) {
    if (declaration.Is("function_declaration") || declaration.Is("method_declaration")) {
      DeclareFunction(declaration);
    } else if (declaration.Is("type_declaration")) {
      DeclareTypes(declaration);
    } else if (declaration.Is("var_declaration") || declaration.Is("const_declaration")) {
      PackageVariables(declaration);
    }
  }
  Pack();
  return std::move(out_);
}

/// Flows are kept by the thousand, so they take what they need and no more.
void FlowExtractor::Pack() {
  out_.places.reserve(places_.size());
  for (const auto& [place, value] : places_) {
    out_.places.push_back(
        {static_cast<uint32_t>(place >> 32), static_cast<uint32_t>(place), value});
  }
  std::ranges::sort(out_.places, {},
                    [](const FlowFile::Place& place) { return std::pair(place.begin, place.end); });
  const auto pack = [](auto&... lists) { (lists.shrink_to_fit(), ...); };
  pack(out_.texts, out_.values, out_.edges, out_.calls, out_.args, out_.uses, out_.types,
       out_.functions);
}

uint32_t FlowExtractor::Intern(std::string_view text) {
  if (text.empty()) {
    return 0;
  }
  const auto [found, fresh] =
      interned_.emplace(std::string(text), static_cast<uint32_t>(out_.texts.size()));
  if (fresh) {
    out_.texts.emplace_back(text);
  }
  return found->second;
}

ValueId FlowExtractor::Add(FlowValue value, Node at) {
  const Span span = at.span();
  value.begin = static_cast<uint32_t>(span.begin);
  value.end = static_cast<uint32_t>(span.end);
  out_.values.push_back(value);
  return static_cast<ValueId>(out_.values.size() - 1);
}

ValueId FlowExtractor::Entity(std::string_view key, std::string_view name, std::string_view type,
                              Node at) {
  const auto [found, fresh] = entities_.emplace(std::string(key), kNoValue);
  if (fresh) {
    FlowValue value;
    value.kind = FlowValue::Kind::kEntity;
    value.text = Intern(key);
    value.name = Intern(name);
    value.type = Intern(type);
    found->second = Add(value, at);
  }
  return found->second;
}

ValueId FlowExtractor::Select(ValueId base, std::string_view field, Node at) {
  const uint32_t name = Intern(field);
  const auto [found, fresh] = selects_.emplace(std::pair(base, name), kNoValue);
  if (fresh) {
    FlowValue value;
    value.kind = FlowValue::Kind::kSelect;
    value.base = base;
    value.name = name;
    found->second = Add(value, at);
  }
  return found->second;
}

ValueId FlowExtractor::Element(ValueId container, Node at) {
  if (container == kNoValue) {
    return kNoValue;
  }
  const auto [found, fresh] = selects_.emplace(std::pair(container, 0U), kNoValue);
  if (fresh) {
    FlowValue value;
    value.kind = FlowValue::Kind::kIndex;
    value.base = container;
    value.element_of_base = true;
    value.name = out_.values[container].name;
    found->second = Add(value, at);
    Copy(container, found->second);
    Copy(found->second, container);
  }
  return found->second;
}

ValueId FlowExtractor::Local(const GoDecl& decl) {
  const auto [found, fresh] = locals_.emplace(&decl, kNoValue);
  if (fresh) {
    FlowValue value;
    value.kind = FlowValue::Kind::kLocal;
    value.name = Intern(decl.name);
    value.type = decl.type ? Intern(TypeText(decl.type)) : 0;
    found->second = Add(value, decl.name_node);
  }
  return found->second;
}

void FlowExtractor::Edge(FlowEdge::Kind kind, ValueId from, ValueId to) {
  if (from != kNoValue && to != kNoValue && from != to) {
    out_.edges.push_back({kind, from, to});
  }
}

void FlowExtractor::Use(FlowUse::Kind kind, ValueId value, Node at) {
  if (value != kNoValue) {
    const Span span = at.span();
    out_.uses.push_back(
        {kind, value, static_cast<uint32_t>(span.begin), static_cast<uint32_t>(span.end)});
  }
}

void FlowExtractor::Place(Node node, ValueId value) {
  if (value != kNoValue) {
    const Span span = node.span();
    places_[(uint64_t{span.begin} << 32) | span.end] = value;
  }
}

std::string FlowExtractor::FunctionKey(Node declaration) const {
  const std::string name(declaration.Field("name").text());
  const Node receiver = declaration.Field("receiver");
  if (!receiver) {
    return Qualify(name);
  }
  Node type = receiver.NamedChild(0).Field("type");
  while (type && !type.Is("type_identifier")) {
    type = type.NamedChild(0);
  }
  return Qualify(Cat(type.text(), ".", name));
}

void FlowExtractor::DeclareFunction(Node declaration) {
  const std::string key = FunctionKey(declaration);
  if (const Node receiver = declaration.Field("receiver")) {
    for (const Node parameter : receiver.NamedChildren()) {
      if (const Node name = parameter.Field("name")) {
        if (const GoDecl* decl = go_.Resolve(name)) {
          Local(*decl);
        }
      }
    }
  }
  OpenFunction(key, declaration.Field("parameters"), declaration.Field("result"),
               declaration.Field("body"));
}

std::vector<std::string> FlowExtractor::DeclareParameters(const std::string& key, char prefix,
                                                          Node list, std::vector<ValueId>* values,
                                                          bool* variadic) {
  std::vector<std::string> types;
  for (const Node parameter : list.NamedChildren()) {
    const bool spread = parameter.Is("variadic_parameter_declaration");
    if (!spread && !parameter.Is("parameter_declaration")) {
      continue;
    }
    const Node type_node = parameter.Field("type");
    const std::string type = Cat(spread ? "[]" : "", TypeText(type_node));
    *variadic = *variadic || spread;
    size_t names = 0;
    for (const Node name : parameter.NamedChildren()) {
      if (name == type_node || !name.Is("identifier")) {
        continue;
      }
      ++names;
      const std::string entity =
          Cat(std::string_view(&prefix, 1), key, "#", std::to_string(types.size()));
      const ValueId value = Entity(entity, name.text(), type, name);
      if (const GoDecl* decl = go_.Resolve(name)) {
        locals_[decl] = value;
      }
      values->push_back(value);
      types.push_back(type);
    }
    if (names == 0) {
      types.push_back(type);
    }
  }
  return types;
}

void FlowExtractor::OpenFunction(const std::string& key, Node parameters, Node result, Node body) {
  FlowFunctionDecl function;
  function.key = key;
  std::vector<ValueId> values;
  function.params = DeclareParameters(key, 'P', parameters, &values, &function.variadic);
  Scope scope;
  scope.key = key;
  if (result.Is("parameter_list")) {
    bool variadic = false;
    function.results = DeclareParameters(key, 'R', result, &scope.named_results, &variadic);
  } else if (result) {
    function.results.push_back(TypeText(result));
  }
  scope.result_count = function.results.size();
  out_.functions.push_back(std::move(function));
  scopes_.push_back(std::move(scope));
  if (body) {
    Statement(body);
  }
  scopes_.pop_back();
}

void FlowExtractor::DeclareTypes(Node declaration) {
  for (const Node spec : declaration.NamedChildren()) {
    const Node name = spec.Field("name");
    const Node type = spec.Field("type");
    if (!name || !type) {
      continue;
    }
    FlowTypeDecl out;
    out.key = Qualify(name.text());
    if (type.Is("struct_type")) {
      DeclareStruct(type, &out);
    } else if (type.Is("interface_type")) {
      DeclareInterface(type, &out);
    } else {
      out.under = TypeText(type);
    }
    out_.types.push_back(std::move(out));
  }
}

void FlowExtractor::DeclareStruct(Node type, FlowTypeDecl* out) {
  out->is_struct = true;
  for (const Node list : type.NamedChildren()) {
    for (const Node field : list.NamedChildren()) {
      const Node field_type = field.Field("type");
      if (!field.Is("field_declaration") || !field_type) {
        continue;
      }
      const std::string text = TypeText(field_type);
      bool named = false;
      for (const Node name : field.NamedChildren()) {
        if (name.Is("field_identifier") && !(name == field_type)) {
          out->fields.push_back({std::string(name.text()), text, false});
          named = true;
        }
      }
      if (!named) {
        const size_t dot = text.rfind('.');
        out->fields.push_back({dot == std::string::npos ? text : text.substr(dot + 1), text, true});
      }
    }
  }
}

void FlowExtractor::DeclareInterface(Node type, FlowTypeDecl* out) {
  out->is_interface = true;
  for (const Node method : type.NamedChildren()) {
    const Node name = method.Field("name");
    if (!name) {
      if (method.named_child_count() > 0) {
        const std::string embedded = TypeText(method.NamedChild(0));
        out->fields.push_back({embedded, embedded, true});
      }
      continue;
    }
    Node result = method.Field("result");
    if (result.Is("parameter_list")) {
      result = result.NamedChild(0).Field("type");
    }
    out->methods.push_back({std::string(name.text()), TypeText(result), false});
  }
}

void FlowExtractor::PackageVariables(Node declaration) {
  for (const Node spec : declaration.NamedChildren()) {
    if (spec.Is("var_spec_list")) {
      PackageVariables(spec);
    } else if (spec.Is("var_spec") || spec.Is("const_spec")) {
      Specification(spec);
    }
  }
}

}  // namespace windlass
