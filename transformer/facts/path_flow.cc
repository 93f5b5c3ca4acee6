#include "transformer/facts/path_flow.h"

#include <algorithm>

namespace windlass {
namespace {

/// Flows are kept up to this many values in all, a few hundred bytes each, beside those that some
/// thread is at.
constexpr size_t kKeptValues = 100'000;
/// So many threads are remembered; more are at the same few modules.
constexpr size_t kAskers = 8;

/// Whether files of `outer` may come behind those of `inner`: files come sorted by path, a module,
/// those nested in it, however many, and the module again.
bool IsAround(const GoModule& outer, const GoModule& inner) {
  return outer.dir.empty() || inner.dir == outer.dir || inner.dir.starts_with(Cat(outer.dir, "/"));
}

std::string Describe(const FlowGraph& graph, NodeId node) {
  const FlowValue& value = graph.Value(node);
  const std::string& name = graph.Name(node);
  switch (value.kind) {
    case FlowValue::Kind::kLiteral:
      return "a literal";
    case FlowValue::Kind::kEntity: {
      const std::string& key = graph.Text(node);
      switch (key[0]) {
        case 'P':
          return Cat("parameter ", name, " of ", key.substr(1, key.rfind('#') - 1));
        case 'R':
          return Cat("a result of ", key.substr(1, key.rfind('#') - 1));
        default:
          return key.substr(1);
      }
    }
    case FlowValue::Kind::kSelect:
      return Cat("field ", name);
    case FlowValue::Kind::kCall:
      return "the result of a call";
    case FlowValue::Kind::kConcat:
      return "put together";
    default:
      return name.empty() ? std::string("a value") : name;
  }
}

}  // namespace

ModuleFlow::ModuleFlow(FlowGraph graph, FlowSigns signs, Places deciding)
    : graph_(std::move(graph)), signs_(std::move(signs)), deciding_(std::move(deciding)) {
  for (uint32_t i = 0; i < graph_.files().size(); ++i) {
    files_[graph_.files()[i]->path].push_back(i);
  }
}

std::vector<size_t> ModuleFlow::Deciding(std::string_view path) const {
  const auto found = deciding_.find(path);
  return found == deciding_.end() ? std::vector<size_t>() : found->second;
}

std::vector<size_t> ModuleFlow::Showing(std::string_view path, sign::Set any) const {
  std::vector<size_t> places;
  const auto parts = files_.find(path);
  for (const uint32_t part : parts == files_.end() ? std::vector<uint32_t>() : parts->second) {
    const std::vector<FlowValue>& values = graph_.files()[part]->values;
    for (ValueId value = 0; value < values.size(); ++value) {
      if ((signs_.open(graph_.NodeOf(part, value)) & any) != 0) {
        places.push_back(values[value].begin);
      }
    }
  }
  return places;
}

std::pair<uint32_t, ValueId> ModuleFlow::Find(std::string_view path, Span span) const {
  if (const auto parts = files_.find(path); parts != files_.end()) {
    for (const uint32_t part : parts->second) {
      if (const ValueId value = graph_.files()[part]->At(span); value != kNoValue) {
        return {part, value};
      }
    }
  }
  return {0, kNoValue};
}

PathValue ModuleFlow::At(std::string_view path, Span span) const {
  PathValue out;
  const auto [file, value] = Find(path, span);
  if (value == kNoValue) {
    return out;
  }
  out.node = graph_.NodeOf(file, value);
  out.signs = signs_.open(out.node);
  out.name = graph_.Name(out.node);
  const std::lock_guard<std::mutex> lock(mutex_);
  out.type = graph_.TypeOf(out.node, nullptr);
  const std::string& package = graph_.files()[file]->package;
  if (graph_.IsNamedString(out.type) && out.type.size() > package.size() + 1 &&
      out.type.starts_with(package) && out.type[package.size()] == '.') {
    out.own_string = out.type.substr(package.size() + 1);
  }
  out.clean = graph_.IsClean(out.node);
  out.nonempty = out.clean || graph_.IsNonEmpty(out.node);
  out.resists_join = !out.clean && graph_.MayResistJoin(out.node);
  return out;
}

std::string ModuleFlow::Callee(std::string_view path, Span span) const {
  const auto [file, value] = Find(path, span);
  if (value == kNoValue) {
    return {};
  }
  const FlowFile& flow = *graph_.files()[file];
  if (flow.values[value].kind != FlowValue::Kind::kCall) {
    return {};
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  return graph_.CalleeOf(file, flow.calls[flow.values[value].base], nullptr);
}

std::vector<PathWitness> ModuleFlow::Explain(NodeId node, sign::Set bit) const {
  std::vector<PathWitness> out;
  for (const FlowSigns::Step& step : signs_.Witness(graph_, node, bit)) {
    const FlowFile& file = *graph_.files()[graph_.FileOf(step.node)];
    const FlowValue& value = graph_.Value(step.node);
    out.push_back({file.path, {value.begin, value.end}, Describe(graph_, step.node)});
    if (step.seed != nullptr) {
      out.push_back({graph_.files()[step.seed->file]->path,
                     {step.seed->begin, step.seed->end},
                     std::string(step.seed->what)});
    }
  }
  return out;
}

PathFlow::PathFlow(const Project& project, PathTables tables)
    : project_(project), tables_(std::move(tables)) {}

std::shared_ptr<PathFlow::Slot> PathFlow::SlotOf(const GoModule* module) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  Note(module);
  const auto found = std::ranges::find(slots_, module, &Slot::module);
  if (found != slots_.end()) {
    slots_.splice(slots_.begin(), slots_, found);
  } else {
    slots_.push_front(std::make_shared<Slot>());
    slots_.front()->module = module;
    size_t values = 0;
    for (const std::shared_ptr<Slot>& slot : slots_) {
      values += slot->size;
    }
    for (auto slot = slots_.end(); slot != slots_.begin() && values > kKeptValues;) {
      --slot;
      const bool needed = std::ranges::any_of(
          askers_, [&](const auto& asker) { return IsAround(*(*slot)->module, *asker.second); });
      if (!needed) {
        values -= (*slot)->size;
        slot = slots_.erase(slot);
      }
    }
  }
  return slots_.front();
}

void PathFlow::Note(const GoModule* module) const {
  const std::thread::id self = std::this_thread::get_id();
  std::erase_if(askers_, [&](const auto& asker) { return asker.first == self; });
  askers_.emplace_front(self, module);
  if (askers_.size() > kAskers) {
    askers_.pop_back();  // of a loop that is over
  }
}

std::shared_ptr<const ModuleFlow> PathFlow::Of(std::string_view path) const {
  const GoModule* module = project_.ModuleOf(path);
  if (module == nullptr) {  // files outside any module have one of their own
    const auto outside = std::ranges::find(project_.modules(), "", &GoModule::path);
    static const GoModule kNone;
    module = outside == project_.modules().end() ? &kNone : &*outside;
  }
  const std::shared_ptr<Slot> slot = SlotOf(module);
  std::call_once(slot->once, [&] {
    slot->flow = BuildModuleFlow(project_, *module, tables_);
    slot->size = slot->flow->size();
  });
  return slot->flow;
}

}  // namespace windlass
