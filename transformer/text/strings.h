#ifndef WINDLASS_TRANSFORMER_TEXT_STRINGS_H_
#define WINDLASS_TRANSFORMER_TEXT_STRINGS_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace windlass {

/// The one adapter between std::string_view and Abseil's, which are two types in Debian's build and
/// one type in newer builds. Borrows the same bytes.
inline absl::string_view Absl(std::string_view s) {
  return absl::string_view(s.data(), s.size());
}
inline std::string_view Std(absl::string_view s) {
  return std::string_view(s.data(), s.size());
}

/// Joins pieces of text. Every piece is anything that converts to std::string_view.
template <typename... Pieces>
std::string Cat(const Pieces&... pieces) {
  std::string out;
  out.reserve((std::string_view(pieces).size() + ... + 0));
  (out.append(std::string_view(pieces)), ...);
  return out;
}

/// An ordered map or set of strings that is searched with std::string_view without a copy.
template <typename Value>
using StringMap = std::map<std::string, Value, std::less<>>;
using StringSet = std::set<std::string, std::less<>>;

/// Errors of windlass or of its input. `what` reads `path:line:col: what; what to do`.
inline absl::Status InvalidInput(std::string_view what) {
  return absl::InvalidArgumentError(Absl(what));
}

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_STRINGS_H_
