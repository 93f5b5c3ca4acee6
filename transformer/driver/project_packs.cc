#include "transformer/driver/project_packs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>
#include <tuple>
#include <utility>

#include "transformer/driver/files.h"
#include "transformer/facts/path_tables.h"
#include "transformer/rules/names.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> kPathTables{
    "tables/path_sinks.toml", "tables/path_sources.toml", "tables/slash_apis.toml",
    "tables/functions.toml"};

absl::Status WriteNew(const fs::path& path, std::string_view text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (fs::exists(path, error)) {
    return InvalidInput(Cat(path.string(), ": is there already; choose another name"));
  }
  return WriteWhole(path, text);
}

/// A mistake in a table is told when the pack is loaded, not when a rule wants to know.
absl::Status CheckTables(const Pack& pack) {
  for (const std::string_view name : kPathTables) {
    if (const auto table = pack.files.find(name); table != pack.files.end()) {
      WINDLASS_RETURN_IF_ERROR(PathTables().Add(table->second, Cat(pack.origin, "/", name)));
    }
  }
  return absl::OkStatus();
}

constexpr std::string_view kPackText = R"([pack]
family = "@FAMILY@"
order  = 900                      # the place of its commits in a series, behind those of windlass
title  = "say what the rules of @FAMILY@ do"
)";

constexpr std::string_view kRuleText = R"(
[[rule]]
id        = "@NAME@"
language  = "go"
level     = "review"              # safe, review or suggest
summary   = "os.Getpagesize knows the size of a page on every system"
prefilter = 'Getpagesize'         # a file without a match is not even parsed
query     = "queries/@NAME@.scm"
where     = { resolves = { site = "syscall.Getpagesize" } }
replace   = "@os.Getpagesize"
imports   = ["os"]
reason    = "say what a reviewer should check"
)";

constexpr std::string_view kQueryText = R"((call_expression
  function: (selector_expression) @site)
)";

constexpr std::string_view kCaseText = R"(What the rule does, and a look-alike that it leaves.
rules: @FAMILY@/@NAME@

-- in/a.go --
package app

import "syscall"

func size() int { return 2 * syscall.Getpagesize() }

func other() int { return syscall.Getpid() }
-- out/a.go --
package app

import (
	"os"
	"syscall"
)

func size() int { return 2 * os.Getpagesize() }

func other() int { return syscall.Getpid() }
-- findings --
a.go:5:30 review @FAMILY@/@NAME@: os.Getpagesize knows the size of a page on every system
)";

constexpr std::string_view kPageText = R"(# @FAMILY@

Why these rules exist, what code looks like before and after, and when a fix is refused.
)";

std::string Filled(std::string_view text, std::string_view family, std::string_view name) {
  std::string out(text);
  for (const auto& [hole, value] :
       {std::pair<std::string_view, std::string_view>{"@FAMILY@", family}, {"@NAME@", name}}) {
    for (size_t at = out.find(hole); at != std::string::npos; at = out.find(hole, at)) {
      out.replace(at, hole.size(), value);
    }
  }
  return out;
}

}  // namespace

std::string FindPackFolder(const std::string& dir) {
  std::error_code error;
  fs::path folder = fs::canonical(dir, error);
  if (error) {
    return "";
  }
  if (!fs::is_directory(folder, error)) {
    folder = folder.parent_path();
  }
  for (;; folder = folder.parent_path()) {
    if (fs::is_directory(folder / ".windlass" / "packs", error)) {
      return (folder / ".windlass" / "packs").string();
    }
    if (folder == folder.root_path() || fs::exists(folder / ".git", error)) {
      return "";
    }
  }
}

std::vector<std::string> FilesOfPacks(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it.depth() == 1 && it->path().filename() == "cases" && it->is_directory()) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file()) {
      paths.push_back(it->path().string());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

absl::Status AddProjectPacks(const std::string& folder, Packs* packs) {
  std::vector<PackFile> files;
  for (const std::string& path : FilesOfPacks(folder)) {
    files.push_back({fs::path(path).lexically_relative(folder).generic_string(), ReadWhole(path)});
  }
  std::error_code error;
  const fs::path near = fs::proximate(folder, error);
  const bool inside = !error && !near.empty() && *near.begin() != "..";
  WINDLASS_ASSIGN_OR_RETURN(Packs own, LoadPacks(files, inside ? near.string() : folder));
  for (auto& pack : own) {
    const auto same = [&](const auto& other) { return other->family == pack->family; };
    if (std::ranges::any_of(*packs, same)) {
      return InvalidInput(Cat(pack->origin, "/pack.toml:1:1: windlass has a family `", pack->family,
                              "` itself; rename the folder and the family"));
    }
    WINDLASS_RETURN_IF_ERROR(CheckTables(*pack));
    pack->of_project = true;
    packs->push_back(std::move(pack));
  }
  std::ranges::sort(*packs, [](const auto& a, const auto& b) {
    return std::tie(a->order, a->family) < std::tie(b->order, b->family);
  });
  return absl::OkStatus();
}

void AddPackTables(const Packs& packs, RunOptions* options) {
  auto settings = options->settings ? std::make_shared<ProjectSettings>(*options->settings)
                                    : std::make_shared<ProjectSettings>();
  bool any = false;
  for (const auto& pack : packs) {
    for (const std::string_view name : kPathTables) {
      const auto table = pack->files.find(name);
      if (pack->of_project && table != pack->files.end()) {
        settings->path_tables.push_back({table->second, Cat(pack->origin, "/", name), ""});
        any = true;
      }
    }
  }
  if (any) {
    options->settings = std::move(settings);
  }
}

std::vector<std::string> CasesOf(const std::string& folder, const std::string& family) {
  std::vector<std::string> cases;
  std::error_code error;
  for (fs::recursive_directory_iterator it(fs::path(folder) / family / "cases", error), end;
       !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".txtar") {
      cases.push_back(it->path().string());
    }
  }
  std::ranges::sort(cases);
  return cases;
}

absl::StatusOr<std::vector<std::string>> WriteNewRule(const std::string& folder,
                                                      std::string_view id) {
  const size_t slash = id.find('/');
  const std::string_view family = id.substr(0, slash);
  const std::string_view name = slash == std::string_view::npos ? "" : id.substr(slash + 1);
  if (!IsPackName(family) || !IsPackName(name)) {
    return InvalidInput(Cat(id,
                            ": is no name for a rule; write FAMILY/NAME in lower-case letters, ",
                            "digits and hyphens"));
  }
  const fs::path pack = fs::path(folder) / family;
  const fs::path manifest = pack / "pack.toml";
  std::vector<std::string> written;
  const auto write = [&](const fs::path& path, std::string_view text) {
    written.push_back(path.string());
    return WriteNew(path, Filled(text, family, name));
  };
  std::error_code error;
  const bool fresh = !fs::exists(manifest, error);
  WINDLASS_RETURN_IF_ERROR(write(pack / "queries" / Cat(name, ".scm"), kQueryText));
  WINDLASS_RETURN_IF_ERROR(write(pack / "cases" / Cat(name, ".txtar"), kCaseText));
  if (fresh) {
    WINDLASS_RETURN_IF_ERROR(write(manifest, Cat(kPackText, kRuleText)));
    WINDLASS_RETURN_IF_ERROR(write(pack / "README.md", kPageText));
    return written;
  }
  std::ofstream out(manifest, std::ios::binary | std::ios::app);
  out << Filled(kRuleText, family, name);
  written.push_back(manifest.string());
  return written;
}

}  // namespace windlass
