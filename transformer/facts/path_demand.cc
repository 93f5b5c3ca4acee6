// Which files of a module the flow takes in: those with something to decide, and then, wave by
// wave, those that declare or mention what their values lead to. The order is fixed and the budget
// is in bytes, so equal input gives an equal flow.

#include <algorithm>
#include <array>
#include <set>

#include "re2/re2.h"
#include "transformer/facts/path_flow.h"
#include "transformer/text/parallel.h"

namespace windlass {
namespace {

constexpr int kMaxWaves = 6;
constexpr size_t kMaxMentions = 40;
constexpr size_t kMinExtraBytes = size_t{3} << 20;

using Kind = GraphEdge::Kind;

/// `dir` below the last src/ of a GOPATH within the tree.
std::string_view BelowSrc(std::string_view dir) {
  const size_t src = dir.rfind("src/");
  const bool whole = src == 0 || (src != std::string_view::npos && dir[src - 1] == '/');
  return whole ? dir.substr(src + 4) : dir;
}

/// How import paths of a tree without go.mod begin before the folder: what most of its own imports
/// say.
std::string GuessImportPrefix(const GoModule& module) {
  std::set<std::string_view> dirs;
  std::set<std::string_view> imports;
  for (const GoPackage& package : module.packages) {
    dirs.insert(BelowSrc(package.dir));
    for (const ProjectFile* file : package.files) {
      for (const GoSkim::Import& import : file->skim->imports) {
        imports.insert(import.path);
      }
    }
  }
  StringMap<size_t> votes;
  for (const std::string_view path : imports) {
    for (size_t begin = 0; begin < path.size();) {
      if (dirs.contains(path.substr(begin))) {
        ++votes[std::string(path.substr(0, begin))];
        break;
      }
      const size_t slash = path.find('/', begin);
      begin = slash == std::string_view::npos ? path.size() : slash + 1;
    }
  }
  std::string best;
  size_t most = 0;
  for (const auto& [prefix, count] : votes) {
    if (count > most) {
      best = prefix;
      most = count;
    }
  }
  return best;
}

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
  void IndexDecls(const Member& member);
  std::vector<size_t> Candidates() const;
  void Extract(const std::vector<size_t>& members);
  FlowGraph Link() const;
  std::vector<size_t> Wanted(const FlowGraph& graph);
  void Start(const FlowGraph& graph, std::vector<bool>* forward, std::vector<bool>* backward) const;
  void Reach(const FlowGraph& graph, std::vector<bool>* forward, std::vector<bool>* backward) const;
  void CollectNeeds(const FlowGraph& graph, const std::vector<bool>& forward,
                    const std::vector<bool>& backward, std::set<FlowNeed>* needs) const;
  void Mentions(const FlowNeed& need, std::vector<size_t>* out) const;

  const Project& project_;
  const GoModule& module_;
  const PathTables& tables_;
  std::shared_ptr<FlowGraph::Index> index_ = std::make_shared<FlowGraph::Index>();
  std::string prefix_;
  std::vector<Member> members_;
  std::map<std::string, std::vector<size_t>, std::less<>> by_path_;
  std::map<std::string, std::vector<size_t>, std::less<>> by_package_;
  std::vector<std::shared_ptr<const FlowFile>> extracted_;
  std::vector<bool> candidate_;
  size_t extra_bytes_ = 0;
  std::set<FlowNeed> served_;
};

void FlowBuilder::IndexDecls(const Member& member) {
  const std::string package = FlowPackage(member);
  for (const GoSkim::Decl& decl : member.file->skim->decls) {
    const bool method = decl.kind == GoSkim::Decl::Kind::kMethod;
    std::string key =
        method ? Cat(package, ".", decl.receiver, ".", decl.name) : Cat(package, ".", decl.name);
    if (method) {
      index_->methods[std::string(decl.name)].push_back(key);
    }
    index_->files[std::move(key)].push_back(member.file->path);
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
      IndexDecls(members_.back());
    }
  }
  for (auto& [name, keys] : index_->methods) {
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  }
  extracted_.resize(members_.size());
  candidate_.resize(members_.size());
}

std::vector<size_t> FlowBuilder::Candidates() const {
  std::vector<char> chosen(members_.size());
  ParallelFor(members_.size(), ThreadCount(0), [&](size_t i) {
    const ProjectFile& file = *members_[i].file;
    if (!file.editable()) {
      return;
    }
    const absl::StatusOr<std::string> bytes = project_.Read(file.path);
    chosen[i] = bytes.ok() && MayHoldPaths(*file.skim, *bytes) ? 1 : 0;
  });
  std::vector<size_t> out;
  for (size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i] != 0) {
      out.push_back(i);
    }
  }
  return out;
}

void FlowBuilder::Extract(const std::vector<size_t>& members) {
  ParallelFor(members.size(), ThreadCount(0), [&](size_t i) {
    const Member& member = members_[members[i]];
    const auto parsed = project_.ParseGo(member.file->path);
    extracted_[members[i]] =
        parsed.ok() ? std::make_shared<const FlowFile>(ExtractFlow(*(*parsed)->go, member.key))
                    : std::make_shared<const FlowFile>();
  });
}

FlowGraph FlowBuilder::Link() const {
  std::vector<std::shared_ptr<const FlowFile>> files;
  for (const auto& file : extracted_) {
    if (file && !file->values.empty()) {
      files.push_back(file);
    }
  }
  return FlowGraph::Link(std::move(files), tables_, index_);
}

std::unique_ptr<const ModuleFlow> FlowBuilder::Build() {
  IndexMembers();
  std::vector<size_t> wave = Candidates();
  for (const size_t member : wave) {
    candidate_[member] = true;
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
  FlowSigns signs = FlowSigns::Spread(graph);
  return std::make_unique<const ModuleFlow>(std::move(graph), std::move(signs));
}

/// Calls whose result or arguments the rules look at.
bool IsDecided(std::string_view callee) {
  constexpr std::array<std::string_view, 4> kPrefixes = {"path.", "path/filepath.", "strings.",
                                                         "fmt.Sprint"};
  return std::ranges::any_of(kPrefixes, [&](auto prefix) { return callee.starts_with(prefix); });
}

void FlowBuilder::Start(const FlowGraph& graph, std::vector<bool>* forward,
                        std::vector<bool>* backward) const {
  for (uint32_t f = 0; f < graph.files().size(); ++f) {
    const FlowFile& file = *graph.files()[f];
    if (!candidate_[by_path_.find(file.path)->second.front()]) {
      continue;
    }
    const auto slashed = [&](ValueId id) {
      return id != kNoValue && file.values[id].kind == FlowValue::Kind::kLiteral &&
             file.texts[file.values[id].text].find('/') != std::string::npos;
    };
    std::set<ValueId> whole;
    for (const FlowEdge& edge : file.edges) {
      if (edge.kind != FlowEdge::Kind::kCopy && slashed(edge.from)) {
        whole.insert(edge.to);
      }
    }
    for (const FlowCall& call : file.calls) {
      const std::string& callee = file.texts[call.callee];
      if (call.form != FlowCall::Form::kFunction || !IsDecided(callee)) {
        continue;
      }
      const bool always = callee.starts_with("path");
      bool slash = always;
      for (uint32_t i = 0; i < call.arg_count; ++i) {
        slash = slash || slashed(file.args[call.first_arg + i]);
      }
      if (!slash) {
        continue;
      }
      whole.insert(call.result == kNoValue ? ValueId{0} : call.result);
      for (uint32_t i = 0; i < call.arg_count; ++i) {
        if (const ValueId arg = file.args[call.first_arg + i]; arg != kNoValue) {
          (*backward)[graph.NodeOf(f, arg)] = true;
        }
      }
    }
    for (const ValueId value : whole) {
      (*forward)[graph.NodeOf(f, value)] = true;
      (*backward)[graph.NodeOf(f, value)] = true;
    }
  }
}

/// Closes both sets over the edges; what is reached backwards is followed forwards as well.
void FlowBuilder::Reach(const FlowGraph& graph, std::vector<bool>* forward,
                        std::vector<bool>* backward) const {
  std::vector<std::vector<NodeId>> out(graph.size());
  std::vector<std::vector<NodeId>> in(graph.size());
  for (const GraphEdge& edge : graph.edges()) {
    if (edge.kind == Kind::kPeer) {
      continue;
    }
    out[edge.from].push_back(edge.to);
    if (edge.kind != Kind::kPart) {
      in[edge.to].push_back(edge.from);
    }
  }
  const auto close = [&](const std::vector<std::vector<NodeId>>& next, std::vector<bool>* set) {
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
      if (reached) {
        graph.CalleeOf(f, call, needs);
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

std::vector<size_t> FlowBuilder::Wanted(const FlowGraph& graph) {
  std::vector<bool> forward(graph.size());
  std::vector<bool> backward(graph.size());
  Start(graph, &forward, &backward);
  Reach(graph, &forward, &backward);
  std::set<FlowNeed> needs;
  CollectNeeds(graph, forward, backward, &needs);
  std::set<size_t> wanted;
  for (const FlowNeed& need : needs) {
    if (!served_.insert(need).second) {
      continue;
    }
    std::vector<size_t> found;
    if (need.kind == FlowNeed::Kind::kMentions) {
      Mentions(need, &found);
    } else if (const auto files = index_->files.find(need.key); files != index_->files.end()) {
      for (const std::string& path : files->second) {
        const auto& members = by_path_.find(path)->second;
        found.insert(found.end(), members.begin(), members.end());
      }
    }
    wanted.insert(found.begin(), found.end());
  }
  size_t total = 0;
  for (const Member& member : members_) {
    total += member.file->size;
  }
  const size_t budget = std::max(kMinExtraBytes, total / 8);
  std::vector<size_t> out;
  for (const size_t i : wanted) {
    if (!extracted_[i] && extra_bytes_ + members_[i].file->size <= budget) {
      extra_bytes_ += members_[i].file->size;
      out.push_back(i);
    }
  }
  return out;
}

}  // namespace

bool MayHoldPaths(const GoSkim& skim, std::string_view bytes) {
  static const RE2 kGlued(
      R"re("/[^"\n]*"\s*\+|\+\s*"[^"\n]*/|/"\s*\+|%[a-z0-9]+/|/%[a-z0-9]|"/"|Separator\b|"\.?\./"|["`][A-Za-z]:|\\\\)re");
  static const RE2 kNative(R"re(\bfilepath\.(Join|Rel|Base|Clean|FromSlash|Dir)\()re");
  const re2::StringPiece text(bytes.data(), bytes.size());
  if (skim.Imports("path") || RE2::PartialMatch(text, kGlued)) {
    return true;
  }
  constexpr std::array<std::string_view, 7> kSlashWorlds = {
      "io/fs", "embed", "net/url", "archive/zip", "archive/tar", "net/http", "testing/fstest"};
  return std::ranges::any_of(kSlashWorlds, [&](auto path) { return skim.Imports(path); }) &&
         RE2::PartialMatch(text, kNative);
}

std::unique_ptr<const ModuleFlow> BuildModuleFlow(const Project& project, const GoModule& module,
                                                  const PathTables& tables) {
  return FlowBuilder(project, module, tables).Build();
}

}  // namespace windlass
