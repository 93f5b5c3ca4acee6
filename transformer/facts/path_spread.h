#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "transformer/facts/path_link.h"

namespace windlass {

/// The signs of every node of a graph, spread along its edges: uses against the flow, origins along
/// it.
///
/// Calls are matched: what goes into a function through one call does not come out of another. For
/// that each node has two sets. The closed one holds what is seen without leaving the function
/// towards its callers, the open one all.
class FlowSigns {
 public:
  static FlowSigns Spread(const FlowGraph& graph);

  sign::Set closed(NodeId node) const { return closed_[node]; }
  sign::Set open(NodeId node) const { return open_[node]; }

  /// The seeds and nodes by which `node` came to have `bit` (one bit), from the node to the seed.
  /// Empty if it has not got it.
  struct Step {
    NodeId node;
    const GraphSeed* seed;  // of the last step; null of the others
  };
  std::vector<Step> Witness(const FlowGraph& graph, NodeId node, sign::Set bit) const;

 private:
  explicit FlowSigns(const FlowGraph& graph);

  struct Link {
    GraphEdge::Kind kind;
    NodeId other;
  };
  /// Where a sign came from: another node and its sign, or a seed.
  struct Cause {
    NodeId node;
    uint8_t bit;
    bool is_seed;
  };

  /// Evidence that crosses from a test into what it tests is less than what the program does
  /// itself.
  sign::Set Across(NodeId from, NodeId to, sign::Set signs) const;
  void Connect(const GraphEdge& edge);
  void Summarize(const FlowGraph& graph);
  size_t SummarizeOnce(const FlowGraph& graph);
  int Reaches(NodeId from, NodeId to, const FlowGraph& graph) const;
  void Add(NodeId node, sign::Set closed, sign::Set open, NodeId cause, bool is_seed,
           sign::Set original);
  void Run();
  void Back(NodeId node);
  void Forth(NodeId node);
  void AddPeers(const FlowGraph& graph);
  void AddKin(const FlowGraph& graph);

  std::vector<sign::Set> closed_;
  std::vector<sign::Set> open_;
  std::vector<std::vector<Link>> out_;
  std::vector<std::vector<Link>> in_;
  std::vector<NodeId> work_;
  std::vector<bool> queued_;
  std::vector<bool> in_test_;
  std::vector<bool> shared_;  // fields and package variables
  std::unordered_map<uint64_t, Cause> causes_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_
