#ifndef WINDLASS_TESTS_E2E_PROCESS_H_
#define WINDLASS_TESTS_E2E_PROCESS_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace windlass::e2e {

/// What to run. argv[0] without a slash is looked up in PATH; the environment is added to ours.
struct Command {
  std::vector<std::string> argv;
  std::filesystem::path directory = {};
  std::map<std::string, std::string> environment = {};
  std::string input = {};
};

/// How it ended. 127 with the reason in `err` where it could not be started, 128 + N after signal
/// N.
struct Result {
  std::string command;
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Runs a command to its end. Its output goes through files, so any amount of it is fine.
Result Run(const Command& command);

/// Success exactly for exit code `code`; a failure shows the command and all that it said.
testing::AssertionResult Exits(int code, const Result& result);
inline testing::AssertionResult Succeeds(const Result& result) {
  return Exits(0, result);
}

}  // namespace windlass::e2e

#endif  // WINDLASS_TESTS_E2E_PROCESS_H_
