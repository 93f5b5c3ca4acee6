#ifndef WINDLASS_TOOLS_WINDLASS_TERMINAL_H_
#define WINDLASS_TOOLS_WINDLASS_TERMINAL_H_

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string_view>

#include "transformer/driver/run_options.h"

namespace windlass {

/// Whether standard output gets colours: "always", "never", or "auto" (a terminal, and NO_COLOR
/// unset).
bool WantColor(std::string_view mode);

/// A progress bar on standard error, only if that is a terminal and the run is a long one.
class Terminal {
 public:
  explicit Terminal(bool quiet);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// For RunOptions; empty where no bar is wanted. Must not outlive the Terminal.
  Progress progress();
  /// Takes the bar away before other output.
  void Clear();

 private:
  void Draw(std::string_view stage, size_t done, size_t total);

  bool active_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
};

}  // namespace windlass

#endif  // WINDLASS_TOOLS_WINDLASS_TERMINAL_H_
