#ifndef WINDLASS_TRANSFORMER_TEXT_STATUS_H_
#define WINDLASS_TRANSFORMER_TEXT_STATUS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

/// Returns the status of `expr` from the enclosing function unless it is OK.
#define WINDLASS_RETURN_IF_ERROR(expr)                                  \
  do {                                                                  \
    if (absl::Status windlass_status = (expr); !windlass_status.ok()) { \
      return windlass_status;                                           \
    }                                                                   \
  } while (false)

#define WINDLASS_STATUS_CONCAT_INNER(a, b) a##b
#define WINDLASS_STATUS_CONCAT(a, b) WINDLASS_STATUS_CONCAT_INNER(a, b)
// NOLINTBEGIN(bugprone-macro-parentheses): names and declarations cannot stand in parentheses.
#define WINDLASS_ASSIGN_OR_RETURN_INNER(tmp, lhs, expr) \
  auto tmp = (expr);                                    \
  if (!tmp.ok()) {                                      \
    return std::move(tmp).status();                     \
  }                                                     \
  lhs = std::move(tmp).value()
// NOLINTEND(bugprone-macro-parentheses)

/// Evaluates `expr` (an absl::StatusOr); assigns its value to `lhs` (which may declare a variable)
/// or returns its status from the enclosing function.
#define WINDLASS_ASSIGN_OR_RETURN(lhs, expr) \
  WINDLASS_ASSIGN_OR_RETURN_INNER(WINDLASS_STATUS_CONCAT(windlass_or_, __LINE__), lhs, expr)

#endif  // WINDLASS_TRANSFORMER_TEXT_STATUS_H_
