#include "transformer/driver/git.h"

#include <git2.h>

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "transformer/driver/git_owned.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"
#include "transformer/text/work_tree_encoding.h"

namespace windlass {
namespace {

using Commit = Owned<git_commit, git_commit_free>;
using TreeObject = Owned<git_tree, git_tree_free>;
using Filters = Owned<git_filter_list, git_filter_list_free>;
using Signature = Owned<git_signature, git_signature_free>;

absl::Status GitError(std::string_view what) {
  const git_error* error = git_error_last();
  return absl::InternalError(
      Absl(Cat(what, ": ", error != nullptr ? error->message : "unknown error of git")));
}

Commit HeadCommit(git_repository* repository) {
  git_oid id;
  git_commit* commit = nullptr;
  if (git_reference_name_to_id(&id, repository, "HEAD") == 0) {
    git_commit_lookup(&commit, repository, &id);
  }
  return Commit(commit);
}

/// Writes the tree that `base` becomes through `files`.
absl::StatusOr<git_oid> WriteTree(git_repository* repository, git_tree* base,
                                  const std::vector<FileChange>& files) {
  std::vector<git_tree_update> updates;
  for (const FileChange& file : files) {
    if (file.deleted() || file.old_path != file.path) {
      updates.push_back({GIT_TREE_UPDATE_REMOVE, {}, GIT_FILEMODE_BLOB, file.old_path.c_str()});
    }
    if (!file.deleted()) {
      git_tree_update update = {GIT_TREE_UPDATE_UPSERT,
                                {},
                                file.executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB,
                                file.path.c_str()};
      if (git_blob_create_from_buffer(&update.id, repository, file.after->data(),
                                      file.after->size()) != 0) {
        return GitError(file.path);
      }
      updates.push_back(update);
    }
  }
  git_oid tree;
  if (git_tree_create_updated(&tree, repository, base, updates.size(), updates.data()) != 0) {
    return GitError("cannot write a tree");
  }
  return tree;
}

}  // namespace

std::unique_ptr<GitTree> GitTree::Open(const std::string& root) {
  git_libgit2_init();
  git_repository* repository = nullptr;
  if (git_repository_open_ext(&repository, root.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr) !=
          0 ||
      git_repository_workdir(repository) == nullptr) {
    git_repository_free(repository);
    git_libgit2_shutdown();
    return nullptr;
  }
  std::error_code error;
  const auto top = std::filesystem::canonical(git_repository_workdir(repository), error);
  const auto here = std::filesystem::canonical(root, error);
  std::string prefix = here.lexically_relative(top).generic_string();
  prefix = prefix == "." ? "" : Cat(prefix, "/");
  return std::unique_ptr<GitTree>(new GitTree(repository, std::move(prefix)));
}

GitTree::~GitTree() {
  git_repository_free(repository_);
  git_libgit2_shutdown();
}

int64_t GitTree::HeadTime() const {
  const Commit head = HeadCommit(repository_);
  return head ? git_commit_time(head.get()) : 0;
}

std::string GitTree::AsStored(std::string_view path, const std::string& in_tree) const {
  const std::string full = Cat(prefix_, path);
  const std::string encoding = WorkTreeEncoding(repository_, full);
  const std::string bytes =
      encoding.empty() ? in_tree : FromWorkTree(in_tree, encoding).value_or(in_tree);
  git_filter_list* list = nullptr;
  if (git_filter_list_load(&list, repository_, nullptr, full.c_str(), GIT_FILTER_TO_ODB,
                           GIT_FILTER_ALLOW_UNSAFE) != 0 ||
      list == nullptr) {
    return bytes;
  }
  const Filters filters(list);
  git_buf out = GIT_BUF_INIT;
  if (git_filter_list_apply_to_buffer(&out, filters.get(), bytes.data(), bytes.size()) != 0) {
    return bytes;
  }
  std::string stored(out.ptr, out.size);
  git_buf_dispose(&out);
  return stored;
}

absl::Status GitTree::CommitSeries(const std::string& branch, const PatchSeries& series) const {
  Commit parent = HeadCommit(repository_);
  if (!parent) {
    return absl::FailedPreconditionError("--commit: the repository has no commit yet; make one");
  }
  git_signature* raw_signature = nullptr;
  if (git_signature_default(&raw_signature, repository_) != 0 &&
      git_signature_now(&raw_signature, "windlass", "windlass@localhost") != 0) {
    return GitError("--commit");
  }
  const Signature signature(raw_signature);
  for (const PatchCommit& commit : series.commits) {
    git_tree* raw_base = nullptr;
    if (git_commit_tree(&raw_base, parent.get()) != 0) {
      return GitError(commit.subject);
    }
    const TreeObject base(raw_base);
    WINDLASS_ASSIGN_OR_RETURN(const git_oid tree_id,
                              WriteTree(repository_, base.get(), commit.files));
    git_tree* raw_tree = nullptr;
    git_oid id;
    const git_commit* parents[] = {parent.get()};
    const std::string message = Cat(commit.subject, "\n\n", commit.body, "\n");
    if (git_tree_lookup(&raw_tree, repository_, &tree_id) != 0) {
      return GitError(commit.subject);
    }
    const TreeObject tree(raw_tree);
    git_commit* raw_commit = nullptr;
    if (git_commit_create(&id, repository_, nullptr, signature.get(), signature.get(), nullptr,
                          message.c_str(), tree.get(), 1, parents) != 0 ||
        git_commit_lookup(&raw_commit, repository_, &id) != 0) {
      return GitError(commit.subject);
    }
    parent.reset(raw_commit);
  }
  git_reference* raw_branch = nullptr;
  if (git_branch_create(&raw_branch, repository_, branch.c_str(), parent.get(), 0) != 0) {
    return GitError(Cat("--commit ", branch));
  }
  git_reference_free(raw_branch);
  return absl::OkStatus();
}

}  // namespace windlass
