#include "transformer/driver/go_tree.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "transformer/driver/files.h"
#include "transformer/driver/subprocess.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

absl::Status CopyTree(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::recursive_directory_iterator it(from, error);
  for (const fs::recursive_directory_iterator end; !error && it != end; it.increment(error)) {
    const fs::path target = to / it->path().lexically_relative(from);
    if (it->path().filename() == ".git") {
      if (it->is_directory(error)) {
        it.disable_recursion_pending();
      }
    } else if (it->is_symlink(error)) {
      fs::copy_symlink(it->path(), target, error);
    } else if (it->is_directory(error)) {
      fs::create_directory(target, error);
    } else if (it->is_regular_file(error)) {
      fs::copy_file(it->path(), target, error);
    }
  }
  if (error) {
    return absl::UnavailableError(
        Absl(Cat(from.string(), ": cannot be copied to ", to.string(), ": ", error.message())));
  }
  return absl::OkStatus();
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// True if the go command failed for want of modules.
bool LacksModules(const std::string& output) {
  return Has(output, "disabled by GOPROXY=off") || Has(output, "no required module provides") ||
         Has(output, "missing go.sum entry") || Has(output, "cannot find module providing") ||
         Has(output, "toolchain not available") || Has(output, "(running go ");
}

/// Old versions of Wine cannot remove files as present Gos ask for it, so that every test with a
/// temporary folder fails at its end.
bool IsWinesFault(std::string_view line) {
  return line.find("TempDir RemoveAll cleanup: ") != std::string_view::npos &&
         line.find("Invalid function.") != std::string_view::npos;
}

/// Reads what the go command prints. What a package's tests say comes before the package's own
/// line.
class Failures {
 public:
  explicit Failures(const std::string& output) {
    for (size_t begin = 0; begin < output.size();) {
      const size_t end = std::min(output.find('\n', begin), output.size());
      std::string_view line = std::string_view(output).substr(begin, end - begin);
      line.remove_suffix(line.ends_with('\r') ? 1 : 0);
      Read(line);
      begin = end + 1;
    }
  }

  const StringSet& found() const { return found_; }
  /// Tests failed, but through no fault of their own.
  bool excused() const { return excused_; }

 private:
  void Read(std::string_view line) {
    constexpr std::string_view kTest = "--- FAIL: ";
    if (line.starts_with("# ")) {
      found_.emplace(line.substr(2, line.find(' ', 2) - 2));
    } else if (line.starts_with(kTest)) {
      line.remove_prefix(kTest.size());
      test_ = line.substr(0, line.find(' '));
      tests_[test_] = 0;
    } else if (line.starts_with("    ") && !test_.empty()) {
      tests_[test_] += IsWinesFault(line) || Has(std::string(line), kTest) ? 0 : 1;
      excused_here_ = excused_here_ || IsWinesFault(line);
    } else if (line.starts_with("panic: ") || line.starts_with("fatal error: ")) {
      panicked_ = true;
    } else if (line.starts_with("FAIL\t") || line.starts_with("ok  \t")) {
      line.remove_prefix(5);
      EndPackage(std::string(line.substr(0, line.find_first_of(" \t"))), line.data()[-5] == 'F');
    } else if (line.starts_with("package ") ||
               line.find("build constraints exclude all Go files") != std::string_view::npos) {
      found_.emplace(line);
    }
  }

  void EndPackage(const std::string& package, bool failed) {
    size_t own = 0;
    for (const auto& [test, lines] : tests_) {
      if (lines > 0 || !excused_here_) {
        found_.insert(Cat(package, ":", test));
        ++own;
      }
    }
    if (failed && (panicked_ || (own == 0 && !excused_here_))) {
      found_.insert(package);
    }
    excused_ = excused_ || excused_here_;
    excused_here_ = panicked_ = false;
    tests_.clear();
    test_.clear();
  }

  StringSet found_;
  StringMap<int> tests_;  // of the package that is read, with the lines that each fails for
  std::string test_;      // the last of them
  bool panicked_ = false;
  bool excused_here_ = false;
  bool excused_ = false;
};

constexpr const char* kProbe =
    "package main\n\nimport (\n\t\"crypto/rand\"\n\t\"os\"\n)\n\nfunc main() {\n"
    "\t_, _ = rand.Read(make([]byte, 8))\n\tos.Stdout.WriteString(\"it runs\")\n}\n";

}  // namespace

std::string GoCheck::Name() const {
  return Cat("go ", tool, " for ", target.Name(), wine ? " under Wine" : "",
             module_dir.empty() ? "" : " in ", module_dir);
}

GoTree::GoTree(ScratchFolder dir, std::vector<std::string> tags)
    : dir_(std::move(dir)), tags_(std::move(tags)) {}

absl::StatusOr<std::unique_ptr<GoTree>> GoTree::Copy(const std::string& root,
                                                     std::vector<std::string> tags) {
  WINDLASS_ASSIGN_OR_RETURN(ScratchFolder dir, ScratchFolder::Make("verify"));
  WINDLASS_RETURN_IF_ERROR(CopyTree(root, dir.path()));
  auto host = RunSubprocess({{"go", "env", "GOHOSTOS", "GOHOSTARCH"}, dir.path(), {}});
  if (!host.ok() || host->exit_code != 0) {
    return absl::NotFoundError("--verify: needs the go command in PATH");
  }
  std::string& text = host->output;
  std::ranges::replace(text, '\n', '/');
  std::unique_ptr<GoTree> tree(new GoTree(std::move(dir), std::move(tags)));
  const auto target = ParseTarget(std::string_view(text).substr(0, text.size() - 1));
  tree->host_ = target.value_or(Target{"linux", "amd64"});
  return tree;
}

bool GoTree::FindWine(std::string* why_not) {
  const auto scratch = ScratchFolder::Make("probe");
  if (!scratch.ok() || !WriteTree(scratch->path(), {{"probe.go", kProbe}}, {}).ok()) {
    return false;
  }
  const std::string& dir = scratch->path();
  const fs::path program = fs::path(dir) / "probe.exe";
  for (const char* name : {"wine", "wine64"}) {
    const auto found = RunSubprocess({{name, "--version"}, dir, {}});
    if (!found.ok() || found->exit_code != 0) {
      continue;
    }
    const auto built = RunSubprocess({{"go", "build", "-o", program.string(), "probe.go"},
                                      dir,
                                      {{"GOOS", "windows"},
                                       {"GOARCH", "amd64"},
                                       {"GOFLAGS", ""},
                                       {"CGO_ENABLED", "0"},
                                       {"GO111MODULE", "off"},
                                       {"GOWORK", "off"}}});
    const auto ran = RunSubprocess({{name, program.string()}, dir, {{"WINEDEBUG", "-all"}}});
    if (built.ok() && built->exit_code == 0 && ran.ok() && ran->exit_code == 0 &&
        Has(ran->output, "it runs")) {
      wine_ = name;
      break;
    }
    *why_not = Cat(name, " is installed and runs no programs of this Go");
  }
  return !wine_.empty();
}

absl::Status GoTree::Become(const std::vector<std::vector<FileChange>>& steps) {
  std::error_code error;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    for (const FileChange& file : *step) {
      if (!file.before || file.path != file.old_path) {
        fs::remove(fs::path(dir_.path()) / file.path, error);
      }
      if (file.before) {
        WINDLASS_RETURN_IF_ERROR(WriteTree(dir_.path(), {{file.old_path, *file.before}}, {}));
      }
    }
  }
  steps_.clear();
  for (const std::vector<FileChange>& step : steps) {
    steps_.push_back(step);
    for (const FileChange& file : step) {
      if (!file.after || file.path != file.old_path) {
        fs::remove(fs::path(dir_.path()) / file.old_path, error);
      }
      if (file.after) {
        WINDLASS_RETURN_IF_ERROR(WriteTree(dir_.path(), {{file.path, *file.after}}, {}));
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<GoOutcome> GoTree::Run(const GoCheck& check, const StringSet& packages) const {
  Subprocess process;
  process.dir = (fs::path(dir_.path()) / check.module_dir).string();
  process.argv = {"go", check.tool};
  if (!tags_.empty()) {
    std::string list = "-tags=";
    for (const std::string& tag : tags_) {
      list += Cat(list.ends_with('=') ? "" : ",", tag);
    }
    process.argv.push_back(list);
  }
  const fs::path module = process.dir;
  const bool vendors = fs::exists(module / "vendor" / "modules.txt");
  const bool workspace = fs::exists(fs::path(dir_.path()) / "go.work");
  process.environment = {{"GOOS", check.target.goos},
                         {"GOARCH", check.target.goarch},
                         {"CGO_ENABLED", "0"},
                         {"GOPROXY", "off"},
                         {"GOSUMDB", "off"},
                         {"GOTOOLCHAIN", "local"},
                         {"GOFLAGS", vendors || workspace ? "" : "-mod=mod"}};
  if (check.tool == "test") {
    process.argv.emplace_back("-vet=off");
  }
  if (check.wine) {
    process.argv.push_back(Cat("-exec=", wine_));
    process.environment.emplace_back("WINEDEBUG", "-all");
  }
  if (check.target == host_) {
    std::erase_if(process.environment,
                  [](const auto& pair) { return pair.first == "CGO_ENABLED"; });
  }
  if (packages.empty()) {
    process.argv.emplace_back("./...");
  }
  process.argv.insert(process.argv.end(), packages.begin(), packages.end());
  WINDLASS_ASSIGN_OR_RETURN(SubprocessResult result, RunSubprocess(process));
  GoOutcome outcome;
  outcome.output = std::move(result.output);
  if (result.exit_code != 0) {
    outcome.unknown = LacksModules(outcome.output);
    const Failures failures(outcome.output);
    outcome.failing = failures.found();
    if (outcome.failing.empty() && !failures.excused()) {
      outcome.failing.insert(outcome.output.substr(0, outcome.output.find('\n')));
    }
  }
  return outcome;
}

}  // namespace windlass
