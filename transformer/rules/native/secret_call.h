#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_SECRET_CALL_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_SECRET_CALL_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/facts/project.h"
#include "transformer/rules/finding.h"

namespace windlass {

/// A call that writes or makes something for one pair of eyes, as far as names and modes tell.
struct SecretCall {
  Node path;
  Node mode;
  bool folder = false;  // it makes a folder
};
std::optional<SecretCall> ReadSecretCall(Node call, const GoFile& go);

/// The folder on Windows that `path`, a literal or SysPath of one, lies in (or is); "" if it is no
/// rooted literal. A literal alone is taken for what SysPath will make of it.
std::string SecretFolder(Node path, bool is_folder);

/// The command that keeps everybody else out of `folder`: icacls …
std::string SecretRights(std::string_view folder);

/// Where winport.SysPath finds on Windows what unix keeps at `path`: C:\ProgramData\app of
/// /etc/app.
std::string SysPlace(std::string_view path);

/// A folder that the code of a module keeps secrets in, by a literal path.
struct SecretPlace {
  std::string folder;  // of Windows, as the code opens it now
  Related where;
};
std::vector<SecretPlace> SecretPlacesOf(const Project& project, const GoModule& module);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_SECRET_CALL_H_
