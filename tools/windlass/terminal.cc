#include "tools/windlass/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace windlass {
namespace {

constexpr size_t kBarWidth = 30;
/// A run shorter than this shows no bar.
constexpr std::chrono::milliseconds kPatience{500};

}  // namespace

bool WantColor(std::string_view mode) {
  if (mode == "always") {
    return true;
  }
  const char* no_color = std::getenv("NO_COLOR");
  return mode != "never" && (no_color == nullptr || *no_color == '\0') &&
         isatty(STDOUT_FILENO) == 1;
}

Terminal::Terminal(bool quiet) : active_(!quiet && isatty(STDERR_FILENO) == 1) {}

Terminal::~Terminal() {
  Clear();
}

Progress Terminal::progress() {
  if (!active_) {
    return nullptr;
  }
  return [this](std::string_view stage, size_t done, size_t total) { Draw(stage, done, total); };
}

void Terminal::Draw(std::string_view stage, size_t done, size_t total) {
  if (std::chrono::steady_clock::now() - begin_ < kPatience || total == 0) {
    return;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  const size_t filled = std::min(kBarWidth, kBarWidth * done / total);
  const std::string bar = std::string(filled, '=') + std::string(kBarWidth - filled, ' ');
  std::fprintf(stderr, "\r%-6.*s [%s] %zu/%zu files", static_cast<int>(stage.size()), stage.data(),
               bar.c_str(), done, total);
  std::fflush(stderr);
  drawn_ = true;
}

void Terminal::Clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (drawn_) {
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
  }
}

}  // namespace windlass
