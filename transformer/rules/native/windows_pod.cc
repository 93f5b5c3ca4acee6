// Pods for Windows, and services of Compose for it, with fields and programs that only Linux has.
// What can only be wrong there is taken out; the rest is told.

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/facts/dockerfile.h"
#include "transformer/facts/manifests.h"
#include "transformer/rules/native/compose_service.h"
#include "transformer/rules/native/pod_fields.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/yaml_edit.h"

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
    CollectFields(pod, "pod");
    for (const PodContainer& container : workload_.containers) {
      CollectFields(container.value, "container");
    }
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
  Finding* Say(Node place, std::string message, std::string reason) {
    Finding& finding = out_.emplace_back();
    finding.level = Level::kSuggest;
    finding.span = place.span();
    finding.message = std::move(message);
    finding.reason = std::move(reason);
    return &finding;
  }
  /// The same of what a patch mends.
  Finding* Mend(Node place, std::string message, std::string reason) {
    Finding* finding = Say(place, std::move(message), std::move(reason));
    finding->level = Level::kReview;
    return finding;
  }
  Node owner() const { return workload_.object.node(); }

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

  template <typename Visitor>
  void VisitFields(const YamlValue& value, std::string_view where, const Visitor& visit) {
    for (const PodFields::Row& row : fields_.rows) {
      const YamlValue field = row.where == where && relies_ ? value.At(row.path) : YamlValue();
      if (field && field.Text() != "null") {
        visit(row, field);
      }
    }
  }

  void CollectFields(const YamlValue& value, std::string_view where) {
    VisitFields(value, where, [&](const PodFields::Row&, const YamlValue& field) {
      going_.push_back(field.holder());
    });
  }

  void CheckFields(const YamlValue& value, std::string_view where) {
    VisitFields(value, where, [&](const PodFields::Row& row, const YamlValue& field) {
      Finding* finding =
          Mend(field.holder(), Cat("a ", where, " for Windows must not have ", row.path),
               row.instead.empty() ? "windowsOptions.runAsUserName says the account there; check "
                                     "that nothing else reads the field"
                                   : row.instead);
      RemoveYamlPair(field.holder(), going_, owner(), finding);
    });
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
      Finding* finding = Mend(host_process.holder(), "a HostProcess pod needs hostNetwork: true",
                              "the API server refuses it otherwise; check that it is meant to be "
                              "in the network of its node");
      if (network) {
        ReplaceYaml(network.node(), "true", owner(), finding);
      } else {
        InsertYamlPair(pod, "hostNetwork", "true", owner(), finding);
      }
    } else if (!on && network.Text() == "true") {
      Say(network.holder(), "pods for Windows have no hostNetwork",
          "only HostProcess pods are in the network of their node");
    }
  }

  /// Labels of its own, which may be those of nodes for Windows, beside a word for Windows.
  static bool IsPlacedOtherwise(const YamlValue& pod) {
    const bool chosen = pod.Get("nodeSelector") || pod.Get("affinity");
    return pod.Get("nodeName") || (chosen && pod.Get("os"));
  }

  void CheckPlace(const YamlValue& pod) {
    const YamlValue selector = pod.Get("nodeSelector");
    const YamlValue old_label = selector.Get("beta.kubernetes.io/os");
    if (old_label) {
      Finding* finding = Mend(
          old_label.holder(), "beta.kubernetes.io/os is given up",
          "kubernetes.io/os is its name; check that all nodes are of Kubernetes 1.14 or later");
      if (selector.Get("kubernetes.io/os")) {
        RemoveYamlPair(old_label.holder(), {}, owner(), finding);
      } else {
        ReplaceYaml(old_label.holder().Field("key"), "kubernetes.io/os", owner(), finding);
      }
    } else if (workload_.placed_anywhere && !IsPlacedOtherwise(pod)) {
      Finding* finding =
          Mend(workload_.object.Get("kind").holder(),
               Cat(workload_.kind, " ", workload_.name,
                   " is for Windows and nothing puts it on nodes of that kind"),
               "check that nodes for Windows have no taint that it does not tolerate");
      if (selector.is_map()) {
        InsertYamlPair(selector, "kubernetes.io/os", "windows", owner(), finding);
      } else {
        InsertYamlPair(pod, "nodeSelector", "kubernetes.io/os: windows", owner(), finding);
      }
    }
  }

  void CheckAccount(const YamlValue& value) {
    const YamlValue user = value.At("securityContext.windowsOptions.runAsUserName");
    if (RE2::FullMatch(user.Text(), R"((?i)(root|nobody|nonroot|\d+))")) {
      Finding* finding =
          Mend(user.holder(), Cat("Windows has no account ", user.Text()),
               "check that ContainerUser may do what it does; ContainerAdministrator "
               "where it must be");
      ReplaceYaml(user.node(), "ContainerUser", owner(), finding);
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
        const YamlValue folder = volume.Get("emptyDir");
        Finding* finding = Mend(memory.holder(), "Windows has no emptyDir in memory",
                                "check that what is kept there may be on a disk");
        if (folder.Entries().size() > 1) {
          RemoveYamlPair(memory.holder(), {}, owner(), finding);
        } else {
          ReplaceEmpty(folder, finding);
        }
      }
    }
  }

  /// `emptyDir:` with one pair, on a line of its own or not, becomes `emptyDir: {}`.
  void ReplaceEmpty(const YamlValue& folder, Finding* finding) const {
    ReplaceYaml(folder.node(), "{}", owner(), finding);
    if (finding->fix && folder.node().Is("block_mapping")) {
      const Span key = folder.holder().Field("key").span();
      const Span all = folder.holder().span();
      finding->fix->edits.clear();
      EditSet& edits = finding->fix->edits[folder.node().source().path()];
      edits.Add({key.end, folder.node().span().begin}, ": ").IgnoreError();
      edits.Add({folder.node().span().begin, all.end}, "{}").IgnoreError();
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
  std::vector<Node> going_;  // pairs that are taken out
  bool relies_ = false;  // the API server refuses the fields, or the pod needs what they ask for
};

void CheckComposeService(const YamlValue& service, std::vector<Finding>* out) {
  if (!IsComposeForWindows(service)) {
    return;
  }
  const auto say = [&](Node place, std::string message, std::string reason) {
    Finding& finding = out->emplace_back();
    finding.level = Level::kReview;
    finding.span = place.span();
    finding.message = std::move(message);
    finding.reason = std::move(reason);
    return &finding;
  };
  const Node owner = service.node();
  const std::vector<YamlValue> unknown = UnknownToWindows(service);
  std::vector<Node> going;
  std::ranges::transform(unknown, std::back_inserter(going), &YamlValue::holder);
  for (const Node pair : going) {
    RemoveYamlPair(pair, going, owner,
                   say(pair, Cat("containers for Windows know no ", pair.Field("key").text()),
                       "check that the program gets along without"));
  }
  const YamlValue user = service.Get("user");
  if (RE2::FullMatch(user.Text(), R"((root|nobody|\d+)(:.*)?)")) {
    ReplaceYaml(user.node(), "ContainerUser", owner,
                say(user.holder(), "Windows has no such account",
                    "check that ContainerUser may do what it does; ContainerAdministrator where it "
                    "must be"));
  }
  if (service.Get("network_mode").Text() == "host") {
    say(service.Get("network_mode").holder(), "Windows has no host network for containers",
        "publish the ports")
        ->level = Level::kSuggest;
  }
  for (const YamlValue& volume : service.Get("volumes").Items()) {
    if (RE2::FullMatch(volume.Text(), R"(/var/run/docker\.sock:/var/run/docker\.sock(:\w+)?)")) {
      ReplaceYaml(volume.node(), R"('\\.\pipe\docker_engine:\\.\pipe\docker_engine')", owner,
                  say(volume.node(), "Windows has no /var/run/docker.sock",
                      "check that the program opens the pipe \\\\.\\pipe\\docker_engine"));
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
  if (IsComposeFile(context.source.path())) {
    for (const YamlValue& document : YamlDocuments(*context.tree)) {
      for (const auto& [name, service] : document.Get("services").Entries()) {
        CheckComposeService(service, out);
      }
    }
  }
}

}  // namespace windlass
