#ifndef WINDLASS_TRANSFORMER_SYNTAX_QUERY_H_
#define WINDLASS_TRANSFORMER_SYNTAX_QUERY_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/syntax/tree.h"

namespace windlass {

/// One match of a query: which of its patterns, and the captured nodes in the order of the source.
/// Tied to the Tree.
struct QueryMatch {
  struct Capture {
    std::string_view name;  // without '@'; lives as long as the Query
    Node node;
  };
  size_t pattern = 0;
  std::vector<Capture> captures;

  /// The first node captured under `name`; null if there is none.
  Node First(std::string_view name) const;
  std::vector<Node> All(std::string_view name) const;
};

/// Limits of one run of a query. Some patterns match as often as a list has pairs of elements.
struct QueryBudget {
  /// Computing time of the thread, also for matches that predicates then refuse.
  std::chrono::milliseconds max_time{10000};
  size_t max_matches = 200000;
};

/// A tree-sitter query, compiled when a pack loads. Shared by threads.
/// Predicates: #eq? #not-eq? #match? #not-match? #any-of? #not-any-of? (regular expressions are
/// RE2). Anything else is an error.
class Query {
 public:
  /// Compiles `text`. Errors read `origin:line:col: …`, with the place in `text`.
  static absl::StatusOr<std::unique_ptr<Query>> Compile(Language language, std::string_view text,
                                                        std::string_view origin);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// All matches in `tree`, sorted by the span of their first capture. kResourceExhausted: over
  /// budget (the message names the file and the limit).
  absl::StatusOr<std::vector<QueryMatch>> Run(const Tree& tree,
                                              const QueryBudget& budget = {}) const;
  /// The same for matches that lie within `part`, or around it.
  absl::StatusOr<std::vector<QueryMatch>> Run(const Tree& tree, Span part,
                                              const QueryBudget& budget = {}) const;
  const std::vector<std::string>& capture_names() const;
  Language language() const;

 private:
  struct Impl;
  explicit Query(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_QUERY_H_
