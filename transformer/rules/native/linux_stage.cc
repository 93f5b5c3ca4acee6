// Stages of Linux images in a Dockerfile for Windows: no builder makes both, unless the one for
// Windows only copies.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// The stages that the last one is made of: its bases and what it copies from, and so on.
std::vector<bool> Needed(const Dockerfile& file) {
  std::vector<bool> needed(file.stages.size(), false);
  std::vector<size_t> open = {file.stages.size() - 1};
  const auto want = [&](std::optional<size_t> stage) {
    if (stage && !needed[*stage]) {
      open.push_back(*stage);
    }
  };
  while (!open.empty()) {
    const size_t index = open.back();
    open.pop_back();
    if (needed[index]) {
      continue;
    }
    needed[index] = true;
    want(file.stages[index].base);
    for (const DockerInstruction& instruction : file.stages[index].instructions) {
      if (const auto from = file.Flag(instruction.node, "from")) {
        want(file.FindStage(*from));
      }
    }
  }
  return needed;
}

/// The first instruction that has to run on Windows.
const DockerInstruction* FirstRun(const Dockerfile& file, const std::vector<bool>& needed) {
  for (size_t i = 0; i < file.stages.size(); ++i) {
    if (!needed[i] || file.stages[i].os != ImageOs::kWindows) {
      continue;
    }
    for (const DockerInstruction& instruction : file.stages[i].instructions) {
      if (instruction.name == "RUN" && !instruction.onbuild) {
        return &instruction;
      }
    }
  }
  return nullptr;
}

}  // namespace

void LinuxStage(const Rule& /*rule*/, const FileContext& context, SharedFacts& /*shared*/,
                std::vector<Finding>* out) {
  const WindowsImage image(context);
  if (image.named_for_windows() && !image.file().stages.empty() &&
      image.file().stages.back().os == ImageOs::kLinux) {
    const DockerStage& last = image.file().stages.back();
    Finding finding;
    finding.level = Level::kSuggest;
    finding.span = last.from.node.Field("image").span();
    finding.message = Cat(last.image, " is an image for Linux and the file is for Windows");
    finding.reason = "mcr.microsoft.com/windows/nanoserver:ltsc2022, or servercore:ltsc2022";
    out->push_back(std::move(finding));
    return;
  }
  if (!image.active() || image.file().stages.back().os != ImageOs::kWindows) {
    return;
  }
  const Dockerfile& file = image.file();
  const std::vector<bool> needed = Needed(file);
  const DockerInstruction* run = FirstRun(file, needed);
  // With a platform of its own on the last FROM the builder's default, Linux, holds for the others.
  const bool platform_said = !file.stages.back().platform.empty();
  for (size_t i = 0; i + 1 < file.stages.size(); ++i) {
    const DockerStage& stage = file.stages[i];
    if (!needed[i] || stage.base || stage.os != ImageOs::kLinux) {
      continue;
    }
    Finding finding;
    finding.span = stage.from.node.span();
    if (run != nullptr) {
      finding.level = Level::kSuggest;
      finding.message =
          "this stage needs Linux and the image runs commands on Windows: no builder does both";
      finding.reason =
          "build in golang:…-windowsservercore-ltsc2022, or leave the stage for Windows without "
          "RUN";
      finding.also.push_back({context.source.path(), run->node.span(), "this runs on Windows"});
    } else if (stage.platform.empty() && !platform_said) {
      finding.level = Level::kReview;
      finding.message = "without a platform this stage is looked for among images for Windows";
      finding.reason = "check that the stage cross-builds (GOOS=windows)";
      const size_t at = stage.from.node.Field("image").span().begin;
      (void)finding.fix.emplace().edits[context.source.path()].Add(Span{at, at},
                                                                   "--platform=$BUILDPLATFORM ");
    } else {
      continue;
    }
    out->push_back(std::move(finding));
  }
}

}  // namespace windlass
