#ifndef WINDLASS_TRANSFORMER_DRIVER_CONFIG_H_
#define WINDLASS_TRANSFORMER_DRIVER_CONFIG_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "transformer/driver/rule_index.h"
#include "transformer/driver/run_options.h"
#include "transformer/facts/settings.h"
#include "transformer/facts/target.h"
#include "transformer/rules/finding.h"
#include "transformer/rules/place.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What a project chose in its windlass.toml, with the defaults where it is silent. Checked whole:
/// every mistake is an error `windlass.toml:line:col: what; what to do`.
struct Config {
  /// A row of `[rules]`: a family or rule turned on or off, or trusted less.
  struct RuleChoice {
    std::string name;
    bool on = true;
    std::optional<Level> level;  // nothing of it is better than this
    Place place;
  };

  std::string file;    // windlass.toml as messages name it; empty: there is none
  std::string path;    // where it is
  std::string folder;  // that it lies in
  std::vector<Target> targets = DefaultTargets();
  std::vector<std::string> tags;
  Level level = Level::kReview;
  std::string fail_level = "review";  // of check and review; "none": never
  std::string helper_package = ProjectSettings::kHelperPackage;
  std::string baseline;  // path, relative to `folder`; empty: none
  std::vector<std::string> exclude;
  std::vector<std::string> protect;
  std::vector<ProjectSettings::EndsChoice> ends;
  std::vector<RuleChoice> rules;
  std::string text;                                         // of the file
  std::vector<std::pair<std::string, size_t>> path_tables;  // name under [paths], rows

  /// Where the value of a key was written, "windlass.toml:3:1"; absent: nowhere.
  StringMap<Place> written;
};

/// True if `name` can be a build tag.
bool IsBuildTag(std::string_view name);

/// The nearest windlass.toml in the folder of `root` (a folder or a file) or one above it, up to
/// the top of the git repository; empty if there is none.
std::string FindConfig(const std::string& root);

/// Reads the file at `path`. Messages and `written` call it so.
absl::StatusOr<Config> ReadConfig(const std::string& path);
/// The same for a text.
absl::StatusOr<Config> ParseConfig(std::string path, std::string text);

/// Puts what the config says into `options`, whose root is known and whose other fields are still
/// the defaults.
void ApplyConfig(const Config& config, RunOptions* options);

/// Turns rules on and off and lowers levels. A name that no pack has is an error with its place.
absl::Status ApplyRuleChoices(const Config& config, const Packs& packs);

/// Every setting as `key = value`, one a line, followed by where it came from: "default", a place,
/// or what `overrides` says of its key (such as "--level").
std::string DescribeConfig(const Config& config, const StringMap<std::string>& overrides);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_CONFIG_H_
