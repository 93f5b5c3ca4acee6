#include "transformer/driver/build_tree.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>
#include <vector>

#include "transformer/driver/files.h"
#include "transformer/driver/walk.h"
#include "transformer/patch/git_library.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

namespace fs = std::filesystem;

/// Names every file that the last run wrote, one a line.
constexpr std::string_view kManifest = ".windlass-manifest";

absl::Status Failed(const fs::path& path, const std::string& why) {
  return absl::UnavailableError(Absl(Cat(path.string(), ": ", why)));
}

/// Writes beside and renames; leaves a file with the same bytes alone.
absl::StatusOr<bool> WriteIfChanged(const fs::path& path, const std::string& text,
                                    bool executable) {
  std::error_code error;
  if (fs::is_regular_file(path, error) && ReadWhole(path) == text) {
    return false;
  }
  fs::create_directories(path.parent_path(), error);
  const fs::path temp = path.string() + ".windlass-new";
  if (const absl::Status wrote = WriteWhole(temp, text); !wrote.ok()) {
    fs::remove(temp, error);
    return wrote;
  }
  if (executable) {
    fs::permissions(temp, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
                    fs::perm_options::add, error);
  }
  fs::rename(temp, path, error);
  if (error) {
    return Failed(path, error.message());
  }
  return true;
}

/// One run's work on the output folder.
class Writer {
 public:
  Writer(const std::string& root, const Migration& migration, const BuildRequest& request)
      : root_(root), request_(request) {
    for (const FileChange& change : migration.changes) {
      changes_.emplace(change.path, &change);
      if (change.old_path != change.path && !change.old_path.empty()) {
        gone_.insert(change.old_path);
      }
    }
  }

  absl::StatusOr<BuildCount> Run() {
    WINDLASS_RETURN_IF_ERROR(CheckPlace());
    WINDLASS_ASSIGN_OR_RETURN(const WalkResult walked, Walk(root_));
    for (const WalkEntry& entry : walked.files) {
      if (!changes_.contains(entry.path) && !gone_.contains(entry.path)) {
        WINDLASS_RETURN_IF_ERROR(PutUnchanged(entry));
      }
    }
    for (const auto& [path, change] : changes_) {
      if (change->after) {
        WINDLASS_RETURN_IF_ERROR(Put(path, *change->after, change->executable));
      }
    }
    WINDLASS_RETURN_IF_ERROR(RemoveStale());
    WINDLASS_RETURN_IF_ERROR(WriteOverlay());
    WINDLASS_RETURN_IF_ERROR(WriteDepfile(walked));
    WINDLASS_RETURN_IF_ERROR(WriteDigest());
    return count_;
  }

 private:
  absl::Status CheckPlace() const {
    std::error_code error;
    fs::create_directories(request_.out, error);
    if (error) {
      return Failed(request_.out, error.message());
    }
    if (fs::equivalent(request_.out, root_, error)) {
      return InvalidInput(
          Cat("-o ", request_.out, ": is the source tree; choose a folder of the build"));
    }
    return absl::OkStatus();
  }

  absl::Status PutUnchanged(const WalkEntry& entry) {
    if (!request_.overlay.empty() && request_.digest.empty()) {
      return absl::OkStatus();
    }
    const std::string text = ReadWhole(fs::path(root_) / entry.path);
    if (request_.overlay.empty()) {
      return Put(entry.path, text, entry.executable);
    }
    digest_[entry.path] = BlobId(text);
    return absl::OkStatus();
  }

  absl::Status WriteDigest() const {
    if (request_.digest.empty()) {
      return absl::OkStatus();
    }
    std::string text;
    for (const auto& [path, id] : digest_) {
      text += Cat(id, " ", path, "\n");
    }
    return WriteIfChanged(request_.digest, text, false).status();
  }

  absl::Status Put(const std::string& path, const std::string& text, bool executable) {
    WINDLASS_ASSIGN_OR_RETURN(const bool wrote,
                              WriteIfChanged(fs::path(request_.out) / path, text, executable));
    ++(wrote ? count_.written : count_.unchanged);
    written_.insert(path);
    if (!request_.digest.empty()) {
      digest_[path] = BlobId(text);
    }
    return absl::OkStatus();
  }

  absl::Status RemoveStale() {
    const fs::path manifest = fs::path(request_.out) / kManifest;
    std::ifstream old(manifest, std::ios::binary);
    std::string path;
    std::error_code error;
    while (std::getline(old, path)) {
      if (!written_.contains(path) && fs::remove(fs::path(request_.out) / path, error)) {
        ++count_.removed;
      }
    }
    std::string text;
    for (const std::string& name : written_) {
      text += Cat(name, "\n");
    }
    return WriteIfChanged(manifest, text, false).status();
  }

  absl::Status WriteOverlay() const {
    if (request_.overlay.empty()) {
      return absl::OkStatus();
    }
    nlohmann::ordered_json replace = nlohmann::ordered_json::object();
    const auto absolute = [](const fs::path& path) {
      return fs::absolute(path).lexically_normal().string();
    };
    for (const auto& [path, change] : changes_) {
      if (change->after) {
        replace[absolute(fs::path(root_) / path)] = absolute(fs::path(request_.out) / path);
      }
    }
    for (const std::string& path : gone_) {
      replace[absolute(fs::path(root_) / path)] = "";  // as go build spells a deleted file
    }
    const nlohmann::ordered_json overlay = {{"Replace", replace}};
    return WriteIfChanged(request_.overlay, overlay.dump(2) + "\n", false).status();
  }

  /// Folders stand in it too, so that a file that comes or goes is noticed.
  absl::Status WriteDepfile(const WalkResult& walked) const {
    if (request_.depfile.empty()) {
      return absl::OkStatus();
    }
    StringSet inputs;
    for (const std::string& input : request_.inputs) {
      inputs.insert(Escaped(fs::absolute(input).lexically_normal().string()));
    }
    for (const WalkEntry& entry : walked.files) {
      const fs::path path = fs::path(root_) / entry.path;
      inputs.insert(Escaped(path.string()));
      inputs.insert(Escaped(path.parent_path().string()));
    }
    std::string text = Cat(Escaped(request_.target), ":");
    for (const std::string& input : inputs) {
      text += Cat(" \\\n  ", input);
    }
    return WriteIfChanged(request_.depfile, text + "\n", false).status();
  }

  static std::string Escaped(const std::string& path) {
    std::string out;
    for (const char c : path) {
      if (c == ' ' || c == '#' || c == '\\') {
        out += '\\';
      } else if (c == '$') {
        out += '$';
      }
      out += c;
    }
    return out;
  }

  const std::string& root_;
  const BuildRequest& request_;
  StringMap<const FileChange*> changes_;
  StringSet gone_;
  StringSet written_;
  StringMap<std::string> digest_;
  BuildCount count_;
};

}  // namespace

absl::StatusOr<BuildCount> WriteBuildTree(const std::string& root, const Migration& migration,
                                          const BuildRequest& request) {
  return Writer(root, migration, request).Run();
}

}  // namespace windlass
