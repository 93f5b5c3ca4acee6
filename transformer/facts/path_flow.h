#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/facts/go_parts.h"
#include "transformer/facts/path_link.h"
#include "transformer/facts/path_spread.h"
#include "transformer/facts/path_tables.h"
#include "transformer/facts/project.h"

namespace windlass {

/// One step of a chain of evidence: a place and what happens there.
struct PathWitness {
  std::string path;
  Span span;
  std::string what;
};

/// What the flow knows of one expression.
struct PathValue {
  NodeId node = kNoValue;     // kNoValue: nothing
  sign::Set signs = 0;        // open: with what callers do and hand in
  std::string type;           // canonical, "" unknown
  std::string name;           // of the variable, field or method, "" if none
  bool nonempty = false;      // proven never ""
  bool clean = false;         // proven equal to its filepath.Clean, and ending in a name
  bool resists_join = false;  // a caller hands in "", "C:" or a bare `\\server`

  explicit operator bool() const { return node != kNoValue; }
  bool Has(sign::Set any) const { return (signs & any) != 0; }
};

/// The flow of strings in one module, as far as files with something to decide need it. Immutable
/// and shared by threads.
class ModuleFlow {
 public:
  /// `deciding`: indexes of the files of `graph` in which a value to decide has a telling sign.
  ModuleFlow(FlowGraph graph, FlowSigns signs, const std::set<uint32_t>& deciding);

  /// False if no value that the rules look at in the file at `path` can be a path of the running
  /// system: then the file need not be parsed for them.
  bool MayDecide(std::string_view path) const { return deciding_.contains(path); }

  /// The value of the expression that takes `span` in the file at `path`.
  PathValue At(std::string_view path, Span span) const;
  /// "os.Open", "import/path.Type.Method": what the call that takes `span` calls; "" if unknown.
  std::string Callee(std::string_view path, Span span) const;
  /// What the tables say of a function, or of a field "import/path.Type.Field".
  const PathTables& tables() const { return graph_.tables(); }
  /// How `node` came to have `bit`: from the value to the evidence. Empty if it has not.
  std::vector<PathWitness> Explain(NodeId node, sign::Set bit) const;
  size_t file_count() const { return files_.size(); }

 private:
  /// The part of the file at `path` that knows the expression at `span`, and its value there.
  std::pair<uint32_t, ValueId> Find(std::string_view path, Span span) const;

  FlowGraph graph_;
  FlowSigns signs_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> files_;  // a file may come in parts
  std::set<std::string, std::less<>> deciding_;
  mutable std::mutex mutex_;  // the graph remembers types as it is asked for them
};

/// The flows of the modules of a project, each built when first asked for. A flow may be large, so
/// only the last few are kept; whoever holds one keeps it alive.
class PathFlow {
 public:
  PathFlow(const Project& project, PathTables tables);

  /// The flow of the module that holds the Go file at `path`. Thread-safe.
  std::shared_ptr<const ModuleFlow> Of(std::string_view path) const;

 private:
  struct Slot {
    const GoModule* module;
    std::once_flag once;
    std::shared_ptr<const ModuleFlow> flow;
  };
  std::shared_ptr<Slot> SlotOf(const GoModule* module) const;

  const Project& project_;
  PathTables tables_;
  mutable std::mutex mutex_;
  mutable std::list<std::shared_ptr<Slot>> slots_;  // the one asked for last comes first
};

/// True if a Go file may hold something that the rules on paths decide: what the flow starts from.
bool MayHoldPaths(const GoSkim& skim, std::string_view bytes);
/// The parts of the file in which it does, as indexes into `parts`, ascending.
std::vector<size_t> PathParts(const std::vector<GoPart>& parts, const GoSkim& skim,
                              std::string_view bytes);

/// The flow of `module`: its candidate files and what they lead to, within a budget of bytes.
std::unique_ptr<const ModuleFlow> BuildModuleFlow(const Project& project, const GoModule& module,
                                                  const PathTables& tables);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
