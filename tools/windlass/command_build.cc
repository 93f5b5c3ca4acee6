#include <cstdio>
#include <memory>
#include <string>

#include "tools/windlass/commands.h"
#include "transformer/driver/build_tree.h"
#include "transformer/driver/project_packs.h"
#include "transformer/driver/source_cache.h"
#include "transformer/driver/transform.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct BuildFlags {
  CommonFlags common;
  BuildRequest request;
  bool check = false;
};

/// Names every place that would be changed, as compilers name errors.
absl::StatusOr<bool> HasChanges(const BuildFlags& flags, const Setup& setup) {
  WINDLASS_ASSIGN_OR_RETURN(const CheckReport report, CheckProjectTree(setup.packs, setup.options));
  const SourceCache sources(flags.common.dir);
  bool found = false;
  for (const Finding& finding : report.findings) {
    if (!finding.fix || finding.level > setup.options.level) {
      continue;
    }
    found = true;
    const SourceFile* source = sources.Get(finding.path);
    const Position at = source != nullptr && finding.span.begin <= source->size()
                            ? source->PositionAt(finding.span.begin)
                            : Position{};
    std::fprintf(stderr, "%s/%s:%zu:%zu: error: %s [%s, %s]\n", flags.common.dir.c_str(),
                 finding.path.c_str(), at.line, at.column, finding.message.c_str(),
                 finding.rule.c_str(), std::string(LevelName(finding.level)).c_str());
  }
  return found;
}

absl::StatusOr<ExitCode> RunBuild(BuildFlags flags) {
  Terminal terminal(flags.common.quiet);
  WINDLASS_ASSIGN_OR_RETURN(const Setup setup, Prepare(flags.common, &terminal));
  if (flags.check) {
    WINDLASS_ASSIGN_OR_RETURN(const bool found, HasChanges(flags, setup));
    if (found) {
      return ExitCode::kFindings;
    }
  }
  if (!setup.config.file.empty()) {
    flags.request.inputs.push_back(setup.config.path);
  }
  if (const std::string packs = FindPackFolder(flags.common.dir); !packs.empty()) {
    const std::vector<std::string> files = FilesOfPacks(packs);
    flags.request.inputs.insert(flags.request.inputs.end(), files.begin(), files.end());
  }
  WINDLASS_ASSIGN_OR_RETURN(const Migration migration, Migrate(setup.packs, setup.options));
  WINDLASS_ASSIGN_OR_RETURN(const BuildCount count,
                            WriteBuildTree(flags.common.dir, migration, flags.request));
  terminal.Clear();
  if (!flags.common.quiet) {
    std::printf("%s: %zu files written, %zu unchanged, %zu removed\n", flags.request.out.c_str(),
                count.written, count.unchanged, count.removed);
  }
  return ExitCode::kDone;
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
  command->add_option("--digest", flags->request.digest,
                      "Write a file that changes only if the result does");
  command->add_flag("--check", flags->check,
                    "Fail, and write nothing, if there is anything to change");
  command->callback([flags, code] {
    if (flags->request.target.empty()) {
      flags->request.target = flags->request.out;
    }
    const absl::StatusOr<ExitCode> result = RunBuild(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
