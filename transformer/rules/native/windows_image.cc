#include "transformer/rules/native/windows_image.h"

#include <algorithm>

#include "re2/re2.h"

namespace windlass {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

/// The account that an image starts with: [K] of semantics 1, ContainerUser on Nano Server.
std::string DefaultUser(const DockerStage& stage) {
  if (IsNanoServer(stage.root_image)) {
    return "ContainerUser";
  }
  return Lower(stage.root_image).find("servercore") != std::string::npos ? "ContainerAdministrator"
                                                                         : "";
}

DockerShell ShellOf(Node shell_instruction) {
  const std::vector<std::string> words = DockerStrings(shell_instruction.Field("command"));
  const std::string program = words.empty() ? "" : Lower(words.front());
  if (program.find("powershell") != std::string::npos ||
      program.find("pwsh") != std::string::npos) {
    return DockerShell::kPowerShell;
  }
  return program.starts_with("cmd") ? DockerShell::kCmd : DockerShell::kOther;
}

bool NamedForWindows(std::string_view path) {
  static const LazyRE2 kName = {
      R"((?i)(^|[./_-])(windows|win|nanoserver|servercore|ltsc20\d\d)([./_-]|\d|$))"};
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *kName);
}

}  // namespace

bool SwallowsNextLine(Node continuation) {
  static const LazyRE2 kPath = {R"((?i)\s("?[a-z]:|\S*\\)[^\s]*$)"};
  static const LazyRE2 kNext = {
      R"((?i)^\s*(FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|LABEL|EXPOSE|VOLUME|USER|WORKDIR|SHELL|HEALTHCHECK|STOPSIGNAL)\s)"};
  const SourceFile& source = continuation.source();
  const size_t at = continuation.span().begin;
  const size_t line = source.PositionAt(at).line;
  const std::string_view before = source.Text({source.LineBegin(line), at});
  const std::string_view after = source.Text(source.LineSpan(line + 1));
  return !before.empty() && before.back() != ' ' && before.back() != '\t' &&
         RE2::PartialMatch(re2::StringPiece(before.data(), before.size()), *kPath) &&
         RE2::PartialMatch(re2::StringPiece(Cat(after, " ")), *kNext);
}

const GoModule* ModuleBuiltBy(const Project& project, std::string_view path) {
  if (const GoModule* around = project.ModuleOf(path)) {
    return around;
  }
  const GoModule* only = nullptr;
  for (const GoModule& module : project.modules()) {
    if (!module.path.empty()) {
      if (only != nullptr) {
        return nullptr;
      }
      only = &module;
    }
  }
  return only;
}

bool IsAdministrator(std::string_view user) {
  static const LazyRE2 kAdministrator = {
      R"((?i)(.*\\)?(ContainerAdministrator|Administrator|SYSTEM|.*admin.*))"};
  return RE2::FullMatch(re2::StringPiece(user.data(), user.size()), *kAdministrator);
}

std::string DockerCommand(Node instruction) {
  const Node command = instruction.Field("command");
  if (command.Is("shell_command")) {
    return DockerShellText(command);
  }
  std::string text;
  for (const std::string& word : DockerStrings(command)) {
    text += Cat(text.empty() ? "" : " ", word);
  }
  return text;
}

Span DockerLines(Node instruction) {
  const SourceFile& source = instruction.source();
  const size_t begin = source.LineBegin(source.PositionAt(instruction.span().begin).line);
  const size_t end = source.LineBegin(source.PositionAt(instruction.span().end).line + 1);
  return {begin, std::max(end, instruction.span().end)};
}

namespace {

bool AnySwallows(Node node) {
  return (node.Is("line_continuation") && SwallowsNextLine(node)) ||
         std::ranges::any_of(node.NamedChildren(), AnySwallows);
}

}  // namespace

WindowsImage::WindowsImage(const FileContext& context) {
  if (context.tree == nullptr) {
    return;
  }
  file_ = Dockerfile::Read(*context.tree);
  if (file_.stages.empty()) {
    return;
  }
  const DockerStage& last = file_.stages.back();
  named_for_windows_ = NamedForWindows(context.file.path);
  for_windows_ =
      last.os == ImageOs::kWindows ||
      (last.os == ImageOs::kUnknown && last.root_image != "scratch" && named_for_windows_);
  if (!for_windows_) {
    return;
  }
  active_ = file_.escape_directive || !AnySwallows(context.tree->root());
  for (size_t i = 0; i < file_.stages.size(); ++i) {
    AddStage(i);
  }
}

void WindowsImage::AddStage(size_t index) {
  const DockerStage& stage = file_.stages[index];
  const bool is_last = index + 1 == file_.stages.size();
  WindowsStep step;
  step.stage = &stage;
  step.user = stage.base ? last_user_[*stage.base] : DefaultUser(stage);
  if (stage.os == ImageOs::kWindows || (is_last && stage.os == ImageOs::kUnknown)) {
    for (const DockerInstruction& instruction : stage.instructions) {
      if (instruction.onbuild) {
        continue;
      }
      step.instruction = &instruction;
      step.command = DockerCommand(instruction.node);
      step.exec_form = instruction.node.Field("command").Is("json_array");
      if (instruction.name == "SHELL") {
        step.shell = ShellOf(instruction.node);
      }
      steps_.push_back(step);
      if (instruction.name == "USER") {
        const std::string user = file_.Word(instruction.node.Field("name"));
        step.user = user.find('$') == std::string::npos ? user : "";
        step.user_set = &instruction;
      }
    }
  }
  last_user_.push_back(step.user);
}

}  // namespace windlass
