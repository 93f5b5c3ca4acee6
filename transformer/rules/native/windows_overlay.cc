// A kustomize overlay that puts the project's own workloads on nodes for Windows; the manifests
// stay for Linux.

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/manifests.h"
#include "transformer/rules/focus.h"
#include "transformer/rules/native/go_image.h"
#include "transformer/rules/native/pod_fields.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

std::string FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

bool IsOurs(std::string_view path) {
  static const LazyRE2 kOther = {
      R"((?i)(^|/)(\.[^/]+|[^/]*(test|example|fixture|sample|demo)[^/]*|e2e|docs?|hack|templates|vendor)/)"};
  return !RE2::PartialMatch(re2::StringPiece(path.data(), path.size()), *kOther);
}

/// "registry/team/web:1.2@sha…" → "web".
std::string ImageName(std::string_view image) {
  std::string name;
  RE2::FullMatch(re2::StringPiece(image.data(), image.size()),
                 R"((?:.*/)?([^/:@]+)(?::[^/]*)?(?:@.*)?)", &name);
  return name;
}

/// A file of manifests, kept while its workloads are.
struct Manifest {
  const ProjectFile* file;
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<Tree> tree;
  std::vector<Workload> workloads;
};

/// The names that images of the project's own Go services may have.
StringSet OwnNames(const Project& project) {
  StringSet names;
  for (const ProjectFile& file : project.files()) {
    if (file.language != Language::kDockerfile || !file.editable()) {
      continue;
    }
    const GoModule* module = project.ModuleOf(file.path);
    auto text = project.Read(file.path);
    if (module == nullptr || !text.ok()) {
      continue;
    }
    const SourceFile source(file.path, *std::move(text));
    const auto tree = Tree::Parse(source, Language::kDockerfile);
    if (!tree.ok()) {
      continue;
    }
    const GoImage image(**tree, *module);
    for (const GoOutput& output : image.outputs()) {
      names.emplace(UnixBase(output.path));
    }
    if (image.builds() || !image.hidden_build().empty()) {
      names.emplace(UnixBase(module->path));
      names.emplace(UnixBase(FolderOf(file.path)));
    }
  }
  names.erase("");
  return names;
}

std::vector<Manifest> LoadManifests(const Project& project) {
  std::vector<Manifest> manifests;
  static const LazyRE2 kWorkload = {
      R"((?m)^\s*-?\s*\{?"?kind"?:\s*"?(Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|List)\b)"};
  for (const ProjectFile& file : project.files()) {
    if (file.language != Language::kYaml || !file.editable()) {
      continue;
    }
    auto text = project.Read(file.path);
    if (!text.ok() || !RE2::PartialMatch(*text, *kWorkload) || IsTemplatedYaml(*text)) {
      continue;
    }
    Manifest manifest{
        &file, std::make_unique<SourceFile>(file.path, *std::move(text)), nullptr, {}};
    auto tree = Tree::Parse(*manifest.source, Language::kYaml);
    if (tree.ok()) {
      manifest.tree = *std::move(tree);
      manifest.workloads = WorkloadsOf(*manifest.tree);
      manifests.push_back(std::move(manifest));
    }
  }
  return manifests;
}

/// What an overlay cannot mend; "" if there is nothing.
std::string Obstacle(const Workload& workload, const StringSet& own) {
  for (const YamlValue& volume : workload.pod.Get("volumes").Items()) {
    if (const std::string path = volume.At("hostPath.path").Text(); path.starts_with("/")) {
      return Cat("it needs ", path, " of its node");
    }
  }
  for (const PodContainer& container : workload.containers) {
    if (!own.contains(ImageName(container.image))) {
      return Cat("its container ", container.name, " is ", container.image);
    }
    const std::vector<YamlValue> command = container.value.Get("command").Items();
    if (!command.empty()) {
      return Cat("its command is ", command.front().Text());
    }
    for (const char* probe : {"livenessProbe", "readinessProbe", "startupProbe"}) {
      const std::vector<YamlValue> words = container.value.At(Cat(probe, ".exec.command")).Items();
      if (!words.empty()) {
        return Cat("its ", probe, " runs ", words.front().Text());
      }
    }
  }
  return "";
}

/// The lines that take away what is there and Windows has not; below securityContext.
std::string Removals(const YamlValue& value, std::string_view where, const PodFields& fields,
                     std::string_view indent) {
  std::string text;
  for (const PodFields::Row& row : fields.rows) {
    constexpr std::string_view kContext = "securityContext.";
    if (row.where == where && row.path.starts_with(kContext) && value.At(row.path)) {
      text += Cat(indent, std::string_view(row.path).substr(kContext.size()), ": null\n");
    }
  }
  return text;
}

std::string WritePatch(const Workload& workload, const PodFields& fields) {
  std::string text = Cat("apiVersion: ", workload.api_version, "\nkind: ", workload.kind,
                         "\nmetadata:\n  name: ", workload.name, "\n");
  if (!workload.name_space.empty()) {
    text += Cat("  namespace: ", workload.name_space, "\n");
  }
  std::string indent;
  for (std::string_view rest = workload.pod_path; !rest.empty();) {
    const size_t dot = rest.find('.');
    text += Cat(indent, rest.substr(0, dot), ":\n");
    indent += "  ";
    rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  }
  text += Cat(indent, "os:\n", indent, "  name: windows\n");
  text += Cat(indent, "nodeSelector:\n", indent, "  kubernetes.io/os: windows\n");
  for (const PodFields::Row& row : fields.rows) {
    if (row.where == "pod" && row.path.find('.') == std::string::npos &&
        workload.pod.Get(row.path)) {
      text += Cat(indent, row.path, ": null\n");
    }
  }
  text += Cat(indent, "securityContext:\n", Removals(workload.pod, "pod", fields, indent + "  "),
              indent, "  windowsOptions:\n", indent, "    runAsUserName: ContainerUser\n");
  std::string_view list;
  for (const PodContainer& container : workload.containers) {
    const std::string removals = Removals(container.value, "container", fields, indent + "      ");
    if (removals.empty()) {
      continue;
    }
    if (list != container.list) {
      text += Cat(indent, container.list, ":\n");
      list = container.list;
    }
    text +=
        Cat(indent, "  - name: ", container.name, "\n", indent, "    securityContext:\n", removals);
  }
  return text;
}

class Overlays {
 public:
  Overlays(const Project& project, SharedFacts& shared)
      : project_(project), fields_(PodFieldsOf(shared)), manifests_(LoadManifests(project)) {}

  void Run(std::vector<Finding>* out) {
    own_ = OwnNames(project_);
    std::vector<Finding> found;
    if (!own_.empty()) {
      MentionCharts(&found);
      SayOnce(std::move(found), out);
      found.clear();
    }
    std::map<std::string, std::vector<std::pair<const Manifest*, const Workload*>>> by_folder;
    for (const Manifest& manifest : manifests_) {
      for (const Workload& workload : manifest.workloads) {
        if (IsOurs(manifest.file->path) && Wanted(workload)) {
          by_folder[FolderOf(manifest.file->path)].emplace_back(&manifest, &workload);
        }
      }
    }
    for (const auto& [folder, workloads] : by_folder) {
      Propose(folder, workloads, &found);
    }
    DropCovered(by_folder, &found);
    SayOnce(std::move(found), out);
  }

 private:
  using Members = std::vector<std::pair<const Manifest*, const Workload*>>;

  /// A copy of workloads that get an overlay elsewhere, a release's bundle, needs no word.
  static void DropCovered(const std::map<std::string, Members>& by_folder,
                          std::vector<Finding>* found) {
    StringSet covered;
    const auto members = [&](const Finding& finding) -> const Members& {
      return by_folder.at(FolderOf(finding.path));
    };
    for (const Finding& finding : *found) {
      for (const auto& [unused, workload] : finding.fix ? members(finding) : Members()) {
        covered.insert(workload->name);
      }
    }
    std::erase_if(*found, [&](const Finding& finding) {
      return !finding.fix && std::ranges::all_of(members(finding), [&](const auto& member) {
        return covered.contains(member.second->name);
      });
    });
  }

  /// What is only a suggestion is said of the first place; the others are named beside it.
  static void SayOnce(std::vector<Finding> found, std::vector<Finding>* out) {
    std::optional<Finding> said;
    for (Finding& finding : found) {
      if (finding.level != Level::kSuggest) {
        out->push_back(std::move(finding));
      } else if (!said) {
        said = std::move(finding);
      } else {
        said->also.push_back({finding.path, finding.span, "the same"});
      }
    }
    if (said) {
      out->push_back(*std::move(said));
    }
  }

  /// One word for each chart with workloads that says nothing of Windows anywhere.
  void MentionCharts(std::vector<Finding>* out) const {
    for (const ProjectFile& chart : project_.files()) {
      if (UnixBase(chart.path) != "Chart.yaml" || !chart.editable() || !IsOurs(chart.path)) {
        continue;
      }
      const std::string folder = FolderOf(chart.path);
      const ProjectFile* workload = nullptr;
      bool speaks = false;
      for (const ProjectFile& file : project_.files()) {
        if (!file.path.starts_with(Cat(folder, "/")) || file.language != Language::kYaml) {
          continue;
        }
        const auto text = project_.Read(file.path);
        speaks |= text.ok() && RE2::PartialMatch(*text, "(?i)windows");
        if (workload == nullptr && text.ok() && IsTemplatedYaml(*text) &&
            RE2::PartialMatch(*text, R"((?m)^kind:\s*(Deployment|StatefulSet|DaemonSet)\b)")) {
          workload = &file;
        }
      }
      if (workload != nullptr && !speaks) {
        Finding finding;
        finding.level = Level::kSuggest;
        finding.path = workload->path;
        finding.message = "this is a template of Helm, and left alone";
        finding.reason =
            "nodeSelector kubernetes.io/os and windowsOptions.runAsUserName belong into the values "
            "of the chart";
        out->push_back(std::move(finding));
      }
    }
  }

  bool Wanted(const Workload& workload) const {
    const bool runs_ours = std::ranges::any_of(
        workload.containers,
        [&](const PodContainer& container) { return own_.contains(ImageName(container.image)); });
    return runs_ours && !workload.for_windows && !workload.for_linux && !workload.name.empty() &&
           workload.kind != "Pod" && !HasWindowsTwin(workload);
  }

  bool HasWindowsTwin(const Workload& workload) const {
    return std::ranges::any_of(manifests_, [&](const Manifest& manifest) {
      return std::ranges::any_of(manifest.workloads, [&](const Workload& other) {
        return other.for_windows && other.name.starts_with(workload.name);
      });
    });
  }

  bool Has(const std::string& folder, std::initializer_list<std::string_view> names) const {
    return std::ranges::any_of(names, [&](std::string_view name) {
      return project_.Find(Cat(folder, folder.empty() ? "" : "/", name)) != nullptr;
    });
  }

  /// Beside the base: kustomize allows no overlay within it.
  std::string OverlayFolder(const std::string& base) const {
    const std::string parent = FolderOf(base);
    const std::string above = parent.empty() ? "" : Cat(parent, "/");
    if (UnixBase(base) != "base") {
      return Cat(base, "-windows");
    }
    const bool overlays = std::ranges::any_of(project_.files(), [&](const ProjectFile& file) {
      return file.path.starts_with(Cat(above, "overlays/"));
    });
    return Cat(above, overlays ? "overlays/windows" : "windows");
  }

  void Propose(const std::string& folder, const Members& members, std::vector<Finding>* out) const {
    const auto& [manifest, first] = members.front();
    Finding finding;
    finding.path = manifest->file->path;
    finding.span = first->object.Get("kind").holder().span();
    finding.message =
        Cat(first->kind, " ", first->name, " has nothing that puts it on nodes for Windows");
    std::string why;
    for (const auto& [unused, workload] : members) {
      const std::string obstacle = Obstacle(*workload, own_);
      if (why.empty() && !obstacle.empty()) {
        why = Cat(workload->name, ": ", obstacle);
      }
    }
    const bool has_base = Has(folder, {"kustomization.yaml", "kustomization.yml", "Kustomization"});
    if (folder.empty() || !has_base || !why.empty()) {
      finding.level = Level::kSuggest;
      finding.reason =
          "a copy for Windows: os.name and nodeSelector kubernetes.io/os windows, "
          "windowsOptions.runAsUserName ContainerUser, without runAsUser, capabilities and the "
          "like";
      finding.reason += why.empty() ? "" : Cat("; ", why);
      out->push_back(std::move(finding));
      return;
    }
    const std::string overlay = OverlayFolder(folder);
    const bool taken = std::ranges::any_of(project_.files(), [&](const ProjectFile& file) {
      return file.path.starts_with(overlay + "/");
    });
    if (taken) {
      return;
    }
    finding.level = Level::kReview;
    finding.reason =
        "check that the image has a variant for Windows under the same name, and that "
        "ContainerUser may do what it does";
    WriteOverlay(folder, overlay, members, &finding.fix.emplace());
    out->push_back(std::move(finding));
  }

  void WriteOverlay(const std::string& base, const std::string& overlay, const Members& members,
                    Fix* fix) const {
    const std::string up = overlay.ends_with("overlays/windows") ? "../../" : "../";
    std::string text = Cat(
        "# The same for nodes of Windows: kubectl apply -k ", overlay, "\n",
        "# Images need a variant for windows/amd64 under their name, or an `images:` entry here.\n",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - ", up,
        UnixBase(base), "\npatches:\n");
    for (const auto& [unused, workload] : members) {
      const std::string name = Cat(workload->name, ".yaml");
      text += Cat("  - path: ", name, "\n");
      fix->new_files.push_back(
          {.path = Cat(overlay, "/", name), .text = WritePatch(*workload, fields_)});
    }
    fix->new_files.push_back({.path = Cat(overlay, "/kustomization.yaml"), .text = text});
  }

  const Project& project_;
  const PodFields& fields_;
  std::vector<Manifest> manifests_;
  StringSet own_;
};

}  // namespace

void WindowsOverlay(const Rule& /*rule*/, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out) {
  if (LanguageInFocus(project, Language::kYaml)) {
    Overlays(project, shared).Run(out);
  }
}

}  // namespace windlass
