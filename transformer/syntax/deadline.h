#ifndef WINDLASS_TRANSFORMER_SYNTAX_DEADLINE_H_
#define WINDLASS_TRANSFORMER_SYNTAX_DEADLINE_H_

#include <chrono>
#include <ctime>

namespace windlass {

/// The end of a budget of computing time, asked for often by tree-sitter's loops. It counts the
/// time that this thread computes: unlike the time of day that does not depend on what else the
/// machine does, and so neither does the list of files over budget.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds budget) : end_(ThreadTime() + budget) {}

  /// True once the time is over. Looks at the clock, a system call, only now and then.
  bool IsOver() {
    constexpr unsigned kCallsPerLook = 16;
    return ++calls_ % kCallsPerLook == 0 && ThreadTime() > end_;
  }

 private:
  static std::chrono::nanoseconds ThreadTime() {
    timespec now = {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
  }

  std::chrono::nanoseconds end_;
  unsigned calls_ = 0;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_SYNTAX_DEADLINE_H_
