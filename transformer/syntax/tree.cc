#include "transformer/syntax/tree.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "transformer/syntax/deadline.h"
#include "transformer/syntax/grammar.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct DeleteParser {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct DeleteTree {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

const char* ReadBytes(void* payload, uint32_t offset, TSPoint /*point*/, uint32_t* size) {
  const std::string_view bytes = *static_cast<const std::string_view*>(payload);
  *size = static_cast<uint32_t>(bytes.size()) - offset;
  return bytes.data() + offset;
}

/// The parse, or null if its time was over. A parser costs a microsecond or two, so none is kept.
std::unique_ptr<TSTree, DeleteTree> RunParser(std::string_view bytes, const TSLanguage* grammar,
                                              std::span<const Span> parts,
                                              std::chrono::milliseconds max_time) {
  const std::unique_ptr<TSParser, DeleteParser> parser(ts_parser_new());
  std::vector<TSRange> ranges;
  for (const Span part : parts) {
    // Rows are not asked for, so they need not be right.
    const auto begin = static_cast<uint32_t>(part.begin);
    const auto end = static_cast<uint32_t>(part.end);
    ranges.push_back({{0, begin}, {0, end}, begin, end});
  }
  if (!ts_parser_set_language(parser.get(), grammar) ||
      !ts_parser_set_included_ranges(parser.get(), ranges.data(),
                                     static_cast<uint32_t>(ranges.size()))) {
    return nullptr;
  }
  Deadline deadline(max_time);
  const TSInput input = {&bytes, &ReadBytes, TSInputEncodingUTF8, nullptr};
  const TSParseOptions options = {&deadline, [](TSParseState* state) {
                                    return static_cast<Deadline*>(state->payload)->IsOver();
                                  }};
  return std::unique_ptr<TSTree, DeleteTree>(
      ts_parser_parse_with_options(parser.get(), nullptr, input, options));
}

/// A walk in document order that visits a node's children only where `enter(node, depth)` says so.
/// Not recursive: it is what finds out whether recursion is affordable.
template <typename Enter>
void Walk(TSNode root, Enter enter) {
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  size_t depth = 1;
  for (;;) {
    if (enter(ts_tree_cursor_current_node(&cursor), depth) &&
        ts_tree_cursor_goto_first_child(&cursor)) {
      ++depth;
      continue;
    }
    while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        ts_tree_cursor_delete(&cursor);
        return;
      }
      --depth;
    }
  }
}

/// Whether nodes nest deeper than `max_depth`. A node cannot hold more levels than descendants,
/// whose number the tree knows, so that nearly all nodes need no visit.
bool IsDeeperThan(TSNode root, size_t max_depth) {
  bool deeper = false;
  Walk(root, [&](TSNode node, size_t depth) {
    deeper = deeper || depth > max_depth;
    // The count includes the node itself.
    return !deeper && depth + ts_node_descendant_count(node) - 1 > max_depth;
  });
  return deeper;
}

bool IsBroken(TSNode node) {
  return ts_node_is_error(node) || ts_node_is_missing(node) || ts_node_has_error(node);
}

/// True if a child of `node` that can be seen is broken or holds what is.
bool HasBrokenChild(TSNode node) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  bool broken = false;
  for (bool more = ts_tree_cursor_goto_first_child(&cursor); more && !broken;
       more = ts_tree_cursor_goto_next_sibling(&cursor)) {
    broken = IsBroken(ts_tree_cursor_current_node(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return broken;
}

std::vector<Span> FindErrors(TSNode root) {
  std::vector<Span> spans;
  if (!ts_node_has_error(root)) {
    return spans;
  }
  Walk(root, [&](TSNode node, size_t) {
    if (!IsBroken(node)) {
      return false;
    }
    // A token may be missing that has no node even when it is there, such as the newline between
    // two statements: then all that is known is in which node.
    if (!ts_node_is_error(node) && !ts_node_is_missing(node) && HasBrokenChild(node)) {
      return true;
    }
    spans.push_back({ts_node_start_byte(node), ts_node_end_byte(node)});
    return false;
  });
  std::ranges::sort(spans);
  return spans;
}

absl::Status OverBudget(const SourceFile& source, std::string_view limit) {
  return absl::ResourceExhaustedError(Absl(Cat(source.path(), ":1:1: ", limit)));
}

}  // namespace

Tree::Tree(const SourceFile& source, Language language, TSTree* tree)
    : source_(source), language_(language), tree_(tree) {}

Tree::~Tree() {
  ts_tree_delete(tree_);
}

absl::StatusOr<std::unique_ptr<Tree>> Tree::Parse(const SourceFile& source, Language language,
                                                  const ParseBudget& budget) {
  return ParseParts(source, language, {}, budget);
}

absl::StatusOr<std::unique_ptr<Tree>> Tree::ParseParts(const SourceFile& source, Language language,
                                                       std::span<const Span> parts,
                                                       const ParseBudget& budget) {
  const TSLanguage* grammar = GrammarOf(language);
  if (grammar == nullptr) {
    return InvalidInput(Cat(source.path(), ":1:1: no grammar for ", LanguageName(language),
                            "; treat it as plain text"));
  }
  if (source.encoding() != Encoding::kUtf8 && source.encoding() != Encoding::kUtf8Bom) {
    return InvalidInput(Cat(source.path(), ":1:1: is ", EncodingName(source.encoding()),
                            ", not UTF-8; convert it to UTF-8"));
  }
  constexpr size_t kParserLimit = UINT32_MAX;
  if (source.size() > std::min(budget.max_bytes, kParserLimit)) {
    return OverBudget(source, absl::StrFormat("%d bytes are over the size budget of %d",
                                              source.size(), budget.max_bytes));
  }
  std::unique_ptr<TSTree, DeleteTree> parsed =
      RunParser(source.bytes(), grammar, parts, budget.max_time);
  if (!parsed) {
    return OverBudget(source, absl::StrFormat("parsing is over the time budget of %d ms",
                                              budget.max_time.count()));
  }
  const TSNode root = ts_tree_root_node(parsed.get());
  if (IsDeeperThan(root, budget.max_depth)) {
    return OverBudget(
        source, absl::StrFormat("nests deeper than the budget of %d levels", budget.max_depth));
  }
  std::unique_ptr<Tree> tree(new Tree(source, language, parsed.release()));
  tree->is_part_ = !parts.empty();
  tree->error_spans_ = FindErrors(root);
  return tree;
}

Node Tree::root() const {
  return Node(ts_tree_root_node(tree_), &source_);
}

bool Tree::TouchesError(Span span) const {
  return std::ranges::any_of(error_spans_, [&](Span error) {
    // An empty span has no byte to share: a missing token, or an insertion, counts where it
    // touches.
    return span.Overlaps(error) ||
           ((span.empty() || error.empty()) && span.begin <= error.end && error.begin <= span.end);
  });
}

}  // namespace windlass
