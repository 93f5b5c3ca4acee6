#include <git2.h>

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "transformer/driver/transaction.h"
#include "transformer/patch/git_library.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

struct FreeRepository {
  void operator()(git_repository* repository) const { git_repository_free(repository); }
};
struct FreeStatus {
  void operator()(git_status_list* list) const { git_status_list_free(list); }
};

absl::Status GitError(const std::string& root) {
  const git_error* error = git_error_last();
  return absl::FailedPreconditionError(
      Absl(Cat(root, ": git's state cannot be read: ", error != nullptr ? error->message : "?",
               "; repair it, or pass --allow-dirty")));
}

std::string PathOf(const git_status_entry& entry) {
  const git_diff_delta* delta =
      entry.index_to_workdir != nullptr ? entry.index_to_workdir : entry.head_to_index;
  return delta->new_file.path != nullptr ? delta->new_file.path : delta->old_file.path;
}

}  // namespace

absl::Status RequireCleanTree(const std::string& root) {
  InitGit();
  git_repository* raw = nullptr;
  const int opened =
      git_repository_open_ext(&raw, root.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  const std::unique_ptr<git_repository, FreeRepository> repository(raw);
  if (opened == GIT_ENOTFOUND ||
      (opened == 0 && git_repository_workdir(repository.get()) == nullptr)) {
    return absl::OkStatus();
  }
  if (opened != 0) {
    return GitError(root);
  }
  std::error_code error;
  const fs::path top = fs::canonical(git_repository_workdir(repository.get()), error);
  std::string below = fs::canonical(root, error).lexically_relative(top).generic_string();
  if (error) {
    return absl::NotFoundError(Absl(Cat(root, ": ", error.message())));
  }
  git_status_options options;
  git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
  options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
                  GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
  char* spec = below.data();
  if (below != ".") {
    options.pathspec = {&spec, 1};
  }
  git_status_list* raw_list = nullptr;
  if (git_status_list_new(&raw_list, repository.get(), &options) != 0) {
    return GitError(root);
  }
  const std::unique_ptr<git_status_list, FreeStatus> list(raw_list);
  if (git_status_list_entrycount(list.get()) == 0) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      Absl(Cat(PathOf(*git_status_byindex(list.get(), 0)),
               ": not committed; commit or stash it first, or pass --allow-dirty")));
}

}  // namespace windlass
