#ifndef WINDLASS_TRANSFORMER_PATCH_GIT_LIBRARY_H_
#define WINDLASS_TRANSFORMER_PATCH_GIT_LIBRARY_H_

#include <string>
#include <string_view>

namespace windlass {

/// Readies libgit2 for the rest of the process; to be called before any other use of it, as often
/// as one likes, from any thread. Whose a repository is is not checked: windlass executes nothing
/// that one configures, and in containers it is seldom the user's.
void InitGit();

/// The name that git gives to a file with these bytes: 40 hexadecimal digits.
std::string BlobId(std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_PATCH_GIT_LIBRARY_H_
