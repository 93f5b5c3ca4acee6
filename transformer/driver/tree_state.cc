#include "transformer/driver/tree_state.h"

#include <git2.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "transformer/driver/git_owned.h"
#include "transformer/patch/git_library.h"
#include "transformer/text/status.h"
#include "transformer/text/work_tree_encoding.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

using Object = Owned<git_object, git_object_free>;
using Diff = Owned<git_diff, git_diff_free>;
using Blob = Owned<git_blob, git_blob_free>;
using Index = Owned<git_index, git_index_free>;

std::string LastError() {
  const git_error* error = git_error_last();
  return error != nullptr ? error->message : "unknown error of git";
}

std::string Hex(const git_oid& id) {
  char digits[GIT_OID_HEXSZ + 1];
  return git_oid_tostr(digits, sizeof digits, &id);
}

absl::StatusOr<Object> Commit(git_repository* repository, const std::string& revision) {
  git_object* found = nullptr;
  if (git_revparse_single(&found, repository, revision.c_str()) != 0) {
    return InvalidInput(Cat(revision, ": git knows no such revision; fetch it, or name another"));
  }
  const Object named(found);
  git_object* commit = nullptr;
  if (git_object_peel(&commit, named.get(), GIT_OBJECT_COMMIT) != 0) {
    return InvalidInput(Cat(revision, ": is no commit; name one"));
  }
  return Object(commit);
}

bool IsFile(uint16_t mode) {
  return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

}  // namespace

struct GitStates::Repository {
  git_repository* git = nullptr;
  std::string prefix;  // of the root below the work tree: "" or "sub/dir/"

  ~Repository() { git_repository_free(git); }

  /// As a checkout would write it.
  std::optional<std::string> TextOf(const git_diff_file& file) const {
    git_blob* raw = nullptr;
    if (git_blob_lookup(&raw, git, &file.id) != 0) {
      return std::nullopt;
    }
    const Blob blob(raw);
    git_buf buffer = GIT_BUF_INIT;
    const std::string encoding = WorkTreeEncoding(git, file.path);
    const auto encoded = [&](std::string text) {
      return encoding.empty() ? text : ToWorkTree(text, encoding).value_or(text);
    };
    git_blob_filter_options options = GIT_BLOB_FILTER_OPTIONS_INIT;
    if (git_blob_filter(&buffer, blob.get(), file.path, &options) != 0) {
      return encoded(std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())),
                                 static_cast<size_t>(git_blob_rawsize(blob.get()))));
    }
    std::string text(buffer.ptr, buffer.size);
    git_buf_dispose(&buffer);
    return encoded(std::move(text));
  }

  /// What `diff`, from a tree to the files on disk, says of that tree.
  TreeState StateFrom(git_diff* diff) const {
    TreeState state;
    for (size_t i = 0; i < git_diff_num_deltas(diff); ++i) {
      const git_diff_delta* delta = git_diff_get_delta(diff, i);
      const char* path =
          delta->old_file.path != nullptr ? delta->old_file.path : delta->new_file.path;
      const std::string_view full = path;
      if (!full.starts_with(prefix)) {
        continue;
      }
      const std::string inner(full.substr(prefix.size()));
      const bool there = delta->status != GIT_DELTA_ADDED && delta->status != GIT_DELTA_UNTRACKED;
      if (there && IsFile(delta->old_file.mode)) {
        state.texts[inner] = TextOf(delta->old_file);
      } else {
        state.texts[inner] = std::nullopt;
      }
    }
    return state;
  }

  git_diff_options DiffOptions() const {
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                    GIT_DIFF_IGNORE_SUBMODULES | GIT_DIFF_SKIP_BINARY_CHECK;
    return options;
  }
};

absl::StatusOr<GitStates> GitStates::Open(const std::string& root) {
  InitGit();
  auto repository = std::make_unique<Repository>();
  if (git_repository_open_ext(&repository->git, root.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS,
                              nullptr) != 0 ||
      git_repository_workdir(repository->git) == nullptr) {
    return absl::FailedPreconditionError(
        Absl(Cat(root, ": is in no git work tree; there is nothing to compare with")));
  }
  std::error_code error;
  const fs::path top = fs::canonical(git_repository_workdir(repository->git), error);
  const std::string inner = fs::canonical(root, error).lexically_relative(top).generic_string();
  repository->prefix = inner == "." ? "" : Cat(inner, "/");
  return GitStates(repository.release());
}

GitStates::~GitStates() {
  delete repository_;
}

GitStates::GitStates(GitStates&& other) noexcept
    : repository_(std::exchange(other.repository_, nullptr)) {}

absl::StatusOr<TreeState> GitStates::At(const std::string& revision) const {
  WINDLASS_ASSIGN_OR_RETURN(const Object commit, Commit(repository_->git, revision));
  git_object* tree = nullptr;
  if (git_object_peel(&tree, commit.get(), GIT_OBJECT_TREE) != 0) {
    return absl::InternalError(Absl(LastError()));
  }
  const Object owned_tree(tree);
  const git_diff_options options = repository_->DiffOptions();
  git_diff* raw = nullptr;
  if (git_diff_tree_to_workdir(&raw, repository_->git, reinterpret_cast<git_tree*>(tree),
                               &options) != 0) {
    return absl::InternalError(Absl(LastError()));
  }
  const Diff diff(raw);
  TreeState state = repository_->StateFrom(diff.get());
  state.commit = Hex(*git_object_id(commit.get()));
  return state;
}

absl::StatusOr<TreeState> GitStates::Staged() const {
  git_index* index = nullptr;
  if (git_repository_index(&index, repository_->git) != 0) {
    return absl::InternalError(Absl(LastError()));
  }
  const Index owned(index);
  git_index_read(index, 1);
  const git_diff_options options = repository_->DiffOptions();
  git_diff* raw = nullptr;
  if (git_diff_index_to_workdir(&raw, repository_->git, index, &options) != 0) {
    return absl::InternalError(Absl(LastError()));
  }
  const Diff diff(raw);
  return repository_->StateFrom(diff.get());
}

absl::StatusOr<std::string> GitStates::MergeBase(const std::string& a, const std::string& b) const {
  WINDLASS_ASSIGN_OR_RETURN(const Object one, Commit(repository_->git, a));
  if (b.empty() && Head().empty()) {
    return a;
  }
  WINDLASS_ASSIGN_OR_RETURN(const Object two, Commit(repository_->git, b.empty() ? "HEAD" : b));
  git_oid base;
  const bool found = git_merge_base(&base, repository_->git, git_object_id(one.get()),
                                    git_object_id(two.get())) == 0;
  return found ? Hex(base) : a;
}

std::string GitStates::Head() const {
  git_oid id;
  return git_reference_name_to_id(&id, repository_->git, "HEAD") == 0 ? Hex(id) : "";
}

std::vector<FileChange> ChangesBetween(
    const TreeState& from, const TreeState& to,
    const std::function<std::optional<std::string>(std::string_view)>& read) {
  const auto text_in = [&](const TreeState& state, std::string_view path) {
    const auto differs = state.texts.find(path);
    return differs == state.texts.end() ? read(path) : differs->second;
  };
  StringSet paths;
  for (const TreeState* state : {&from, &to}) {
    for (const auto& [path, text] : state->texts) {
      paths.insert(path);
    }
  }
  std::vector<FileChange> changes;
  for (const std::string& path : paths) {
    FileChange change;
    change.path = change.old_path = path;
    change.before = text_in(from, path);
    change.after = text_in(to, path);
    if (change.before != change.after) {
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

}  // namespace windlass
