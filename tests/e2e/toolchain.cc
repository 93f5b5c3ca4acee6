#include "tests/e2e/toolchain.h"

#include <gtest/gtest.h>

#include <sstream>

namespace windlass::e2e {
namespace {

const fs::path kSource = WINDLASS_SOURCE_DIR;

std::string WineRunner() {
  return (kSource / "tests/wine/run").string();
}

}  // namespace

std::vector<Platform> Platforms() {
  return {kLinux, kLinuxArm, kWindows, kWindowsArm};
}

std::vector<std::string> GoCommands() {
  return {kOldGo, "go"};
}

Result Go(const std::string& go, std::vector<std::string> args, const fs::path& directory,
          const Platform& platform) {
  args.insert(args.begin(), go);
  return Run({.argv = std::move(args),
              .directory = directory,
              .environment = {{"GOOS", platform.os},
                              {"GOARCH", platform.arch},
                              {"CGO_ENABLED", "0"},
                              {"GOFLAGS", ""},
                              {"GOPROXY", "off"},
                              {"GOTOOLCHAIN", "local"},
                              {"GOWORK", "off"}}});
}

Result BuildReader(const std::string& name, const fs::path& program) {
  return Run({.argv = {GoCommands().back(), "build", "-mod=readonly", "-o", program.string(), "."},
              .directory = fs::path(WINDLASS_SOURCE_DIR) / "tests/e2e" / name,
              .environment = {{"GOFLAGS", ""}, {"GOTOOLCHAIN", "local"}}});
}

std::string Unformatted(const fs::path& directory) {
  const fs::path gofmt = fs::path(kOldGo).replace_filename("gofmt");
  const Result result = Run({.argv = {gofmt.string(), "-l", "."}, .directory = directory});
  EXPECT_TRUE(Succeeds(result));
  return result.out;
}

fs::path Build(const fs::path& module, const std::string& name, const fs::path& program,
               const Platform& platform, const std::string& go) {
  const std::vector<std::string> args = {"build", "-o", program.string(), "./cmd/" + name};
  EXPECT_TRUE(Succeeds(Go(go, args, module, platform))) << platform.Name();
  return program;
}

Result Wine(const fs::path& program, std::vector<std::string> args, const fs::path& directory) {
  args.insert(args.begin(), {WineRunner(), program.string()});
  return Run({.argv = std::move(args), .directory = directory});
}

std::map<std::string, std::string> Probe(const Workspace& work, const fs::path& program,
                                         const Platform& platform) {
  const fs::path probe = work / "probe";
  EXPECT_TRUE(
      Succeeds(Go(kOldGo, {"build", "-o", probe.string(), "."}, kSource / "tests/e2e/probe")));
  std::vector<std::string> argv = {probe.string()};
  if (platform.os == "windows") {
    argv.insert(argv.end(), {"-root", "Z:"});  // where Wine shows /
  }
  argv.push_back(program.string() + ".seen");
  if (platform.os == "windows") {
    argv.push_back(WineRunner());
  }
  argv.push_back(program.string());
  const Result result = Run({.argv = std::move(argv)});
  EXPECT_TRUE(Succeeds(result));
  std::map<std::string, std::string> seen;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const size_t equals = line.find('=');
    seen[line.substr(0, equals)] = line.substr(equals + 1);
  }
  return seen;
}

}  // namespace windlass::e2e
