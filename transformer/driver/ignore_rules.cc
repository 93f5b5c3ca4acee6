#include "transformer/driver/ignore_rules.h"

#include <fcntl.h>
#include <git2.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "transformer/patch/git_library.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxIgnoreFile = size_t{16} << 20;

/// The bytes of a small file, or nothing. Like git, does not follow a link.
std::string ReadFileAt(int fd, const std::string& path) {
  const int file = openat(fd, path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  std::string bytes;
  char buffer[4096];
  ssize_t got = 0;
  while (file >= 0 && bytes.size() < kMaxIgnoreFile &&
         (got = read(file, buffer, sizeof buffer)) > 0) {
    bytes.append(buffer, static_cast<size_t>(got));
  }
  if (file >= 0) {
    close(file);
  }
  return bytes;
}

IgnoreRules::Levels Above(IgnoreRules::Levels above, const std::string& text, size_t folder_size) {
  GitIgnore patterns(text);
  if (patterns.empty()) {
    return above;
  }
  return std::make_shared<const IgnoreRules::Level>(
      IgnoreRules::Level{std::move(patterns), folder_size, std::move(above)});
}

/// The file that holds the excludes of the user.
std::string UserExcludes(git_repository* repository) {
  git_config* config = nullptr;
  std::string path;
  if (git_repository_config_snapshot(&config, repository) == 0) {
    git_buf value = GIT_BUF_INIT;
    if (git_config_get_path(&value, config, "core.excludesfile") == 0) {
      path.assign(value.ptr, value.size);
    }
    git_buf_dispose(&value);
  }
  git_config_free(config);
  if (!path.empty()) {
    return path;
  }
  const char* xdg = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  if (xdg != nullptr && *xdg != '\0') {
    return Cat(xdg, "/git/ignore");
  }
  return home != nullptr ? Cat(home, "/.config/git/ignore") : "";
}

}  // namespace

IgnoreRules::IgnoreRules(const std::string& root) {
  InitGit();
  Open(root);
  if (index_ != nullptr) {
    AddExcludes();
    if (!AddAncestors()) {
      Close();
    }
  }
}

IgnoreRules::~IgnoreRules() {
  Close();
}

void IgnoreRules::Close() {
  git_index_free(index_);
  git_repository_free(repository_);
  index_ = nullptr;
  repository_ = nullptr;
  prefix_.clear();
  base_.reset();
}

void IgnoreRules::Open(const std::string& root) {
  if (git_repository_open_ext(&repository_, root.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr) !=
          0 ||
      git_repository_workdir(repository_) == nullptr ||
      git_repository_index(&index_, repository_) != 0) {
    Close();
    return;
  }
  std::error_code error;
  const fs::path top = fs::canonical(git_repository_workdir(repository_), error);
  const fs::path here = fs::canonical(root, error);
  const std::string below = here.lexically_relative(top).generic_string();
  if (error || below.empty() || below == ".." || below.starts_with("../")) {
    Close();
    return;
  }
  prefix_ = below == "." ? "" : Cat(below, "/");
}

void IgnoreRules::AddExcludes() {
  base_ = Above(nullptr, ReadFileAt(AT_FDCWD, UserExcludes(repository_)), 0);
  git_buf info = GIT_BUF_INIT;
  if (git_repository_item_path(&info, repository_, GIT_REPOSITORY_ITEM_INFO) == 0) {
    base_ = Above(base_, ReadFileAt(AT_FDCWD, Cat(info.ptr, "/exclude")), 0);
  }
  git_buf_dispose(&info);
}

bool IgnoreRules::AddAncestors() {
  const std::string top = git_repository_workdir(repository_);  // ends with a slash
  const std::string prefix = std::exchange(prefix_, "");
  size_t begin = 0;
  for (size_t slash = prefix.find('/'); slash != std::string::npos;
       slash = prefix.find('/', begin)) {
    const std::string above = prefix.substr(0, begin);
    base_ = Above(base_, ReadFileAt(AT_FDCWD, Cat(top, above, ".gitignore")), begin);
    const std::string folder = prefix.substr(0, slash);
    if (Matches(base_, folder, true) && !IsTracked(folder, true)) {
      return false;
    }
    begin = slash + 1;
  }
  prefix_ = prefix;
  return true;
}

IgnoreRules::Levels IgnoreRules::Enter(const Levels& above, int folder_fd,
                                       std::string_view folder) const {
  return Above(above, ReadFileAt(folder_fd, ".gitignore"), prefix_.size() + folder.size());
}

bool IgnoreRules::Matches(const Levels& levels, std::string_view path, bool is_folder) const {
  if (levels == nullptr) {
    return false;
  }
  const std::string full = Cat(prefix_, path);
  for (const Level* level = levels.get(); level != nullptr; level = level->above.get()) {
    const std::string_view relative = std::string_view(full).substr(level->folder_size);
    if (const std::optional<bool> ignores = level->patterns.Ignores(relative, is_folder)) {
      return *ignores;
    }
  }
  return false;
}

bool IgnoreRules::IsTracked(std::string_view path, bool is_folder) const {
  if (index_ == nullptr) {
    return false;
  }
  if (is_folder) {
    return git_index_find_prefix(nullptr, index_, Cat(prefix_, path, "/").c_str()) == 0;
  }
  return git_index_get_bypath(index_, Cat(prefix_, path).c_str(), 0) != nullptr;
}

bool IgnoreRules::IsSubmodule(std::string_view path) const {
  if (index_ == nullptr) {
    return false;
  }
  const git_index_entry* entry = git_index_get_bypath(index_, Cat(prefix_, path).c_str(), 0);
  return entry != nullptr && entry->mode == GIT_FILEMODE_COMMIT;
}

}  // namespace windlass
