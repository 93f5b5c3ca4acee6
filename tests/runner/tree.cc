#include "tests/runner/tree.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>

namespace windlass {

namespace {

namespace fs = std::filesystem;

// Calls `visit` with each file's path and its path relative to `dir`.
template <typename Visit>
void ForEachFile(const std::string& dir, const Visit& visit) {
  for (fs::recursive_directory_iterator it(dir), end; it != end; ++it) {
    const std::string relative = it->path().lexically_relative(dir).generic_string();
    if (relative == ".git") {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      visit(it->path(), relative);
    }
  }
}

}  // namespace

TempDir::TempDir(const StringMap<std::string>& files, const StringSet& executable)
    : folder_(ScratchFolder::Make("case").value()) {
  if (const absl::Status wrote = WriteTree(folder_.path(), files, executable); !wrote.ok()) {
    ADD_FAILURE() << wrote;
  }
}

CommandResult RunIn(const std::string& dir, const std::string& command) {
  const std::string script =
      Cat("cd '", dir,
          "' && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GOFLAGS=-mod=mod "
          "GOPROXY=off GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0 LC_ALL=C "
          "GIT_AUTHOR_NAME=case GIT_AUTHOR_EMAIL=case@example.test GIT_COMMITTER_NAME=case "
          "GIT_COMMITTER_EMAIL=case@example.test GIT_AUTHOR_DATE='1700000000 +0000' "
          "GIT_COMMITTER_DATE='1700000000 +0000'; { ",
          command, "\n} 2>&1");
  CommandResult result;
  FILE* pipe = popen(script.c_str(), "r");
  if (pipe == nullptr) {
    return result;
  }
  std::array<char, 4096> buffer{};
  for (size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    result.output.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

StringMap<std::string> ReadTree(const std::string& dir) {
  StringMap<std::string> files;
  ForEachFile(dir, [&](const fs::path& path, const std::string& relative) {
    files[relative] = ReadWhole(path);
  });
  return files;
}

StringSet ExecutablesIn(const std::string& dir) {
  StringSet paths;
  ForEachFile(dir, [&](const fs::path& path, const std::string& relative) {
    if ((fs::status(path).permissions() & fs::perms::owner_exec) != fs::perms::none) {
      paths.insert(relative);
    }
  });
  return paths;
}

std::string CommitAll(const std::string& dir) {
  const CommandResult result =
      RunIn(dir, "git init -q . && git add -A && git commit -q --allow-empty -m base");
  return result.exit_code == 0 ? "" : result.output;
}

}  // namespace windlass
