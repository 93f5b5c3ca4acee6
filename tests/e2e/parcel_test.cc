// A service with everything around it that runs it on Linux: the migration puts what runs it on
// Windows beside that.

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/service.h"

namespace windlass::e2e {
namespace {

class Parcel : public ServiceTest {
 protected:
  Parcel() : ServiceTest("parcel") {}
};

TEST_F(Parcel, KeepsWhatRunsItOnLinux) {
  const auto before = repository_.Files();
  MigrateAndApply();
  auto after = repository_.Files();
  for (const char* file : {"Dockerfile", "compose.yaml", "deploy/base/parcel.yaml",
                           "deploy/base/kustomization.yaml", "conf/parcel.json", ".env"}) {
    EXPECT_EQ(after[file], before.at(file)) << file;
  }
}

// Rights before the account, the account before the program, everything on one system.
TEST_F(Parcel, GetsAnImageForWindows) {
  MigrateAndApply();
  const std::string image = repository_.Read("Dockerfile.windows");
  size_t at = 0;
  for (const char* line : {
           "# escape=`\n",
           "FROM golang:1.19-windowsservercore-ltsc2022 AS build\n",
           "ENV CGO_ENABLED=0 GOOS=windows\n",
           "RUN go build -trimpath -ldflags=\"-s -w\" -o C:\\out\\parcel.exe ./cmd/parcel\n",
           "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n",
           "COPY --from=build C:\\out\\parcel.exe C:\\app\\parcel.exe\n",
           "COPY conf C:\\etc\\parcel\n",
           "ENV PARCEL_DIR=C:\\var\\lib\\parcel\n",
           "USER ContainerAdministrator\n",
           "RUN mkdir C:\\var\\lib\\parcel && icacls C:\\var\\lib\\parcel /grant "
           "ContainerUser:(OI)(CI)M\n",
           "USER ContainerUser\n",
           "HEALTHCHECK --interval=30s --timeout=3s CMD [\"curl.exe\"",
           "ENTRYPOINT [\"C:\\\\app\\\\parcel.exe\"]\n",
           "CMD [\"-config\", \"C:\\\\etc\\\\parcel\\\\parcel.json\"]\n",
       }) {
    const size_t found = image.find(line, at);
    EXPECT_NE(found, std::string::npos) << line << "\nin\n" << image;
    at = found == std::string::npos ? at : found;
  }
}

TEST_F(Parcel, GetsAnOverlayForWindows) {
  MigrateAndApply();
  EXPECT_NE(repository_.Read("deploy/windows/kustomization.yaml").find("  - ../base\n"),
            std::string::npos);
  const std::string patch = repository_.Read("deploy/windows/parcel.yaml");
  for (const char* line :
       {"kubernetes.io/os: windows\n", "name: windows\n", "runAsUser: null\n", "fsGroup: null\n",
        "capabilities: null\n", "runAsUserName: ContainerUser\n"}) {
    EXPECT_NE(patch.find(line), std::string::npos) << line << "\nin\n" << patch;
  }
}

TEST_F(Parcel, BuildsOnEveryPlatformAfter) {
  MigrateAndApply();
  for (const Platform& platform : Platforms()) {
    EXPECT_TRUE(Succeeds(Go("go", {"vet", "./..."}, repository_.directory(), platform)))
        << platform.Name();
  }
}

TEST_F(Parcel, SecondMigrationFindsNothing) {
  MigrateAndApply();
  EXPECT_EQ(Migrate(repository_, work_ / "again"), std::vector<fs::path>());
}

}  // namespace
}  // namespace windlass::e2e
