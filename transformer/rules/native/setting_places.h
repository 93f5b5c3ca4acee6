#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_SETTING_PLACES_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_SETTING_PLACES_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/dockerfile.h"
#include "transformer/facts/project.h"
#include "transformer/facts/yaml_view.h"

namespace windlass {

/// A place in a container that somebody puts files at: COPY, VOLUME, a mount.
struct SettingPlace {
  std::string path;     // absolute; of Windows with its slashes turned and without drive C
  bool folder = false;  // everything below it, too
  bool windows = false;
  std::string what;  // "COPY puts app.yaml", "a volume is"
  std::string file;  // where that is said
  Span span;

  bool Covers(std::string_view other) const;
};

/// What the last stage of a Dockerfile copies and declares, with every file of the folders that it
/// copies by name. `workdir` becomes its last WORKDIR, "/" without.
std::vector<SettingPlace> PlacesOfImage(const Dockerfile& image, const Project& project,
                                        const std::string& path, std::string* workdir);

/// What a container of a pod (`volumeMounts`) or a service of Compose (`volumes`) mounts.
std::vector<SettingPlace> PlacesOfMounts(const YamlValue& owner, bool windows,
                                         const std::string& path);

/// Whether the path, of unix, ends in a name with a dot inside: a file more likely than a folder.
bool IsFileName(std::string_view path);

/// C:\Data\ and /data are one path; "" for what is no rooted path.
std::string PlacePath(std::string_view text, bool windows);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_SETTING_PLACES_H_
