#include "transformer/patch/git_library.h"

#include <git2.h>

namespace windlass {

void InitGit() {
  // Never shut down: that would be done again and again, and waits for no other thread.
  [[maybe_unused]] static const int ready = [] {
    const int count = git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    return count;
  }();
}

std::string BlobId(std::string_view bytes) {
  InitGit();
  git_oid id;
  std::string hex(GIT_OID_HEXSZ, '0');
  if (git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB) == 0) {
    git_oid_fmt(hex.data(), &id);
  }
  return hex;
}

}  // namespace windlass
