// ENTRYPOINT and CMD of Windows images in the array form: arrays that are none for a backslash or a
// quote, and programs that a shell stands in front of.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "re2/re2.h"
#include "transformer/rules/native/table.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

std::string Quote(std::string_view word) {
  std::string quoted = "\"";
  for (const char c : word) {
    if (c == '\\' || c == '"') {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted + "\"";
}

std::string WriteArray(const std::vector<std::string>& words) {
  std::string array = "[";
  for (const std::string& word : words) {
    array += Cat(array.size() > 1 ? ", " : "", Quote(word));
  }
  return array + "]";
}

/// The words of `["C:\app.exe", 'b']` as they were meant; nullopt if it is something else. Two
/// backslashes stand for one, as in an array that is one.
std::optional<std::vector<std::string>> ReadBrokenArray(std::string_view text) {
  static const LazyRE2 kArray = {
      R"(^\[\s*((?:"[^"]*"|'[^']*')(?:\s*,\s*(?:"[^"]*"|'[^']*'))*)\s*\]$)"};
  static const LazyRE2 kString = {R"(\s*,?\s*(?:"([^"]*)\"|'([^']*)'))"};
  re2::StringPiece inner;
  if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kArray, &inner)) {
    return std::nullopt;
  }
  std::vector<std::string> words;
  std::string in_double;
  std::string in_single;
  while (RE2::Consume(&inner, *kString, &in_double, &in_single)) {
    std::string& word = words.emplace_back(in_double.empty() ? in_single : in_double);
    RE2::GlobalReplace(&word, R"(\\\\)", R"(\\)");
  }
  return words;
}

/// The words of a command that any shell would hand on as they are; nullopt if it needs one.
std::optional<std::vector<std::string>> ReadPlainCommand(std::string_view text) {
  static const LazyRE2 kPlain = {R"([\w.\\/:=,@+\- ]+)"};
  static const LazyRE2 kProgram = {R"((?i)(\S+\.exe|[a-z]:[\\/]\S+|\.?[\\/]\S+))"};
  static const LazyRE2 kScript = {R"((?i).*\.(bat|cmd|ps1|sh))"};
  if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *kPlain)) {
    return std::nullopt;
  }
  std::vector<std::string> words;
  re2::StringPiece rest(text.data(), text.size());
  std::string word;
  while (RE2::Consume(&rest, R"(\s*(\S+))", &word)) {
    words.push_back(word);
  }
  if (words.empty() || !RE2::FullMatch(words[0], *kProgram) || RE2::FullMatch(words[0], *kScript)) {
    return std::nullopt;
  }
  return words;
}

bool HasCommand(const WindowsImage& image, const WindowsStep& entrypoint) {
  for (const WindowsStep& step : image.steps()) {
    if (step.stage == entrypoint.stage && step.instruction->name == "CMD") {
      return true;
    }
  }
  return false;
}

void Check(const WindowsImage& image, const WindowsStep& step, const std::string& path,
           std::vector<Finding>* out) {
  const Node command = step.instruction->node.Field("command");
  Finding finding;
  finding.level = Level::kReview;
  finding.span = command.span();
  std::optional<std::vector<std::string>> words = ReadBrokenArray(step.command);
  if (words) {
    finding.message = Cat("this is no array, so ", step.instruction->name,
                          " hands the text, brackets and all, to the shell");
    finding.reason =
        "arrays are JSON: strings in double quotes, each backslash doubled; check the words";
  } else if (step.instruction->name == "ENTRYPOINT" && step.shell == DockerShell::kCmd) {
    words = ReadPlainCommand(step.command);
    if (!words) {
      return;
    }
    finding.message =
        "cmd stands between the container and its program, so a stop never reaches it";
    finding.reason =
        "check that the program needs nothing of cmd, and that no arguments are handed to `docker "
        "run`";
    if (HasCommand(image, step)) {
      finding.level = Level::kSuggest;
      finding.reason += "; with an array CMD becomes its arguments";
    }
  } else {
    return;
  }
  // Comments and line ends between the words would be lost.
  if (command.NamedChildren().size() > 1) {
    finding.level = Level::kSuggest;
  }
  if (finding.level == Level::kReview) {
    (void)finding.fix.emplace().edits[path].Add(command.span(), WriteArray(*words));
  }
  out->push_back(std::move(finding));
}

}  // namespace

void ExecForm(const Rule& /*rule*/, const FileContext& context, SharedFacts& /*shared*/,
              std::vector<Finding>* out) {
  const WindowsImage image(context);
  if (!image.active()) {
    return;
  }
  for (const WindowsStep& step : image.steps()) {
    const std::string_view name = step.instruction->name;
    if (!step.exec_form && (name == "ENTRYPOINT" || name == "CMD" || name == "SHELL")) {
      Check(image, step, context.source.path(), out);
    }
  }
}

}  // namespace windlass
