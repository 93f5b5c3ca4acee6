#ifndef WINDLASS_TRANSFORMER_TEXT_EDIT_COMPOSE_H_
#define WINDLASS_TRANSFORMER_TEXT_EDIT_COMPOSE_H_

#include <string_view>

#include "transformer/text/edit.h"

namespace windlass {

/// The one EditSet that does to `bytes` what `first` and, on its result, `second` do. Edits of the
/// two stay apart unless one of `second` changes what one of `first` wrote.
EditSet ComposeEdits(std::string_view bytes, const EditSet& first, const EditSet& second);

/// Where a byte of the result of `edits` comes from; a byte that an edit wrote comes from the
/// beginning of what it replaced. The inverse of EditSet::MapOffset.
size_t OriginalOffset(const EditSet& edits, size_t offset);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_EDIT_COMPOSE_H_
