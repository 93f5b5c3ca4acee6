#ifndef WINDLASS_TRANSFORMER_FACTS_TEXT_USE_H_
#define WINDLASS_TRANSFORMER_FACTS_TEXT_USE_H_

#include <cstdint>
#include <set>

#include "transformer/facts/text_module.h"
#include "transformer/facts/text_tables.h"

namespace windlass {

/// What becomes of a text, as bits.
namespace text_use {
using Set = uint8_t;
inline constexpr Set kSensitive = 1U << 0;  // a CR at the end of a line changes what happens
inline constexpr Set kWritten = 1U << 1;    // put together again, or written somewhere
inline constexpr Set kHashed = 1U << 2;     // its bytes are measured
inline constexpr Set kReturned = 1U << 3;   // handed to callers that are not seen
inline constexpr Set kShown = 1U << 4;      // shown to people
/// What must keep its bytes.
inline constexpr Set kKept = kWritten | kHashed;
}  // namespace text_use

/// Follows a text, or a list of lines, forward through the variables of its function and, one call
/// level up, of its callers. Used by one thread at a time; borrows what it is made of.
class TextUseFinder {
 public:
  TextUseFinder(TextModule& module, const TextTables& tables) : module_(module), tables_(tables) {}

  /// What becomes of the value of `expression`; nothing set: no use depends on line endings.
  text_use::Set Of(const GoSpot& expression);

 private:
  text_use::Set Value(const GoSpot& at);
  text_use::Set Variable(const GoSpot& at, Node name, size_t from);
  text_use::Set Argument(const GoSpot& at, Node call);
  text_use::Set Stored(const GoSpot& at, Node statement, Node list);
  text_use::Set Returned(const GoSpot& at);

  TextModule& module_;
  const TextTables& tables_;
  std::set<const void*> seen_;
  int depth_ = 0;
  int hops_ = 0;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_TEXT_USE_H_
