#ifndef WINDLASS_TRANSFORMER_DRIVER_FD_H_
#define WINDLASS_TRANSFORMER_DRIVER_FD_H_

#include <unistd.h>

#include <utility>

namespace windlass {

/// A descriptor that closes itself. Negative: none.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() { Reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      Reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }

  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  void Reset() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }
  int fd_ = -1;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_FD_H_
