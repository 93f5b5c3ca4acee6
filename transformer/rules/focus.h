#ifndef WINDLASS_TRANSFORMER_RULES_FOCUS_H_
#define WINDLASS_TRANSFORMER_RULES_FOCUS_H_

#include <string_view>

#include "transformer/facts/project.h"

namespace windlass {

/// Whether findings are wanted for the file at `path` (ProjectSettings::focus): rules over the
/// whole project need not look for others.
inline bool InFocus(const Project& project, std::string_view path) {
  const std::string_view focus = project.settings().focus;
  return focus.empty() || focus == path;
}

/// The same for the files right in the folder `dir`, "" at the root.
inline bool FolderInFocus(const Project& project, std::string_view dir) {
  const std::string_view focus = project.settings().focus;
  const size_t slash = focus.rfind('/');
  return focus.empty() || focus.substr(0, slash == std::string_view::npos ? 0 : slash) == dir;
}

/// The same for files of one language.
inline bool LanguageInFocus(const Project& project, Language language) {
  const std::string& focus = project.settings().focus;
  return focus.empty() || LanguageForPath(focus) == language;
}

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_FOCUS_H_
