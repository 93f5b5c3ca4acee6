// Calls of functions that are kept in variables, fields and parameters: whatever may be kept there
// is called.

#include <algorithm>

#include "transformer/facts/path_link.h"

namespace windlass {
namespace {

/// A value that may hold more functions than this tells nothing.
constexpr size_t kMaxHeld = 4;
constexpr int kMaxSteps = 4;

}  // namespace

/// The functions that values hold: literals and names of functions, followed as they are stored and
/// handed on.
FlowGraph::HeldFunctions FlowGraph::FindHeldFunctions() const {
  HeldFunctions held;
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const FlowFile& file = *files_[i];
    for (ValueId v = 0; v < file.values.size(); ++v) {
      const std::string& key = file.texts[file.values[v].text];
      if (file.values[v].kind == FlowValue::Kind::kFunction) {
        held[NodeOf(i, v)] = {key};
      } else if (file.values[v].kind == FlowValue::Kind::kEntity && key[0] == 'V' &&
                 functions_.contains(std::string_view(key).substr(1))) {
        held[NodeOf(i, v)] = {key.substr(1)};
      }
    }
  }
  for (int step = 0; step < kMaxSteps; ++step) {
    bool changed = false;
    for (const GraphEdge& edge : edges_) {
      const auto from = held.find(edge.from);
      if (from == held.end() || edge.kind == GraphEdge::Kind::kPeer) {
        continue;
      }
      const std::vector<std::string> keys = from->second;
      std::vector<std::string>& to = held[edge.to];
      for (const std::string& key : keys) {
        if (to.size() <= kMaxHeld && std::ranges::find(to, key) == to.end()) {
          to.push_back(key);
          changed = true;
        }
      }
    }
    if (!changed) {
      break;
    }
  }
  std::erase_if(held, [](const auto& entry) { return entry.second.size() > kMaxHeld; });
  return held;
}

void FlowGraph::LinkFunctionValues() {
  const HeldFunctions held = FindHeldFunctions();
  StringMap<NodeId> variables;
  StringSet fields;
  for (const auto& [key, node] : entities_) {
    if (!held.contains(node) || key.size() < 2) {
      continue;
    }
    if (key[0] == 'V') {
      variables.emplace(key.substr(1), node);
    } else if (key[0] == 'F') {
      fields.emplace(key.substr(key.rfind('.') + 1));
    }
  }
  const auto holder = [&](uint32_t file, const FlowCall& call) {
    const std::string& callee = files_[file]->texts[call.callee];
    if (call.form == FlowCall::Form::kFunction) {
      const auto found = variables.find(callee);
      return found == variables.end() || functions_.contains(callee) ? kNoValue : found->second;
    }
    if (call.receiver == kNoValue) {
      return kNoValue;
    }
    const NodeId receiver = NodeOf(file, call.receiver);
    if (call.form == FlowCall::Form::kValue) {
      return CalleeOf(file, call, nullptr).empty() ? receiver : kNoValue;
    }
    if (!fields.contains(callee)) {
      return kNoValue;
    }
    std::string type;
    return FindEntity(Cat("F", FieldOwner(TypeOf(receiver, nullptr), callee, &type, nullptr, 0)));
  };
  for (uint32_t i = 0; i < files_.size(); ++i) {
    for (const FlowCall& call : files_[i]->calls) {
      const NodeId node = holder(i, call);
      const auto found = node == kNoValue ? held.end() : held.find(node);
      if (found != held.end()) {
        for (const std::string& key : found->second) {
          TieFunction(i, call, key);
        }
      }
    }
  }
}

}  // namespace windlass
