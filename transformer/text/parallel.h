#ifndef WINDLASS_TRANSFORMER_TEXT_PARALLEL_H_
#define WINDLASS_TRANSFORMER_TEXT_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace windlass {

/// Number of threads for `requested`: itself if positive, else the machine's.
size_t ThreadCount(int requested);

/// Calls `body(i)` once for every i in [0, count) on up to `threads` threads and returns when all
/// are done. Work is handed out in small runs in ascending order; `body` must write its result to a
/// place of its own (slot i), so that results never depend on the number of threads.
void ParallelFor(size_t count, size_t threads, const std::function<void(size_t)>& body);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_PARALLEL_H_
