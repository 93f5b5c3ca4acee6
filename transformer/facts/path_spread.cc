#include "transformer/facts/path_spread.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "transformer/facts/path_names.h"

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

/// Spreads the signs, and is gone when they are spread.
///
/// Calls are matched: what goes into a function through one call does not come out of another. For
/// that each node has two sets. The closed one holds what is seen without leaving the function
/// towards its callers, the open one all.
class FlowSpreader {
 public:
  FlowSpreader(const FlowGraph& graph, FlowSigns* signs);
  void Run();

 private:
  struct Link {
    Kind kind;
    NodeId other;
  };

  /// Evidence that crosses from a test into what it tests is less than what the program does
  /// itself.
  sign::Set Across(NodeId from, NodeId to, sign::Set signs) const {
    return in_test_[from] && !in_test_[to] ? Weaker(signs) : signs;
  }
  void Connect();
  void Summarize();
  size_t SummarizeOnce();
  int Reaches(NodeId from, NodeId to) const;
  void Add(NodeId node, sign::Set closed, sign::Set open, NodeId cause, bool is_seed,
           sign::Set original);
  void Settle();
  void Back(NodeId node);
  void Forth(NodeId node);
  void AddSeeds();
  void AddPeers();
  void AddKin();

  const FlowGraph& graph_;
  std::vector<sign::Set> closed_;
  std::vector<sign::Set>& open_;
  absl::flat_hash_map<uint64_t, FlowSigns::Cause>& causes_;
  std::vector<GraphEdge> past_calls_;  // by which arguments come out again as results
  Adjacency<Link> out_;
  Adjacency<Link> in_;
  std::vector<NodeId> work_;
  std::vector<bool> queued_;
  std::vector<bool> in_test_;
  std::vector<bool> shared_;  // fields and package variables
};

FlowSpreader::FlowSpreader(const FlowGraph& graph, FlowSigns* signs)
    : graph_(graph),
      closed_(graph.size()),
      open_(signs->open_),
      causes_(signs->causes_),
      queued_(graph.size()),
      in_test_(graph.size()),
      shared_(graph.size()) {
  open_.resize(graph.size());
  for (NodeId node = 0; node < graph.size(); ++node) {
    shared_[node] = graph.Value(node).kind == FlowValue::Kind::kEntity
                        ? graph.Text(node)[0] == 'V' || graph.Text(node)[0] == 'F'
                        : graph.Value(node).kind == FlowValue::Kind::kSelect;
    in_test_[node] = graph.files()[graph.FileOf(node)]->path.ends_with("_test.go");
  }
}

void FlowSpreader::Connect() {
  const auto each = [&](const auto& visit) {
    for (const GraphEdge& edge : graph_.edges()) {
      if (edge.kind != Kind::kPeer) {
        visit(edge);
      }
    }
    std::ranges::for_each(past_calls_, visit);
  };
  out_ = Adjacency<Link>(graph_.size(), [&](const auto& add) {
    each([&](const GraphEdge& edge) { add(edge.from, {edge.kind, edge.to}); });
  });
  in_ = Adjacency<Link>(graph_.size(), [&](const auto& add) {
    each([&](const GraphEdge& edge) { add(edge.to, {edge.kind, edge.from}); });
  });
}

void FlowSpreader::Run() {
  Connect();
  Summarize();
  AddSeeds();
  Settle();
  AddPeers();
  AddKin();
  Settle();
}

void FlowSpreader::AddSeeds() {
  for (size_t i = 0; i < graph_.seeds().size(); ++i) {
    const GraphSeed& seed = graph_.seeds()[i];
    const bool from_test = graph_.files()[seed.file]->path.ends_with("_test.go");
    const sign::Set sign = from_test && !in_test_[seed.node] ? Weaker(seed.sign) : seed.sign;
    Add(seed.node, sign, sign, static_cast<NodeId>(i), true, sign);
  }
}

/// 0: `from` does not reach `to` within its function; 1: as a copy; 2: as the head; 3: as a later
/// piece.
int FlowSpreader::Reaches(NodeId from, NodeId to) const {
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
      if (link.other != to && graph_.Value(link.other).kind == FlowValue::Kind::kEntity) {
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

size_t FlowSpreader::SummarizeOnce() {
  struct Site {
    std::vector<const GraphEdge*> calls;
    std::vector<const GraphEdge*> returns;
  };
  std::unordered_map<uint32_t, Site> sites;
  for (const GraphEdge& edge : graph_.edges()) {
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
          found->second = Reaches(call->to, result->from);
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
  const auto key = [](const GraphEdge& edge) { return std::tuple(edge.from, edge.to, edge.kind); };
  std::ranges::sort(fresh, {}, key);
  const auto repeated = std::ranges::unique(fresh, {}, key);
  fresh.erase(repeated.begin(), repeated.end());
  std::erase_if(fresh, [&](const GraphEdge& edge) {
    return std::ranges::any_of(out_[edge.from], [&](const Link& link) {
      return link.other == edge.to && link.kind == edge.kind;
    });
  });
  if (!fresh.empty()) {
    past_calls_.insert(past_calls_.end(), fresh.begin(), fresh.end());
    Connect();
  }
  return fresh.size();
}

/// Arguments that come out again as results: edges past the call.
void FlowSpreader::Summarize() {
  for (int round = 0; round < 3 && SummarizeOnce() > 0; ++round) {
  }
}

void FlowSpreader::Add(NodeId node, sign::Set closed, sign::Set open, NodeId cause, bool is_seed,
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
    causes_.emplace(CauseKey(node, bit),
                    FlowSigns::Cause{cause, static_cast<uint8_t>(from), is_seed});
  }
  if (!queued_[node]) {
    queued_[node] = true;
    work_.push_back(node);
  }
}

void FlowSpreader::Settle() {
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

void FlowSpreader::Back(NodeId node) {
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

void FlowSpreader::Forth(NodeId node) {
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

void FlowSpreader::AddPeers() {
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
  // Of the arguments of a program each is something else.
  const auto argues = [&](NodeId node) {
    constexpr std::array<std::string_view, 5> kLists = {"args", "argv", "cmd", "command",
                                                        "arguments"};
    const std::vector<std::string> words =
        WordsOf(graph_.files()[graph_.FileOf(node)]->texts[graph_.Value(node).name]);
    return !words.empty() && std::ranges::find(kLists, words.back()) != kLists.end();
  };
  for (const GraphEdge& edge : graph_.edges()) {
    if (edge.kind == Kind::kPeer && !argues(edge.from) && !argues(edge.to)) {
      lend(edge.from, edge.to);
      lend(edge.to, edge.from);
    }
  }
}

/// A variable that is used as a host path somewhere holds host paths everywhere.
void FlowSpreader::AddKin() {
  for (NodeId node = 0; node < graph_.size(); ++node) {
    if (graph_.Canonical(node) != node || open_[node] == 0) {
      continue;
    }
    const FlowValue::Kind kind = graph_.Value(node).kind;
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

FlowSigns FlowSigns::Spread(const FlowGraph& graph) {
  FlowSigns signs;
  FlowSpreader(graph, &signs).Run();
  return signs;
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
