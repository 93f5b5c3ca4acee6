// The stages that build, in a Dockerfile's Windows partner: on Linux with GOOS=windows, or on
// Windows.

#include <algorithm>
#include <optional>
#include <utility>

#include "re2/re2.h"
#include "transformer/rules/native/partner.h"
#include "transformer/rules/native/shell_words.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// Whether a stage that builds and runs the program needs the instruction for building.
bool ForBuilding(const GoImage& image, size_t stage, std::string_view name) {
  if (stage + 1 < image.file().stages.size()) {
    return true;
  }
  return name == "WORKDIR" || name == "COPY" || name == "ADD" || name == "RUN" || name == "ENV" ||
         name == "ARG" || name == "SHELL";
}

bool BuildsIn(const GoImage& image, size_t stage) {
  return std::ranges::any_of(image.outputs(),
                             [&](const GoOutput& output) { return output.stage == stage; });
}

/// Stages whose text goes into the partner: needed ones, the last only if it builds.
std::vector<size_t> BuildStages(const GoImage& image) {
  std::vector<size_t> stages;
  for (size_t i = 0; i < image.file().stages.size(); ++i) {
    if (image.needed()[i] && (i + 1 < image.file().stages.size() || BuildsIn(image, i))) {
      stages.push_back(i);
    }
  }
  return stages;
}

/// The source of an instruction with the escape character of the partner at the ends of its lines.
std::string Text(Node node) {
  std::string text(node.text());
  const auto visit = [&](const auto& self, Node at) -> void {
    if (at.Is("line_continuation")) {
      text[at.span().begin - node.span().begin] = '`';
    }
    for (const Node child : at.NamedChildren()) {
      self(self, child);
    }
  };
  visit(visit, node);
  return text;
}

/// go build → GOOS=windows go build, -o /out/app → -o /out/app.exe
std::string CrossBuild(std::string text, const GoImage& image, size_t stage) {
  RE2::GlobalReplace(&text, R"(\bGOOS=("?)linux\b)", R"(GOOS=\1windows)");
  if (!RE2::PartialMatch(text, R"(\bGOOS=)")) {
    RE2::GlobalReplace(&text, R"(\bgo build\b)", "GOOS=windows go build");
    RE2::GlobalReplace(&text, R"(\bgo install\b)", "GOOS=windows go build -o /go/bin/");
  } else {
    RE2::GlobalReplace(&text, R"(\bgo install\b)", "go build -o /go/bin/");
  }
  if (!image.forbids_cgo() && RE2::PartialMatch(text, R"(\bGOOS=\S*windows)")) {
    RE2::GlobalReplace(&text, R"(\b(GOOS=\S*windows))", R"(CGO_ENABLED=0 \1)");
  }
  std::string out;
  re2::StringPiece rest(text);
  std::string before;
  std::string value;
  while (RE2::Consume(&rest, R"((?s)(.*?\s-o[ =])([^\s]+))", &before, &value)) {
    out += before;
    std::string plain = value;
    RE2::GlobalReplace(&plain, R"(["'])", "");
    const std::string path = UnixPath(image.WorkdirAt(stage, nullptr), image.Expand(stage, plain));
    const bool is_output = std::ranges::any_of(
        image.outputs(), [&](const GoOutput& output) { return output.path == path; });
    if (is_output || UnixBase(plain).find('$') != std::string_view::npos) {
      const bool quoted = value.ends_with('"') || value.ends_with('\'');
      value.insert(value.size() - (quoted ? 1 : 0), ".exe");
    }
    out += value;
  }
  out.append(rest.data(), rest.size());
  return out;
}

bool HasGo(const std::string& text) {
  return RE2::PartialMatch(text, R"(\bgo\s+(build|install)\b)");
}

std::string FromLine(const GoImage& image, size_t stage) {
  const DockerStage& where = image.file().stages[stage];
  const Node source = where.from.node;
  const std::string from(source.Field("image").text());
  return Cat("FROM --platform=$BUILDPLATFORM ", from, " AS ", StageName(image, stage));
}

void CrossStage(const GoImage& image, size_t stage, Partner* partner) {
  partner->lines.push_back(FromLine(image, stage));
  for (const DockerInstruction& instruction : image.file().stages[stage].instructions) {
    if (!ForBuilding(image, stage, instruction.name)) {
      continue;
    }
    std::string text = Text(instruction.line);
    if (instruction.name == "RUN" && HasGo(text)) {
      text = CrossBuild(std::move(text), image, stage);
    } else if (instruction.name == "ENV") {
      RE2::GlobalReplace(&text, R"(\bGOOS=linux\b)", "GOOS=windows");
      RE2::GlobalReplace(&text, R"(\bGOOS linux\b)", "GOOS=windows");
    } else if (instruction.name == "ARG") {
      RE2::GlobalReplace(&text, R"(\b(TARGETOS|GOOS)=linux\b)", R"(\1=windows)");
    } else if (instruction.name != "RUN" && text.find('\\') != std::string::npos) {
      partner->Fail("a stage that builds has escaped words");
    }
    partner->lines.push_back(std::move(text));
  }
}

// ------------------------------------------------------------------------------------- on Windows

/// golang:1.22-alpine → golang:1.22-windowsservercore-ltsc2022; "" for other images.
std::string WindowsGolang(std::string_view image) {
  static const LazyRE2 kGolang = {
      R"((?:docker\.io/)?(?:library/)?golang(?::(\$\{?\w+\}?|\d+(?:\.\d+)*(?:rc\d+)?)?(?:-?(?:alpine|bookworm|bullseye|buster|trixie|latest)[\d.]*)?)?(?:@.*)?)"};
  std::string version;
  if (!RE2::FullMatch(re2::StringPiece(image.data(), image.size()), *kGolang, &version)) {
    return "";
  }
  return Cat("golang:", version, version.empty() ? "" : "-", "windowsservercore-ltsc2022");
}

/// A word for cmd: %NAME% for ${NAME}, double quotes, Windows paths.
std::optional<std::string> CmdWord(const ShellWord& word, bool is_path) {
  if (word.computed || word.text.find('"') != std::string::npos ||
      word.text.find('%') != std::string::npos) {
    return std::nullopt;
  }
  std::string text = is_path ? WindowsPath(word.text) : word.text;
  RE2::GlobalReplace(&text, R"(\$\{(\w+)\}|\$(\w+))", R"(%\1\2%)");
  if (text.find('$') != std::string::npos) {
    return std::nullopt;
  }
  if (!word.quoted && text.find(' ') == std::string::npos) {
    return text;
  }
  // -ldflags="-s -w", but "-s -w -X a=b".
  size_t value = text.starts_with("-") ? text.find('=') + 1 : 0;
  value = text.find(' ') < value ? 0 : value;
  return Cat(text.substr(0, value), "\"", text.substr(value), "\"");
}

class WindowsStage {
 public:
  WindowsStage(const GoImage& image, size_t stage, Partner* partner)
      : image_(image), stage_(stage), partner_(*partner) {}

  void Run() {
    const DockerStage& stage = image_.file().stages[stage_];
    const std::string base = stage.base ? StageName(image_, *stage.base)
                                        : WindowsGolang(stage.from.node.Field("image").text());
    if (base.empty()) {
      partner_.Fail(
          Cat("a stage is made on ", stage.image, ", and it would have to be on Windows"));
      return;
    }
    Line(Cat("FROM ", base, " AS ", StageName(image_, stage_)));
    for (const DockerInstruction& instruction : stage.instructions) {
      if (ForBuilding(image_, stage_, instruction.name)) {
        Translate(instruction);
      }
    }
  }

 private:
  void Line(std::string line) { partner_.lines.push_back(std::move(line)); }
  void Translate(const DockerInstruction& instruction);
  void Copy(const DockerInstruction& instruction);
  void RunCommands(const DockerInstruction& instruction);
  std::string GoCommand(const ShellCommand& command);
  void Environment(const ShellCommand& command);

  const GoImage& image_;
  size_t stage_;
  Partner& partner_;
  std::string environment_;
};

void WindowsStage::Translate(const DockerInstruction& instruction) {
  if (instruction.name == "WORKDIR") {
    Line(
        Cat("WORKDIR ", WindowsPath(UnixPath(image_.WorkdirAt(stage_, &instruction),
                                             image_.file().Word(instruction.node.Field("path"))))));
  } else if (instruction.name == "COPY") {
    Copy(instruction);
  } else if (instruction.name == "ARG") {
    Line(std::string(instruction.node.text()));
  } else if (instruction.name == "ENV") {
    std::string text = Text(instruction.node);
    RE2::GlobalReplace(&text, R"(\bGOOS[= ]linux\b)", "GOOS=windows");
    if (text.find('/') == std::string::npos || text.find("://") != std::string::npos) {
      Line(std::move(text));
    } else {
      partner_.Fail("a stage that builds sets paths in ENV");
    }
  } else if (instruction.name == "RUN") {
    RunCommands(instruction);
  } else {
    partner_.Fail(Cat("a stage that builds has ", instruction.name));
  }
}

void WindowsStage::Copy(const DockerInstruction& instruction) {
  std::string line = "COPY";
  if (const auto from = image_.file().Flag(instruction.node, "from")) {
    const auto stage = image_.file().FindStage(*from);
    if (!stage) {
      partner_.Fail(Cat("files are copied from ", *from, ", an image for Linux"));
      return;
    }
    line += Cat(" --from=", StageName(image_, *stage));
  }
  for (const Node word : DockerWords(instruction.node)) {
    const std::string path = word.Is("word") ? image_.file().Word(word) : "";
    if (path.empty() || path.find(' ') != std::string::npos ||
        path.find('$') != std::string::npos) {
      partner_.Fail("a COPY of a stage that builds is more than plain words");
      return;
    }
    line += Cat(" ", path.starts_with("/") ? Cat(WindowsPath(path), path.ends_with("/") ? "\\" : "")
                                           : path);
  }
  Line(line);
}

void WindowsStage::Environment(const ShellCommand& command) {
  std::string line;
  const auto add = [&](std::string_view name, std::string_view value) {
    const std::string pair = Cat(name, "=", value);
    if (environment_.find(Cat(" ", pair, " ")) == std::string::npos) {
      environment_ += Cat(" ", pair, " ");
      line += Cat(" ", pair);
    }
  };
  bool has_cgo = image_.forbids_cgo();
  for (const auto& [name, value] : command.env) {
    const std::string text = name == "GOOS" ? "windows" : value.text;
    has_cgo |= name == "CGO_ENABLED";
    if (name != "GOOS" && (name != "GOARCH" || text.find('$') == std::string::npos)) {
      add(name, text);
    }
  }
  add("GOOS", "windows");
  if (!has_cgo) {
    add("CGO_ENABLED", "0");
  }
  if (!line.empty()) {
    Line(Cat("ENV", line));
  }
}

/// go build -o /out/app ./cmd/app → go build -o C:\out\app.exe ./cmd/app
std::string WindowsStage::GoCommand(const ShellCommand& command) {
  std::string line = "go";
  const bool install = command.words.size() > 1 && command.words[1].text == "install";
  for (size_t i = 1; i < command.words.size(); ++i) {
    ShellWord word = command.words[i];
    const bool output = command.words[i - 1].text == "-o";
    if (output && !word.text.ends_with("/")) {
      word.text += ".exe";
    }
    const auto text = CmdWord(word, word.text.starts_with("/"));
    if (!text) {
      partner_.Fail(Cat("`", word.text, "` is computed by a shell that Windows lacks"));
      return line;
    }
    line += Cat(" ", install && i == 1 ? "build -o C:\\go\\bin\\" : *text);
  }
  return line;
}

void WindowsStage::RunCommands(const DockerInstruction& instruction) {
  const auto commands = ParseShell(DockerCommand(instruction.node));
  for (const Node child : instruction.node.NamedChildren()) {
    if (child.Is("flag") && child.text().find("type=cache") == std::string_view::npos) {
      partner_.Fail(Cat("builders on Windows know no ", child.text()));
    }
  }
  if (!commands) {
    partner_.Fail("a RUN of a stage that builds is more than simple commands");
    return;
  }
  static const LazyRE2 kNothing = {
      R"((apk|apt-get|apt|set|update-ca-certificates|chmod|chown|adduser|addgroup|useradd|groupadd|rm|true|export|upx))"};
  std::string line;
  for (const ShellCommand& command : *commands) {
    const std::string program(command.Program());
    if (program.empty() || RE2::FullMatch(program, *kNothing)) {
      continue;
    }
    std::string text;
    if (program == "go") {
      if (command.words.size() > 1 &&
          (command.words[1].text == "build" || command.words[1].text == "install")) {
        Environment(command);
      }
      text = GoCommand(command);
    } else if ((program == "cd" || program == "mkdir") && command.words.size() >= 2 &&
               !command.words.back().computed) {
      const std::string& path = command.words.back().text;
      text = Cat(program, " ", path.starts_with("/") ? WindowsPath(path) : path);
    } else {
      partner_.Fail(Cat("nothing here knows what `", program, "` does on Windows"));
      return;
    }
    line += Cat(line.empty() ? "" : " && ", text);
  }
  if (!line.empty()) {
    Line(Cat("RUN ", line));
  }
}

}  // namespace

void WriteCrossStages(const GoImage& image, Partner* partner) {
  for (const size_t stage : BuildStages(image)) {
    if (image.file().stages[stage].base) {
      partner->lines.push_back(Cat("FROM ", StageName(image, *image.file().stages[stage].base),
                                   " AS ", StageName(image, stage)));
      Partner rest;
      CrossStage(image, stage, &rest);
      partner->Fail(rest.trouble);
      partner->lines.insert(partner->lines.end(), rest.lines.begin() + 1, rest.lines.end());
    } else {
      CrossStage(image, stage, partner);
    }
    partner->lines.emplace_back();
  }
}

void WriteWindowsStages(const GoImage& image, Partner* partner) {
  for (const size_t stage : BuildStages(image)) {
    WindowsStage(image, stage, partner).Run();
    partner->lines.emplace_back();
  }
}

}  // namespace windlass
