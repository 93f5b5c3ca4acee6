#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_NAMES_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/path_link.h"

namespace windlass {

/// What the text of a constant tells when a longer string begins with it.
sign::Set SignOfText(std::string_view text);
/// True for text that begins with a drive and a separator: C:\\, c:/.
bool HasDrive(std::string_view text);
/// True for environment variables that hold PATH-like lists.
bool IsListName(std::string_view name);
/// What the name of a variable, field or method hints at: weak evidence.
sign::Set SignOfName(std::string_view name);
/// True for names of what lives elsewhere (remoteDir, Container): what is kept in it does, too.
bool IsForeignName(std::string_view name);
/// "dataDirV2" → data, dir, v2: the words of an identifier, in lower case.
std::vector<std::string> WordsOf(std::string_view identifier);
/// True if filepath.Clean(text) is `text` on unix, and `text` is not empty.
bool IsCleanPath(std::string_view text);

/// True if it is also no root, and ends in a name: not `.`, not `..`.
bool IsProperPath(std::string_view text);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_NAMES_H_
