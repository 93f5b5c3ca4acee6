#include "transformer/driver/eol_advice.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

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

absl::StatusOr<std::optional<Eol>> EolAdvice::For(const std::string& file,
                                                  const EolFileInfo& info) {
  std::error_code error;
  const fs::path full = fs::weakly_canonical(file, error);
  const fs::path dir = full.parent_path();
  const fs::path root = RootOf(dir);
  const std::string path = full.lexically_relative(root).generic_string();
  auto facts = facts_.find(dir.string());
  if (facts == facts_.end()) {
    std::vector<std::string> dirs = {""};
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      dirs.push_back(path.substr(0, slash));
    }
    const FileReader read = [&](std::string_view name) { return ReadWhole(root / name); };
    WINDLASS_ASSIGN_OR_RETURN(EolFacts loaded, LoadEolFacts(*pack_, dirs, read));
    facts = facts_.emplace(dir.string(), std::move(loaded)).first;
  }
  const EolFacts& known = facts->second;
  const EolVerdict verdict = DecideEol(path, info.head, info.eols, known);
  if (verdict.to == Eol::kNone || known.kinds.Protects(path) || known.attributes.Untouched(path)) {
    return std::nullopt;
  }
  return std::optional(verdict.to);
}

}  // namespace windlass
