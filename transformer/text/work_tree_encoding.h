#ifndef WINDLASS_TRANSFORMER_TEXT_WORK_TREE_ENCODING_H_
#define WINDLASS_TRANSFORMER_TEXT_WORK_TREE_ENCODING_H_

#include <optional>
#include <string>
#include <string_view>

#include "transformer/text/eol.h"

namespace windlass {

// Git's attribute working-tree-encoding: a file is stored as UTF-8 and lies in the work tree in the
// encoding that the attribute names.

/// UTF-16 if `name` is a form of it and `bytes`, the whole of a file or its beginning, are well
/// formed in it; kBinary if they are not, or if line ends are no single bytes in the encoding
/// (UTF-32). Of every other name what DetectEncoding makes of the bytes.
Encoding DeclaredEncoding(std::string_view name, std::string_view bytes, bool whole = true);

/// What git stores of `bytes`; nullopt if they are not of that encoding or nobody knows it.
std::optional<std::string> FromWorkTree(std::string_view bytes, std::string_view name);
/// The other way round.
std::optional<std::string> ToWorkTree(std::string_view bytes, std::string_view name);

/// Why git refuses to store `bytes` under that name; "" if it does not: UTF-16 needs a byte-order
/// mark, UTF-16LE and UTF-16BE must have none.
std::string_view MarkMistake(std::string_view name, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_WORK_TREE_ENCODING_H_
