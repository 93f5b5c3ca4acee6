#ifndef WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_
#define WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_

#include <memory>

namespace windlass {

template <typename T, void (*Free)(T*)>
struct GitFreer {
  void operator()(T* object) const { Free(object); }
};
/// Owns a libgit2 object; `Free` is its git_*_free.
template <typename T, void (*Free)(T*)>
using Owned = std::unique_ptr<T, GitFreer<T, Free>>;

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_GIT_OWNED_H_
