#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "transformer/facts/path_link.h"

namespace windlass {

/// The signs of every node of a graph, spread along its edges: uses against the flow, origins along
/// it. With what callers do and hand in: open, as PathValue calls it.
class FlowSigns {
 public:
  static FlowSigns Spread(const FlowGraph& graph);

  sign::Set open(NodeId node) const { return open_[node]; }

  /// The seeds and nodes by which `node` came to have `bit` (one bit), from the node to the seed.
  /// Empty if it has not got it.
  struct Step {
    NodeId node;
    const GraphSeed* seed;  // of the last step; null of the others
  };
  std::vector<Step> Witness(const FlowGraph& graph, NodeId node, sign::Set bit) const;

 private:
  friend class FlowSpreader;

  /// Where a sign came from: another node and its sign, or a seed.
  struct Cause {
    NodeId node;
    uint8_t bit;
    bool is_seed;
  };

  std::vector<sign::Set> open_;
  absl::flat_hash_map<uint64_t, Cause> causes_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_SPREAD_H_
