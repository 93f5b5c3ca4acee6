#ifndef WINDLASS_TRANSFORMER_FACTS_TARGET_H_
#define WINDLASS_TRANSFORMER_FACTS_TARGET_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace windlass {

/// A GOOS/GOARCH pair.
struct Target {
  std::string goos;
  std::string goarch;

  std::string Name() const { return goos + "/" + goarch; }
  friend auto operator<=>(const Target&, const Target&) = default;
};

/// linux, windows, darwin × amd64, arm64.
std::vector<Target> DefaultTargets();
/// Parses "windows/arm64"; nullopt unless both halves are known to Go.
std::optional<Target> ParseTarget(std::string_view name);
bool IsKnownGoos(std::string_view name);
bool IsKnownGoarch(std::string_view name);
/// `name` itself in static storage if it is a known GOOS or GOARCH, else empty.
std::string_view TargetWord(std::string_view name);
/// True for the systems that the build tag `unix` covers.
bool IsUnixGoos(std::string_view goos);
/// True if a build for `goos` satisfies the build tag `tag` because of its system: its own name,
/// `unix`, and the parent system of android (linux), illumos (solaris) and ios (darwin).
bool GoosHasTag(std::string_view goos, std::string_view tag);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_TARGET_H_
