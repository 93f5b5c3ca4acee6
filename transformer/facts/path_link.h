#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_LINK_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_LINK_H_

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "transformer/facts/adjacency.h"
#include "transformer/facts/flow_index.h"
#include "transformer/facts/path_graph.h"
#include "transformer/facts/path_tables.h"
#include "transformer/facts/project.h"

namespace windlass {

/// Index of a value within a FlowGraph.
using NodeId = uint32_t;

/// What is known of a value, as bits. Uses travel against the flow, origins along it.
namespace sign {
using Set = uint32_t;
inline constexpr Set kUseHost = 1U << 0;        // names a file of the running system
inline constexpr Set kUsePure = 1U << 1;        // computed with by package path/filepath
inline constexpr Set kUseSlash = 1U << 2;       // used as a name with slashes
inline constexpr Set kUseText = 1U << 3;        // shown to people
inline constexpr Set kUseCompare = 1U << 4;     // compared
inline constexpr Set kUseKey = 1U << 5;         // key of a map
inline constexpr Set kUseOther = 1U << 6;       // handed to a function that nothing is known of
inline constexpr Set kUseHostPart = 1U << 7;    // a later piece of a host path
inline constexpr Set kUseSlashPart = 1U << 8;   // a later piece of a slash name
inline constexpr Set kUseHostName = 1U << 9;    // stored under a name like dir, file
inline constexpr Set kUseSlashName = 1U << 10;  // stored under a name like url, route
inline constexpr Set kUsePeerHost = 1U << 11;   // compared with a host path
inline constexpr Set kUsePeerSlash = 1U << 12;  // compared with a slash name
inline constexpr Set kUseList = 1U << 13;       // split as a PATH-like list
inline constexpr Set kUseProgram = 1U << 14;    // a program to run
inline constexpr Set kUseGlob = 1U << 15;       // a pattern of file names
inline constexpr Set kFromHost = 1U << 16;
inline constexpr Set kFromSlash = 1U << 17;
inline constexpr Set kFromElement = 1U << 18;  // one name without separators
inline constexpr Set kFromList = 1U << 19;
inline constexpr Set kKinHost = 1U << 20;  // a variable that it came through is used as a host path
inline constexpr Set kKinSlash = 1U << 21;  // … as a slash name
inline constexpr Set kFromHostName = 1U << 22;
inline constexpr Set kFromSlashName = 1U << 23;
inline constexpr Set kFromUnix = 1U << 24;    // begins with a root that only unix has: /proc, /dev
inline constexpr Set kFromDevice = 1U << 25;  // begins with \\.\ or \\?\,
inline constexpr Set kFromText = 1U << 26;    // begins with words
inline constexpr Set kFromHostSlash = 1U << 27;  // a path of the running system, with slashes
inline constexpr Set kFromRooted = 1U << 28;     // begins with text that begins with a slash
inline constexpr Set kFromWord = 1U << 29;       // begins with one word that somebody wrote down
inline constexpr Set kUses = 0x0000ffffU;
inline constexpr Set kOrigins = 0xffff0000U;
}  // namespace sign

/// How a value flows between two nodes of a graph.
struct GraphEdge {
  // kType: of one string type that the module declares.
  enum class Kind : uint8_t { kCopy, kHead, kPart, kPeer, kCall, kReturn, kType };
  Kind kind;
  NodeId from;
  NodeId to;
  uint32_t site = 0;  // of kCall and kReturn: which call, from 1
};

/// A place that gives a value a sign by itself.
struct GraphSeed {
  NodeId node;
  sign::Set sign;
  uint32_t file;
  uint32_t begin;
  uint32_t end;
  std::string_view what;  // "passed to os.Open"; owned by the graph
};

/// What is needed to see further than the linked files allow.
struct FlowNeed {
  // kShared: as kMentions, of fields and types, which many may mention.
  enum class Kind : uint8_t { kDeclaration, kMentions, kShared };
  Kind kind;
  std::string key;   // "import/path.Name" or "import/path.Type.Name"
  std::string name;  // the identifier to look for

  friend auto operator<=>(const FlowNeed&, const FlowNeed&) = default;
};

/// The flow of several files of a module in one graph: entities unified, fields and methods
/// resolved by type, calls tied to what they call, seeds set from the tables. Immutable once
/// linked and finished.
class FlowGraph {
 public:
  /// `index` knows all that the module declares, extracted or not.
  static FlowGraph Link(std::vector<std::shared_ptr<const FlowFile>> files,
                        const PathTables& tables, std::shared_ptr<const FlowIndex> index);

  /// Sets the signs that values have by themselves; once, when no further files are wanted. Before
  /// that seeds() are incomplete, and nothing can be said of IsClean and its like.
  void Finish();

  size_t size() const { return canonical_.size(); }
  NodeId Canonical(NodeId node) const { return canonical_[node]; }
  NodeId NodeOf(uint32_t file, ValueId value) const { return canonical_[bases_[file] + value]; }
  const std::vector<std::shared_ptr<const FlowFile>>& files() const { return files_; }
  uint32_t FileOf(NodeId node) const;
  const FlowValue& Value(NodeId node) const;
  const std::string& Text(NodeId node) const;
  const std::string& Name(NodeId node) const;
  /// What is one thing in all files, by its key (see FlowFile).
  const std::unordered_map<std::string, NodeId>& entities() const { return entities_; }
  std::span<const GraphEdge> edges() const { return edges_; }
  std::span<const GraphSeed> seeds() const { return seeds_; }

  /// The canonical type of a node; "" if unknown. Keys of declarations that would tell more are
  /// added to `missing`.
  std::string TypeOf(NodeId node, std::set<FlowNeed>* missing) const;
  /// The key of what a call calls, such as "os.Open" or "import/path.Type.Method"; "" if unknown.
  std::string CalleeOf(uint32_t file, const FlowCall& call, std::set<FlowNeed>* missing) const;
  bool Declares(std::string_view function_key) const { return functions_.contains(function_key); }

  /// Non-empty and equal to its own Clean on every way into it, proven.
  bool IsClean(NodeId node, int depth = 0) const;
  bool IsNonEmpty(NodeId node, int depth = 0) const { return MustHold(node, false, depth); }
  /// True if a caller hands in what Join makes something else of than + "/" does: "",
  /// "C:", a bare `\\server`.
  bool MayResistJoin(NodeId node, int depth = 0) const;
  const PathTables& tables() const { return *tables_; }
  /// True for types that the module declares as strings of their own.
  bool IsNamedString(std::string_view type) const;

 private:
  FlowGraph(const PathTables& tables, std::shared_ptr<const FlowIndex> index)
      : tables_(&tables), index_(std::move(index)) {}

  void Unify();
  void ResolveSelects();
  void TieTypes();
  bool IsChannel(uint32_t file, ValueId received) const;
  void LinkCalls();
  using HeldFunctions = std::unordered_map<NodeId, std::vector<std::string>>;
  HeldFunctions FindHeldFunctions() const;
  void LinkFunctionValues();
  void LinkCall(uint32_t file, const FlowCall& call);
  void TieFunction(uint32_t file, const FlowCall& call, const std::string& key);
  bool IsSlashCall(const FlowCall& call, std::string_view key) const;
  bool MakesSlashes(uint32_t file, const FlowCall& call, std::string_view key) const;
  void TieTable(uint32_t file, const FlowCall& call, std::string_view key,
                const PathTables::Function& function);
  void TieCallback(uint32_t file, const FlowCall& call, const PathTables::Source& source,
                   std::string_view key);
  void SeedSink(uint32_t file, const FlowCall& call, std::string_view key,
                const PathTables::Sink& sink);
  void SeedEnvironment(uint32_t file, const FlowCall& call);
  void SeedValues();
  void SeedField(NodeId node, std::string_view key, uint32_t file);
  void Seed(NodeId node, sign::Set sign, uint32_t file, uint32_t begin, uint32_t end,
            std::string what);
  void Tie(GraphEdge::Kind kind, NodeId from, NodeId to, uint32_t site = 0);
  NodeId FindEntity(const std::string& key) const;
  bool MustHold(NodeId node, bool clean, int depth) const;

  std::string FieldOwner(const std::string& type, std::string_view field, std::string* field_type,
                         std::set<FlowNeed>* missing, int depth) const;
  std::string MethodOwner(const std::string& type, std::string_view method,
                          std::set<FlowNeed>* missing, int depth) const;
  std::string ResultType(const std::string& key, size_t index) const;
  std::string ComputeType(NodeId node, std::set<FlowNeed>* missing) const;
  const FlowTypeDecl* FindType(const std::string& type, std::set<FlowNeed>* missing) const;

  const PathTables* tables_;
  std::shared_ptr<const FlowIndex> index_;
  std::vector<std::shared_ptr<const FlowFile>> files_;
  std::vector<NodeId> bases_;
  std::vector<NodeId> canonical_;
  std::vector<GraphEdge> edges_;
  std::vector<GraphSeed> seeds_;
  std::unordered_set<std::string> said_;  // what the seeds say
  uint32_t sites_ = 0;
  std::vector<std::pair<std::string, NodeId>> typed_;  // while linking: fields, by their type
  Adjacency<uint32_t> incoming_;                       // edges by their end, for MustHold
  std::unordered_map<std::string, NodeId> entities_;
  StringMap<const FlowTypeDecl*> types_;
  StringMap<const FlowFunctionDecl*> functions_;
  StringMap<std::string> variable_types_;
  StringMap<NodeId> variable_values_;
  mutable std::unordered_map<NodeId, std::string> type_cache_;
  mutable std::set<NodeId> type_stack_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_LINK_H_
