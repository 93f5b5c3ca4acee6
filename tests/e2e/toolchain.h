#ifndef WINDLASS_TESTS_E2E_TOOLCHAIN_H_
#define WINDLASS_TESTS_E2E_TOOLCHAIN_H_

#include <map>
#include <string>
#include <vector>

#include "tests/e2e/process.h"
#include "tests/e2e/repository.h"

namespace windlass::e2e {

/// An operating system and an architecture in Go's words.
struct Platform {
  std::string os;
  std::string arch;
  std::string Name() const { return os + "/" + arch; }
};

inline const Platform kLinux = {"linux", "amd64"};
inline const Platform kLinuxArm = {"linux", "arm64"};
inline const Platform kWindows = {"windows", "amd64"};
inline const Platform kWindowsArm = {"windows", "arm64"};

/// Where a service has to build.
std::vector<Platform> Platforms();
/// The go commands that have to accept it: Debian's 1.19 and a present one. Both must be installed;
/// a missing one fails the tests that use it.
std::vector<std::string> GoCommands();
inline const char kOldGo[] = "/usr/lib/go-1.19/bin/go";

/// GO ARGS... for a platform in a directory, without network, cgo or other toolchains.
Result Go(const std::string& go, std::vector<std::string> args, const fs::path& directory,
          const Platform& platform = kLinux);
/// `gofmt -l .`: the files that are not formatted, one a line.
std::string Unformatted(const fs::path& directory);

/// Builds ./cmd/NAME of a module for a platform and returns the program.
fs::path Build(const fs::path& module, const std::string& name, const fs::path& program,
               const Platform& platform, const std::string& go = kOldGo);

/// Builds the program of tests/e2e/NAME, which reads what windlass writes. Its modules come from
/// Go's proxy, unless the module cache has them; go.sum pins them.
Result BuildReader(const std::string& name, const fs::path& program);

/// PROGRAM ARGS... under Wine.
Result Wine(const fs::path& program, std::vector<std::string> args, const fs::path& directory);

/// What tests/e2e/probe sees of a depot built as `program`, by name; a Windows program runs under
/// Wine.
std::map<std::string, std::string> Probe(const Workspace& work, const fs::path& program,
                                         const Platform& platform);

}  // namespace windlass::e2e

#endif  // WINDLASS_TESTS_E2E_TOOLCHAIN_H_
