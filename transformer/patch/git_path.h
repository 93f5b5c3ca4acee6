#ifndef WINDLASS_TRANSFORMER_PATCH_GIT_PATH_H_
#define WINDLASS_TRANSFORMER_PATCH_GIT_PATH_H_

#include <string>
#include <string_view>

namespace windlass {

/// `path` as git writes it in diffs: in double quotes with octal escapes if it holds a quote, a
/// backslash, a control character or a byte above 0x7E, else as it is.
std::string QuotePath(std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_GIT_PATH_H_
