// Programs that an image for Windows does not have, and tools that do not do there what they are
// used for.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/native/command_table.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"
#include "transformer/rules/pack.h"

namespace windlass {
namespace {

Finding Suggest(Span span, const CommandTable::Row& row) {
  Finding finding;
  finding.level = Level::kSuggest;
  finding.span = span;
  finding.message = row.what;
  finding.reason = row.instead;
  return finding;
}

/// The line of `node` on which the pattern is, or else its first one.
Span LineOf(Node node, const CommandTable::Row& row) {
  const SourceFile& source = node.source();
  const size_t first = source.PositionAt(node.span().begin).line;
  const size_t last = source.PositionAt(node.span().end).line;
  for (size_t line = first; line <= last; ++line) {
    const std::string_view text = source.Text(source.LineSpan(line));
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *row.pattern)) {
      const Span span = source.LineSpan(line);
      return {std::max(span.begin, node.span().begin), std::min(span.end, node.span().end)};
    }
  }
  return node.span();
}

/// True if a stage copies PowerShell into itself, or its image brings it.
bool HasPwsh(const WindowsImage& image, const DockerStage& stage) {
  static const LazyRE2 kBrings = {R"((?i)powershell|dotnet/sdk|jenkins|azure-pipelines)"};
  if (RE2::PartialMatch(stage.root_image, *kBrings)) {
    return true;
  }
  for (const WindowsStep& step : image.steps()) {
    static const LazyRE2 kPwsh = {R"((?i)powershell|pwsh)"};
    if (step.stage == &stage &&
        (step.instruction->name == "COPY" || step.instruction->name == "ADD") &&
        RE2::PartialMatch(std::string(step.instruction->node.text()), *kPwsh)) {
      return true;
    }
  }
  return false;
}

bool RunsCommand(std::string_view name) {
  return name == "RUN" || name == "CMD" || name == "ENTRYPOINT" || name == "SHELL" ||
         name == "HEALTHCHECK";
}

/// Whether a command of the stage goes through the SHELL that `shell` sets.
bool IsShellUsed(const WindowsImage& image, const WindowsStep& shell) {
  return std::ranges::any_of(image.steps(), [&](const WindowsStep& step) {
    return step.stage == shell.stage && step.instruction->name != "SHELL" && !step.exec_form &&
           RunsCommand(step.instruction->name) &&
           step.instruction->node.span().begin > shell.instruction->node.span().begin;
  });
}

void CheckNanoServer(const WindowsImage& image, const CommandTable& commands,
                     std::vector<Finding>* out) {
  for (const WindowsStep& step : image.steps()) {
    if (!RunsCommand(step.instruction->name) || !IsNanoServer(step.stage->root_image)) {
      continue;
    }
    const CommandTable::Row* row = commands.Find("nanoserver", step.command);
    if (row == nullptr || (step.instruction->name == "SHELL" && !IsShellUsed(image, step))) {
      continue;
    }
    const bool is_pwsh = row->pattern->pattern().find("pwsh") != std::string::npos;
    if (is_pwsh && HasPwsh(image, *step.stage)) {
      continue;
    }
    out->push_back(Suggest(LineOf(step.instruction->node, *row), *row));
  }
}

/// The commands of a command line for cmd.
std::vector<std::string> Parts(std::string_view command) {
  std::vector<std::string> parts;
  re2::StringPiece rest(command.data(), command.size());
  std::string part;
  while (RE2::Consume(&rest, R"re([\s&|(]*((?:"[^"]*"|[^&|("])+))re", &part)) {
    parts.push_back(part);
  }
  return parts;
}

void CheckUnix(const WindowsImage& image, const CommandTable& commands, std::vector<Finding>* out) {
  for (const WindowsStep& step : image.steps()) {
    if (step.stage->os != ImageOs::kWindows) {
      continue;
    }
    if (step.instruction->name == "RUN" && !step.exec_form && step.shell == DockerShell::kCmd &&
        step.command.find("bash") == std::string::npos) {
      for (const std::string& part : Parts(step.command)) {
        if (const CommandTable::Row* row = commands.Find("unix", part)) {
          out->push_back(Suggest(step.instruction->node.span(), *row));
          break;
        }
      }
    }
    if (step.instruction->name == "COPY" || step.instruction->name == "ADD") {
      for (const Node child : step.instruction->node.NamedChildren()) {
        const std::string_view flag = child.Field("name").text();
        if (child.Is("flag") && (flag == "--chown" || flag == "--chmod")) {
          Finding finding;
          finding.span = child.span();
          finding.message = Cat("images for Windows know no ", flag);
          finding.reason =
              "leave it out; RUN icacls … /grant, as ContainerAdministrator, gives an account "
              "rights";
          out->push_back(std::move(finding));
        }
      }
    }
    static const LazyRE2 kUnixUser = {R"((root|nobody|nonroot|\d+)(:.*)?)"};
    if (step.instruction->name == "USER" &&
        RE2::FullMatch(image.file().Word(step.instruction->node.Field("name")), *kUnixUser)) {
      Finding finding;
      finding.span = step.instruction->node.span();
      finding.message = "Windows has no such account: the container does not start";
      finding.reason = "ContainerUser, or ContainerAdministrator where it must be";
      out->push_back(std::move(finding));
    }
  }
}

bool SameLine(const SourceFile& source, const Finding& finding, size_t line) {
  return source.PositionAt(finding.span.begin).line == line;
}

bool Holds(const SourceFile& source, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(source.bytes().data(), source.size()), pattern);
}

/// By lines, whatever the language of the file.
void CheckDiagnosis(const FileContext& context, bool for_windows, const CommandTable& commands,
                    std::vector<Finding>* out) {
  const SourceFile& source = context.source;
  static const LazyRE2 kComment = {R"(^\s*(#|//|REM\b|::))"};
  for (size_t line = 1; line <= source.line_count(); ++line) {
    const Span span = source.LineSpan(line);
    const std::string_view text = source.Text(span);
    if (RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *kComment)) {
      continue;
    }
    for (const CommandTable::Row& row : commands.rows) {
      if (row.group == "diagnosis" && (row.with == nullptr || Holds(source, *row.with)) &&
          (row.anywhere || for_windows) &&
          RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *row.pattern) &&
          (out->empty() || !SameLine(source, out->back(), line))) {
        out->push_back(Suggest(span, row));
      }
    }
  }
}

bool IsWindowsScript(std::string_view path) {
  return path.ends_with(".ps1") || path.ends_with(".psm1") || path.ends_with(".cmd") ||
         path.ends_with(".bat");
}

}  // namespace

void ImagePrograms(const Rule& rule, const FileContext& context, SharedFacts& shared,
                   std::vector<Finding>* out) {
  const CommandTable& commands = CommandsOf(shared);
  if (rule.id == "containers/diagnosis-script") {
    CheckDiagnosis(context, IsWindowsScript(context.source.path()), commands, out);
    return;
  }
  const WindowsImage image(context);
  if (rule.id == "containers/diagnosis") {
    CheckDiagnosis(context, image.active(), commands, out);
  } else if (image.active() && rule.id == "containers/nanoserver") {
    CheckNanoServer(image, commands, out);
  } else if (image.active()) {
    CheckUnix(image, commands, out);
  }
}

}  // namespace windlass
