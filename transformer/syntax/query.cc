#include "transformer/syntax/query.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "re2/re2.h"
#include "transformer/syntax/deadline.h"
#include "transformer/syntax/grammar.h"
#include "transformer/syntax/query_text.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

struct DeleteQuery {
  void operator()(TSQuery* query) const { ts_query_delete(query); }
};
struct DeleteCursor {
  void operator()(TSQueryCursor* cursor) const { ts_query_cursor_delete(cursor); }
};

/// Where each predicate of the pattern that takes up `range` stands.
std::vector<size_t> PredicateOffsets(const QueryText& query, Span range) {
  std::vector<size_t> offsets;
  bool after_paren = false;
  for (const auto& [text, offset] : query.Tokens()) {
    if (after_paren && text.starts_with('#') && range.Contains(offset)) {
      offsets.push_back(offset);
    }
    after_paren = text == "(";
  }
  return offsets;
}

/// One predicate of a pattern. It holds when it holds for every node captured under its name; so an
/// optional capture that is absent lets a match through.
class Predicate {
 public:
  using Steps = std::span<const TSQueryPredicateStep>;

  static absl::StatusOr<Predicate> Make(const TSQuery* query, Steps steps, const QueryText& place,
                                        size_t offset);
  bool Holds(const TSQueryMatch& match, const SourceFile& source) const;

 private:
  enum class Kind { kEqualText, kEqualCapture, kMatch, kAnyOf };

  absl::Status TakeOperands(const TSQuery* query, std::string_view name, Steps operands,
                            const QueryText& place, size_t offset);
  bool HoldsForText(std::string_view text) const;
  bool HoldsForPair(const TSQueryMatch& match, const SourceFile& source) const;

  Kind kind_ = Kind::kEqualText;
  bool negated_ = false;
  uint32_t capture_ = 0;
  uint32_t other_capture_ = 0;
  std::vector<std::string> texts_;
  std::unique_ptr<RE2> pattern_;
};

std::string_view StringOf(const TSQuery* query, const TSQueryPredicateStep& step) {
  uint32_t size = 0;
  const char* text = ts_query_string_value_for_id(query, step.value_id, &size);
  return {text, size};
}

absl::StatusOr<Predicate> Predicate::Make(const TSQuery* query, Steps steps, const QueryText& place,
                                          size_t offset) {
  const std::string_view full_name = StringOf(query, steps.front());
  std::string_view name = full_name;
  Predicate predicate;
  if (name.starts_with("not-")) {
    predicate.negated_ = true;
    name.remove_prefix(4);
  }
  if (name == "eq?") {
    predicate.kind_ = Kind::kEqualText;
  } else if (name == "match?") {
    predicate.kind_ = Kind::kMatch;
  } else if (name == "any-of?") {
    predicate.kind_ = Kind::kAnyOf;
  } else {
    return place.ErrorAt(offset, Cat("unknown predicate #", full_name,
                                     "; use #eq?, #match?, #any-of? or their not- forms"));
  }
  const absl::Status taken =
      predicate.TakeOperands(query, full_name, steps.subspan(1), place, offset);
  if (!taken.ok()) {
    return taken;
  }
  return predicate;
}

absl::Status Predicate::TakeOperands(const TSQuery* query, std::string_view name, Steps operands,
                                     const QueryText& place, size_t offset) {
  if (operands.empty() || operands[0].type != TSQueryPredicateStepTypeCapture) {
    return place.ErrorAt(offset, Cat("#", name, " needs a @capture as its first operand"));
  }
  capture_ = operands[0].value_id;
  operands = operands.subspan(1);
  if (operands.empty() || (kind_ != Kind::kAnyOf && operands.size() != 1)) {
    return place.ErrorAt(offset,
                         Cat("#", name,
                             kind_ == Kind::kAnyOf ? " needs at least one text after the capture"
                                                   : " needs exactly two operands"));
  }
  if (kind_ == Kind::kEqualText && operands[0].type == TSQueryPredicateStepTypeCapture) {
    kind_ = Kind::kEqualCapture;
    other_capture_ = operands[0].value_id;
    return absl::OkStatus();
  }
  for (const TSQueryPredicateStep& operand : operands) {
    if (operand.type != TSQueryPredicateStepTypeString) {
      return place.ErrorAt(offset, Cat("#", name, " needs texts after the first operand"));
    }
    texts_.emplace_back(StringOf(query, operand));
  }
  if (kind_ == Kind::kMatch) {
    pattern_ = std::make_unique<RE2>(texts_[0], RE2::Quiet);
    if (!pattern_->ok()) {
      return place.ErrorAt(offset, Cat("#", name, ": ", pattern_->error(), "; write RE2 syntax"));
    }
  }
  return absl::OkStatus();
}

bool Predicate::HoldsForText(std::string_view text) const {
  if (kind_ == Kind::kMatch) {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern_) != negated_;
  }
  return (std::ranges::find(texts_, text) != texts_.end()) != negated_;
}

bool Predicate::HoldsForPair(const TSQueryMatch& match, const SourceFile& source) const {
  const std::span captures(match.captures, match.capture_count);
  auto other = captures.begin();
  for (const TSQueryCapture& capture : captures) {
    if (capture.index != capture_) {
      continue;
    }
    other = std::find_if(other, captures.end(), [this](const TSQueryCapture& candidate) {
      return candidate.index == other_capture_;
    });
    if (other == captures.end()) {
      return true;
    }
    const bool equal = Node(capture.node, &source).text() == Node(other->node, &source).text();
    if (equal == negated_) {
      return false;
    }
    ++other;
  }
  return true;
}

bool Predicate::Holds(const TSQueryMatch& match, const SourceFile& source) const {
  if (kind_ == Kind::kEqualCapture) {
    return HoldsForPair(match, source);
  }
  return std::ranges::all_of(
      std::span(match.captures, match.capture_count), [&](const TSQueryCapture& capture) {
        return capture.index != capture_ || HoldsForText(Node(capture.node, &source).text());
      });
}

absl::Status SyntaxError(const QueryText& place, size_t offset, TSQueryError error) {
  const size_t end = place.text.find_first_not_of(
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.", offset);
  const std::string_view word = place.text.substr(offset, end - offset);
  const std::string_view grammar = LanguageName(place.language);
  switch (error) {
    case TSQueryErrorNodeType:
      return place.ErrorAt(offset, Cat("the grammar of ", grammar, " has no node `", word,
                                       "`; see its node-types.json"));
    case TSQueryErrorCapture:
      return place.ErrorAt(offset, Cat("capture @", word, " is not in this pattern; add it"));
    case TSQueryErrorStructure:
      return place.ErrorAt(offset, Cat("this pattern can match no node of ", grammar,
                                       "; look at the tree of an example"));
    default:
      return place.ErrorAt(offset, "syntax error in the query; see tree-sitter's query syntax");
  }
}

}  // namespace

struct Query::Impl {
  Language language;
  std::unique_ptr<TSQuery, DeleteQuery> query;
  std::vector<std::string> capture_names;
  std::vector<std::vector<Predicate>> predicates;  // by pattern

  absl::Status TakePredicates(const QueryText& place, uint32_t pattern);
  QueryMatch Take(const TSQueryMatch& found, const SourceFile& source) const;
  bool Holds(const TSQueryMatch& match, const SourceFile& source) const {
    return std::ranges::all_of(predicates[match.pattern_index], [&](const Predicate& predicate) {
      return predicate.Holds(match, source);
    });
  }
};

QueryMatch Query::Impl::Take(const TSQueryMatch& found, const SourceFile& source) const {
  QueryMatch match;
  match.pattern = found.pattern_index;
  for (const TSQueryCapture& capture : std::span(found.captures, found.capture_count)) {
    match.captures.push_back({capture_names[capture.index], Node(capture.node, &source)});
  }
  std::ranges::stable_sort(match.captures, [](const auto& a, const auto& b) {
    return a.node.span().begin < b.node.span().begin;
  });
  return match;
}

absl::Status Query::Impl::TakePredicates(const QueryText& place, uint32_t pattern) {
  const Span range = {ts_query_start_byte_for_pattern(query.get(), pattern),
                      ts_query_end_byte_for_pattern(query.get(), pattern)};
  const std::vector<size_t> offsets = PredicateOffsets(place, range);
  uint32_t count = 0;
  const TSQueryPredicateStep* steps = ts_query_predicates_for_pattern(query.get(), pattern, &count);
  const std::span all(steps, count);
  size_t begin = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].type != TSQueryPredicateStepTypeDone) {
      continue;
    }
    const size_t nth = predicates[pattern].size();
    const size_t offset = nth < offsets.size() ? offsets[nth] : range.begin;
    WINDLASS_ASSIGN_OR_RETURN(
        Predicate predicate,
        Predicate::Make(query.get(), all.subspan(begin, i - begin), place, offset));
    predicates[pattern].push_back(std::move(predicate));
    begin = i + 1;
  }
  return absl::OkStatus();
}

Node QueryMatch::First(std::string_view name) const {
  const auto found = std::ranges::find(captures, name, &Capture::name);
  return found == captures.end() ? Node() : found->node;
}

std::vector<Node> QueryMatch::All(std::string_view name) const {
  std::vector<Node> nodes;
  for (const Capture& capture : captures) {
    if (capture.name == name) {
      nodes.push_back(capture.node);
    }
  }
  return nodes;
}

Query::Query(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Query::~Query() = default;

absl::StatusOr<std::unique_ptr<Query>> Query::Compile(Language language, std::string_view text,
                                                      std::string_view origin) {
  const QueryText place = {language, text, origin};
  const TSLanguage* grammar = GrammarOf(language);
  if (grammar == nullptr) {
    return place.ErrorAt(
        0, Cat("no grammar for ", LanguageName(language), "; a query needs a parsed language"));
  }
  WINDLASS_RETURN_IF_ERROR(CheckQueryText(place));
  uint32_t offset = 0;
  TSQueryError error = TSQueryErrorNone;
  auto impl = std::make_unique<Impl>();
  impl->language = language;
  impl->query.reset(
      ts_query_new(grammar, text.data(), static_cast<uint32_t>(text.size()), &offset, &error));
  if (!impl->query) {
    return SyntaxError(place, offset, error);
  }
  for (uint32_t i = 0; i < ts_query_capture_count(impl->query.get()); ++i) {
    uint32_t size = 0;
    const char* name = ts_query_capture_name_for_id(impl->query.get(), i, &size);
    impl->capture_names.emplace_back(name, size);
  }
  const uint32_t patterns = ts_query_pattern_count(impl->query.get());
  if (patterns == 0) {
    return place.ErrorAt(0, "the query has no pattern; write one");
  }
  impl->predicates.resize(patterns);
  for (uint32_t i = 0; i < patterns; ++i) {
    WINDLASS_RETURN_IF_ERROR(impl->TakePredicates(place, i));
  }
  return std::unique_ptr<Query>(new Query(std::move(impl)));
}

absl::StatusOr<std::vector<QueryMatch>> Query::Run(const Tree& tree,
                                                   const QueryBudget& budget) const {
  return Run(tree, {0, tree.source().size()}, budget);
}

absl::StatusOr<std::vector<QueryMatch>> Query::Run(const Tree& tree, Span part,
                                                   const QueryBudget& budget) const {
  // What the two callbacks and the loop share: a cursor that stops early looks as if it were done.
  struct State {
    Deadline deadline;
    bool over = false;
  } state{Deadline(budget.max_time)};
  TSQueryCursorOptions options = {&state, [](TSQueryCursorState* cursor_state) {
                                    State& self = *static_cast<State*>(cursor_state->payload);
                                    self.over = self.over || self.deadline.IsOver();
                                    return self.over;
                                  }};
  const std::unique_ptr<TSQueryCursor, DeleteCursor> cursor(ts_query_cursor_new());
  if (part.begin > 0 || part.end < tree.source().size()) {
    ts_query_cursor_set_byte_range(cursor.get(), static_cast<uint32_t>(part.begin),
                                   static_cast<uint32_t>(part.end));
  }
  ts_query_cursor_exec_with_options(cursor.get(), impl_->query.get(), tree.root().raw(), &options);
  std::vector<QueryMatch> matches;
  TSQueryMatch found;
  while (ts_query_cursor_next_match(cursor.get(), &found)) {
    state.over = state.over || state.deadline.IsOver() || matches.size() > budget.max_matches;
    if (state.over) {
      break;
    }
    if (impl_->Holds(found, tree.source())) {
      matches.push_back(impl_->Take(found, tree.source()));
    }
  }
  if (state.over) {
    return absl::ResourceExhaustedError(absl::StrFormat(
        "%s:1:1: a query takes over %d ms or matches over %d times; simplify the file or the query",
        tree.source().path(), budget.max_time.count(), budget.max_matches));
  }
  std::ranges::stable_sort(matches, [](const QueryMatch& a, const QueryMatch& b) {
    const auto key = [](const QueryMatch& match) {
      return match.captures.empty() ? Span{} : match.captures.front().node.span();
    };
    return key(a) < key(b);
  });
  return matches;
}

const std::vector<std::string>& Query::capture_names() const {
  return impl_->capture_names;
}

Language Query::language() const {
  return impl_->language;
}

}  // namespace windlass
