#include "transformer/facts/target.h"

#include <algorithm>
#include <array>

namespace windlass {
namespace {

// Go's internal/syslist: every value ever known, because file names are matched against all of
// them.
constexpr std::array<std::string_view, 18> kGoos = {
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios",     "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "wasip1",  "windows", "zos"};
constexpr std::array<std::string_view, 12> kUnixGoos = {
    "aix",     "android", "darwin", "dragonfly", "freebsd", "hurd",
    "illumos", "ios",     "linux",  "netbsd",    "openbsd", "solaris"};
constexpr std::array<std::string_view, 24> kGoarch = {
    "386",   "amd64",   "amd64p32", "arm",       "arm64",       "arm64be", "armbe",   "loong64",
    "mips",  "mips64",  "mips64le", "mips64p32", "mips64p32le", "mipsle",  "ppc",     "ppc64",
    "riscv", "ppc64le", "riscv64",  "s390",      "s390x",       "sparc",   "sparc64", "wasm"};

bool Contains(const auto& table, std::string_view name) {
  return std::ranges::find(table, name) != table.end();
}

}  // namespace

std::vector<Target> DefaultTargets() {
  std::vector<Target> targets;
  for (const char* goos : {"linux", "windows", "darwin"}) {
    for (const char* goarch : {"amd64", "arm64"}) {
      targets.push_back({goos, goarch});
    }
  }
  return targets;
}

std::optional<Target> ParseTarget(std::string_view name) {
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view goos = name.substr(0, slash);
  const std::string_view goarch = name.substr(slash + 1);
  if (!IsKnownGoos(goos) || !IsKnownGoarch(goarch)) {
    return std::nullopt;
  }
  return Target{std::string(goos), std::string(goarch)};
}

bool IsKnownGoos(std::string_view name) {
  return Contains(kGoos, name);
}

bool IsKnownGoarch(std::string_view name) {
  return Contains(kGoarch, name);
}

std::string_view TargetWord(std::string_view name) {
  if (const auto goos = std::ranges::find(kGoos, name); goos != kGoos.end()) {
    return *goos;
  }
  const auto goarch = std::ranges::find(kGoarch, name);
  return goarch != kGoarch.end() ? *goarch : std::string_view();
}

bool IsUnixGoos(std::string_view goos) {
  return Contains(kUnixGoos, goos);
}

bool GoosHasTag(std::string_view goos, std::string_view tag) {
  return goos == tag || (goos == "android" && tag == "linux") ||
         (goos == "illumos" && tag == "solaris") || (goos == "ios" && tag == "darwin") ||
         (tag == "unix" && IsUnixGoos(goos));
}

}  // namespace windlass
