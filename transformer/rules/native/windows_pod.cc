// Pods for Windows, and services of Compose for it, with fields and programs that only Linux has.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/dockerfile.h"
#include "transformer/facts/manifests.h"
#include "transformer/rules/native/pod_fields.h"
#include "transformer/rules/native/table.h"

namespace windlass {
namespace {

class PodCheck {
 public:
  PodCheck(const Workload& workload, const PodFields& fields, std::vector<Finding>* out)
      : workload_(workload), fields_(fields), out_(*out) {}

  void Run() {
    const YamlValue& pod = workload_.pod;
    relies_ = pod.At("os.name").Text() == "windows" || ReliesOnLinux(pod, "pod") ||
              std::ranges::any_of(workload_.containers, [&](const PodContainer& container) {
                return ReliesOnLinux(container.value, "container");
              });
    CheckFields(pod, "pod");
    CheckHostProcess(pod);
    CheckPlace(pod);
    CheckAccount(pod);
    CheckVolumes(pod);
    for (const PodContainer& container : workload_.containers) {
      CheckFields(container.value, "container");
      CheckAccount(container.value);
      CheckCommand(container.value.Get("command"), "command");
      for (const char* probe : {"livenessProbe", "readinessProbe", "startupProbe",
                                "lifecycle.postStart", "lifecycle.preStop"}) {
        CheckCommand(container.value.At(Cat(probe, ".exec.command")), probe);
      }
      CheckImage(container);
    }
  }

 private:
  void Say(Node place, std::string message, std::string reason) {
    Finding finding;
    finding.level = Level::kSuggest;
    finding.span = place.span();
    finding.message = std::move(message);
    finding.reason = std::move(reason);
    out_.push_back(std::move(finding));
  }

  /// A field that only takes away is ignored on Windows, and nothing is lost.
  static bool OnlyHardens(const PodFields::Row& row, const YamlValue& field) {
    if (row.path.ends_with("capabilities")) {
      return !field.Get("add");
    }
    return row.hardening;
  }

  bool ReliesOnLinux(const YamlValue& value, std::string_view where) const {
    return std::ranges::any_of(fields_.rows, [&](const PodFields::Row& row) {
      const YamlValue field = row.where == where ? value.At(row.path) : YamlValue();
      return field && field.Text() != "null" && field.Text() != "false" && !OnlyHardens(row, field);
    });
  }

  void CheckFields(const YamlValue& value, std::string_view where) {
    for (const PodFields::Row& row : fields_.rows) {
      if (row.where != where || !relies_) {
        continue;
      }
      const YamlValue field = value.At(row.path);
      if (field && field.Text() != "null") {
        Say(field.holder(), Cat("a ", where, " for Windows must not have ", row.path),
            row.instead.empty() ? "remove it; windowsOptions.runAsUserName says the account"
                                : row.instead);
      }
    }
  }

  void CheckHostProcess(const YamlValue& pod) {
    YamlValue host_process = pod.At("securityContext.windowsOptions.hostProcess");
    for (const PodContainer& container : workload_.containers) {
      if (!host_process) {
        host_process = container.value.At("securityContext.windowsOptions.hostProcess");
      }
    }
    const bool on = host_process.Text() == "true";
    const YamlValue network = pod.Get("hostNetwork");
    if (on && network.Text() != "true") {
      Say(host_process.holder(), "a HostProcess pod needs hostNetwork: true",
          "the API server refuses it otherwise");
    } else if (!on && network.Text() == "true") {
      Say(network.holder(), "pods for Windows have no hostNetwork",
          "only HostProcess pods are in the network of their node");
    }
  }

  void CheckPlace(const YamlValue& pod) {
    const YamlValue old_label = pod.Get("nodeSelector").Get("beta.kubernetes.io/os");
    if (old_label) {
      Say(old_label.holder(), "beta.kubernetes.io/os is given up", "write kubernetes.io/os");
    } else if (workload_.placed_anywhere) {
      Say(workload_.object.Get("kind").holder(),
          Cat(workload_.kind, " ", workload_.name,
              " is for Windows and nothing puts it on nodes of that kind"),
          "nodeSelector kubernetes.io/os: windows, and os.name: windows");
    }
  }

  void CheckAccount(const YamlValue& value) {
    const YamlValue user = value.At("securityContext.windowsOptions.runAsUserName");
    if (RE2::FullMatch(user.Text(), R"((?i)(root|nobody|nonroot|\d+))")) {
      Say(user.holder(), Cat("Windows has no account ", user.Text()),
          "ContainerUser, or ContainerAdministrator where it must be");
    }
  }

  void CheckVolumes(const YamlValue& pod) {
    for (const YamlValue& volume : pod.Get("volumes").Items()) {
      const YamlValue path = volume.At("hostPath.path");
      const std::string text = path.Text();
      // On drive C the kubelet has /var/lib/kubelet and the like.
      static const LazyRE2 kLinuxOnly = {
          R"(/(dev|sys|proc|lib|usr|run|boot|var/run|var/lib/docker|var/lib/containerd)(/.*)?|/.*\.sock)"};
      if (RE2::FullMatch(text, *kLinuxOnly)) {
        Say(path.holder(), Cat("no node for Windows has ", text),
            text.ends_with(".sock") ? R"(a named pipe, \\.\pipe\…, stands for the socket)"
                                    : R"(hostPath is a path of the node: C:\…)");
      }
      if (const YamlValue memory = volume.At("emptyDir.medium"); memory.Text() == "Memory") {
        Say(memory.holder(), "Windows has no emptyDir in memory", "leave medium out");
      }
    }
  }

  void CheckCommand(const YamlValue& command, std::string_view where) {
    const std::vector<YamlValue> words = command.Items();
    static const LazyRE2 kUnix = {
        R"((/usr)?(/local)?(/bin/)?(sh|bash|ash|cat|ls|test|pgrep|nc|wget|grep|touch|true|sleep|kill|stat)|/(usr/)?bin/.*)"};
    if (!words.empty() && RE2::FullMatch(words.front().Text(), *kUnix)) {
      Say(words.front().node(),
          Cat(where, " calls ", words.front().Text(), ", which images for Windows lack"),
          "httpGet, tcpSocket or grpc for a probe; else a program of the image, or cmd /S /C");
    }
  }

  void CheckImage(const PodContainer& container) {
    if (ImageOsOf(container.image) == ImageOs::kLinux &&
        container.image.find("windows") == std::string::npos) {
      Say(container.value.Get("image").holder(),
          Cat(container.image, " is an image for Linux and the pod is for Windows"),
          "an image on nanoserver or servercore, or one for several platforms");
    }
  }

  const Workload& workload_;
  const PodFields& fields_;
  std::vector<Finding>& out_;
  bool relies_ = false;  // the API server refuses the fields, or the pod needs what they ask for
};

void CheckComposeService(const YamlValue& service, std::vector<Finding>* out) {
  const std::string platform = service.Get("platform").Text();
  const bool windows = platform.starts_with("windows") ||
                       ImageOsOf(service.Get("image").Text()) == ImageOs::kWindows ||
                       !service.Get("isolation").Text().empty() ||
                       service.At("build.dockerfile").Text().find("windows") != std::string::npos;
  if (!windows) {
    return;
  }
  const auto say = [&](Node place, std::string message, std::string reason) {
    Finding finding;
    finding.level = Level::kSuggest;
    finding.span = place.span();
    finding.message = std::move(message);
    finding.reason = std::move(reason);
    out->push_back(std::move(finding));
  };
  for (const char* key :
       {"privileged", "cap_add", "cap_drop", "security_opt", "sysctls", "shm_size", "tmpfs",
        "ulimits", "userns_mode", "pid", "ipc", "devices", "init"}) {
    const YamlValue value = service.Get(key);
    if (value && value.Text() != "false" &&
        !(std::string_view(key) == "security_opt" &&
          std::string(value.node().text()).find("credentialspec") != std::string::npos) &&
        !(std::string_view(key) == "devices" &&
          std::string(value.node().text()).find("class/") != std::string::npos)) {
      say(value.holder(), Cat("containers for Windows know no ", key), "leave it out");
    }
  }
  const YamlValue user = service.Get("user");
  if (RE2::FullMatch(user.Text(), R"((root|nobody|\d+)(:.*)?)")) {
    say(user.holder(), "Windows has no such account", "ContainerUser or ContainerAdministrator");
  }
  if (service.Get("network_mode").Text() == "host") {
    say(service.Get("network_mode").holder(), "Windows has no host network for containers",
        "publish the ports");
  }
  for (const YamlValue& volume : service.Get("volumes").Items()) {
    if (volume.Text().starts_with("/var/run/docker.sock")) {
      say(volume.node(), "Windows has no /var/run/docker.sock",
          R"(\\.\pipe\docker_engine:\\.\pipe\docker_engine)");
    }
  }
}

}  // namespace

void WindowsPod(const Rule& /*rule*/, const FileContext& context, SharedFacts& shared,
                std::vector<Finding>* out) {
  if (context.tree == nullptr || IsTemplatedYaml(context.source.bytes())) {
    return;
  }
  const PodFields& fields = PodFieldsOf(shared);
  for (const Workload& workload : WorkloadsOf(*context.tree)) {
    if (workload.for_windows) {
      PodCheck(workload, fields, out).Run();
    }
  }
  static const LazyRE2 kCompose = {R"((?i)(.*/)?(docker-)?compose([.-][^/]*)?\.ya?ml)"};
  if (RE2::FullMatch(context.source.path(), *kCompose)) {
    for (const YamlValue& document : YamlDocuments(*context.tree)) {
      for (const auto& [name, service] : document.Get("services").Entries()) {
        CheckComposeService(service, out);
      }
    }
  }
}

}  // namespace windlass
