// What is written for those that run containers, read by their own code: kustomize builds the
// overlays, the API server's types know every field, Compose merges its files.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/e2e/repository.h"
#include "tests/e2e/toolchain.h"

namespace windlass::e2e {
namespace {

class Cluster : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    work_ = new Workspace;
    ASSERT_TRUE(Succeeds(BuildReader("cluster", *work_ / "cluster")));
  }
  static void TearDownTestSuite() {
    delete work_;
    work_ = nullptr;
  }

  /// `cluster ARGS...` in the repository.
  Result Reads(std::vector<std::string> args) const {
    args.insert(args.begin(), (*work_ / "cluster").string());
    return e2e::Run({.argv = args, .directory = repository_.directory()});
  }

  void MigrateAndApply() const {
    repository_.Init();
    Am(repository_, Migrate(repository_, own_ / "series", {"--only", "containers,manifests"}));
  }

  static Workspace* work_;
  Workspace own_;
  Repository repository_{own_ / "service"};
};

Workspace* Cluster::work_ = nullptr;

testing::AssertionResult Says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos ? testing::AssertionSuccess()
                                              : testing::AssertionFailure()
                                                    << part << "\nis not in\n"
                                                    << text;
}

/// A service that is built from this repository, and all that a pod for Windows must not have.
constexpr char kDockerfile[] = R"(FROM golang:1.21 AS build
COPY . .
RUN CGO_ENABLED=0 go build -o /web .
FROM scratch
COPY --from=build /web /web
ENTRYPOINT ["/web"]
)";
constexpr char kEverything[] = R"(apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      PLACE: here
      hostPID: true
      hostIPC: true
      hostUsers: false
      shareProcessNamespace: true
      securityContext:
        runAsNonRoot: true
        runAsUser: 1
        runAsGroup: 1
        fsGroup: 1
        fsGroupChangePolicy: Always
        supplementalGroups: [1]
        supplementalGroupsPolicy: Merge
        seLinuxOptions: {level: "s0"}
        seLinuxChangePolicy: Recursive
        seccompProfile: {type: RuntimeDefault}
        appArmorProfile: {type: RuntimeDefault}
        sysctls: [{name: a, value: b}]
      initContainers:
        - name: first
          image: registry.example.test/web:1
          securityContext: {runAsUser: 1, privileged: true}
      containers:
        - name: web
          image: registry.example.test/web:1
          securityContext:
            runAsUser: 1
            runAsGroup: 1
            privileged: false
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            procMount: Default
            capabilities:
              drop:
                - ALL
            seLinuxOptions: {level: "s0"}
            seccompProfile: {type: RuntimeDefault}
            appArmorProfile: {type: RuntimeDefault}
)";

std::string Everything(const std::string& place) {
  std::string text = kEverything;
  return text.replace(text.find("PLACE: here"), 11, place);
}

TEST_F(Cluster, OverlaysAreBuiltAndTaken) {
  repository_.Write("go.mod", "module example.test/web\n\ngo 1.21\n");
  repository_.Write("main.go", "package main\n\nfunc main() {}\n");
  repository_.Write("Dockerfile", kDockerfile);
  repository_.Write("deploy/kustomization.yaml", "resources: [web.yaml]\n");
  repository_.Write("deploy/web.yaml", Everything("terminationGracePeriodSeconds: 1"));
  MigrateAndApply();
  const Result built = Reads({"kubernetes", "deploy-windows"});
  EXPECT_TRUE(Succeeds(built));
  EXPECT_TRUE(Says(built.out, "kubernetes.io/os: windows"));
  EXPECT_TRUE(Says(built.out, "runAsUserName: ContainerUser"));
  EXPECT_TRUE(Succeeds(Reads({"kubernetes", "deploy"})));
}

TEST_F(Cluster, TheOverlayOfParcelIsTaken) {
  repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/parcel");
  MigrateAndApply();
  EXPECT_TRUE(Succeeds(Reads({"kubernetes", "deploy/base", "deploy/windows"})));
}

// What runs it on Linux stays, and what is read on top of it makes a project for Windows.
TEST_F(Cluster, ComposeMergesTheFileForWindows) {
  repository_.CopyFrom(fs::path(WINDLASS_SOURCE_DIR) / "corpus/parcel");
  MigrateAndApply();
  const Result read = Reads({"compose", "compose.yaml", "compose.windows.yaml"});
  EXPECT_TRUE(Succeeds(read));
  EXPECT_TRUE(Says(read.out, "dockerfile: Dockerfile.windows\n"));
  EXPECT_TRUE(Says(read.out, "target: C:\\var\\lib\\parcel\n"));
  EXPECT_EQ(read.out.find("target: /var/lib/parcel"), std::string::npos) << read.out;
  EXPECT_TRUE(Says(read.out, "platform: windows/amd64\n"));
}

TEST_F(Cluster, PodsForWindowsAreTakenOnceMended) {
  repository_.Write("go.mod", "module example.test/web\n\ngo 1.21\n");
  repository_.Write("web.yaml", Everything("os: {name: windows}"));
  MigrateAndApply();
  const Result read = Reads({"kubernetes", "web.yaml"});
  EXPECT_TRUE(Succeeds(read));
  EXPECT_TRUE(Says(read.out, "nodeSelector:\n        kubernetes.io/os: windows\n"));
  EXPECT_TRUE(Says(read.out, "runAsNonRoot: true\n"));
}

TEST_F(Cluster, WhatIsWrongIsNoticed) {
  repository_.Write("pod.yaml", Everything("os: {name: windows}"));
  EXPECT_TRUE(Says(Reads({"kubernetes", "pod.yaml"}).err, "web capabilities"));
  repository_.Write("unknown.yaml", Everything("oss: {name: windows}"));
  EXPECT_TRUE(Says(Reads({"kubernetes", "unknown.yaml"}).err, "unknown field"));
  repository_.Write("compose.yaml", "services: {web: {image: web, volume: [a]}}\n");
  EXPECT_TRUE(Exits(1, Reads({"compose", "compose.yaml"})));
}

}  // namespace
}  // namespace windlass::e2e
