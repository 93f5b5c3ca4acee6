#include <algorithm>

#include "transformer/driver/config.h"

namespace windlass {
namespace {

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    out += c == '"' || c == '\\' ? Cat("\\", std::string(1, c)) : std::string(1, c);
  }
  return out + "\"";
}

template <typename Items, typename Name>
std::string List(const Items& items, const Name& name) {
  std::string out = "[";
  for (const auto& item : items) {
    out += Cat(out.size() == 1 ? "" : ", ", Quoted(name(item)));
  }
  return out + "]";
}

std::string Same(const std::string& text) {
  return text;
}

}  // namespace

std::string DescribeConfig(const Config& config, const StringMap<std::string>& overrides) {
  std::vector<std::pair<std::string, std::string>> lines;  // setting, origin
  const auto origin = [&](std::string_view key) -> std::string {
    if (const auto flag = overrides.find(key); flag != overrides.end()) {
      return flag->second;
    }
    const auto place = config.written.find(key);
    return place == config.written.end() ? "default" : place->second.ToString();
  };
  const auto add = [&](std::string_view key, const std::string& value) {
    lines.emplace_back(Cat(key, " = ", value), origin(key));
  };
  add("targets", List(config.targets, [](const Target& target) { return target.Name(); }));
  add("tags", List(config.tags, Same));
  add("level", Quoted(LevelName(config.level)));
  add("fail_level", Quoted(config.fail_level));
  add("helper_package", Quoted(config.helper_package));
  add("baseline", Quoted(config.baseline));
  add("exclude", List(config.exclude, Same));
  add("protect", List(config.protect, Same));
  for (const ProjectSettings::EndsChoice& choice : config.ends) {
    lines.emplace_back(Cat("eol.", Quoted(choice.glob), " = ", Quoted(choice.ends)), origin("eol"));
  }
  for (const Config::RuleChoice& choice : config.rules) {
    lines.emplace_back(Cat("rules.", Quoted(choice.name), " = ",
                           choice.level ? Quoted(LevelName(*choice.level))
                           : choice.on  ? "true"
                                        : "false"),
                       choice.place.ToString());
  }
  for (const auto& [name, rows] : config.path_tables) {
    lines.emplace_back(
        Cat("paths.", name, " = ", std::to_string(rows), rows == 1 ? " row" : " rows"),
        origin("paths"));
  }
  size_t width = 0;
  for (const auto& [setting, from] : lines) {
    width = std::max(width, std::min<size_t>(setting.size(), 48));
  }
  std::string out = config.file.empty() ? "no windlass.toml found\n" : Cat(config.file, "\n");
  for (const auto& [setting, from] : lines) {
    const size_t gap = setting.size() < width ? width - setting.size() : 0;
    out += Cat(setting, std::string(gap, ' '), "  # ", from, "\n");
  }
  return out;
}

}  // namespace windlass
