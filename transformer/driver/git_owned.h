#ifndef WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_
#define WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_

#include <git2.h>

#include <memory>
#include <string>

namespace windlass {

template <typename T, void (*Free)(T*)>
struct GitFreer {
  void operator()(T* object) const { Free(object); }
};
/// Owns a libgit2 object; `Free` is its git_*_free.
template <typename T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, GitFreer<T, Free>>;

/// The value of the attribute working-tree-encoding, which libgit2 itself does not heed; "" if none
/// is set. `path` is relative to the top of the work tree.
inline std::string WorkTreeEncoding(git_repository* repository, const std::string& path) {
  const char* value = nullptr;
  const bool set = git_attr_get(&value, repository, GIT_ATTR_CHECK_FILE_THEN_INDEX, path.c_str(),
                                "working-tree-encoding") == 0 &&
                   git_attr_value(value) == GIT_ATTR_VALUE_STRING;
  return set ? value : "";
}

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_
