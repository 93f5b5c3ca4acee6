#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_MODE_FACTS_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_MODE_FACTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "transformer/rules/logic.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// Where permission bits come from.
enum class ModeOrigin : uint8_t {
  kNone,      // not known to be an fs.FileMode
  kDisk,      // FileInfo.Mode of a file of the running system
  kArchive,   // the header of an archive
  kConstant,  // written in the source
  kMethod,    // a method of the project called Mode or Perm
  kOther,     // some other fs.FileMode
};

struct ModeValue {
  ModeOrigin origin = ModeOrigin::kNone;
  std::string callee;  // of kMethod
};

/// What `expression` holds, through parentheses, conversions, .Perm(), masks and local variables.
ModeValue ModeValueOf(Node expression, const FileContext& context, SharedFacts& shared);

/// The integer that `expression` is: a literal, a conversion of one, a constant of the file,
/// os.ModePerm.
std::optional<uint32_t> ConstantMode(Node expression, const GoFile& file);

/// Whether a mode lets its owner write.
enum class OwnerWrite : uint8_t { kYes, kNo, kUnknown };
OwnerWrite OwnerWriteOf(Node mode, const GoFile& file);

/// Without parentheses.
Node Unwrapped(Node expression);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_MODE_FACTS_H_
