#ifndef WINDLASS_TRANSFORMER_FACTS_MANIFESTS_H_
#define WINDLASS_TRANSFORMER_FACTS_MANIFESTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/yaml_view.h"

namespace windlass {

/// A container of a pod.
struct PodContainer {
  YamlValue value;
  std::string name;
  std::string image;
  std::string list;  // "containers", "initContainers"
};

/// A Kubernetes object that makes pods: a Deployment, a CronJob, a Pod, … Borrows the tree.
struct Workload {
  YamlValue object;
  std::string api_version;
  std::string kind;
  std::string name;
  std::string name_space;
  std::string pod_path;  // from the object to the pod's spec: "spec.template.spec"
  YamlValue pod;
  std::vector<PodContainer> containers;

  /// What the manifest says of the nodes: nodeSelector, os.name, affinity, windowsOptions; failing
  /// that, the images.
  bool for_windows = false;
  bool for_linux = false;
  /// Neither nodeSelector nor affinity speaks of a system; os.name alone puts a pod nowhere.
  bool placed_anywhere = true;
};

/// The workloads of a file, those within a List included.
std::vector<Workload> WorkloadsOf(const Tree& tree);

/// True for text that Helm or another template engine fills in before it is YAML.
bool IsTemplatedYaml(std::string_view text);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_MANIFESTS_H_
