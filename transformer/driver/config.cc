#include "transformer/driver/config.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "transformer/facts/path_tables.h"
#include "transformer/rules/glob.h"
#include "transformer/rules/names.h"
#include "transformer/rules/pack_toml.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "windlass.toml";

using Names = std::span<const std::string_view>;
constexpr std::array<std::string_view, 3> kLevels{"safe", "review", "suggest"};
constexpr std::array<std::string_view, 2> kPatchLevels{"safe", "review"};
constexpr std::array<std::string_view, 4> kFailLevels{"safe", "review", "suggest", "none"};
constexpr std::array<std::string_view, 3> kEnds{"lf", "crlf", "keep"};
/// What a project may add rows to, and the columns of a row (see patches/paths/tables).
constexpr std::array<std::string_view, 10> kPathTables{
    "sink",         "sink_field", "sink_conv", "source",      "source_callback",
    "source_field", "source_var", "slash",     "slash_field", "slash_package"};
constexpr std::array<std::string_view, 31> kPathColumns{"package",
                                                        "func",
                                                        "recv",
                                                        "method",
                                                        "type",
                                                        "field",
                                                        "var",
                                                        "args",
                                                        "results",
                                                        "params",
                                                        "kind",
                                                        "style",
                                                        "variadic",
                                                        "glob",
                                                        "list",
                                                        "pure",
                                                        "element",
                                                        "executable",
                                                        "nonempty",
                                                        "nonempty_if_nil_error",
                                                        "clean",
                                                        "std",
                                                        "callback_arg",
                                                        "since",
                                                        "note",
                                                        "dsn",
                                                        "file_url",
                                                        "url_or_path",
                                                        "pipe",
                                                        "not_a_path",
                                                        "when_arg0_prefix"};

constexpr std::array<std::string_view, 5> kSinkKinds{"host", "host_relative", "text", "socket",
                                                     "other"};

bool IsOneOf(std::string_view name, Names known) {
  return std::ranges::find(known, name) != known.end();
}

/// Whether `path` stays below the folder it is relative to.
bool IsInner(std::string_view path) {
  const fs::path normal = fs::path(path).lexically_normal();
  return !path.empty() && path.front() != '/' && !normal.empty() && *normal.begin() != "..";
}

class ConfigReader {
 public:
  ConfigReader(const TomlDocument& document, Config* config)
      : document_(document), config_(*config), top_(document, document.root(), "windlass.toml") {}

  absl::Status Read() {
    ReadTargets();
    ReadTags();
    config_.level = LevelFromName(Choice("level", "review", kPatchLevels)).value_or(Level::kReview);
    config_.fail_level = Choice("fail_level", "review", kFailLevels);
    ReadHelperPackage();
    ReadBaseline();
    config_.exclude = Globs("exclude");
    config_.protect = Globs("protect");
    ReadEnds();
    if (const toml::table* rules = top_.Table("rules")) {
      Note("rules");
      ReadRules(*rules, "");
    }
    ReadPaths();
    return top_.Finish();
  }

 private:
  void Note(std::string_view key) { config_.written[std::string(key)] = top_.PlaceOf(key); }

  std::string Choice(std::string_view key, std::string_view usual, Names known) {
    const std::optional<PlacedText> text = top_.Text(key);
    if (!text) {
      return std::string(usual);
    }
    Note(key);
    if (!IsOneOf(text->value, known)) {
      top_.Fail(text->place,
                Cat("`", text->value, "` is no ", key, "; ", NameHint(text->value, known)));
    }
    return text->value;
  }

  void ReadTargets() {
    const std::vector<PlacedText> names = top_.Texts("targets");
    if (names.empty()) {
      return;
    }
    Note("targets");
    config_.targets.clear();
    for (const PlacedText& name : names) {
      const auto target = ParseTarget(name.value);
      if (!target) {
        top_.Fail(name.place, Cat("`", name.value, "` is no GOOS/GOARCH pair that Go knows; ",
                                  "write one such as \"windows/amd64\""));
        return;
      }
      config_.targets.push_back(*target);
    }
  }

  void ReadTags() {
    for (const PlacedText& tag : top_.Texts("tags")) {
      Note("tags");
      if (!IsBuildTag(tag.value)) {
        top_.Fail(tag.place,
                  Cat("`", tag.value, "` is no build tag; use letters, digits, _ and ."));
      }
      config_.tags.push_back(tag.value);
    }
  }

  void ReadHelperPackage() {
    const std::optional<PlacedText> text = top_.Text("helper_package");
    if (!text) {
      return;
    }
    Note("helper_package");
    if (!RE2::FullMatch(text->value, R"([A-Za-z0-9_][\w.\-]*(/[A-Za-z0-9_][\w.\-]*)*)")) {
      top_.Fail(text->place, Cat("`", text->value, "` is no folder below a module; write one such ",
                                 "as \"internal/winport\""));
    }
    config_.helper_package = text->value;
  }

  void ReadBaseline() {
    const std::optional<PlacedText> text = top_.Text("baseline");
    if (!text) {
      return;
    }
    Note("baseline");
    if (!IsInner(text->value)) {
      top_.Fail(text->place, Cat("`", text->value, "` leads out of the folder of windlass.toml; ",
                                 "name a file below it"));
    }
    config_.baseline = text->value;
  }

  std::vector<std::string> Globs(std::string_view key) {
    std::vector<std::string> globs;
    for (const PlacedText& glob : top_.Texts(key)) {
      Note(key);
      CheckGlob(glob);
      globs.push_back(glob.value);
    }
    return globs;
  }

  void CheckGlob(const PlacedText& glob) {
    if (!IsInner(glob.value) || !RE2(GlobToRegex(glob.value), RE2::Quiet).ok()) {
      top_.Fail(glob.place, Cat("`", glob.value, "` is no glob for paths below the folder of ",
                                "windlass.toml; write one such as \"gen/**\" or \"*.pb.go\""));
    }
  }

  void ReadEnds() {
    for (const toml::table* row : top_.Tables("eol")) {
      Note("eol");
      TableReader reader(document_, *row, "[[eol]]");
      const std::vector<PlacedText> files = reader.Texts("files");
      const PlacedText ends = reader.RequiredText("ends");
      if (reader.ok() && files.empty()) {
        reader.Fail(reader.PlaceOf({}), "[[eol]] has no `files`; add files = [\"*.ps1\"]");
      }
      if (reader.ok() && !IsOneOf(ends.value, kEnds)) {
        reader.Fail(ends.place,
                    Cat("`", ends.value, "` are no line ends; ", NameHint(ends.value, kEnds)));
      }
      for (const PlacedText& glob : files) {
        CheckGlob(glob);
        config_.ends.push_back({glob.value, ends.value});
      }
      if (absl::Status status = reader.Finish(); !status.ok()) {
        top_.Fail(std::move(status));
      }
    }
  }

  /// `name = true | false | "level"`, with `family` before the names of a nested table.
  void ReadRules(const toml::table& table, const std::string& family) {
    for (const auto& [key, node] : table) {
      Config::RuleChoice choice;
      choice.name = Cat(family, family.empty() ? "" : "/", std::string_view(key.str()));
      choice.place = document_.PlaceOf(key.source());
      if (const toml::table* inner = node.as_table(); inner != nullptr && family.empty()) {
        ReadRules(*inner, choice.name);
        continue;
      }
      const auto* level = node.as_string();
      if (level != nullptr && IsOneOf(std::string_view(**level), kLevels)) {
        choice.level = LevelFromName(std::string_view(**level));
      } else if (node.is_boolean()) {
        choice.on = **node.as_boolean();
      } else {
        top_.Fail(document_.PlaceOf(node.source()),
                  Cat("`", choice.name, "` must be true, false, or the level that it is at best: ",
                      "\"safe\", \"review\" or \"suggest\""));
      }
      config_.rules.push_back(std::move(choice));
    }
    // A family before its rules, so that what is said of a rule has the last word.
    std::ranges::stable_sort(config_.rules, {}, &Config::RuleChoice::name);
  }

  void ReadPaths() {
    const toml::table* paths = top_.Table("paths");
    if (paths == nullptr) {
      return;
    }
    Note("paths");
    TableReader reader(document_, *paths, "[paths]");
    for (const std::string_view name : kPathTables) {
      const std::vector<const toml::table*> rows = reader.Tables(name);
      for (const toml::table* row : rows) {
        CheckColumns(*row, name, &reader);
      }
      if (!rows.empty()) {
        config_.path_tables.emplace_back(name, rows.size());
      }
    }
    if (absl::Status status = reader.Finish(); !status.ok()) {
      top_.Fail(std::move(status));
      return;
    }
    if (absl::Status status = PathTables().Add(config_.text, config_.file, "paths"); !status.ok()) {
      top_.Fail(std::move(status));
    }
  }

  void CheckColumns(const toml::table& row, std::string_view table, TableReader* reader) {
    for (const auto& [key, node] : row) {
      const std::string_view name = key.str();
      if (!IsOneOf(name, kPathColumns)) {
        reader->Fail(document_.PlaceOf(key.source()),
                     Cat("unknown key `", name, "` in [[paths.", table, "]]; ",
                         NameHint(name, kPathColumns)));
      }
      const auto* kind = name == "kind" ? node.as_string() : nullptr;
      if (kind != nullptr && !IsOneOf(std::string_view(**kind), kSinkKinds)) {
        reader->Fail(document_.PlaceOf(node.source()),
                     Cat("`", std::string_view(**kind), "` is no kind; ",
                         NameHint(std::string_view(**kind), kSinkKinds)));
      }
    }
  }

  const TomlDocument& document_;
  Config& config_;
  TableReader top_;
};

/// "" or "services/a/": where `root` lies below `folder`.
std::string PrefixOf(const std::string& folder, const std::string& root) {
  std::error_code error;
  fs::path here = fs::canonical(root, error);
  if (fs::is_regular_file(here, error)) {
    here = here.parent_path();
  }
  const std::string below = here.lexically_relative(fs::canonical(folder, error)).generic_string();
  return below == "." || below.empty() || below.starts_with("..") ? "" : below + "/";
}

FileGlobs Compile(const std::vector<std::string>& globs, const std::string& prefix) {
  FileGlobs result;
  result.prefix = prefix;
  for (std::string_view glob : globs) {
    while (glob.size() > 1 && glob.ends_with('/')) {
      glob.remove_suffix(1);
    }
    result.patterns.push_back(std::make_shared<const RE2>(GlobToRegex(glob), RE2::Quiet));
  }
  return result;
}

/// The choices in terms of `root`; those for other folders drop out.
std::vector<ProjectSettings::EndsChoice> EndsBelow(const Config& config,
                                                   const std::string& prefix) {
  std::vector<ProjectSettings::EndsChoice> below;
  for (ProjectSettings::EndsChoice choice : config.ends) {
    if (choice.glob.find('/') != std::string::npos) {
      if (!choice.glob.starts_with(prefix)) {
        continue;
      }
      choice.glob = choice.glob.substr(prefix.size());
    }
    below.push_back(std::move(choice));
  }
  return below;
}

}  // namespace

std::string FindConfig(const std::string& root) {
  std::error_code error;
  fs::path folder = fs::canonical(root, error);
  if (error) {
    return "";
  }
  if (!fs::is_directory(folder, error)) {
    folder = folder.parent_path();
  }
  for (;; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / kFileName, error)) {
      return (folder / kFileName).string();
    }
    // What lies above a repository is not part of the project: others do not have it.
    if (folder == folder.root_path() || fs::exists(folder / ".git", error)) {
      return "";
    }
  }
}

absl::StatusOr<Config> ReadConfig(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return InvalidInput(Cat(path, ": cannot be read; name a windlass.toml"));
  }
  std::error_code error;
  const fs::path near = fs::proximate(path, error);
  const bool inside = !error && !near.empty() && *near.begin() != "..";
  WINDLASS_ASSIGN_OR_RETURN(Config config,
                            ParseConfig(inside ? near.string() : path,
                                        std::string(std::istreambuf_iterator<char>(in), {})));
  config.path = path;
  const fs::path folder = fs::path(path).parent_path();
  config.folder = folder.empty() ? "." : folder.string();
  return config;
}

absl::StatusOr<Config> ParseConfig(std::string path, std::string text) {
  Config config;
  config.file = std::move(path);
  config.text = std::move(text);
  WINDLASS_ASSIGN_OR_RETURN(const TomlDocument document,
                            TomlDocument::Parse(config.file, config.text));
  WINDLASS_RETURN_IF_ERROR(ConfigReader(document, &config).Read());
  return config;
}

bool IsBuildTag(std::string_view name) {
  static const LazyRE2 kTag = {R"([\pL\pN_.]+)"};
  return RE2::FullMatch(name, *kTag);
}

void ApplyConfig(const Config& config, RunOptions* options) {
  if (config.file.empty()) {
    return;
  }
  const std::string prefix = PrefixOf(config.folder, options->root);
  auto settings = std::make_shared<ProjectSettings>();
  settings->helper_package = config.helper_package;
  settings->tags = config.tags;
  settings->protected_files = Compile(config.protect, prefix);
  settings->ends = EndsBelow(config, prefix);
  if (!config.path_tables.empty()) {
    settings->path_tables.push_back({config.text, config.file, "paths"});
  }
  options->settings = std::move(settings);
  options->excluded = Compile(config.exclude, prefix);
  options->targets = config.targets;
  options->level = config.level;
}

absl::Status ApplyRuleChoices(const Config& config, const Packs& packs) {
  for (const Config::RuleChoice& choice : config.rules) {
    bool known = false;
    for (const auto& pack : packs) {
      for (const auto& rule : pack->rules) {
        if (choice.name != rule->id && choice.name != rule->family) {
          continue;
        }
        known = true;
        if (choice.level) {
          rule->level = std::max(rule->level, *choice.level);
        }
        if (!choice.on) {
          rule->disabled = Cat("by ", choice.place.ToString());
        } else if (choice.name == rule->id) {
          rule->disabled.clear();
        }
      }
    }
    if (!known) {
      std::vector<std::string_view> names;
      for (const auto& pack : packs) {
        names.emplace_back(pack->family);
        for (const auto& rule : pack->rules) {
          names.emplace_back(rule->id);
        }
      }
      return choice.place.Error(
          Cat("there is no family or rule `", choice.name, "`; ", NameHint(choice.name, names)));
    }
  }
  return absl::OkStatus();
}

}  // namespace windlass
