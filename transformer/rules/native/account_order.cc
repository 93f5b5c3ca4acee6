// What only an administrator may do stands before the USER that gives that account up.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/native/command_table.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

constexpr std::string_view kAdministrator = "USER ContainerAdministrator";

/// Privileged RUNs under one ordinary account, with nothing but harmless instructions in between.
struct Group {
  std::vector<const WindowsStep*> runs;
  const CommandTable::Row* row = nullptr;
  bool other_run_before = false;  // an ordinary RUN stands between USER and the group
};

/// The account changes rights of what it has made itself, which owners may.
bool ChangesItsOwn(const WindowsImage& image, const WindowsStep& step) {
  static const LazyRE2 kTarget = {R"re((?i)\bicacls(?:\.exe)?\s+"?([^\s"]+))re"};
  std::string target;
  if (!RE2::PartialMatch(step.command, *kTarget, &target)) {
    return false;
  }
  for (const WindowsStep& other : image.steps()) {
    static const LazyRE2 kMade = {
        R"re((?i)\b(?:mkdir|md|New-Item|ni)\b[^&|;]*?\s"?([a-z]:\\[^\s"&|;]*|[^\s"&|;-][^\s"&|;]*))re"};
    std::string made;
    if (other.stage == step.stage && other.user == step.user && other.instruction->name == "RUN" &&
        RE2::PartialMatch(other.command, *kMade, &made) && target.starts_with(made)) {
      return true;
    }
    if (other.instruction == step.instruction) {
      break;
    }
  }
  return false;
}

std::vector<Group> FindGroups(const WindowsImage& image, const CommandTable& commands) {
  std::vector<Group> groups;
  const WindowsStep* previous = nullptr;
  bool open = false;
  bool other_run = false;
  for (const WindowsStep& step : image.steps()) {
    if (previous != nullptr &&
        (previous->stage != step.stage || previous->user_set != step.user_set)) {
      open = other_run = false;
    }
    previous = &step;
    if (step.instruction->name != "RUN") {
      continue;
    }
    const CommandTable::Row* row = commands.Find("privileged", step.command);
    if (row == nullptr || step.user.empty() || IsAdministrator(step.user) ||
        ChangesItsOwn(image, step)) {
      other_run = true;
      open = false;
      continue;
    }
    if (!open) {
      groups.push_back({.runs = {}, .row = row, .other_run_before = other_run});
      open = true;
    }
    groups.back().runs.push_back(&step);
  }
  return groups;
}

/// Whether the account was another one before the USER that set it, so that the USER can move.
bool WasAdministrator(const WindowsImage& image, const DockerInstruction* user) {
  for (const WindowsStep& step : image.steps()) {
    if (step.instruction == user) {
      return IsAdministrator(step.user);
    }
  }
  return false;
}

/// USER moves behind the group:
///     USER ContainerUser          RUN icacls …
///     RUN icacls …                USER ContainerUser
EditSet MoveUser(const Group& group, const SourceFile& source) {
  const DockerInstruction& user = *group.runs.front()->user_set;
  const size_t end = group.runs.back()->instruction->node.span().end;
  EditSet edits;
  (void)edits.Add(DockerLines(user.node), "");
  (void)edits.Add(Span{end, end}, Cat(source.EolAt(end), user.node.text()));
  return edits;
}

/// The group is done as administrator:
///     RUN icacls …                USER ContainerAdministrator
///                                 RUN icacls …
///                                 USER ContainerUser
EditSet Wrap(const Group& group, const SourceFile& source, bool takes_place_of_user) {
  const WindowsStep& first = *group.runs.front();
  const size_t begin =
      source.LineBegin(source.PositionAt(first.instruction->node.span().begin).line);
  const size_t end = group.runs.back()->instruction->node.span().end;
  const std::string back = first.user_set != nullptr ? std::string(first.user_set->node.text())
                                                     : Cat("USER ", first.user);
  EditSet edits;
  if (takes_place_of_user) {
    (void)edits.Add(first.user_set->node.span(), kAdministrator);
  } else {
    (void)edits.Add(Span{begin, begin}, Cat(kAdministrator, source.EolAt(begin)));
  }
  (void)edits.Add(Span{end, end}, Cat(source.EolAt(end), back));
  return edits;
}

}  // namespace

void AccountOrder(const Rule& /*rule*/, const FileContext& context, SharedFacts& shared,
                  std::vector<Finding>* out) {
  const WindowsImage image(context);
  if (!image.active()) {
    return;
  }
  for (const Group& group : FindGroups(image, CommandsOf(shared))) {
    const WindowsStep& first = *group.runs.front();
    Finding finding;
    finding.level = Level::kReview;
    finding.span = first.instruction->node.span();
    finding.message = Cat(group.row->what, ", which ", first.user, " may not");
    finding.reason =
        Cat(first.user_set != nullptr ? "the image is at that account since its USER line"
                                      : "Nano Server images start with that account",
            "; check that nothing else needs it before");
    const bool own_user = first.user_set != nullptr && !group.other_run_before;
    const bool move = own_user && WasAdministrator(image, first.user_set);
    EditSet edits = move ? MoveUser(group, context.source) : Wrap(group, context.source, own_user);
    finding.fix.emplace().edits.emplace(context.source.path(), std::move(edits));
    if (first.user_set != nullptr) {
      finding.also.push_back(
          {context.source.path(), first.user_set->node.span(), "here the account is given up"});
    }
    out->push_back(std::move(finding));
  }
}

}  // namespace windlass
