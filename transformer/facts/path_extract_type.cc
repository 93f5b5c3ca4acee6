#include <algorithm>
#include <array>

#include "transformer/facts/path_extract.h"
#include "transformer/facts/path_tables.h"

namespace windlass {
namespace {

constexpr std::array<std::string_view, 23> kUniverse = {
    "any",     "bool",   "byte",   "comparable", "complex128", "complex64", "error", "float32",
    "float64", "int",    "int16",  "int32",      "int64",      "int8",      "rune",  "string",
    "uint",    "uint16", "uint32", "uint64",     "uint8",      "uintptr",   "func"};

}  // namespace

bool IsUniverseType(std::string_view name) {
  return std::ranges::find(kUniverse, name) != kUniverse.end();
}

std::string_view ElementType(std::string_view type) {
  if (type.starts_with("[]")) {
    return type.substr(2);
  }
  if (type.starts_with("chan ")) {
    return type.substr(5);
  }
  if (!type.starts_with("map[")) {
    return type == "string" ? "byte" : std::string_view();
  }
  int depth = 0;
  for (size_t i = 3; i < type.size(); ++i) {
    depth += type[i] == '[' ? 1 : type[i] == ']' ? -1 : 0;
    if (depth == 0) {
      return type.substr(i + 1);
    }
  }
  return {};
}

std::string FlowExtractor::NamedType(Node identifier) const {
  const std::string_view name = identifier.text();
  const GoDecl* decl = go_.Resolve(identifier);
  if (decl != nullptr && decl->kind == GoDecl::Kind::kTypeParam) {
    return Cat("~", name);  // a type of its own, whatever it stands for
  }
  if (decl == nullptr && IsUniverseType(name)) {
    return std::string(name);
  }
  return Qualify(name);
}

std::string FlowExtractor::TypeText(Node type) {
  const std::string_view kind = type.kind();
  if (kind == "type_identifier" || kind == "identifier") {
    return NamedType(type);
  }
  if (kind == "qualified_type" || kind == "selector_expression") {
    const auto qualified = go_.ResolveQualified(type);
    return qualified ? Cat(PathTables::Plain(qualified->path), ".", qualified->name)
                     : std::string();
  }
  if (kind == "pointer_type" || kind == "parenthesized_type") {
    return TypeText(type.NamedChild(0));
  }
  if (kind == "slice_type" || kind == "array_type" || kind == "implicit_length_array_type") {
    return Cat("[]", TypeText(type.Field("element")));
  }
  if (kind == "channel_type") {
    return Cat("chan ", TypeText(type.Field("value")));
  }
  if (kind == "map_type") {
    return Cat("map[", TypeText(type.Field("key")), "]", TypeText(type.Field("value")));
  }
  if (kind == "generic_type") {
    return TypeText(type.Field("type"));
  }
  if (kind == "function_type") {
    Node result = type.Field("result");
    if (result.Is("parameter_list")) {
      result = result.NamedChild(0).Field("type");
    }
    return Cat("func ", result ? TypeText(result) : std::string());
  }
  if (kind == "interface_type") {
    return "any";
  }
  if (kind == "struct_type") {
    FlowTypeDecl out;
    out.key = Cat(out_.path, ":", std::to_string(type.span().begin), ".struct");
    DeclareStruct(type, &out);
    const std::string key = out.key;
    const auto same = [&](const FlowTypeDecl& known) { return known.key == key; };
    if (std::ranges::none_of(out_.types, same)) {
      out_.types.push_back(std::move(out));
    }
    return key;
  }
  return {};
}

}  // namespace windlass
