#ifndef WINDLASS_TRANSFORMER_DRIVER_SUBPROCESS_H_
#define WINDLASS_TRANSFORMER_DRIVER_SUBPROCESS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace windlass {

/// A program to run to its end.
struct Subprocess {
  std::vector<std::string> argv;  // the program is looked for in PATH
  std::string dir;                // to run in
  std::vector<std::pair<std::string, std::string>> environment;  // set beside what is inherited
};

/// What it did.
struct SubprocessResult {
  int exit_code = 0;   // 128 and the signal's number if one ended it
  std::string output;  // standard output and standard error, as they came
};

/// Runs `process` with an empty standard input. kNotFound: there is no such program.
absl::StatusOr<SubprocessResult> RunSubprocess(const Subprocess& process);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_SUBPROCESS_H_
