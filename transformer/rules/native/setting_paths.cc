// Settings that the Go code reads as file paths, and that mean something else on Windows.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/config_values.h"
#include "transformer/rules/focus.h"
#include "transformer/rules/native/host_settings.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

bool IsSettings(const ProjectFile& file) {
  static const LazyRE2 kOther = {
      R"((?i)(^|/)(\.[^/]+|[^/]*(test|example|fixture|sample)[^/]*|docs?|node_modules|templates)/|(^|/)(package(-lock)?|tsconfig|composer)\.json$|\.(sample|example|dist)$)"};
  const bool known = file.language == Language::kYaml || file.language == Language::kJson ||
                     file.language == Language::kToml || file.language == Language::kDotenv;
  constexpr size_t kMaxBytes = size_t{256} << 10;
  return known && file.editable() && file.size < kMaxBytes &&
         !RE2::PartialMatch(file.path, *kOther);
}

/// What is wrong with a path on Windows; nullopt if nothing is.
std::optional<std::pair<std::string, std::string>> Trouble(const std::string& path) {
  static const LazyRE2 kUnixOnly = {R"(/(dev|proc|sys)(/.*)?|/(var/)?run/.*|/.*\.sock)"};
  static const LazyRE2 kNoDrive = {R"(/[^/\s][^\s]*)"};
  static const LazyRE2 kNoRoot = {R"([A-Za-z]:[^\\/].*)"};
  if (RE2::FullMatch(path, *kUnixOnly)) {
    return std::pair(Cat(path, " exists on unix only"),
                     std::string("a setting of its own for Windows"));
  }
  if (RE2::FullMatch(path, *kNoDrive)) {
    return std::pair(Cat(path, " names no drive: on Windows it is on the one that is current"),
                     std::string("a setting of its own for Windows, with a drive"));
  }
  if (RE2::FullMatch(path, *kNoRoot)) {
    return std::pair(
        Cat(path, " is relative to where drive ", path.substr(0, 2), " is at the time"),
        Cat("write ", path.substr(0, 2), "\\", path.substr(2)));
  }
  return std::nullopt;
}

/// The struct that a file is read into: most of its first keys are the struct's.
std::string StructOf(const std::vector<ConfigValue>& values, const HostSettings& settings) {
  StringSet first;
  for (const ConfigValue& value : values) {
    first.insert(value.keys.empty() ? "" : value.keys.front());
  }
  std::string best;
  size_t most = 0;
  for (const auto& [type, found] : settings.structs) {
    size_t known = 0;
    for (const std::string& key : first) {
      known += settings.Find(type, {key}) != nullptr ? 1 : 0;
    }
    if (known > most && 10 * known >= 7 * first.size() && (known > 1 || !found.nested)) {
      most = known;
      best = type;
    }
  }
  return best;
}

void CheckFile(const ProjectFile& file, const Tree& tree, const HostSettings& settings,
               std::vector<Finding>* out) {
  const std::vector<ConfigValue> values = ReadConfig(tree);
  const std::string type = file.language == Language::kDotenv ? "" : StructOf(values, settings);
  for (const ConfigValue& value : values) {
    const Related* witness = nullptr;
    if (file.language == Language::kDotenv) {
      const auto variable = settings.environment.find(value.keys.back());
      witness = variable == settings.environment.end() ? nullptr : &variable->second;
    } else if (const auto* field = type.empty() ? nullptr : settings.Find(type, value.keys);
               field != nullptr && field->host) {
      witness = &field->witness;
    }
    const auto trouble = witness == nullptr ? std::nullopt : Trouble(value.text);
    if (!trouble) {
      continue;
    }
    Finding finding;
    finding.level = Level::kSuggest;
    finding.path = file.path;
    finding.span = value.span;
    finding.message = trouble->first;
    finding.reason = trouble->second;
    finding.also.push_back(*witness);
    out->push_back(std::move(finding));
  }
}

}  // namespace

void SettingPaths(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                  std::vector<Finding>* out) {
  static const LazyRE2 kPath = {R"re((?m)["'=:\s](/[a-z]|[A-Za-z]:[^\s\\/"'0-9]))re"};
  for (const ProjectFile& file : project.files()) {
    if (!InFocus(project, file.path) || !IsSettings(file)) {
      continue;
    }
    auto text = project.Read(file.path);
    if (!text.ok() || !RE2::PartialMatch(*text, *kPath)) {
      continue;
    }
    const SourceFile source(file.path, *std::move(text));
    if (const auto tree = Tree::Parse(source, file.language); tree.ok()) {
      CheckFile(file, **tree, HostSettingsOf(shared), out);
    }
  }
}

}  // namespace windlass
