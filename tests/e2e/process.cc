#include "tests/e2e/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace windlass::e2e {
namespace {

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

File Scratch() {
  return {std::tmpfile(), &std::fclose};
}

std::string Contents(FILE* file) {
  std::string text;
  char buffer[1 << 16];
  std::rewind(file);
  for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) {
    text.append(buffer, n);
  }
  return text;
}

// Runs in the child; only returns if the program could not be started.
void Become(const Command& command, int in, int out, int err) {
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (!command.directory.empty() && chdir(command.directory.c_str()) != 0) {
    dprintf(STDERR_FILENO, "%s: %s\n", command.directory.c_str(), std::strerror(errno));
    return;
  }
  for (const auto& [name, value] : command.environment) {
    setenv(name.c_str(), value.c_str(), 1);
  }
  std::vector<char*> argv;
  for (const std::string& arg : command.argv) {
    argv.push_back(const_cast<char*>(arg.c_str()));
  }
  argv.push_back(nullptr);
  execvp(argv[0], argv.data());
  dprintf(STDERR_FILENO, "%s is missing: %s; run tools/bootstrap test\n", argv[0],
          std::strerror(errno));
}

}  // namespace

Result Run(const Command& command) {
  Result result;
  for (const std::string& arg : command.argv) {
    result.command += (result.command.empty() ? "" : " ") + arg;
  }
  const File in = Scratch(), out = Scratch(), err = Scratch();
  std::fwrite(command.input.data(), 1, command.input.size(), in.get());
  std::rewind(in.get());
  const pid_t child = fork();
  if (child == 0) {
    Become(command, fileno(in.get()), fileno(out.get()), fileno(err.get()));
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) < 0) {
    result.exit_code = 127;
    result.err = std::strerror(errno);
    return result;
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = Contents(out.get());
  result.err = Contents(err.get());
  return result;
}

testing::AssertionResult Exits(int code, const Result& result) {
  if (result.exit_code == code) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure()
         << result.command << "\nended with " << result.exit_code << ", not " << code << "\n"
         << result.out << result.err;
}

}  // namespace windlass::e2e
