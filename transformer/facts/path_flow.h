#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
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
  std::string own_string;     // the bare name of the type, if the package declares it as a string
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
  /// Offsets in bytes, by the path of the file.
  using Places = std::map<std::string, std::vector<size_t>, std::less<>>;

  /// `deciding`: where a value to decide has a telling sign.
  ModuleFlow(FlowGraph graph, FlowSigns signs, Places deciding);

  /// Where in the file at `path` a value that the rules look at can be a path of the running
  /// system: what else is in the file need not be parsed for them. In no particular order.
  std::vector<size_t> Deciding(std::string_view path) const;
  /// Where in the file at `path` a value has one of the signs `any`.
  std::vector<size_t> Showing(std::string_view path, sign::Set any) const;

  /// The value of the expression that takes `span` in the file at `path`.
  PathValue At(std::string_view path, Span span) const;
  /// "os.Open", "import/path.Type.Method": what the call that takes `span` calls; "" if unknown.
  std::string Callee(std::string_view path, Span span) const;
  /// What the tables say of a function, or of a field "import/path.Type.Field".
  const PathTables& tables() const { return graph_.tables(); }
  /// How `node` came to have `bit`: from the value to the evidence. Empty if it has not.
  std::vector<PathWitness> Explain(NodeId node, sign::Set bit) const;
  size_t file_count() const { return files_.size(); }
  /// How many values it knows: what it takes to keep it.
  size_t size() const { return graph_.size(); }

 private:
  /// The part of the file at `path` that knows the expression at `span`, and its value there.
  std::pair<uint32_t, ValueId> Find(std::string_view path, Span span) const;

  FlowGraph graph_;
  FlowSigns signs_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> files_;  // a file may come in parts
  Places deciding_;
  mutable std::mutex mutex_;  // the graph remembers types as it is asked for them
};

/// The flows of the modules of a project, each built when first asked for. A flow may be large, so
/// only those are kept that some thread is at, and a few small ones; whoever holds one keeps it
/// alive.
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
    std::atomic<size_t> size = 0;  // of the flow, once it is built
  };
  std::shared_ptr<Slot> SlotOf(const GoModule* module) const;
  /// This thread is at `module` now.
  void Note(const GoModule* module) const;

  const Project& project_;
  PathTables tables_;
  mutable std::mutex mutex_;
  mutable std::list<std::shared_ptr<Slot>> slots_;  // the one asked for last comes first
  mutable std::list<std::pair<std::thread::id, const GoModule*>> askers_;  // the last comes first
};

/// The parts of a Go file that may hold something that the rules on paths decide, what the flow
/// starts from; as indexes into `parts`, ascending.
std::vector<size_t> PathParts(const std::vector<GoPart>& parts, const GoSkim& skim,
                              std::string_view bytes);

/// The flow of `module`: its candidate files and what they lead to, within a budget of bytes.
std::unique_ptr<const ModuleFlow> BuildModuleFlow(const Project& project, const GoModule& module,
                                                  const PathTables& tables);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
