// Folders that the Go code keeps secrets in get their rights in the image for Windows, before the
// account that runs the program takes over.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/native/secret_call.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// Where the lines go, and the accounts before and behind them.
struct Spot {
  size_t at = 0;       // the begin of a line
  bool raise = false;  // the account before is an ordinary one
  std::string back;    // the USER line behind; "" if one stands there
};

bool HoldsFolded(std::string_view text, std::string_view part) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                           Cat("(?i)", RE2::QuoteMeta(std::string(part))));
}

/// Before the USER that gives the administrator's account up; else before what is run.
Spot FindSpot(const WindowsImage& image, const SourceFile& source) {
  const DockerStage* last = &image.file().stages.back();
  Spot spot;
  spot.at = source.size();
  const WindowsStep* before = nullptr;
  for (const WindowsStep& step : image.steps()) {
    const std::string_view name = step.instruction->name;
    if (step.stage != last) {
      continue;
    }
    if (name == "USER" && IsAdministrator(step.user) &&
        !IsAdministrator(step.instruction->node.text().substr(4))) {
      return {source.LineBegin(source.PositionAt(step.instruction->node.span().begin).line), false,
              ""};
    }
    if ((name == "ENTRYPOINT" || name == "CMD") && before == nullptr) {
      before = &step;
    }
    spot.raise = !IsAdministrator(step.user);
    spot.back = step.user.empty() ? "USER ContainerUser" : Cat("USER ", step.user);
  }
  if (before != nullptr) {
    spot.at = source.LineBegin(source.PositionAt(before->instruction->node.span().begin).line);
    spot.raise = !IsAdministrator(before->user);
    spot.back = before->user.empty() ? "USER ContainerUser" : Cat("USER ", before->user);
  }
  return spot;
}

/// The account that runs the program; "" unknown.
std::string AccountOf(const WindowsImage& image) {
  std::string account;
  for (const WindowsStep& step : image.steps()) {
    if (step.stage == &image.file().stages.back()) {
      account = step.user;
    }
  }
  const DockerInstruction* user = image.file().stages.back().Last("USER");
  return user == nullptr ? account : std::string(user->node.text().substr(5));
}

/// One finding of all folders; where commands of cmd cannot be added, only told.
void Report(const FileContext& context, const WindowsImage& image,
            const std::vector<SecretPlace>& places, bool told, std::vector<Finding>* out) {
  const std::string text(context.source.bytes());
  const Spot spot = FindSpot(image, context.source);
  const std::string_view eol = context.source.EolAt(spot.at == 0 ? 0 : spot.at - 1);
  Finding& finding = out->emplace_back();
  finding.level = told ? Level::kSuggest : Level::kReview;
  finding.span = image.file().stages.back().from.node.span();
  std::string lines;
  std::string commands;
  for (const SecretPlace& place : places) {
    const std::string command =
        Cat(HoldsFolded(text, place.folder) ? "" : Cat("mkdir ", place.folder, " && "),
            SecretRights(place.folder));
    finding.message += Cat(finding.message.empty() ? "secrets are kept in " : ", ", place.folder);
    finding.also.push_back(place.where);
    commands += Cat(commands.empty() ? "" : "; ", command);
    lines += Cat("RUN ", command, eol);
  }
  finding.message += ", and nothing keeps other accounts out";
  if (told) {
    finding.reason = Cat("as ContainerAdministrator, by cmd: ", commands);
    return;
  }
  finding.reason = "check that the service runs as ContainerUser, and that nothing else reads them";
  const bool cut = spot.at == context.source.size() && !text.ends_with('\n');
  finding.fix.emplace()
      .edits[context.source.path()]
      .Add(Span{spot.at, spot.at},
           Cat(cut ? eol : "", spot.raise ? Cat("USER ContainerAdministrator", eol) : "", lines,
               spot.raise ? Cat(spot.back, eol) : ""))
      .IgnoreError();
}

}  // namespace

void SecretFolders(const Rule& /*rule*/, const FileContext& context, SharedFacts& /*shared*/,
                   std::vector<Finding>* out) {
  const WindowsImage image(context);
  const GoModule* module = ModuleBuiltBy(context.project, context.file.path);
  if (!image.active() || module == nullptr || image.steps().empty()) {
    return;
  }
  const std::string account = AccountOf(image);
  const std::string text(context.source.bytes());
  const DockerStage& last = image.file().stages.back();
  const bool powershell = std::ranges::any_of(image.steps(), [&](const WindowsStep& step) {
    return step.stage == &last && step.shell != DockerShell::kCmd;
  });
  // Where nothing runs, the stage may be made on Linux, where nothing can.
  const bool cross = std::ranges::any_of(image.file().stages, [](const DockerStage& stage) {
    return stage.platform.find("BUILDPLATFORM") != std::string::npos;
  });
  const bool runs = last.Last("RUN") != nullptr || !cross;
  if (IsAdministrator(account)) {
    return;
  }
  std::vector<SecretPlace> open = SecretPlacesOf(context.project, *module);
  std::erase_if(open, [&](const SecretPlace& place) {
    return RE2::PartialMatch(
        text, Cat(R"((?i)icacls(\.exe)?\s+"?)", RE2::QuoteMeta(place.folder), R"(["\s\\])"));
  });
  if (!open.empty()) {
    Report(context, image, open, powershell || !runs, out);
  }
}

}  // namespace windlass
