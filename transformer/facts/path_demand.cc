// Which declarations of a module the flow takes in: those with something to decide, and then, wave
// by wave, those that declare or mention what their values lead to. Only they are parsed. The order
// is fixed and the budget is in bytes, so equal input gives an equal flow.

#include <algorithm>
#include <array>
#include <set>

#include "transformer/facts/go_parts.h"
#include "transformer/facts/import_prefix.h"
#include "transformer/facts/path_flow.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

constexpr int kMaxWaves = 6;
constexpr size_t kMaxMentions = 40;
/// What may be read beyond the parts with something to decide: a part of the module, more of a
/// small one.
constexpr size_t kMinExtraBytes = size_t{3} << 19;
constexpr size_t kExtraShare = 25;
/// As kSmallPart; less, because what the flow takes is kept.
constexpr size_t kSmallFlowPart = 1024;

using Kind = GraphEdge::Kind;

/// Signs without one of which nothing is a path of the running system.
constexpr sign::Set kTelling = sign::kUseHost | sign::kUsePure | sign::kUseProgram |
                               sign::kUseHostPart | sign::kUsePeerHost | sign::kUseHostName |
                               sign::kFromHost | sign::kFromHostSlash | sign::kKinHost |
                               sign::kFromHostName;

class FlowBuilder {
 public:
  FlowBuilder(const Project& project, const GoModule& module, const PathTables& tables)
      : project_(project), module_(module), tables_(tables) {}

  std::unique_ptr<const ModuleFlow> Build();

 private:
  struct Member {
    const ProjectFile* file;
    const GoPackage* package;
    std::string key;
  };
  /// What is taken of one file.
  struct Share {
    std::vector<GoPart> parts;
    std::vector<bool> taken;  // by part
  };
  /// Some parts of one member, as indexes into the parts of its share.
  struct Want {
    size_t member;
    std::vector<size_t> parts;
  };

  /// As FlowFile::package.
  static std::string FlowPackage(const Member& member) {
    const bool test = member.file->skim->package_name.ends_with("_test");
    return Cat(PathTables::Plain(member.key), test ? "_test" : "");
  }

  /// Import path of a package, guessed outside any module.
  std::string PackageKey(const GoPackage& package) const {
    if (!package.import_path.empty()) {
      return package.import_path;
    }
    const std::string key = Cat(prefix_, BelowSrc(package.dir));
    return key.ends_with('/') ? key.substr(0, key.size() - 1) : key.empty() ? "." : key;
  }

  void IndexMembers();
  void IndexDecls(uint32_t number);
  std::vector<Want> Candidates();
  std::vector<size_t> CandidateParts(size_t member, std::string_view bytes);
  Share& ShareOf(size_t member, std::string_view bytes);
  void Extract(const std::vector<Want>& wave);
  FlowFile ExtractParts(const Want& want) const;
  FlowGraph Link() const;
  std::vector<Want> Wanted(const FlowGraph& graph);
  /// What is wanted of one file, by names.
  struct Names {
    std::set<std::string> declared;
    std::set<std::string> mentioned;
    std::set<std::string> shared;  // mentioned, and many may do so
  };
  std::map<size_t, Names> NamesFor(const std::set<FlowNeed>& needs);
  std::vector<size_t> PartsFor(size_t member, const std::set<std::string>& declared,
                               const std::set<std::string>& mentioned);
  void TakeWithin(size_t budget, std::vector<Want>* wants, std::vector<Want>* out);
  static void CollectShared(const FlowGraph& graph, const std::vector<bool>& forward,
                            const std::vector<bool>& backward, std::set<FlowNeed>* needs);
  template <typename Visit>
  void ForEachStart(const FlowGraph& graph, bool any_piece, Visit visit) const;
  void AddNativeNames(const FlowGraph& graph, const FlowSigns& signs,
                      ModuleFlow::Places* deciding) const;
  void Start(const FlowGraph& graph, std::vector<bool>* forward, std::vector<bool>* backward) const;
  void Reach(const FlowGraph& graph, std::vector<bool>* forward, std::vector<bool>* backward) const;
  void CollectNeeds(const FlowGraph& graph, const std::vector<bool>& forward,
                    const std::vector<bool>& backward, std::set<FlowNeed>* needs) const;
  void Mentions(const FlowNeed& need, std::vector<size_t>* out) const;

  const Project& project_;
  const GoModule& module_;
  const PathTables& tables_;
  std::shared_ptr<FlowIndex> index_ = std::make_shared<FlowIndex>();
  std::string prefix_;
  std::vector<Member> members_;
  std::map<std::string, std::vector<size_t>, std::less<>> by_path_;
  std::map<std::string, std::vector<size_t>, std::less<>> by_package_;
  std::vector<std::shared_ptr<const FlowFile>> extracted_;
  std::vector<Share> shares_;
  std::vector<bool> candidate_;
  size_t extra_bytes_ = 0;
  std::set<FlowNeed> served_;
};

void FlowBuilder::IndexDecls(uint32_t number) {
  const Member& member = members_[number];
  const std::string package = FlowPackage(member);
  for (const GoSkim::Decl& decl : member.file->skim->decls) {
    const bool method = decl.kind == GoSkim::Decl::Kind::kMethod;
    std::string key =
        method ? Cat(package, ".", decl.receiver, ".", decl.name) : Cat(package, ".", decl.name);
    index_->Declare(key, number);
    if (method) {
      index_->DeclareMethod(decl.name, std::move(key));
    }
  }
}

void FlowBuilder::IndexMembers() {
  if (module_.path.empty()) {
    prefix_ = GuessImportPrefix(module_);
  }
  for (const GoPackage& package : module_.packages) {
    for (const ProjectFile* file : package.files) {
      if (!file->skim || file->vendored) {
        continue;
      }
      members_.push_back({file, &package, PackageKey(package)});
      by_path_[file->path].push_back(members_.size() - 1);
      by_package_[FlowPackage(members_.back())].push_back(members_.size() - 1);
      IndexDecls(static_cast<uint32_t>(members_.size() - 1));
    }
  }
  index_->Finish();
  shares_.resize(members_.size());
  candidate_.resize(members_.size());
}

FlowBuilder::Share& FlowBuilder::ShareOf(size_t member, std::string_view bytes) {
  Share& share = shares_[member];
  if (share.parts.empty()) {
    share.parts = SplitGo(bytes);
    share.taken.resize(share.parts.size());
  }
  return share;
}

/// The parts with something to decide, and the small ones beside them that say what things are.
std::vector<size_t> FlowBuilder::CandidateParts(size_t member, std::string_view bytes) {
  const GoSkim& skim = *members_[member].file->skim;
  const std::vector<GoPart>& parts = ShareOf(member, bytes).parts;
  return WithMentioned(parts, bytes, skim, PathParts(parts, skim, bytes), kSmallFlowPart);
}

std::vector<FlowBuilder::Want> FlowBuilder::Candidates() {
  std::vector<Want> found(members_.size());
  ParallelFor(members_.size(), ThreadCount(0), [&](size_t i) {
    const ProjectFile& file = *members_[i].file;
    const std::string& focus = project_.settings().focus;
    const bool elsewhere = focus.ends_with(".go") && file.path != focus;
    if (!file.editable() || elsewhere) {
      return;
    }
    const absl::StatusOr<std::string> bytes = project_.Read(file.path);
    if (bytes.ok()) {
      found[i] = {i, CandidateParts(i, *bytes)};
    }
  });
  std::erase_if(found, [](const Want& want) { return want.parts.empty(); });
  return found;
}

/// The flow of some parts of a file, seen with its imports.
FlowFile FlowBuilder::ExtractParts(const Want& want) const {
  const Member& member = members_[want.member];
  const std::vector<GoPart>& parts = shares_[want.member].parts;
  absl::StatusOr<std::string> bytes = project_.Read(member.file->path);
  if (!bytes.ok() || bytes->size() < parts.back().span.end) {
    return {};
  }
  const auto parsed =
      ParseGoParts(member.file->path, *std::move(bytes), SpansOf(parts, want.parts));
  return parsed.ok() ? ExtractFlow(*(*parsed)->go, member.key) : FlowFile();
}

void FlowBuilder::Extract(const std::vector<Want>& wave) {
  std::vector<FlowFile> flows(wave.size());
  for (const Want& want : wave) {
    for (const size_t part : want.parts) {
      shares_[want.member].taken[part] = true;
    }
  }
  ParallelFor(wave.size(), ThreadCount(0), [&](size_t i) { flows[i] = ExtractParts(wave[i]); });
  for (FlowFile& flow : flows) {
    if (!flow.values.empty() || !flow.types.empty()) {
      extracted_.push_back(std::make_shared<const FlowFile>(std::move(flow)));
    }
  }
}

FlowGraph FlowBuilder::Link() const {
  return FlowGraph::Link(extracted_, tables_, index_);
}

std::unique_ptr<const ModuleFlow> FlowBuilder::Build() {
  IndexMembers();
  std::vector<Want> wave = Candidates();
  for (const Want& want : wave) {
    candidate_[want.member] = true;
  }
  Extract(wave);
  FlowGraph graph = Link();
  for (int i = 0; i < kMaxWaves; ++i) {
    wave = Wanted(graph);
    if (wave.empty()) {
      break;
    }
    Extract(wave);
    graph = Link();
  }
  graph.Finish();
  FlowSigns signs = FlowSigns::Spread(graph);
  ModuleFlow::Places deciding;
  ForEachStart(graph, true, [&](uint32_t f, ValueId value, bool, uint32_t begin) {
    if ((signs.open(graph.NodeOf(f, value)) & kTelling) != 0) {
      deciding[graph.files()[f]->path].push_back(begin);
    }
  });
  AddNativeNames(graph, signs, &deciding);
  return std::make_unique<const ModuleFlow>(std::move(graph), std::move(signs),
                                            std::move(deciding));
}

/// Values that are native paths and are used as names with slashes, whatever is done to them.
void FlowBuilder::AddNativeNames(const FlowGraph& graph, const FlowSigns& signs,
                                 ModuleFlow::Places* deciding) const {
  for (uint32_t f = 0; f < graph.files().size(); ++f) {
    const FlowFile& file = *graph.files()[f];
    if (!candidate_[by_path_.find(file.path)->second.front()]) {
      continue;
    }
    for (ValueId value = 0; value < file.values.size(); ++value) {
      const sign::Set open = signs.open(graph.NodeOf(f, value));
      if ((open & sign::kFromHost) != 0 && (open & sign::kUseSlash) != 0) {
        (*deciding)[file.path].push_back(file.values[value].begin);
      }
    }
  }
}

/// Calls whose result or arguments the rules look at.
bool IsDecided(std::string_view callee) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"path.", "path/filepath.", "strings.",
                                                         "fmt.Sprint"};
  return std::ranges::any_of(kPrefixes, [&](auto prefix) { return callee.starts_with(prefix); });
}

/// Calls `visit(file, value, whole, place)` for every value that the rules look at: put together
/// with a slash, or taken apart at one (`whole`), or handed to what does so, or compared. With
/// `any_piece` every value counts that is put together, whatever of.
template <typename Visit>
void FlowBuilder::ForEachStart(const FlowGraph& graph, bool any_piece, Visit visit) const {
  for (uint32_t f = 0; f < graph.files().size(); ++f) {
    const FlowFile& file = *graph.files()[f];
    if (!candidate_[by_path_.find(file.path)->second.front()]) {
      continue;
    }
    const auto slashed = [&](ValueId id) {
      return id != kNoValue && file.values[id].kind == FlowValue::Kind::kLiteral &&
             file.texts[file.values[id].text].find_first_of("/\\") != std::string::npos;
    };
    std::set<ValueId> whole;
    for (const FlowEdge& edge : file.edges) {
      const bool piece = edge.kind == FlowEdge::Kind::kHead || edge.kind == FlowEdge::Kind::kPart;
      if ((any_piece && piece) || (edge.kind != FlowEdge::Kind::kCopy && slashed(edge.from))) {
        whole.insert(edge.to);
      }
    }
    for (const FlowUse& use : file.uses) {
      if (use.kind == FlowUse::Kind::kCompare && slashed(use.value)) {
        visit(f, use.value, false, use.begin);
      }
    }
    for (const FlowCall& call : file.calls) {
      const std::string& callee = file.texts[call.callee];
      if (call.form != FlowCall::Form::kFunction || !IsDecided(callee)) {
        continue;
      }
      bool slash = callee.starts_with("path");
      for (uint32_t i = 0; i < call.arg_count; ++i) {
        slash = slash || slashed(file.args[call.first_arg + i]);
      }
      if (!slash) {
        continue;
      }
      whole.insert(call.result == kNoValue ? ValueId{0} : call.result);
      for (uint32_t i = 0; i < call.arg_count; ++i) {
        if (const ValueId arg = file.args[call.first_arg + i]; arg != kNoValue) {
          visit(f, arg, false, call.begin);
        }
      }
    }
    for (const ValueId value : whole) {
      visit(f, value, true, file.values[value].begin);
    }
  }
}

void FlowBuilder::Start(const FlowGraph& graph, std::vector<bool>* forward,
                        std::vector<bool>* backward) const {
  ForEachStart(graph, false, [&](uint32_t file, ValueId value, bool whole, uint32_t) {
    const NodeId node = graph.NodeOf(file, value);
    (*backward)[node] = true;
    (*forward)[node] = (*forward)[node] || whole;
  });
}

/// Closes both sets over the edges; what is reached backwards is followed forwards as well.
void FlowBuilder::Reach(const FlowGraph& graph, std::vector<bool>* forward,
                        std::vector<bool>* backward) const {
  const Adjacency<NodeId> out(graph.size(), [&](const auto& add) {
    for (const GraphEdge& edge : graph.edges()) {
      if (edge.kind != Kind::kPeer && edge.kind != Kind::kType) {
        add(edge.from, edge.to);
      }
    }
  });
  const Adjacency<NodeId> in(graph.size(), [&](const auto& add) {
    for (const GraphEdge& edge : graph.edges()) {
      if (edge.kind != Kind::kPeer && edge.kind != Kind::kType && edge.kind != Kind::kPart) {
        add(edge.to, edge.from);
      }
    }
  });
  const auto close = [&](const Adjacency<NodeId>& next, std::vector<bool>* set) {
    std::vector<NodeId> todo;
    for (NodeId node = 0; node < graph.size(); ++node) {
      if ((*set)[node]) {
        todo.push_back(node);
      }
    }
    while (!todo.empty()) {
      const NodeId node = todo.back();
      todo.pop_back();
      for (const NodeId other : next[node]) {
        if (!(*set)[other]) {
          (*set)[other] = true;
          todo.push_back(other);
        }
      }
    }
  };
  close(in, backward);
  close(out, forward);
}

void FlowBuilder::CollectNeeds(const FlowGraph& graph, const std::vector<bool>& forward,
                               const std::vector<bool>& backward, std::set<FlowNeed>* needs) const {
  std::set<std::string> asked;  // functions whose callers are asked for
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (graph.Canonical(node) != node || (!forward[node] && !backward[node])) {
      continue;
    }
    const FlowValue& value = graph.Value(node);
    if (value.kind == FlowValue::Kind::kSelect ||
        (backward[node] && value.kind == FlowValue::Kind::kCall)) {
      graph.TypeOf(node, needs);
    }
    if (value.kind == FlowValue::Kind::kSelect && backward[node]) {
      continue;
    }
    if (value.kind != FlowValue::Kind::kEntity) {
      continue;
    }
    const std::string& key = graph.Text(node);
    const bool up = key[0] == 'P'   ? static_cast<bool>(backward[node])
                    : key[0] == 'R' ? static_cast<bool>(forward[node])
                                    : true;
    if (!up) {
      continue;
    }
    const std::string entity = key.substr(1, key.rfind('#') - 1);
    needs->insert({FlowNeed::Kind::kMentions, entity, entity.substr(entity.rfind('.') + 1)});
    if (key[0] == 'R') {
      asked.insert(entity.substr(entity.rfind('.') + 1));
    }
    if (key[0] == 'V') {
      needs->insert({FlowNeed::Kind::kDeclaration, entity, entity.substr(entity.rfind('.') + 1)});
    }
  }
  for (uint32_t f = 0; f < graph.files().size(); ++f) {
    const FlowFile& file = *graph.files()[f];
    for (const FlowCall& call : file.calls) {
      bool reached = false;
      for (uint32_t i = 0; i < call.arg_count && !reached; ++i) {
        const ValueId arg = file.args[call.first_arg + i];
        reached =
            arg != kNoValue && (forward[graph.NodeOf(f, arg)] || backward[graph.NodeOf(f, arg)]);
      }
      reached = reached || (call.result != kNoValue && backward[graph.NodeOf(f, call.result)]);
      // New().In(dir).File(name): whose method it is takes a look at those before it.
      reached = reached || (call.form == FlowCall::Form::kMethod && call.receiver != kNoValue &&
                            file.values[call.receiver].kind == FlowValue::Kind::kCall &&
                            asked.contains(file.texts[call.callee]));
      if (reached) {
        graph.CalleeOf(f, call, needs);
      }
    }
  }
}

/// Whoever else reads or writes a field tells what it holds, and so do all values of a string type.
void FlowBuilder::CollectShared(const FlowGraph& graph, const std::vector<bool>& forward,
                                const std::vector<bool>& backward, std::set<FlowNeed>* needs) {
  const auto mention = [&](const std::string& key) {
    needs->insert({FlowNeed::Kind::kShared, key, key.substr(key.rfind('.') + 1)});
  };
  for (const auto& [key, node] : graph.entities()) {
    if (key[0] == 'F' && (forward[node] || backward[node]) && key.find('@') == std::string::npos) {
      mention(key.substr(1));
    }
  }
  for (NodeId node = 0; node < graph.size(); ++node) {
    if (forward[node] || backward[node]) {
      const std::string& type = graph.files()[graph.FileOf(node)]->texts[graph.Value(node).type];
      if (graph.IsNamedString(type)) {
        mention(type);
      }
    }
  }
}

/// The files that may speak of `need`: of its package, and of those that import it if it is
/// exported.
void FlowBuilder::Mentions(const FlowNeed& need, std::vector<size_t>* out) const {
  const bool exported = !need.name.empty() && need.name[0] >= 'A' && need.name[0] <= 'Z';
  std::string_view package = need.key;
  while (!package.empty() && !by_package_.contains(package)) {
    // "import/path.Type.Name": cut names off until a package is left.
    const size_t dot = package.rfind('.');
    if (dot == std::string_view::npos || package.find('/', dot) != std::string_view::npos) {
      return;
    }
    package = package.substr(0, dot);
  }
  if (package.empty() || need.name.size() < 2) {
    return;
  }
  size_t found = 0;
  const auto own = by_package_.find(package);
  for (const size_t i : own->second) {
    if (found < kMaxMentions && members_[i].file->skim->Mentions(need.name)) {
      out->push_back(i);
      ++found;
    }
  }
  for (size_t i = 0; exported && i < members_.size() && found < kMaxMentions; ++i) {
    const GoSkim& skim = *members_[i].file->skim;
    if (skim.Mentions(need.name) &&
        std::ranges::any_of(skim.imports, [&](const GoSkim::Import& import) {
          return PathTables::Plain(import.path) == package;
        })) {
      out->push_back(i);
      ++found;
    }
  }
}

/// The parts of a file that declare or mention these names and are not taken yet.
std::vector<size_t> FlowBuilder::PartsFor(size_t member, const std::set<std::string>& declared,
                                          const std::set<std::string>& mentioned) {
  std::vector<size_t> out;
  const ProjectFile& file = *members_[member].file;
  const absl::StatusOr<std::string> bytes = project_.Read(file.path);
  if (!bytes.ok()) {
    return out;
  }
  const Share& share = ShareOf(member, *bytes);
  std::set<size_t> parts;
  for (const GoSkim::Decl& decl : file.skim->decls) {
    if (declared.contains(std::string(decl.name))) {
      parts.insert(PartAt(share.parts, decl.offset));
    }
  }
  const std::vector<std::string_view> names(mentioned.begin(), mentioned.end());
  const std::vector<size_t> speaking = PartsMentioning(share.parts, *bytes, names);
  parts.insert(speaking.begin(), speaking.end());
  parts.erase(0);
  std::ranges::copy_if(parts, std::back_inserter(out),
                       [&](size_t part) { return !share.taken[part]; });
  return out;
}

std::map<size_t, FlowBuilder::Names> FlowBuilder::NamesFor(const std::set<FlowNeed>& needs) {
  std::map<size_t, Names> wanted;
  for (const FlowNeed& need : needs) {
    if (!served_.insert(need).second) {
      continue;
    }
    if (need.kind != FlowNeed::Kind::kDeclaration) {
      std::vector<size_t> found;
      Mentions(need, &found);
      for (const size_t member : found) {
        Names& names = wanted[member];
        (need.kind == FlowNeed::Kind::kShared ? names.shared : names.mentioned).insert(need.name);
      }
    } else {
      for (const auto& [hash, member] : index_->FilesOf(need.key)) {
        wanted[member].declared.insert(need.key.substr(need.key.rfind('.') + 1));
      }
    }
  }
  return wanted;
}

/// Moves to `out` what fits into the budget.
void FlowBuilder::TakeWithin(size_t budget, std::vector<Want>* wants, std::vector<Want>* out) {
  for (Want& want : *wants) {
    Share& share = shares_[want.member];
    std::erase_if(want.parts, [&](size_t part) { return share.taken[part]; });
    size_t size = 0;
    for (const size_t part : want.parts) {
      size += share.parts[part].span.size();
    }
    if (!want.parts.empty() && extra_bytes_ + size <= budget) {
      extra_bytes_ += size;
      for (const size_t part : want.parts) {
        share.taken[part] = true;
      }
      out->push_back(std::move(want));
    }
  }
}

std::vector<FlowBuilder::Want> FlowBuilder::Wanted(const FlowGraph& graph) {
  std::vector<bool> forward(graph.size());
  std::vector<bool> backward(graph.size());
  Start(graph, &forward, &backward);
  Reach(graph, &forward, &backward);
  std::set<FlowNeed> needs;
  CollectNeeds(graph, forward, backward, &needs);
  CollectShared(graph, forward, backward, &needs);
  const std::map<size_t, Names> wanted = NamesFor(needs);
  size_t total = 0;
  for (const Member& member : members_) {
    total += member.file->size;
  }
  const size_t budget = std::max(kMinExtraBytes, total / kExtraShare);
  const std::vector<std::pair<size_t, Names>> work(wanted.begin(), wanted.end());
  std::vector<Want> wants(work.size());
  std::vector<Want> shared(work.size());
  ParallelFor(work.size(), ThreadCount(0), [&](size_t i) {
    const auto& [member, names] = work[i];
    wants[i] = {member, PartsFor(member, names.declared, names.mentioned)};
    shared[i] = {member, PartsFor(member, {}, names.shared)};
  });
  std::vector<Want> out;
  TakeWithin(budget, &wants, &out);
  TakeWithin(budget / 2, &shared, &out);  // the rest is for what is asked for by name
  return out;
}

}  // namespace

std::unique_ptr<const ModuleFlow> BuildModuleFlow(const Project& project, const GoModule& module,
                                                  const PathTables& tables) {
  return FlowBuilder(project, module, tables).Build();
}

}  // namespace windlass
