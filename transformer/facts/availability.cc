#include "transformer/facts/availability.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "absl/strings/numbers.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

constexpr TargetSet kEverywhere = ~TargetSet{0};

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) {
      break;
    }
    line.remove_prefix(begin);
    const size_t end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

/// Calls `read` for the words of every line that is neither empty nor a comment.
absl::Status EachLine(
    std::string_view text,
    const std::function<absl::Status(const std::vector<std::string_view>&, size_t line)>& read) {
  for (size_t line = 1; !text.empty(); ++line) {
    const size_t end = text.find('\n');
    const std::vector<std::string_view> words = Words(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (words.empty() || words.front().starts_with('#')) {
      continue;
    }
    WINDLASS_RETURN_IF_ERROR(read(words, line));
  }
  return absl::OkStatus();
}

absl::Status Bad(std::string_view file, size_t line, std::string_view what) {
  return InvalidInput(Cat(file, ":", std::to_string(line), ": ", what));
}

bool Covers(std::string_view system, const Target& target) {
  return system == target.goos || system == target.Name();
}

}  // namespace

absl::StatusOr<Availability> Availability::Parse(std::string_view identifiers,
                                                 std::string_view modules, std::string_view since) {
  Availability table;
  WINDLASS_RETURN_IF_ERROR(table.ReadNames(identifiers));
  WINDLASS_RETURN_IF_ERROR(table.ReadModules(modules));
  WINDLASS_RETURN_IF_ERROR(table.ReadVersions(since));
  return table;
}

absl::Status Availability::ReadNames(std::string_view text) {
  constexpr std::string_view kFile = "tables/availability.txt";
  return EachLine(text, [&](const auto& words, size_t line) {
    if (words[0] == "targets") {
      for (size_t i = 1; i < words.size(); ++i) {
        const auto target = ParseTarget(words[i]);
        if (!target) {
          return Bad(kFile, line, "unknown target; write GOOS/GOARCH");
        }
        systems_.push_back(*target);
      }
      return absl::OkStatus();
    }
    uint32_t mask = 0;
    const bool differs = words.size() > 2 && words[1].starts_with('~');
    const std::string_view digits = words.size() > 2 ? words[1].substr(differs ? 1 : 0) : "";
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), mask, 16);
    if (digits.empty() || parsed.ptr != digits.data() + digits.size()) {
      return Bad(kFile, line, "no mask; write `package MASK names...`");
    }
    Package& package = packages_[std::string(words[0])];
    for (size_t i = 2; i < words.size(); ++i) {
      if (differs) {
        package.differs.emplace(words[i]);
      } else {
        package.names[std::string(words[i])] |= mask;
        package.any |= mask;
      }
    }
    return absl::OkStatus();
  });
}

absl::Status Availability::ReadModules(std::string_view text) {
  return EachLine(text, [&](const auto& words, size_t line) {
    if (words.size() < 2) {
      return Bad("tables/modules.txt", line, "no system; write `package GOOS...`");
    }
    Module module;
    module.path = words[0];
    module.below = module.path.ends_with("/...");
    module.path.resize(module.path.size() - (module.below ? 4 : 0));
    const bool named = words[1].starts_with(':');
    if (named && words.size() < 3) {
      return Bad("tables/modules.txt", line, "no system; write `package :Name,Name GOOS...`");
    }
    for (std::string_view rest = named ? words[1].substr(1) : ""; !rest.empty();) {
      const size_t comma = std::min(rest.find(','), rest.size());
      module.names.emplace(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    module.systems.assign(words.begin() + (named ? 2 : 1), words.end());
    modules_.push_back(std::move(module));
    return absl::OkStatus();
  });
}

absl::Status Availability::ReadVersions(std::string_view text) {
  return EachLine(text, [&](const auto& words, size_t line) {
    int minor = 0;
    const bool whole = words.size() > 2 && absl::SimpleAtoi(Absl(words[1]), &minor) && minor > 0;
    for (size_t i = 2; whole && i < words.size(); ++i) {
      since_.emplace(Cat(words[0], " ", words[i]), minor);
    }
    return whole ? absl::OkStatus()
                 : Bad("tables/since.txt", line, "no version; write `package MINOR names...`");
  });
}

int Availability::Since(std::string_view path, std::string_view name) const {
  const auto found = since_.find(Cat(path, " ", name));
  return found == since_.end() ? 0 : found->second;
}

const Availability::Module* Availability::FindModule(std::string_view path,
                                                     std::string_view name) const {
  for (const Module& module : modules_) {
    if (name.empty() ? !module.names.empty() : !module.names.contains(name)) {
      continue;
    }
    if (path == module.path || (module.below && path.starts_with(module.path) &&
                                path.substr(module.path.size()).starts_with('/'))) {
      return &module;
    }
  }
  return nullptr;
}

TargetSet Availability::ToTargets(uint32_t mask, std::span<const Target> targets) const {
  TargetSet set = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    // An architecture that the table lacks counts as the system's first one, a system that it lacks
    // as Linux where it is a kind of Unix.
    const auto exact = std::ranges::find(systems_, targets[i]);
    const auto system = std::ranges::find(systems_, targets[i].goos, &Target::goos);
    const auto found = exact != systems_.end() ? exact : system;
    const size_t column = found != systems_.end()       ? size_t(found - systems_.begin())
                          : IsUnixGoos(targets[i].goos) ? 0
                                                        : systems_.size();
    if (column < systems_.size() && (mask >> column & 1) != 0) {
      set |= TargetSet{1} << i;
    }
  }
  return set;
}

TargetSet Availability::SystemsOf(const Module& module, std::span<const Target> targets) {
  TargetSet set = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    const bool in = std::ranges::any_of(
        module.systems, [&](const std::string& system) { return Covers(system, targets[i]); });
    set |= in ? TargetSet{1} << i : 0;
  }
  return set;
}

TargetSet Availability::WherePackage(std::string_view path, std::span<const Target> targets) const {
  if (const Module* module = FindModule(path, "")) {
    return SystemsOf(*module, targets);
  }
  const auto package = packages_.find(path);
  return package == packages_.end() ? kEverywhere : ToTargets(package->second.any, targets);
}

TargetSet Availability::Where(std::string_view path, std::string_view name,
                              std::span<const Target> targets) const {
  TargetSet where = WherePackage(path, targets);
  if (const Module* row = FindModule(path, name)) {
    where &= SystemsOf(*row, targets);
  }
  const auto package = packages_.find(path);
  if (package == packages_.end()) {
    return where;
  }
  const auto found = package->second.names.find(name);
  if (found != package->second.names.end()) {
    return where & ToTargets(found->second, targets);
  }
  // Not listed: system call numbers, and names that only Linux has.
  TargetSet linux_only = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    const bool numbers = name.starts_with("SYS_") && IsUnixGoos(targets[i].goos);
    linux_only |= targets[i].goos == "linux" || numbers ? TargetSet{1} << i : 0;
  }
  return where & linux_only;
}

bool Availability::TypeDiffers(std::string_view path, std::string_view name) const {
  const auto package = packages_.find(path);
  return package != packages_.end() && package->second.differs.contains(name);
}

bool Availability::Knows(std::string_view path) const {
  return packages_.contains(path) || std::ranges::any_of(modules_, [&](const Module& module) {
           return module.path == path && !module.names.empty();
         });
}

}  // namespace windlass
