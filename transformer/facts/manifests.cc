#include "transformer/facts/manifests.h"

#include <algorithm>
#include <array>

#include "re2/re2.h"
#include "transformer/facts/dockerfile.h"

namespace windlass {
namespace {

std::string_view PodPath(std::string_view kind) {
  if (kind == "Pod") {
    return "spec";
  }
  if (kind == "CronJob") {
    return "spec.jobTemplate.spec.template.spec";
  }
  for (const std::string_view known :
       {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "ReplicationController"}) {
    if (kind == known) {
      return "spec.template.spec";
    }
  }
  return {};
}

/// What a label or field says: marks the workload.
void Mark(std::string_view os, Workload* workload) {
  workload->for_windows |= os == "windows";
  workload->for_linux |= os == "linux";
}

bool IsOsLabel(std::string_view key) {
  return key == "kubernetes.io/os" || key == "beta.kubernetes.io/os";
}

void ReadAffinity(const YamlValue& pod, Workload* workload) {
  const YamlValue required = pod.At(
      "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms");
  for (const YamlValue& term : required.Items()) {
    for (const YamlValue& match : term.Get("matchExpressions").Items()) {
      const std::vector<YamlValue> values = match.Get("values").Items();
      if (IsOsLabel(match.Get("key").Text()) && match.Get("operator").Text() == "In" &&
          values.size() == 1) {
        Mark(values.front().Text(), workload);
      }
    }
  }
}

void ReadNodes(const YamlValue& pod, Workload* workload) {
  for (const auto& [key, value] : pod.Get("nodeSelector").Entries()) {
    if (IsOsLabel(key)) {
      Mark(value.Text(), workload);
    } else if (key == "node.kubernetes.io/windows-build") {
      workload->for_windows = true;
    }
  }
  ReadAffinity(pod, workload);
  workload->placed_anywhere = !workload->for_windows && !workload->for_linux;
  Mark(pod.At("os.name").Text(), workload);
  workload->for_windows |= static_cast<bool>(pod.At("securityContext.windowsOptions"));
  for (const PodContainer& container : workload->containers) {
    workload->for_windows |=
        static_cast<bool>(container.value.At("securityContext.windowsOptions"));
  }
  if (!workload->for_linux && !workload->for_windows) {
    workload->for_windows =
        std::ranges::any_of(workload->containers, [](const PodContainer& container) {
          return ImageOsOf(container.image) == ImageOs::kWindows;
        });
  }
  // Whoever says both writes for both, and only what holds everywhere can be said of it.
  if (workload->for_windows && workload->for_linux) {
    workload->for_windows = workload->for_linux = false;
  }
}

void ReadObject(const YamlValue& object, std::vector<Workload>* out) {
  Workload workload;
  workload.kind = object.Get("kind").Text();
  if (workload.kind == "List") {
    for (const YamlValue& item : object.Get("items").Items()) {
      ReadObject(item, out);
    }
    return;
  }
  workload.pod_path = PodPath(workload.kind);
  workload.api_version = object.Get("apiVersion").Text();
  if (workload.pod_path.empty() || workload.api_version.empty()) {
    return;
  }
  workload.object = object;
  workload.name = object.At("metadata.name").Text();
  workload.name_space = object.At("metadata.namespace").Text();
  workload.pod = object.At(workload.pod_path);
  if (!workload.pod.is_map()) {
    return;
  }
  for (const char* list : {"initContainers", "containers"}) {
    for (const YamlValue& container : workload.pod.Get(list).Items()) {
      workload.containers.push_back(
          {container, container.Get("name").Text(), container.Get("image").Text(), list});
    }
  }
  ReadNodes(workload.pod, &workload);
  out->push_back(std::move(workload));
}

}  // namespace

std::vector<Workload> WorkloadsOf(const Tree& tree) {
  std::vector<Workload> workloads;
  for (const YamlValue& document : YamlDocuments(tree)) {
    ReadObject(document, &workloads);
  }
  return workloads;
}

bool IsTemplatedYaml(std::string_view text) {
  static const LazyRE2 kHole = {R"(\{\{-?\s*(\.|\$|/\*|[a-zA-Z(]))"};
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *kHole);
}

}  // namespace windlass
