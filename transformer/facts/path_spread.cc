#include "transformer/facts/path_spread.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace windlass {
namespace {

using Kind = GraphEdge::Kind;

constexpr size_t kMaxSummaryNodes = 400;
constexpr sign::Set kHostUses = sign::kUseHost | sign::kUsePure | sign::kUseHostPart;
constexpr sign::Set kSlashUses = sign::kUseSlash | sign::kUseSlashPart;

/// What the uses of a whole say of a piece of it.
sign::Set UsesThrough(Kind kind, sign::Set uses) {
  if (kind == Kind::kHead) {
    // The directory of what becomes a name elsewhere is a directory all the same.
    const bool slash = (uses & sign::kUseSlash) != 0;
    return (uses & ~(sign::kUseList | sign::kUseSlash)) | (slash ? sign::kUsePeerSlash : 0);
  }
  if (kind == Kind::kType) {
    return uses & (sign::kUseHost | sign::kUsePure | sign::kUseSlash);
  }
  if (kind != Kind::kPart) {
    return uses;
  }
  sign::Set out = uses & sign::kUseText;
  if ((uses & kHostUses) != 0) {
    out |= sign::kUseHostPart;
  }
  if ((uses & kSlashUses) != 0) {
    out |= sign::kUseSlashPart;
  }
  return out;
}

/// What the origins of a piece say of the whole.
sign::Set OriginsThrough(Kind kind, sign::Set origins) {
  if (kind == Kind::kPart) {
    return 0;
  }
  if (kind == Kind::kType) {
    return origins & sign::kFromSlash;  // where one comes from tells little of the others
  }
  return kind == Kind::kHead ? origins & ~sign::kFromElement : origins;
}

/// What evidence from a test is worth to the program: tests hand in all kinds of texts.
sign::Set Weaker(sign::Set signs) {
  signs &= ~(sign::kFromText | sign::kFromUnix | sign::kFromDevice | sign::kFromList |
             sign::kFromRooted | sign::kFromWord);
  constexpr std::array<std::pair<sign::Set, sign::Set>, 4> kWeaker = {
      std::pair(sign::kUseHost, sign::kUsePeerHost),
      {sign::kUseSlash, sign::kUsePeerSlash},
      {sign::kFromHost, sign::kKinHost},
      {sign::kFromSlash, sign::kKinSlash}};
  for (const auto& [strong, weak] : kWeaker) {
    if ((signs & strong) != 0) {
      signs = (signs & ~strong) | weak;
    }
  }
  return signs;
}

uint64_t CauseKey(NodeId node, int bit) {
  return (uint64_t{node} << 5) | static_cast<uint64_t>(bit);
}

}  // namespace

FlowSigns::FlowSigns(const FlowGraph& graph)
    : closed_(graph.size()),
      open_(graph.size()),
      out_(graph.size()),
      in_(graph.size()),
      queued_(graph.size()),
      in_test_(graph.size()),
      shared_(graph.size()) {
  for (NodeId node = 0; node < graph.size(); ++node) {
    shared_[node] = graph.Value(node).kind == FlowValue::Kind::kEntity
                        ? graph.Text(node)[0] == 'V' || graph.Text(node)[0] == 'F'
                        : graph.Value(node).kind == FlowValue::Kind::kSelect;
    in_test_[node] = graph.files()[graph.FileOf(node)]->path.ends_with("_test.go");
  }
}

sign::Set FlowSigns::Across(NodeId from, NodeId to, sign::Set signs) const {
  return in_test_[from] && !in_test_[to] ? Weaker(signs) : signs;
}
void FlowSigns::Connect(const GraphEdge& edge) {
  out_[edge.from].push_back({edge.kind, edge.to});
  in_[edge.to].push_back({edge.kind, edge.from});
}

FlowSigns FlowSigns::Spread(const FlowGraph& graph) {
  FlowSigns signs(graph);
  for (const GraphEdge& edge : graph.edges()) {
    if (edge.kind != Kind::kPeer) {
      signs.Connect(edge);
    }
  }
  signs.Summarize(graph);
  for (size_t i = 0; i < graph.seeds().size(); ++i) {
    const GraphSeed& seed = graph.seeds()[i];
    const bool from_test = graph.files()[seed.file]->path.ends_with("_test.go");
    const sign::Set sign = from_test && !signs.in_test_[seed.node] ? Weaker(seed.sign) : seed.sign;
    signs.Add(seed.node, sign, sign, static_cast<NodeId>(i), true, sign);
  }
  signs.Run();
  signs.AddPeers(graph);
  signs.AddKin(graph);
  signs.Run();
  return signs;
}

/// 0: `from` does not reach `to` within its function; 1: as a copy; 2: as the head; 3: as a later
/// piece.
int FlowSigns::Reaches(NodeId from, NodeId to, const FlowGraph& graph) const {
  std::unordered_map<NodeId, int> best{{from, 1}};
  std::vector<NodeId> todo{from};
  while (!todo.empty() && best.size() < kMaxSummaryNodes) {
    const NodeId node = todo.back();
    todo.pop_back();
    const int rank = best[node];
    if (node == to) {
      continue;
    }
    for (const Link& link : out_[node]) {
      if (link.kind == Kind::kCall || link.kind == Kind::kReturn || link.kind == Kind::kType) {
        continue;
      }
      if (link.other != to && graph.Value(link.other).kind == FlowValue::Kind::kEntity) {
        continue;  // out into the module: no business of this function alone
      }
      const int next = std::max(rank, link.kind == Kind::kCopy   ? 1
                                      : link.kind == Kind::kHead ? 2
                                                                 : 3);
      const auto [found, fresh] = best.emplace(link.other, next);
      if (fresh || next < found->second) {
        found->second = next;
        todo.push_back(link.other);
      }
    }
  }
  const auto found = best.find(to);
  return found == best.end() ? 0 : found->second;
}

size_t FlowSigns::SummarizeOnce(const FlowGraph& graph) {
  struct Site {
    std::vector<const GraphEdge*> calls;
    std::vector<const GraphEdge*> returns;
  };
  std::unordered_map<uint32_t, Site> sites;
  for (const GraphEdge& edge : graph.edges()) {
    if (edge.kind == Kind::kCall) {
      sites[edge.site].calls.push_back(&edge);
    } else if (edge.kind == Kind::kReturn) {
      sites[edge.site].returns.push_back(&edge);
    }
  }
  std::unordered_map<uint64_t, int> known;
  std::vector<GraphEdge> fresh;
  for (const auto& [id, site] : sites) {
    for (const GraphEdge* call : site.calls) {
      for (const GraphEdge* result : site.returns) {
        const uint64_t pair = (uint64_t{call->to} << 32) | result->from;
        const auto [found, first] = known.emplace(pair, 0);
        if (first) {
          found->second = Reaches(call->to, result->from, graph);
        }
        if (found->second != 0) {
          const Kind kind = found->second == 1   ? Kind::kCopy
                            : found->second == 2 ? Kind::kHead
                                                 : Kind::kPart;
          fresh.push_back({kind, call->from, result->to});
        }
      }
    }
  }
  std::ranges::sort(fresh, [](const GraphEdge& a, const GraphEdge& b) {
    return std::pair(a.from, a.to) < std::pair(b.from, b.to);
  });
  size_t added = 0;
  for (const GraphEdge& edge : fresh) {
    const auto same = [&](const Link& link) {
      return link.other == edge.to && link.kind == edge.kind;
    };
    if (std::ranges::none_of(out_[edge.from], same)) {
      Connect(edge);
      ++added;
    }
  }
  return added;
}

/// Arguments that come out again as results: edges past the call.
void FlowSigns::Summarize(const FlowGraph& graph) {
  for (int round = 0; round < 3 && SummarizeOnce(graph) > 0; ++round) {
  }
}

void FlowSigns::Add(NodeId node, sign::Set closed, sign::Set open, NodeId cause, bool is_seed,
                    sign::Set original) {
  if (shared_[node]) {
    closed |= open;  // whoever writes it need not be who calls
  }
  const sign::Set fresh_closed = closed & ~closed_[node];
  const sign::Set fresh_open = (open | closed) & ~open_[node];
  if (fresh_closed == 0 && fresh_open == 0) {
    return;
  }
  closed_[node] |= fresh_closed;
  open_[node] |= fresh_open;
  for (sign::Set rest = fresh_open; rest != 0; rest &= rest - 1) {
    const int bit = std::countr_zero(rest);
    const sign::Set mask = sign::Set{1} << bit;
    // The sign that `cause` had: the same, or what a piece turns into.
    sign::Set source = original & mask;
    if (source == 0 && mask == sign::kUseHostPart) {
      source = original & kHostUses;
    } else if (source == 0 && mask == sign::kUseSlashPart) {
      source = original & kSlashUses;
    }
    const int from = std::countr_zero(source != 0 ? source : original);
    causes_.emplace(CauseKey(node, bit), Cause{cause, static_cast<uint8_t>(from), is_seed});
  }
  if (!queued_[node]) {
    queued_[node] = true;
    work_.push_back(node);
  }
}

void FlowSigns::Run() {
  std::vector<NodeId> now;
  while (!work_.empty()) {
    now.swap(work_);
    work_.clear();
    for (const NodeId node : now) {
      queued_[node] = false;
      Back(node);
      Forth(node);
    }
  }
}

void FlowSigns::Back(NodeId node) {
  // What a value is compared with says nothing to other functions.
  constexpr sign::Set kFar = sign::kUses & ~(sign::kUsePeerHost | sign::kUsePeerSlash);
  const sign::Set closed = closed_[node] & sign::kUses;
  const sign::Set open = open_[node] & sign::kUses;
  if (open == 0) {
    return;
  }
  for (const Link& link : in_[node]) {
    switch (link.kind) {
      case Kind::kCall:
        Add(link.other, Across(node, link.other, closed & kFar),
            Across(node, link.other, closed & kFar), node, false, closed);
        break;
      case Kind::kReturn:
        Add(link.other, 0, Across(node, link.other, open & kFar), node, false, open);
        break;
      default:
        Add(link.other, Across(node, link.other, UsesThrough(link.kind, closed)),
            Across(node, link.other, UsesThrough(link.kind, open)), node, false, open);
    }
  }
}

void FlowSigns::Forth(NodeId node) {
  const sign::Set closed = closed_[node] & sign::kOrigins;
  const sign::Set open = open_[node] & sign::kOrigins;
  if (open == 0) {
    return;
  }
  for (const Link& link : out_[node]) {
    switch (link.kind) {
      case Kind::kCall:
        Add(link.other, 0, Across(node, link.other, open), node, false, open);
        break;
      case Kind::kReturn:
        Add(link.other, Across(node, link.other, closed), Across(node, link.other, closed), node,
            false, closed);
        break;
      default:
        Add(link.other, Across(node, link.other, OriginsThrough(link.kind, closed)),
            Across(node, link.other, OriginsThrough(link.kind, open)), node, false, open);
    }
  }
}

void FlowSigns::AddPeers(const FlowGraph& graph) {
  constexpr sign::Set kHost = sign::kUseHost | sign::kFromHost;
  constexpr sign::Set kSlash = sign::kUseSlash | sign::kFromSlash;
  const auto lend = [&](NodeId from, NodeId to) {
    const sign::Set known = open_[from];
    // Where it comes from says what its separators are, whatever becomes of it later.
    const bool native = (known & sign::kFromHost) != 0 && (known & sign::kFromSlash) == 0;
    if (native || ((known & kHost) != 0 && (known & kSlash) == 0)) {
      Add(to, sign::kUsePeerHost, sign::kUsePeerHost, from, false, known & kHost);
    } else if ((known & kSlash) != 0 && (known & kHost) == 0) {
      Add(to, sign::kUsePeerSlash, sign::kUsePeerSlash, from, false, known & kSlash);
    }
  };
  for (const GraphEdge& edge : graph.edges()) {
    if (edge.kind == Kind::kPeer) {
      lend(edge.from, edge.to);
      lend(edge.to, edge.from);
    }
  }
}

/// A variable that is used as a host path somewhere holds host paths everywhere.
void FlowSigns::AddKin(const FlowGraph& graph) {
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.Canonical(node) != node || open_[node] == 0) {
      continue;
    }
    const FlowValue::Kind kind = graph.Value(node).kind;
    if (kind != FlowValue::Kind::kEntity && kind != FlowValue::Kind::kLocal &&
        kind != FlowValue::Kind::kSelect) {
      continue;
    }
    // What one caller does with a result says nothing of what the others get.
    const sign::Set uses = shared_[node] ? open_[node] : closed_[node];
    const bool host = (uses & sign::kUseHost) != 0;
    const bool slash = (open_[node] & sign::kUseSlash) != 0;
    if (host && !slash) {
      Add(node, sign::kKinHost, sign::kKinHost, node, false, sign::kUseHost);
    } else if (slash && !host) {
      Add(node, sign::kKinSlash, sign::kKinSlash, node, false, sign::kUseSlash);
    }
  }
}

std::vector<FlowSigns::Step> FlowSigns::Witness(const FlowGraph& graph, NodeId node,
                                                sign::Set bit) const {
  std::vector<Step> chain;
  int index = std::countr_zero(bit);
  std::set<std::pair<NodeId, int>> seen;
  while (seen.insert({node, index}).second) {
    const auto found = causes_.find(CauseKey(node, index));
    if (found == causes_.end()) {
      break;
    }
    const Cause& cause = found->second;
    if (cause.is_seed) {
      chain.push_back({node, &graph.seeds()[cause.node]});
      return chain;
    }
    chain.push_back({node, nullptr});
    node = cause.node;
    index = cause.bit;
  }
  return chain;
}

}  // namespace windlass
