#ifndef WINDLASS_TRANSFORMER_DRIVER_RUN_OPTIONS_H_
#define WINDLASS_TRANSFORMER_DRIVER_RUN_OPTIONS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/driver/split.h"
#include "transformer/facts/settings.h"
#include "transformer/facts/target.h"
#include "transformer/rules/finding.h"
#include "transformer/syntax/tree.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Told how far a stage is; called from several threads, not more often than every 1024 files.
using Progress = std::function<void(std::string_view stage, size_t done, size_t total)>;

/// What a run is asked to do.
struct RunOptions {
  std::string root = ".";
  std::vector<std::string> only;  // families or rule ids; empty: all that are on by default
  Level level = Level::kReview;   // patch this level and better
  std::vector<Target> targets = DefaultTargets();
  /// What windlass.toml says beyond that; null: the defaults.
  std::shared_ptr<const ProjectSettings> settings;
  /// Fixes to leave out of a migration, by their keys (Migration::keys), each with the reason.
  StringMap<std::string> dropped;
  FileGlobs excluded;            // files to read, but neither to report on nor to edit
  Split split = Split::kFamily;  // of a series, within each level
  std::string cache_folder;      // for facts of files between runs (FactCache); empty: none
  int threads = 0;               // 0: as many as the machine has
  ParseBudget budget;
  Progress progress;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_DRIVER_RUN_OPTIONS_H_
