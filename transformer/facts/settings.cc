#include "transformer/facts/settings.h"

#include <algorithm>

#include "transformer/text/strings.h"

namespace windlass {

bool FileGlobs::Match(std::string_view path) const {
  const std::string full = Cat(prefix, path);
  const auto matches = [this](std::string_view name) {
    return std::ranges::any_of(patterns, [&](const auto& pattern) {
      return RE2::FullMatch(re2::StringPiece(name.data(), name.size()), *pattern);
    });
  };
  if (patterns.empty()) {
    return false;
  }
  for (size_t slash = full.find('/'); slash != std::string::npos;
       slash = full.find('/', slash + 1)) {
    if (matches(std::string_view(full).substr(0, slash))) {
      return true;
    }
  }
  return matches(full);
}

std::string ProjectSettings::Relocated(std::string_view base, std::string_view path) const {
  const std::string usual = base.empty() ? kHelperPackage : Cat(base, "/", kHelperPackage);
  if (!path.starts_with(usual) || (path.size() > usual.size() && path[usual.size()] != '/')) {
    return std::string(path);
  }
  return Cat(base, base.empty() ? "" : "/", helper_package, path.substr(usual.size()));
}

}  // namespace windlass
