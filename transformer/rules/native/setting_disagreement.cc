// One name, one path: variables that the Go code reads as paths, and the files around it that give
// them different ones.

#include <algorithm>
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
#include "transformer/rules/native/host_settings.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

enum class Kind : uint8_t { kImage, kManifest, kCompose, kEnvironment };

/// One place that gives a variable its path.
struct Given {
  Kind kind;
  bool windows;
  std::string path;
  Span span;
  std::string text;
};
using Givens = std::map<std::string, std::vector<Given>>;

/// C:\Data\ and /data are one path; "" for what is no rooted path.
std::string Normal(std::string_view text, bool windows) {
  std::string path(text);
  RE2::Replace(&path, R"(^[Cc]:)", "");
  std::ranges::replace(path, '\\', '/');
  while (path.size() > 1 && path.back() == '/') {
    path.pop_back();
  }
  if (windows) {
    std::ranges::transform(path, path.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
  }
  static const LazyRE2 kRooted = {R"((/|[A-Za-z]:/)[^\s$:]*)"};
  return RE2::FullMatch(path, *kRooted) && path.size() > 1 ? path : "";
}

class Collector {
 public:
  explicit Collector(Givens* out) : out_(*out) {}

  void Read(const ProjectFile& file, const Tree& tree) {
    path_ = file.path;
    if (file.language == Language::kDockerfile) {
      ReadImage(tree);
    } else if (file.language == Language::kDotenv) {
      for (const ConfigValue& value : ReadConfig(tree)) {
        Add(value.keys.back(), {Kind::kEnvironment, false, path_, value.span, value.text});
      }
    } else {
      ReadManifest(tree);
      ReadCompose(tree);
    }
  }

 private:
  void Add(const std::string& name, Given given) {
    if (!Normal(given.text, given.windows).empty()) {
      out_[name].push_back(std::move(given));
    }
  }

  void ReadImage(const Tree& tree) {
    const Dockerfile file = Dockerfile::Read(tree);
    if (file.stages.empty()) {
      return;
    }
    const bool windows = file.stages.back().os == ImageOs::kWindows;
    for (const DockerInstruction& instruction : file.stages.back().instructions) {
      for (const Node pair : instruction.node.NamedChildren()) {
        if (instruction.name == "ENV" && pair.Is("pair")) {
          const Node value = pair.Field("value");
          Add(std::string(pair.Field("key").text()),
              {Kind::kImage, windows, path_, value.span(),
               value.Is("word") ? file.Word(value) : std::string(value.text())});
        }
      }
    }
  }

  void ReadManifest(const Tree& tree) {
    for (const Workload& workload : WorkloadsOf(tree)) {
      for (const PodContainer& container : workload.containers) {
        for (const YamlValue& variable : container.value.Get("env").Items()) {
          const YamlValue value = variable.Get("value");
          if (value) {
            Add(variable.Get("name").Text(),
                {Kind::kManifest, workload.for_windows, path_, value.node().span(), value.Text()});
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
        for (const auto& [name, path] : value.Get("environment").Entries()) {
          Add(name, {Kind::kCompose, windows, path_, path.node().span(), path.Text()});
        }
        for (const YamlValue& item : value.Get("environment").Items()) {
          const std::string text = item.Text();
          if (const size_t equals = text.find('='); equals != std::string::npos) {
            Add(text.substr(0, equals),
                {Kind::kCompose, windows, path_, item.node().span(), text.substr(equals + 1)});
          }
        }
      }
    }
  }

  Givens& out_;
  std::string path_;
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
    if (Normal(given.text, given.windows) == Normal(truth.text, truth.windows)) {
      continue;
    }
    Finding finding;
    finding.level = Level::kSuggest;
    finding.path = given.path;
    finding.span = given.span;
    finding.message = Cat(name, " is ", given.text, " here and ", truth.text, " in ", truth.path);
    finding.reason =
        "volumes and rights go with one of the two: make them one, or say why they differ";
    finding.also = {{truth.path, truth.span, "the other path"}, witness};
    out->push_back(std::move(finding));
  }
}

/// Whether two of `givens`, those of one system, give different paths.
bool Differ(const std::vector<Given>& givens) {
  return std::ranges::any_of(givens, [&](const Given& given) {
    return Normal(given.text, given.windows) != Normal(givens.front().text, givens.front().windows);
  });
}

}  // namespace

void SettingDisagreement(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                         std::vector<Finding>* out) {
  static const LazyRE2 kRooted = {
      R"re((?m)(^\s*ENV\s|[\w"']=|\bvalue:|^\s+\w+:).*["'=\s](/[a-z]|[A-Za-z]:[\\/]))re"};
  std::vector<const ProjectFile*> files;
  for (const ProjectFile& file : project.files()) {
    const auto text = IsAround(file) ? project.Read(file.path) : absl::NotFoundError("");
    if (text.ok() && RE2::PartialMatch(*text, *kRooted)) {
      files.push_back(&file);
    }
  }
  const bool wanted = std::ranges::any_of(
      files, [&](const ProjectFile* file) { return InFocus(project, file->path); });
  if (files.size() < 2 || !wanted) {
    return;
  }
  Givens givens;
  Collector collector(&givens);
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
      }
    }
  }
}

}  // namespace windlass
