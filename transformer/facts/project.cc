#include "transformer/facts/project.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "transformer/facts/modules.h"

namespace windlass {

bool GoModule::AtLeast(int minor) const {
  return GoMinor(go_version) >= minor;
}

bool GoModule::Requires(std::string_view module_path) const {
  return std::ranges::find(requires_, module_path) != requires_.end();
}

/// Parses by path, and why others failed. Holds the last few parses; others live as long as
/// somebody else does hold them.
class Project::Cache {
 public:
  using Result = absl::StatusOr<std::shared_ptr<const ParsedGo>>;

  explicit Cache(size_t held) : recent_(held) {}

  /// Null: not here (any more).
  Result Find(std::string_view path) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = parses_.find(path);
    if (found == parses_.end()) {
      return nullptr;
    }
    if (!found->second.failure.ok()) {
      return found->second.failure;
    }
    return found->second.parsed.lock();
  }

  /// Keeps `result`, or gives what another thread kept meanwhile.
  Result Keep(std::string_view path, Result result) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Entry& entry = parses_.try_emplace(std::string(path)).first->second;
    if (!result.ok()) {
      entry.failure = result.status();
      return result;
    }
    if (auto alive = entry.parsed.lock()) {
      return alive;
    }
    entry.parsed = *result;
    recent_[next_++ % recent_.size()] = *result;
    return result;
  }

 private:
  struct Entry {
    absl::Status failure;
    std::weak_ptr<const ParsedGo> parsed;
  };

  std::mutex mutex_;
  StringMap<Entry> parses_;
  std::vector<std::shared_ptr<const ParsedGo>> recent_;
  size_t next_ = 0;
};

Project::Project(std::vector<ProjectFile> files, FileReader reader, std::vector<Target> targets,
                 std::shared_ptr<const ProjectSettings> settings)
    : files_(std::move(files)),
      reader_(std::move(reader)),
      targets_(std::move(targets)),
      settings_(settings ? std::move(settings) : std::make_shared<const ProjectSettings>()),
      cache_(std::make_unique<Cache>(16)),
      part_cache_(std::make_unique<Cache>(128)) {
  std::ranges::sort(files_, {}, &ProjectFile::path);
  modules_ = FindModules(files_, reader_);
}

Project::~Project() = default;

const ProjectFile* Project::Find(std::string_view path) const {
  const auto found =
      std::ranges::lower_bound(files_, path, std::ranges::less(), &ProjectFile::path);
  return found != files_.end() && found->path == path ? &*found : nullptr;
}

const GoModule* Project::ModuleOf(std::string_view path) const {
  const GoModule* module = InnermostModule(modules_, path);
  return module != nullptr && !module->path.empty() ? module : nullptr;
}

namespace {

/// The packages of `module` in `dir`.
std::span<const GoPackage> PackagesIn(const GoModule& module, std::string_view dir) {
  const auto begin =
      std::ranges::lower_bound(module.packages, dir, std::ranges::less(), &GoPackage::dir);
  const auto end = std::ranges::upper_bound(begin, module.packages.end(), dir, std::ranges::less(),
                                            &GoPackage::dir);
  return {begin, end};
}

bool IsImportable(const GoPackage& package) {
  return std::ranges::any_of(package.files, [](const ProjectFile* file) {
    const FileConstraint& constraint = file->skim->constraint;
    return !constraint.is_test && !constraint.ignored;
  });
}

}  // namespace

const GoPackage* Project::PackageOf(std::string_view path) const {
  const ProjectFile* file = Find(path);
  const GoModule* module = InnermostModule(modules_, path);
  if (file == nullptr || file->skim == nullptr || module == nullptr) {
    return nullptr;
  }
  const std::span<const GoPackage> packages = PackagesIn(*module, FolderOf(path));
  const auto found = std::ranges::find(packages, file->skim->package_name, &GoPackage::name);
  return found == packages.end() ? nullptr : &*found;
}

const GoPackage* Project::FindPackage(std::string_view import_path,
                                      std::string_view importer) const {
  const auto find_in = [&](const GoModule& module) -> const GoPackage* {
    const std::optional<std::string> dir = FolderOfImport(module, import_path);
    for (const GoPackage& package : dir ? PackagesIn(module, *dir) : std::span<const GoPackage>()) {
      if (package.import_path == import_path && IsImportable(package)) {
        return &package;
      }
    }
    return nullptr;
  };
  const GoModule* own = ModuleOf(importer);
  const GoPackage* package = own == nullptr ? nullptr : find_in(*own);
  for (size_t i = 0; i < modules_.size() && package == nullptr; ++i) {
    package = find_in(modules_[i]);
  }
  return package;
}

absl::StatusOr<std::shared_ptr<const ParsedGo>> Project::ParseGo(std::string_view path) const {
  Cache::Result cached = cache_->Find(path);
  if (!cached.ok() || *cached != nullptr) {
    return cached;
  }
  absl::StatusOr<std::string> bytes = reader_(path);
  if (!bytes.ok()) {
    return cache_->Keep(path, bytes.status());
  }
  return cache_->Keep(path, ParseGoParts(path, *std::move(bytes), {}));
}

absl::StatusOr<std::shared_ptr<const ParsedGo>> Project::ParseGoPart(
    const ProjectFile& file, const std::string& bytes, const std::vector<GoPart>& parts,
    size_t part) const {
  const std::string key = Cat(file.path, ":", std::to_string(part));
  Cache::Result cached = part_cache_->Find(key);
  if (!cached.ok() || *cached != nullptr) {
    return cached;
  }
  const std::vector<size_t> chosen = WithMentioned(parts, bytes, *file.skim, {part});
  return part_cache_->Keep(key, ParseGoParts(file.path, bytes, SpansOf(parts, chosen)));
}

absl::StatusOr<std::shared_ptr<const ParsedGo>> ParseGoParts(std::string_view path,
                                                             std::string bytes,
                                                             std::span<const Span> parts) {
  auto parsed = std::make_shared<ParsedGo>();
  parsed->source = std::make_unique<SourceFile>(std::string(path), std::move(bytes));
  absl::StatusOr<std::unique_ptr<Tree>> tree =
      Tree::ParseParts(*parsed->source, Language::kGo, parts);
  if (!tree.ok()) {
    return tree.status();
  }
  parsed->tree = *std::move(tree);
  parsed->go = GoFile::Derive(*parsed->tree);
  return parsed;
}

}  // namespace windlass
