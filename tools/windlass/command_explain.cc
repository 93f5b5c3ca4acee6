#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "absl/strings/numbers.h"
#include "tools/windlass/commands.h"
#include "transformer/driver/explain.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

struct ExplainFlags {
  std::string what;
  std::string root;
};

/// Where the project of `file` begins: the nearest folder above with a .git, or else with a go.mod,
/// or else the file's own.
fs::path ProjectRoot(const fs::path& file) {
  std::error_code error;
  for (const char* mark : {".git", "go.mod"}) {
    for (fs::path dir = file.parent_path();; dir = dir.parent_path()) {
      if (fs::exists(dir / mark, error)) {
        return dir;
      }
      if (dir == dir.parent_path()) {
        break;
      }
    }
  }
  return file.parent_path();
}

absl::Status ExplainPlaceIn(const ExplainFlags& flags, const std::string& name, size_t line) {
  std::error_code error;
  const fs::path file = fs::canonical(name, error);
  if (error) {
    return InvalidInput(Cat(name, ": ", error.message()));
  }
  const fs::path root = flags.root.empty() ? ProjectRoot(file) : fs::canonical(flags.root, error);
  const std::string below = file.lexically_relative(root).generic_string();
  if (error || below.empty() || below.starts_with("..")) {
    return InvalidInput(Cat(name, ": not below ", flags.root));
  }
  CommonFlags common;
  common.dir = root.string();
  Terminal terminal(true);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(common, &terminal));
  WINDLASS_ASSIGN_OR_RETURN(const std::vector<std::string> lines,
                            ExplainLine(setup.packs, setup.options, below, line));
  std::printf("%s:%zu\n", below.c_str(), line);
  for (const std::string& text : lines) {
    std::printf("%s\n", text.c_str());
  }
  return absl::OkStatus();
}

absl::Status Explain(const ExplainFlags& flags) {
  const size_t colon = flags.what.rfind(':');
  if (colon == std::string::npos) {
    WINDLASS_ASSIGN_OR_RETURN(const Config config, LoadConfig(CommonFlags()));
    WINDLASS_ASSIGN_OR_RETURN(const Packs packs, LoadAllPacks(config, "."));
    return ShowFamilyOrRule(packs, flags.what);
  }
  size_t line = 0;
  if (!absl::SimpleAtoi(flags.what.substr(colon + 1), &line)) {
    return InvalidInput(Cat(flags.what, ": a place is written FILE:LINE"));
  }
  return ExplainPlaceIn(flags, flags.what.substr(0, colon), line);
}

}  // namespace

void AddExplain(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<ExplainFlags>();
  CLI::App* command = app->add_subcommand(
      "explain", "Why a place was, or was not, rewritten: the evidence from source to sink");
  command->add_option("WHAT", flags->what, "FILE:LINE, or a family or rule")->required();
  command->add_option("--root", flags->root,
                      "Where the project begins (default: the folder above with .git or go.mod)");
  command->callback([flags, code] {
    const absl::Status status = Explain(*flags);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
