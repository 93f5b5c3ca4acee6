#include "transformer/text/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace windlass {

size_t ThreadCount(int requested) {
  if (requested > 0) {
    return static_cast<size_t>(requested);
  }
  return std::max<size_t>(1, std::thread::hardware_concurrency());
}

void ParallelFor(size_t count, size_t threads, const std::function<void(size_t)>& body) {
  threads = std::min(threads, count);
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) {
      body(i);
    }
    return;
  }
  const size_t run = std::clamp<size_t>(count / (threads * 64), 1, 32);
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t begin = next.fetch_add(run); begin < count; begin = next.fetch_add(run)) {
      for (size_t i = begin; i < std::min(begin + run, count); ++i) {
        body(i);
      }
    }
  };
  std::vector<std::jthread> workers;
  workers.reserve(threads - 1);
  for (size_t i = 1; i < threads; ++i) {
    workers.emplace_back(work);
  }
  work();
}

}  // namespace windlass
