#include <algorithm>
#include <charconv>

#include "transformer/facts/path_link.h"

namespace windlass {
namespace {

constexpr int kMaxEmbedding = 5;

void Ask(std::set<FlowNeed>* missing, std::string_view key) {
  if (missing != nullptr) {
    const size_t dot = key.rfind('.');
    missing->insert({FlowNeed::Kind::kDeclaration, std::string(key),
                     std::string(dot == std::string_view::npos ? key : key.substr(dot + 1))});
  }
}

}  // namespace

const FlowTypeDecl* FlowGraph::FindType(const std::string& type,
                                        std::set<FlowNeed>* missing) const {
  const auto found = types_.find(type);
  if (found != types_.end()) {
    return found->second;
  }
  if (index_->Declares(type)) {
    Ask(missing, type);
  }
  return nullptr;
}

bool FlowGraph::IsNamedString(std::string_view type) const {
  const auto found = type.find('.') == std::string_view::npos ? types_.end() : types_.find(type);
  return found != types_.end() && found->second->under == "string";
}

bool FlowGraph::IsChannel(uint32_t file, ValueId received) const {
  const std::string type = TypeOf(NodeOf(file, files_[file]->values[received].base), nullptr);
  const FlowTypeDecl* named = FindType(type, nullptr);
  return (named != nullptr ? named->under : type).starts_with("chan ");
}

/// "import/path.Type.Field" of the struct that has the field, through embedding; "" if unknown.
std::string FlowGraph::FieldOwner(const std::string& type, std::string_view field,
                                  std::string* field_type, std::set<FlowNeed>* missing,
                                  int depth) const {
  const std::string key = Cat(type, ".", field);
  const FlowTypeDecl* decl = FindType(type, missing);
  if (decl == nullptr) {
    const std::string_view known = tables_->TypeOf(key);
    *field_type = std::string(known);
    const bool foreign = type.find('.') != std::string::npos && !index_->Declares(type);
    return foreign && depth == 0                                  ? key
           : !known.empty() || tables_->FieldSink(key) != nullptr ? key
                                                                  : std::string();
  }
  if (!decl->is_struct) {
    return decl->under.empty() || depth > kMaxEmbedding
               ? std::string()
               : FieldOwner(decl->under, field, field_type, missing, depth + 1);
  }
  size_t position = decl->fields.size();
  if (field.starts_with('#')) {
    std::from_chars(field.data() + 1, field.data() + field.size(), position);
  }
  for (size_t i = 0; i < decl->fields.size(); ++i) {
    if (i == position || decl->fields[i].name == field) {
      *field_type = decl->fields[i].type;
      return Cat(type, ".", decl->fields[i].name);
    }
  }
  for (const FlowTypeDecl::Field& inner : decl->fields) {
    if (inner.embedded && depth < kMaxEmbedding) {
      std::string owner = FieldOwner(inner.type, field, field_type, missing, depth + 1);
      if (!owner.empty()) {
        return owner;
      }
    }
  }
  return {};
}

/// "import/path.Type.Method" of the type that declares the method; "" if unknown.
std::string FlowGraph::MethodOwner(const std::string& type, std::string_view method,
                                   std::set<FlowNeed>* missing, int depth) const {
  const std::string key = Cat(type, ".", method);
  if (functions_.contains(key) || tables_->FindFunction(key) != nullptr) {
    return key;
  }
  if (index_->Declares(key)) {
    Ask(missing, key);
    return key;
  }
  const FlowTypeDecl* decl = FindType(type, missing);
  if (decl == nullptr || depth > kMaxEmbedding) {
    const bool foreign =
        depth == 0 && type.find('.') != std::string::npos && !index_->Declares(type);
    return foreign ? key : std::string();
  }
  for (const FlowTypeDecl::Field& inner : decl->fields) {
    if (inner.embedded) {
      std::string owner = MethodOwner(inner.type, method, missing, depth + 1);
      if (!owner.empty()) {
        return owner;
      }
    }
  }
  const auto named = [&](const FlowTypeDecl::Field& m) { return m.name == method; };
  if (decl->is_interface && std::ranges::any_of(decl->methods, named)) {
    return key;
  }
  return {};
}

std::string FlowGraph::ResultType(const std::string& key, size_t index) const {
  if (const PathTables::Function* function = tables_->FindFunction(key);
      function != nullptr && index < function->types.size()) {
    return function->types[index];
  }
  const auto declared = functions_.find(key);
  if (declared != functions_.end()) {
    return index < declared->second->results.size() ? declared->second->results[index]
                                                    : std::string();
  }
  const size_t dot = key.rfind('.');
  if (dot == std::string::npos || index != 0) {
    return {};
  }
  const auto type = types_.find(key.substr(0, dot));
  if (type != types_.end()) {
    for (const FlowTypeDecl::Field& method : type->second->methods) {
      if (method.name == key.substr(dot + 1)) {
        return method.type;
      }
    }
  }
  return {};
}

std::string FlowGraph::CalleeOf(uint32_t file, const FlowCall& call,
                                std::set<FlowNeed>* missing) const {
  const FlowFile& from = *files_[file];
  const std::string& callee = from.texts[call.callee];
  if (call.form == FlowCall::Form::kFunction) {
    if (!functions_.contains(callee) && index_->Declares(callee)) {
      Ask(missing, callee);
    }
    return callee;
  }
  if (call.receiver == kNoValue) {
    return {};
  }
  const NodeId receiver = NodeOf(file, call.receiver);
  if (call.form == FlowCall::Form::kValue) {
    const FlowValue* value = &Value(receiver);
    if (value->kind == FlowValue::Kind::kLocal && value->base != kNoValue) {
      const uint32_t owner = FileOf(receiver);
      value = &files_[owner]->values[value->base];
    }
    return value->kind == FlowValue::Kind::kFunction ? files_[FileOf(receiver)]->texts[value->text]
                                                     : std::string();
  }
  const std::string type = TypeOf(receiver, missing);
  if (!type.empty()) {
    return MethodOwner(type, callee, missing, 0);
  }
  const std::span<const FlowIndex::Method> candidates = index_->MethodsNamed(callee);
  if (candidates.size() == 1 && callee.size() > 5) {
    const std::string& only = candidates.front().second;
    if (!functions_.contains(only)) {
      Ask(missing, only);
    }
    return only;
  }
  return {};
}

std::string FlowGraph::ComputeType(NodeId node, std::set<FlowNeed>* missing) const {
  const uint32_t file = FileOf(node);
  const FlowValue& value = Value(node);
  if (value.type != 0) {
    return files_[file]->texts[value.type];
  }
  switch (value.kind) {
    case FlowValue::Kind::kConcat:
      return "string";
    case FlowValue::Kind::kCall: {
      const FlowCall& call = files_[file]->calls[value.base];
      const std::string key = CalleeOf(file, call, missing);
      std::string type = ResultType(key, value.index);
      if (type.empty() && call.form == FlowCall::Form::kFunction) {
        const FlowTypeDecl* converted = FindType(key, nullptr);  // T(x) of another file
        type = converted != nullptr ? key : std::string();
      }
      return type;
    }
    case FlowValue::Kind::kSelect: {
      std::string type;
      const std::string base = TypeOf(bases_[file] + value.base, missing);
      if (!base.empty()) {
        FieldOwner(base, files_[file]->texts[value.name], &type, missing, 0);
      }
      return type;
    }
    case FlowValue::Kind::kEntity: {
      const std::string& key = Text(node);
      if (const auto declared = variable_types_.find(key); declared != variable_types_.end()) {
        return declared->second;
      }
      if (const auto initial = variable_values_.find(key); initial != variable_values_.end()) {
        return TypeOf(initial->second, missing);
      }
      if (index_->Declares(std::string_view(key).substr(1))) {
        Ask(missing, std::string_view(key).substr(1));
      }
      return std::string(tables_->TypeOf(std::string_view(key).substr(1)));
    }
    default:
      break;
  }
  if (value.base == kNoValue) {
    return {};
  }
  const std::string base = TypeOf(bases_[file] + value.base, missing);
  if (!value.element_of_base) {
    return base;
  }
  const FlowTypeDecl* named = FindType(base, missing);
  const std::string& under = named != nullptr && !named->under.empty() ? named->under : base;
  return value.received && !under.starts_with("chan ") ? std::string()
                                                       : std::string(ElementType(under));
}

std::string FlowGraph::TypeOf(NodeId node, std::set<FlowNeed>* missing) const {
  const auto known = type_cache_.find(node);
  if (known != type_cache_.end() && (missing == nullptr || !known->second.empty())) {
    return known->second;
  }
  if (!type_stack_.insert(node).second || type_stack_.size() > 200) {
    return {};
  }
  std::string type = ComputeType(node, missing);
  type_stack_.erase(node);
  if (type_stack_.empty() || !type.empty()) {
    type_cache_[node] = type;
  }
  return type;
}

}  // namespace windlass
