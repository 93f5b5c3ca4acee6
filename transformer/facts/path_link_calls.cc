#include <algorithm>

#include "transformer/facts/path_link.h"

namespace windlass {
namespace {

using Sink = PathTables::Sink;
using Source = PathTables::Source;

sign::Set SignOf(const Sink& sink) {
  if (sink.list) {
    return sign::kUseList;
  }
  const sign::Set glob = sink.glob ? sign::kUseGlob : sign::Set{0};
  switch (sink.kind) {
    case Sink::Kind::kHost:
      return glob | (sink.part ? sign::kUseHostPart : sign::kUseHost);
    case Sink::Kind::kPure:
      return glob | sign::kUsePure;
    case Sink::Kind::kSlash:
      return sign::kUseSlash;
    case Sink::Kind::kText:
      return sign::kUseText;
    case Sink::Kind::kProgram:
      return sign::kUseProgram;
    case Sink::Kind::kDevice:
      return sign::kFromDevice;
    case Sink::Kind::kOther:
      break;
  }
  return sign::kUseOther;
}

sign::Set SignOf(const Source& source) {
  switch (source.style) {
    case Source::Style::kNative:
      return sign::kFromHost;
    case Source::Style::kSlash:
      return sign::kFromSlash;
    case Source::Style::kElement:
      return sign::kFromElement;
    case Source::Style::kHostSlash:
      return sign::kFromHostSlash;
    case Source::Style::kNativeList:
      break;
  }
  return sign::kFromList;
}

/// run(args[0], args[1:]...): what becomes of the first of a list says nothing of the others.
bool IsFirstOfList(const FlowFile& file, const FlowCall& call, uint32_t argument) {
  const ValueId value = file.args[call.first_arg + argument];
  return call.spread && argument + 1 < call.arg_count && value != kNoValue &&
         file.values[value].kind == FlowValue::Kind::kIndex;
}

}  // namespace

void FlowGraph::LinkCalls() {
  for (uint32_t i = 0; i < files_.size(); ++i) {
    for (const FlowCall& call : files_[i]->calls) {
      LinkCall(i, call);
    }
  }
}

void FlowGraph::LinkCall(uint32_t file, const FlowCall& call) {
  const std::string key = CalleeOf(file, call, nullptr);
  const PathTables::Function* function = tables_->FindFunction(key);
  if (function != nullptr) {
    TieTable(file, call, key, *function);
  }
  if (key == "os.Getenv" || key == "os.LookupEnv") {
    SeedEnvironment(file, call);
  }
  if (functions_.contains(key)) {
    TieFunction(file, call, key);
    return;
  }
  const size_t dot = key.rfind('.');
  const auto type = dot == std::string::npos ? types_.end() : types_.find(key.substr(0, dot));
  if (type != types_.end() && type->second->is_interface) {
    // An interface of the module: a few implementations are all of them.
    const auto methods = index_->MethodsNamed(std::string_view(key).substr(dot + 1));
    for (const FlowIndex::Method& method : methods) {
      TieFunction(file, call, method.second);
    }
    if (!methods.empty()) {
      return;
    }
  }
  if (types_.contains(key) && call.arg_count == 1 && call.result_count == 1 &&
      files_[file]->args[call.first_arg] != kNoValue) {
    Tie(GraphEdge::Kind::kCopy, NodeOf(file, files_[file]->args[call.first_arg]),
        NodeOf(file, call.result));  // a conversion to a type of another file
    return;
  }
  if (function != nullptr) {
    return;
  }
  const bool slash = IsSlashCall(call, key);
  for (uint32_t i = 0; i < call.arg_count; ++i) {
    const ValueId arg = files_[file]->args[call.first_arg + i];
    if (arg != kNoValue) {
      Seed(NodeOf(file, arg), slash ? sign::kUseSlash : sign::kUseOther, file, call.begin, call.end,
           Cat("passed to ", key.empty() ? std::string_view("a function that is not known")
                                         : std::string_view(key)));
    }
  }
}

/// True if whatever the call is handed is a name with slashes.
bool FlowGraph::IsSlashCall(const FlowCall& call, std::string_view key) const {
  const size_t dot = key.rfind('.');
  if (dot == std::string::npos || call.form == FlowCall::Form::kValue) {
    return false;
  }
  const std::string_view owner = key.substr(0, dot);
  if (call.form == FlowCall::Form::kFunction) {
    return owner != "path" && tables_->IsSlashPackage(owner);
  }
  return tables_->IsForeignPackage(owner.substr(0, owner.rfind('.')));
}

/// A function of the module: arguments flow into parameters, results out.
void FlowGraph::TieFunction(uint32_t file, const FlowCall& call, const std::string& key) {
  const auto declared = functions_.find(key);
  if (declared == functions_.end()) {
    return;
  }
  const FlowFunctionDecl& function = *declared->second;
  ++sites_;
  for (uint32_t i = 0; i < call.arg_count; ++i) {
    const ValueId arg = files_[file]->args[call.first_arg + i];
    const size_t index =
        function.variadic && i + 1 >= function.params.size() ? function.params.size() - 1 : i;
    if (arg == kNoValue || function.params.empty() || IsFirstOfList(*files_[file], call, i)) {
      continue;
    }
    const NodeId param = FindEntity(Cat("P", key, "#", std::to_string(index)));
    if (param != kNoValue) {
      Tie(GraphEdge::Kind::kCall, NodeOf(file, arg), param, sites_);
    }
  }
  for (uint32_t i = 0; i < call.result_count; ++i) {
    const NodeId result = FindEntity(Cat("R", key, "#", std::to_string(i)));
    if (result != kNoValue) {
      Tie(GraphEdge::Kind::kReturn, result, NodeOf(file, call.result + i), sites_);
    }
  }
}

/// strings.ReplaceAll(p, `\`, "/") and its like make a name with slashes of a path by hand.
bool FlowGraph::MakesSlashes(uint32_t file, const FlowCall& call, std::string_view key) const {
  const FlowFile& from = *files_[file];
  if (!key.starts_with("strings.Replace") || call.arg_count < 3 || call.result_count == 0) {
    return false;
  }
  const ValueId old = from.args[call.first_arg + 1];
  const ValueId fresh = from.args[call.first_arg + 2];
  return fresh != kNoValue && from.values[fresh].kind == FlowValue::Kind::kLiteral &&
         from.texts[from.values[fresh].text] == "/" && old != kNoValue &&
         (from.values[old].kind != FlowValue::Kind::kLiteral ||
          from.texts[from.values[old].text] == "\\");
}

void FlowGraph::TieTable(uint32_t file, const FlowCall& call, std::string_view key,
                         const PathTables::Function& function) {
  const FlowFile& from = *files_[file];
  for (const Sink& sink : function.sinks) {
    SeedSink(file, call, key, sink);
  }
  for (const Source& source : function.sources) {
    if (source.callback_arg >= 0) {
      TieCallback(file, call, source, key);
    } else if (static_cast<uint32_t>(source.index) < call.result_count) {
      Seed(NodeOf(file, call.result + static_cast<ValueId>(source.index)), SignOf(source), file,
           call.begin, call.end, Cat("comes from ", key));
    }
  }
  if (MakesSlashes(file, call, key)) {
    Seed(NodeOf(file, call.result), sign::kFromSlash, file, call.begin, call.end,
         "turned into slashes by hand");
    return;
  }
  for (const PathTables::Pass& pass : function.passes) {
    for (uint32_t i = static_cast<uint32_t>(pass.from); i < call.arg_count; ++i) {
      const ValueId arg = from.args[call.first_arg + i];
      if (arg != kNoValue && static_cast<uint32_t>(pass.to) < call.result_count) {
        Tie(GraphEdge::Kind::kCopy, NodeOf(file, arg),
            NodeOf(file, call.result + static_cast<ValueId>(pass.to)));
      }
      if (!pass.variadic) {
        break;
      }
    }
  }
}

void FlowGraph::SeedSink(uint32_t file, const FlowCall& call, std::string_view key,
                         const Sink& sink) {
  const FlowFile& from = *files_[file];
  if (!sink.when_prefix.empty()) {
    const auto when = static_cast<uint32_t>(sink.when_index);
    const ValueId arg = when < call.arg_count ? from.args[call.first_arg + when] : kNoValue;
    if (arg == kNoValue || from.values[arg].kind != FlowValue::Kind::kLiteral ||
        !from.texts[from.values[arg].text].starts_with(sink.when_prefix)) {
      return;
    }
  }
  for (uint32_t i = static_cast<uint32_t>(sink.index); i < call.arg_count; ++i) {
    const ValueId arg = from.args[call.first_arg + i];
    if (arg != kNoValue && !IsFirstOfList(from, call, i)) {
      Seed(NodeOf(file, arg), SignOf(sink), file, call.begin, call.end, Cat("passed to ", key));
    }
    if (!sink.variadic) {
      break;
    }
  }
}

/// A function literal as argument: its parameter is a source.
void FlowGraph::TieCallback(uint32_t file, const FlowCall& call, const Source& source,
                            std::string_view key) {
  const FlowFile& from = *files_[file];
  const auto position = static_cast<uint32_t>(source.callback_arg);
  const ValueId arg = position < call.arg_count ? from.args[call.first_arg + position] : kNoValue;
  if (arg == kNoValue) {
    return;
  }
  const FlowValue* value = &from.values[arg];
  if (value->kind == FlowValue::Kind::kLocal && value->base != kNoValue) {
    value = &from.values[value->base];
  }
  std::string function;
  if (value->kind == FlowValue::Kind::kFunction) {
    function = from.texts[value->text];
  } else if (value->kind == FlowValue::Kind::kEntity) {
    function = from.texts[value->text].substr(1);
  } else if (value->kind == FlowValue::Kind::kSelect) {
    const std::string type = TypeOf(NodeOf(file, value->base), nullptr);
    function = Cat(type, ".", from.texts[value->name]);
  }
  const NodeId param = FindEntity(Cat("P", function, "#", std::to_string(source.index)));
  if (param != kNoValue) {
    Seed(param, SignOf(source), file, call.begin, call.end, Cat("comes from ", key));
  }
}

void FlowGraph::SeedEnvironment(uint32_t file, const FlowCall& call) {
  const FlowFile& from = *files_[file];
  const ValueId arg = call.arg_count > 0 ? from.args[call.first_arg] : kNoValue;
  if (arg == kNoValue || from.values[arg].kind != FlowValue::Kind::kLiteral ||
      call.result_count == 0) {
    return;
  }
  const std::string& name = from.texts[from.values[arg].text];
  if (const Source* source = tables_->Environment(name)) {
    Seed(NodeOf(file, call.result), SignOf(*source), file, call.begin, call.end,
         Cat("comes from the environment variable ", name));
  }
}

}  // namespace windlass
