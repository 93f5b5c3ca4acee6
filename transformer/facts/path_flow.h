#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  NodeId node = kNoValue;  // kNoValue: nothing
  sign::Set signs = 0;     // open: with what callers do and hand in
  std::string type;        // canonical, "" unknown
  std::string name;        // of the variable, field or method, "" if none
  bool nonempty = false;   // proven never ""
  bool clean = false;      // proven equal to its filepath.Clean, and ending in a name

  explicit operator bool() const { return node != kNoValue; }
  bool Has(sign::Set any) const { return (signs & any) != 0; }
};

/// The flow of strings in one module, as far as files with something to decide need it. Immutable
/// and shared by threads.
class ModuleFlow {
 public:
  ModuleFlow(FlowGraph graph, FlowSigns signs);

  /// The value of the expression that takes `span` in the file at `path`.
  PathValue At(std::string_view path, Span span) const;
  /// "os.Open", "import/path.Type.Method": what the call that takes `span` calls; "" if unknown.
  std::string Callee(std::string_view path, Span span) const;
  /// What the tables say of a function, or of a field "import/path.Type.Field".
  const PathTables& tables() const { return graph_.tables(); }
  /// How `node` came to have `bit`: from the value to the evidence. Empty if it has not.
  std::vector<PathWitness> Explain(NodeId node, sign::Set bit) const;
  size_t file_count() const { return graph_.files().size(); }

 private:
  FlowGraph graph_;
  FlowSigns signs_;
  std::map<std::string, uint32_t, std::less<>> files_;
  mutable std::mutex mutex_;  // the graph remembers types as it is asked for them
};

/// The flows of all modules of a project, each built when first asked for.
class PathFlow {
 public:
  PathFlow(const Project& project, PathTables tables);

  /// The flow of the module that holds the Go file at `path`.
  const ModuleFlow& Of(std::string_view path) const;

 private:
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const ModuleFlow> flow;
  };

  const Project& project_;
  PathTables tables_;
  mutable std::mutex mutex_;
  mutable std::map<const GoModule*, std::unique_ptr<Slot>> slots_;
};

/// True if a Go file may hold something that the rules on paths decide: what the flow starts from.
bool MayHoldPaths(const GoSkim& skim, std::string_view bytes);

/// The flow of `module`: its candidate files and what they lead to, within a budget of bytes.
std::unique_ptr<const ModuleFlow> BuildModuleFlow(const Project& project, const GoModule& module,
                                                  const PathTables& tables);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_FLOW_H_
