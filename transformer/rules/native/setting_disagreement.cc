// One name, one path: variables that the Go code reads as paths, and the files around it that give
// them different ones.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/config_values.h"
#include "transformer/facts/dockerfile.h"
#include "transformer/facts/manifests.h"
#include "transformer/rules/focus.h"
#include "transformer/rules/native/compose_service.h"
#include "transformer/rules/native/go_image.h"
#include "transformer/rules/native/host_settings.h"
#include "transformer/rules/native/setting_places.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

enum class Kind : uint8_t { kImage, kManifest, kCompose, kEnvironment, kFallback };

/// `text` as the program sees it that works in `workdir` ("" unknown).
std::string PlaceOf(std::string_view text, bool windows, std::string_view workdir) {
  static const LazyRE2 kRelative = {R"((?:\./)?[\w.-]*\w(?:/[\w.-]*\w)*/?)"};
  const std::string slashed = RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kRelative)
                                  ? UnixPath(workdir, text)
                                  : std::string(text);
  return workdir.empty() && !text.starts_with("/") && slashed != text ? ""
                                                                      : PlacePath(slashed, windows);
}

/// One place that gives a variable its path.
struct Given {
  Kind kind;
  bool windows;
  std::string path;
  Span span;
  std::string text;
  std::string place;  // PlacePath of it
};
using Givens = std::map<std::string, std::vector<Given>>;

class Collector {
 public:
  Collector(const Project& project, Givens* out) : project_(project), out_(*out) {}

  const std::vector<SettingPlace>& places() const { return places_; }
  /// An image is one of Go code, and no other is of the same system.
  bool IsPlain(bool windows) const { return for_go_ && images_[windows ? 1 : 0] == 1; }
  /// The folder that the only image of a system works in; "" if there are several or none.
  const std::string& workdir(bool windows) const { return workdirs_[windows ? 1 : 0]; }

  void Read(const ProjectFile& file, const Tree& tree) {
    path_ = file.path;
    if (file.language == Language::kDockerfile) {
      ReadImage(tree);
    } else if (file.language == Language::kDotenv) {
      for (const ConfigValue& value : ReadConfig(tree)) {
        Add(value.keys.back(), {Kind::kEnvironment, false, path_, value.span, value.text, ""});
      }
    } else {
      ReadManifest(tree);
      ReadCompose(tree);
    }
  }

 private:
  void Add(const std::string& name, Given given) {
    given.place = PlaceOf(given.text, given.windows,
                          given.kind == Kind::kImage ? workdir(given.windows) : "");
    if (!given.place.empty()) {
      out_[name].push_back(std::move(given));
    }
  }

  void ReadImage(const Tree& tree) {
    const Dockerfile file = Dockerfile::Read(tree);
    if (file.stages.empty()) {
      return;
    }
    const bool windows = file.stages.back().os == ImageOs::kWindows;
    std::string& workdir = workdirs_[windows ? 1 : 0];
    std::string last;
    Take(PlacesOfImage(file, project_, path_, &last));
    workdir = images_[windows ? 1 : 0]++ == 0 ? last : "";
    static const LazyRE2 kGo = {R"(\bgolang\b|\bgo (build|install)\b)"};
    for_go_ |= RE2::PartialMatch(std::string(tree.root().text()), *kGo);
    for (const DockerInstruction& instruction : file.stages.back().instructions) {
      for (const Node pair : instruction.node.NamedChildren()) {
        if (instruction.name == "ENV" && pair.Is("pair")) {
          const Node value = pair.Field("value");
          Add(std::string(pair.Field("key").text()),
              {Kind::kImage, windows, path_, value.span(),
               value.Is("word") ? file.Word(value) : std::string(value.text()), ""});
        }
      }
    }
  }

  void ReadManifest(const Tree& tree) {
    for (const Workload& workload : WorkloadsOf(tree)) {
      for (const PodContainer& container : workload.containers) {
        Take(PlacesOfMounts(container.value, workload.for_windows, path_));
        for (const YamlValue& variable : container.value.Get("env").Items()) {
          const YamlValue value = variable.Get("value");
          if (value) {
            Add(variable.Get("name").Text(), {Kind::kManifest, workload.for_windows, path_,
                                              value.node().span(), value.Text(), ""});
          }
        }
      }
    }
  }

  void ReadCompose(const Tree& tree) {
    if (!IsComposeFile(path_)) {
      return;
    }
    for (const YamlValue& document : YamlDocuments(tree)) {
      for (const auto& [service, value] : document.Get("services").Entries()) {
        const bool windows = value.Get("platform").Text().starts_with("windows");
        Take(PlacesOfMounts(value, windows, path_));
        for (const auto& [name, path] : value.Get("environment").Entries()) {
          Add(name, {Kind::kCompose, windows, path_, path.node().span(), path.Text(), ""});
        }
        for (const YamlValue& item : value.Get("environment").Items()) {
          const std::string text = item.Text();
          if (const size_t equals = text.find('='); equals != std::string::npos) {
            Add(text.substr(0, equals),
                {Kind::kCompose, windows, path_, item.node().span(), text.substr(equals + 1), ""});
          }
        }
      }
    }
  }

  void Take(std::vector<SettingPlace> places) {
    std::ranges::move(places, std::back_inserter(places_));
  }

  const Project& project_;
  Givens& out_;
  std::string path_;
  std::vector<SettingPlace> places_;
  std::string workdirs_[2];
  int images_[2] = {0, 0};
  bool for_go_ = false;
};

bool IsAround(const ProjectFile& file) {
  static const LazyRE2 kOther = {
      R"((?i)(^|/)(\.[^/]+|[^/]*(test|example|fixture|sample)[^/]*|docs?|node_modules|templates)/|\.(sample|example|dist)$)"};
  const bool known = file.language == Language::kYaml || file.language == Language::kDotenv ||
                     file.language == Language::kDockerfile;
  constexpr size_t kMaxBytes = size_t{256} << 10;
  return known && file.editable() && file.size < kMaxBytes &&
         !RE2::PartialMatch(file.path, *kOther);
}

/// `value` differs from `other`, and code that `witness` shows goes by it.
Finding Suggest(const Given& value, std::string message, std::string_view trouble, Related other,
                const Related& witness) {
  Finding finding;
  finding.level = Level::kSuggest;
  finding.path = value.path;
  finding.span = value.span;
  finding.message = std::move(message);
  finding.reason = Cat(trouble, ": make them one, or say why they differ");
  finding.also = {std::move(other), witness};
  return finding;
}

/// The first of `givens` is the truth that the others are held against: the image, if it says one.
void Compare(const std::string& name, std::vector<Given> givens, const Related& witness,
             std::vector<Finding>* out) {
  std::ranges::stable_sort(givens, {}, &Given::kind);
  const Given& truth = givens.front();
  // Several images or environments are several services or machines.
  if (std::ranges::count(givens, truth.kind, &Given::kind) > 1) {
    return;
  }
  for (const Given& given : givens) {
    if (given.place != truth.place) {
      out->push_back(Suggest(
          given, Cat(name, " is ", given.text, " here and ", truth.text, " in ", truth.path),
          "volumes and rights go with one of the two", {truth.path, truth.span, "the other path"},
          witness));
    }
  }
}

/// Whether two of `givens`, those of one system, give different paths.
bool Differ(const std::vector<Given>& givens) {
  return std::ranges::any_of(
      givens, [&](const Given& given) { return given.place != givens.front().place; });
}

/// Where something else puts what `value` looks for: the only file of that name, or the folder that
/// another of `values` names; null if `value` is right, or nothing is known.
const SettingPlace* Elsewhere(const Given& value, const std::vector<Given>& values,
                              const std::vector<SettingPlace>& places) {
  const SettingPlace* other = nullptr;
  for (const SettingPlace& place : places) {
    if (place.Covers(value.place)) {
      return nullptr;
    }
    const bool meant =
        IsFileName(value.place)
            ? !place.folder && UnixBase(place.path) == UnixBase(value.place)
            : place.folder && std::ranges::find(values, place.path, &Given::place) != values.end();
    if (meant && other != nullptr && other->path != place.path) {
      return nullptr;
    }
    other = meant ? &place : other;
  }
  return other;
}

/// The paths that Go code names beside questions for variables: seen in its text, without parsing.
std::vector<std::string> PathsInGo(const Project& project) {
  static const LazyRE2 kPath = {R"re(["`:\\](\.?/?[\w.-]+(?:/[\w.-]+)+/?)["`\\])re"};
  std::vector<std::string> paths;
  for (const ProjectFile& file : project.files()) {
    const bool asks =
        file.skim != nullptr && file.editable() && !file.path.ends_with("_test.go") &&
        std::ranges::any_of(std::array{"Getenv", "LookupEnv", "GetEnv", "getEnv", "getenv", "envOr",
                                       "EnvOr", "getEnvOrDefault", "env", "envconfig", "cleanenv"},
                            [&](const char* name) { return file.skim->Mentions(name); });
    const auto text = asks ? project.Read(file.path) : absl::NotFoundError("");
    if (!text.ok()) {
      continue;
    }
    re2::StringPiece rest(*text);
    std::string path;
    while (RE2::FindAndConsume(&rest, *kPath, &path)) {
      paths.push_back(path);
    }
  }
  return paths;
}

/// Values that lead to where nothing is, while COPY, VOLUME or a mount puts it elsewhere.
class PlaceCheck {
 public:
  PlaceCheck(const Project& project, const Givens& givens, const Collector& collector,
             SharedFacts& shared)
      : project_(project), givens_(givens), collector_(collector), shared_(shared) {}

  void Run(bool windows, const StringSet& said, std::vector<Finding>* out) {
    std::vector<SettingPlace> places;
    std::ranges::copy_if(collector_.places(), std::back_inserter(places),
                         [&](const SettingPlace& place) { return place.windows == windows; });
    if (!collector_.IsPlain(windows) || places.empty() || !MayDiffer(windows, places)) {
      return;
    }
    for (const auto& [name, witness] : HostSettingsOf(shared_).environment) {
      const std::vector<Given> values =
          said.contains(name) ? std::vector<Given>() : ValuesOf(name, windows);
      const bool overridden =
          !values.empty() && std::ranges::find(values, Kind::kImage, &Given::kind) != values.end();
      for (const Given& value : values) {
        const SettingPlace* place = value.kind == Kind::kFallback && overridden
                                        ? nullptr
                                        : Elsewhere(value, values, places);
        if (place != nullptr) {
          out->push_back(Suggest(
              value, Cat(name, " is ", value.text, " here, and in ", place->file, " ", place->what),
              "the program looks where nothing is put",
              {place->file, place->span, "the other path"}, witness));
        }
      }
    }
  }

 private:
  std::vector<Given> ValuesOf(const std::string& name, bool windows) const {
    std::vector<Given> values;
    if (const auto given = givens_.find(name); given != givens_.end()) {
      std::ranges::copy_if(given->second, std::back_inserter(values),
                           [&](const Given& value) { return value.windows == windows; });
    }
    const auto& fallbacks = HostSettingsOf(shared_).fallbacks;
    if (const auto fallback = fallbacks.find(name); fallback != fallbacks.end()) {
      const auto& [path, span, text] = fallback->second;
      const std::string place = PlaceOf(text, windows, collector_.workdir(windows));
      if (!place.empty()) {
        values.push_back({Kind::kFallback, windows, path, span, text, place});
      }
    }
    return values;
  }

  /// Whether any value can be one to report, before the Go code is read for its variables.
  bool MayDiffer(bool windows, const std::vector<SettingPlace>& places) const {
    std::vector<Given> values;
    for (const auto& [name, given] : givens_) {
      std::ranges::copy(given, std::back_inserter(values));
    }
    for (const std::string& path : PathsInGo(project_)) {
      const std::string place = PlaceOf(path, windows, collector_.workdir(windows));
      if (!place.empty()) {
        values.push_back({Kind::kFallback, windows, "", {}, path, place});
      }
    }
    return std::ranges::any_of(
        values, [&](const Given& value) { return Elsewhere(value, values, places) != nullptr; });
  }

  const Project& project_;
  const Givens& givens_;
  const Collector& collector_;
  SharedFacts& shared_;
};

/// What is looked at: files that speak of rooted paths.
std::vector<const ProjectFile*> FilesOf(const Project& project) {
  static const LazyRE2 kRooted = {
      R"re((?m)(^\s*(ENV|COPY|ADD|VOLUME|WORKDIR)\s|[\w"']=|\bvalue:|Path:|^\s+\w+:|^\s*-\s).*["'=\s:\[](/[a-z]|[A-Za-z]:[\\/]))re"};
  std::vector<const ProjectFile*> files;
  for (const ProjectFile& file : project.files()) {
    const auto text = IsAround(file) ? project.Read(file.path) : absl::NotFoundError("");
    if (text.ok() && RE2::PartialMatch(*text, *kRooted)) {
      files.push_back(&file);
    }
  }
  return files;
}

}  // namespace

void SettingDisagreement(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                         std::vector<Finding>* out) {
  const std::vector<const ProjectFile*> files = FilesOf(project);
  const bool wanted = std::ranges::any_of(
      files, [&](const ProjectFile* file) { return InFocus(project, file->path); });
  if (!wanted) {
    return;
  }
  Givens givens;
  Collector collector(project, &givens);
  for (const ProjectFile* file : files) {
    auto text = project.Read(file->path);
    if (!text.ok()) {
      continue;
    }
    const SourceFile source(file->path, *std::move(text));
    if (const auto tree = Tree::Parse(source, file->language); tree.ok()) {
      collector.Read(*file, **tree);
    }
  }
  StringSet said;
  for (const auto& [name, all] : givens) {
    for (const bool windows : {false, true}) {
      std::vector<Given> side;
      std::ranges::copy_if(all, std::back_inserter(side),
                           [&](const Given& given) { return given.windows == windows; });
      if (side.size() < 2 || !Differ(side)) {
        continue;
      }
      // Last, because reading the Go code for its variables is dear.
      const auto& variables = HostSettingsOf(shared).environment;
      if (const auto variable = variables.find(name); variable != variables.end()) {
        Compare(name, side, variable->second, out);
        said.insert(name);
      }
    }
  }
  for (const bool windows : {false, true}) {
    PlaceCheck(project, givens, collector, shared).Run(windows, said, out);
  }
}

}  // namespace windlass
