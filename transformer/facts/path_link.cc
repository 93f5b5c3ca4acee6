#include "transformer/facts/path_link.h"

#include <algorithm>
#include <span>

#include "transformer/facts/path_names.h"

namespace windlass {

FlowGraph FlowGraph::Link(std::vector<std::shared_ptr<const FlowFile>> files,
                          const PathTables& tables, std::shared_ptr<const FlowIndex> index) {
  FlowGraph graph(tables, std::move(index));
  graph.files_ = std::move(files);
  graph.Unify();
  graph.ResolveSelects();
  for (uint32_t i = 0; i < graph.files_.size(); ++i) {
    for (const FlowEdge& edge : graph.files_[i]->edges) {
      if (graph.files_[i]->values[edge.to].received && !graph.IsChannel(i, edge.to)) {
        continue;
      }
      graph.Tie(static_cast<GraphEdge::Kind>(edge.kind), graph.NodeOf(i, edge.from),
                graph.NodeOf(i, edge.to));
    }
  }
  graph.LinkCalls();
  graph.LinkFunctionValues();
  graph.TieTypes();
  return graph;
}

void FlowGraph::Finish() {
  SeedValues();
  incoming_ = Adjacency<uint32_t>(size(), [&](const auto& add) {
    for (uint32_t i = 0; i < edges_.size(); ++i) {
      add(edges_[i].to, i);
    }
  });
  edges_.shrink_to_fit();
  seeds_.shrink_to_fit();
}

void FlowGraph::Unify() {
  NodeId next = 0;
  for (const auto& file : files_) {
    bases_.push_back(next);
    next += static_cast<NodeId>(file->values.size());
  }
  canonical_.resize(next);
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const FlowFile& file = *files_[i];
    for (ValueId v = 0; v < file.values.size(); ++v) {
      NodeId node = bases_[i] + v;
      if (file.values[v].kind == FlowValue::Kind::kEntity) {
        node = entities_.emplace(file.texts[file.values[v].text], node).first->second;
      }
      canonical_[bases_[i] + v] = node;
    }
    for (const FlowTypeDecl& type : file.types) {
      types_.emplace(type.key, &type);
    }
    for (const FlowFunctionDecl& function : file.functions) {
      functions_.emplace(function.key, &function);
    }
    variable_types_.insert(file.variable_types.begin(), file.variable_types.end());
    for (const auto& [key, value] : file.variable_values) {
      variable_values_.emplace(key, bases_[i] + value);
    }
  }
}

uint32_t FlowGraph::FileOf(NodeId node) const {
  const auto after = std::upper_bound(bases_.begin(), bases_.end(), node);
  return static_cast<uint32_t>(after - bases_.begin()) - 1;
}

const FlowValue& FlowGraph::Value(NodeId node) const {
  const uint32_t file = FileOf(node);
  return files_[file]->values[node - bases_[file]];
}

const std::string& FlowGraph::Text(NodeId node) const {
  return files_[FileOf(node)]->texts[Value(node).text];
}

const std::string& FlowGraph::Name(NodeId node) const {
  return files_[FileOf(node)]->texts[Value(node).name];
}

/// Fields of the module's own types become one node for the whole module.
void FlowGraph::ResolveSelects() {
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const FlowFile& file = *files_[i];
    for (ValueId v = 0; v < file.values.size(); ++v) {
      const FlowValue& value = file.values[v];
      if (value.kind != FlowValue::Kind::kSelect || value.base == kNoValue) {
        continue;
      }
      const std::string& field = file.texts[value.name];
      const std::string base = TypeOf(NodeOf(i, value.base), nullptr);
      if (base.empty()) {
        continue;
      }
      if (field.starts_with('#') && base.starts_with("[]")) {
        canonical_[bases_[i] + v] = NodeOf(i, value.base);
        continue;
      }
      std::string type;
      std::string owner = FieldOwner(base, field, &type, nullptr, 0);
      if (owner.empty()) {
        continue;
      }
      if (IsNamedString(type)) {
        typed_.emplace_back(type, bases_[i] + v);
      }
      // What one url.URL holds says nothing of another: fields of foreign types are one for each
      // variable.
      if (!index_->Declares(owner.substr(0, owner.rfind('.')))) {
        owner += Cat("@", std::to_string(NodeOf(i, value.base)));
      }
      const NodeId self = bases_[i] + v;
      canonical_[self] = entities_.emplace(Cat("F", owner), self).first->second;
    }
  }
}

/// Values of a string type that the module declares: what one is used as, all are.
void FlowGraph::TieTypes() {
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const FlowFile& file = *files_[i];
    std::vector<bool> named;
    for (const std::string& text : file.texts) {
      named.push_back(IsNamedString(text));
    }
    for (ValueId v = 0; v < file.values.size(); ++v) {
      // What is converted to the type need not have been one of it.
      const bool variable = file.values[v].kind == FlowValue::Kind::kLocal ||
                            file.values[v].kind == FlowValue::Kind::kEntity;
      if (variable && named[file.values[v].type]) {
        typed_.emplace_back(file.texts[file.values[v].type], bases_[i] + v);
      }
    }
  }
  StringMap<NodeId> first;
  for (const auto& [type, value] : typed_) {
    const NodeId node = Canonical(value);
    const auto [hub, fresh] = first.emplace(type, node);
    if (!fresh) {
      Tie(GraphEdge::Kind::kType, node, hub->second);
      Tie(GraphEdge::Kind::kType, hub->second, node);
    }
  }
  typed_.clear();
}

void FlowGraph::Tie(GraphEdge::Kind kind, NodeId from, NodeId to, uint32_t site) {
  if (from != to) {
    edges_.push_back({kind, from, to, site});
  }
}

void FlowGraph::Seed(NodeId node, sign::Set sign, uint32_t file, uint32_t begin, uint32_t end,
                     std::string what) {
  seeds_.push_back({node, sign, file, begin, end, *said_.insert(std::move(what)).first});
}

NodeId FlowGraph::FindEntity(const std::string& key) const {
  const auto found = entities_.find(key);
  return found == entities_.end() ? kNoValue : found->second;
}

void FlowGraph::SeedField(NodeId node, std::string_view key, uint32_t file) {
  const FlowValue& value = Value(node);
  const std::string_view type = key.substr(0, key.rfind('.'));
  if (type.rfind('.') != std::string_view::npos && tables_->FieldSink(key) == nullptr &&
      tables_->FieldSource(key) == nullptr &&
      tables_->IsForeignPackage(type.substr(0, type.rfind('.')))) {
    Seed(node, sign::kUseSlash | sign::kFromSlash, file, value.begin, value.end,
         Cat("kept in ", key));
    return;
  }
  if (IsForeignName(type.substr(type.rfind('.') + 1))) {
    Seed(node, sign::kUseSlashName | sign::kFromSlashName, file, value.begin, value.end,
         Cat("the name of its type, ", type));
  }
  if (const PathTables::Sink* sink = tables_->FieldSink(key)) {
    const sign::Set sign = sink->kind == PathTables::Sink::Kind::kSlash  ? sign::kUseSlash
                           : sink->kind == PathTables::Sink::Kind::kHost ? sign::kUseHost
                                                                         : sign::Set{0};
    Seed(node, sign, file, value.begin, value.end, Cat("stored in ", key));
  }
  if (const PathTables::Source* source = tables_->FieldSource(key)) {
    sign::Set sign = sign::kFromHost;
    if (source->style == PathTables::Source::Style::kSlash) {
      sign = sign::kFromSlash;
    } else if (source->style == PathTables::Source::Style::kElement) {
      sign = sign::kFromElement;
    } else if (source->style == PathTables::Source::Style::kHostSlash) {
      sign = sign::kFromHostSlash;
    }
    Seed(node, sign, file, value.begin, value.end, Cat("read from ", key));
  }
}

/// Signs that values have by themselves: their text, their name, fields of foreign types.
void FlowGraph::SeedValues() {
  for (uint32_t i = 0; i < files_.size(); ++i) {
    const FlowFile& file = *files_[i];
    constexpr sign::Set kNotAsked = ~sign::Set{0};
    std::vector<sign::Set> names(file.texts.size(), kNotAsked);  // by text
    for (ValueId v = 0; v < file.values.size(); ++v) {
      const NodeId node = bases_[i] + v;
      const FlowValue& value = file.values[v];
      if (canonical_[node] != node) {
        continue;
      }
      if (value.kind == FlowValue::Kind::kLiteral) {
        if (const sign::Set sign = SignOfText(file.texts[value.text])) {
          Seed(node, sign, i, value.begin, value.end, "its text");
        }
        continue;
      }
      if (value.kind == FlowValue::Kind::kSelect && file.texts[value.name].starts_with('[')) {
        Seed(node, sign::kFromList | sign::kUseList, i, value.begin, value.end,
             "kept under the name of a list");
      }
      if (value.name != 0) {
        sign::Set& known = names[value.name];
        known = known == kNotAsked ? SignOfName(file.texts[value.name]) : known;
        if (const sign::Set sign = known) {
          Seed(node, sign, i, value.begin, value.end, Cat("its name, ", file.texts[value.name]));
        }
      }
    }
    for (const FlowUse& use : file.uses) {
      const sign::Set sign = use.kind == FlowUse::Kind::kCompare  ? sign::kUseCompare
                             : use.kind == FlowUse::Kind::kMapKey ? sign::kUseKey
                             : use.kind == FlowUse::Kind::kUrl    ? sign::kUseSlash
                             : use.kind == FlowUse::Kind::kOutput ? sign::kUsePeerHost
                                                                  : sign::kUseText;
      Seed(NodeOf(i, use.value), sign, i, use.begin, use.end,
           use.kind == FlowUse::Kind::kUrl      ? "a URL"
           : use.kind == FlowUse::Kind::kOutput ? "what follows -o"
                                                : "used");
    }
  }
  for (const auto& [key, node] : entities_) {
    if (key[0] == 'F' || key[0] == 'V') {
      SeedField(node, std::string_view(key).substr(1, key.find('@') - 1), FileOf(node));
    }
  }
}

/// Whether `node` is never empty (and, if `clean`, equal to its own Clean), by every way into it.
bool FlowGraph::MustHold(NodeId node, bool clean, int depth) const {
  const FlowValue& value = Value(node);
  if (depth > 6 || value.address_taken || value.zero) {
    return false;
  }
  switch (value.kind) {
    case FlowValue::Kind::kLiteral:
      return clean ? IsProperPath(Text(node)) : !Text(node).empty();
    case FlowValue::Kind::kCall: {
      const uint32_t file = FileOf(node);
      const FlowCall& call = files_[file]->calls[value.base];
      const std::string callee = CalleeOf(file, call, nullptr);
      if (callee == "path/filepath.Join" && call.arg_count > 0 && !call.spread) {
        if (!clean) {
          return std::ranges::any_of(
              std::span(files_[file]->args).subspan(call.first_arg, call.arg_count),
              [&](ValueId arg) {
                return arg != kNoValue && MustHold(NodeOf(file, arg), false, depth + 1);
              });
        }
        const ValueId last = files_[file]->args[call.first_arg + call.arg_count - 1];
        const bool literal =
            last != kNoValue && files_[file]->values[last].kind == FlowValue::Kind::kLiteral;
        return literal && IsProperPath(files_[file]->texts[files_[file]->values[last].text]);
      }
      const PathTables::Function* function = tables_->FindFunction(callee);
      return function != nullptr &&
             std::ranges::any_of(function->sources, [&](const PathTables::Source& source) {
               return source.callback_arg < 0 && source.index == value.index &&
                      (clean ? source.clean : source.nonempty);
             });
    }
    case FlowValue::Kind::kConcat:
      return !clean && std::ranges::any_of(incoming_[node], [&](uint32_t edge) {
        return MustHold(edges_[edge].from, false, depth + 1);
      });
    case FlowValue::Kind::kLocal:
      break;
    case FlowValue::Kind::kEntity:
      if (Text(node)[0] != 'V' || !variable_values_.contains(Text(node))) {
        return false;
      }
      break;
    default:
      return false;
  }
  size_t ways = 0;
  for (const uint32_t edge : incoming_[node]) {
    if (edges_[edge].kind == GraphEdge::Kind::kPeer ||
        edges_[edge].kind == GraphEdge::Kind::kType) {
      continue;
    }
    ++ways;
    if (edges_[edge].kind != GraphEdge::Kind::kCopy ||
        !MustHold(edges_[edge].from, clean, depth + 1)) {
      return false;
    }
  }
  return ways > 0;
}

bool FlowGraph::MayResistJoin(NodeId node, int depth) const {
  const auto resists = [](std::string_view text) {
    return text.empty() || (text.size() == 2 && text[1] == ':') ||
           (text.starts_with(R"(\\)") && text.find('\\', 2) == std::string_view::npos);
  };
  return depth < 4 && std::ranges::any_of(incoming_[node], [&](uint32_t edge) {
           const auto& [kind, from, to, site] = edges_[edge];
           if (kind != GraphEdge::Kind::kCopy && kind != GraphEdge::Kind::kCall) {
             return false;
           }
           if (Value(from).kind != FlowValue::Kind::kLiteral) {
             return MayResistJoin(from, depth + 1);
           }
           // x := "" is for something else to come; a call with "" means it. Tests try anything.
           return kind == GraphEdge::Kind::kCall && resists(Text(from)) &&
                  !files_[FileOf(from)]->path.ends_with("_test.go");
         });
}

bool FlowGraph::IsClean(NodeId node, int depth) const {
  return MustHold(node, true, depth);
}

}  // namespace windlass
