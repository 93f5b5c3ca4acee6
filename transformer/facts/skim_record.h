#ifndef WINDLASS_TRANSFORMER_FACTS_SKIM_RECORD_H_
#define WINDLASS_TRANSFORMER_FACTS_SKIM_RECORD_H_

#include <memory>
#include <string>
#include <string_view>

#include "transformer/facts/go_skim.h"

namespace windlass {

/// What a record of `skim`, which was made of `bytes`, has to hold of them: "" for most files.
std::string_view HeaderForRecord(const GoSkim& skim, std::string_view bytes);

/// `skim` as a record to keep.
std::string RecordOf(const GoSkim& skim, std::string_view header);

/// The skim of the file at `path` from its record, and its header; null for anything but a whole
/// record.
std::shared_ptr<const GoSkim> SkimFromRecord(std::string_view path, std::string_view record,
                                             std::string* header);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_SKIM_RECORD_H_
