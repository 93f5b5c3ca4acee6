#include "transformer/driver/subprocess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "transformer/driver/fd.h"
#include "transformer/text/strings.h"

extern char** environ;

namespace windlass {
namespace {

std::vector<std::string> Environment(const Subprocess& process) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const bool replaced = std::ranges::any_of(process.environment, [&](const auto& pair) {
      return text.starts_with(Cat(pair.first, "="));
    });
    if (!replaced) {
      all.emplace_back(text);
    }
  }
  for (const auto& [name, value] : process.environment) {
    all.push_back(Cat(name, "=", value));
  }
  return all;
}

std::vector<char*> Pointers(std::vector<std::string>* texts) {
  std::vector<char*> pointers;
  for (std::string& text : *texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

std::string ReadAll(int fd) {
  std::string text;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got > 0) {
      text.append(buffer.data(), static_cast<size_t>(got));
    } else if (got == 0 || errno != EINTR) {
      return text;
    }
  }
}

}  // namespace

absl::StatusOr<SubprocessResult> RunSubprocess(const Subprocess& process) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) {
    return absl::UnavailableError(Absl(Cat("pipe: ", std::strerror(errno))));
  }
  Fd reading(ends[0]);
  Fd writing(ends[1]);
  std::vector<std::string> args = process.argv;
  std::vector<std::string> environment = Environment(process);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, process.dir.empty() ? "." : process.dir.c_str());
  pid_t child = 0;
  const int error = posix_spawnp(&child, args[0].c_str(), &actions, nullptr, Pointers(&args).data(),
                                 Pointers(&environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return absl::NotFoundError(Absl(Cat(args[0], ": ", std::strerror(error))));
  }
  writing = Fd();
  SubprocessResult result;
  result.output = ReadAll(reading.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace windlass
