#include "transformer/driver/eol_advice.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "transformer/driver/config.h"
#include "transformer/rules/native/eol_carried.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadWhole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return absl::NotFoundError(Absl(path.string()));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// The nearest folder around `dir` that has a .git; else the working directory if `dir` is below
/// it; else `dir`.
fs::path RootOf(const fs::path& dir) {
  std::error_code error;
  for (fs::path up = dir;; up = up.parent_path()) {
    if (fs::exists(up / ".git", error)) {
      return up;
    }
    if (up == up.parent_path()) {
      const fs::path here = fs::current_path(error);
      const bool below = !error && *dir.lexically_relative(here).begin() != "..";
      return below ? here : dir;
    }
  }
}

}  // namespace

absl::StatusOr<EolAdvice> EolAdvice::Make() {
  WINDLASS_ASSIGN_OR_RETURN(auto packs, LoadEmbeddedPacks());
  EolAdvice out;
  for (auto& pack : packs) {
    if (pack->family == "eol") {
      out.pack_ = std::move(pack);
    }
  }
  return out;
}

absl::StatusOr<EolAdvice::Folder> EolAdvice::Load(const std::string& root,
                                                  const std::vector<std::string>& dirs) const {
  Folder out;
  out.options.root = root;
  if (const std::string file = FindConfig(root); !file.empty()) {
    WINDLASS_ASSIGN_OR_RETURN(const Config config, ReadConfig(file));
    ApplyConfig(config, &out.options);
  }
  if (out.options.settings == nullptr) {
    out.options.settings = std::make_shared<const ProjectSettings>();
  }
  const FileReader read = [&](std::string_view name) { return ReadWhole(fs::path(root) / name); };
  WINDLASS_ASSIGN_OR_RETURN(out.facts, LoadEolFacts(*pack_, dirs, *out.options.settings, read));
  return out;
}

absl::StatusOr<std::pair<const EolAdvice::Folder*, std::string>> EolAdvice::Find(
    const std::string& file) {
  std::error_code error;
  const fs::path full = fs::weakly_canonical(file, error);
  const fs::path dir = full.parent_path();
  const fs::path root = RootOf(dir);
  const std::string path = full.lexically_relative(root).generic_string();
  auto folder = folders_.find(dir.string());
  if (folder == folders_.end()) {
    std::vector<std::string> dirs = {""};
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      dirs.push_back(path.substr(0, slash));
    }
    WINDLASS_ASSIGN_OR_RETURN(Folder loaded, Load(root.string(), dirs));
    folder = folders_.emplace(dir.string(), std::move(loaded)).first;
  }
  return std::pair<const Folder*, std::string>(&folder->second, path);
}

absl::StatusOr<std::string> EolAdvice::EncodingFor(const std::string& file) {
  WINDLASS_ASSIGN_OR_RETURN(const auto found, Find(file));
  const auto name = found.first->facts.attributes.Get(found.second, "working-tree-encoding");
  return name && *name != "set" && *name != "unset" ? *name : std::string();
}

absl::StatusOr<std::optional<Eol>> EolAdvice::For(const std::string& file,
                                                  const EolFileInfo& info) {
  WINDLASS_ASSIGN_OR_RETURN(const auto found, Find(file));
  const auto& [folder, path] = found;
  const EolFacts& known = folder->facts;
  const RunOptions& options = folder->options;
  const EolVerdict verdict = DecideEol(path, info.head, info.eols, known);
  if (verdict.to == Eol::kNone || known.kinds.Protects(path) || known.attributes.Untouched(path) ||
      IsMeasured(info.head) || options.excluded.Match(path) ||
      options.settings->protected_files.Match(path)) {
    return std::nullopt;
  }
  return std::optional(verdict.to);
}

}  // namespace windlass
