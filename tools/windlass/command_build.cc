#include <cstdio>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/driver/build_tree.h"
#include "transformer/driver/transform.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct BuildFlags {
  CommonFlags common;
  BuildRequest request;
};

absl::Status RunBuild(const BuildFlags& flags) {
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(flags.common, &terminal));
  WINDLASS_ASSIGN_OR_RETURN(const Migration migration, Migrate(setup.packs, setup.options));
  WINDLASS_ASSIGN_OR_RETURN(const BuildCount count,
                            WriteBuildTree(flags.common.dir, migration, flags.request));
  terminal.Clear();
  if (!flags.common.quiet) {
    std::printf("%s: %zu files written, %zu unchanged, %zu removed\n", flags.request.out.c_str(),
                count.written, count.unchanged, count.removed);
  }
  return absl::OkStatus();
}

}  // namespace

void AddBuild(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<BuildFlags>();
  CLI::App* command = app->add_subcommand("build",
                                          "Write the transformed tree into a build "
                                          "folder; the source tree stays as it is");
  AddCommonFlags(command, &flags->common);
  command->add_option("-o,--output", flags->request.out, "Folder to write to")->required();
  command->add_option("--overlay", flags->request.overlay,
                      "Write only what changes, and this file for go build -overlay");
  auto* depfile = command->add_option("--depfile", flags->request.depfile,
                                      "Write a Makefile rule that names every input");
  command->add_option("--depfile-target", flags->request.target, "The target of that rule")
      ->needs(depfile);
  command->callback([flags, code] {
    if (flags->request.target.empty()) {
      flags->request.target = flags->request.out;
    }
    const absl::Status status = RunBuild(*flags);
    *code = status.ok() ? ExitCode::kDone : Fail(status);
  });
}

}  // namespace windlass
