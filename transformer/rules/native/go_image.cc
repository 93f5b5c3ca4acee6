#include "transformer/rules/native/go_image.h"

#include <algorithm>

#include "re2/re2.h"
#include "transformer/rules/native/shell_words.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

/// Programs that build Go behind a name of their own.
bool HidesBuild(std::string_view program) {
  return program == "make" || program == "mage" || program == "task" || program == "just" ||
         program == "goreleaser" || program == "bazel" || program.ends_with(".sh");
}

/// The flags of `go build` that take their value from the next word.
bool TakesValue(std::string_view flag) {
  static const LazyRE2 kFlag = {
      R"(--?(o|p|asmflags|buildmode|buildvcs|compiler|gccgoflags|gcflags|installsuffix|ldflags|mod|modfile|overlay|pgo|pkgdir|tags|toolexec|C))"};
  return RE2::FullMatch(re2::StringPiece(flag.data(), flag.size()), *kFlag);
}

/// "example.test/app/v2" → "app".
std::string ProgramOfModule(const GoModule& module) {
  std::string name(module.path);
  RE2::Replace(&name, R"(/v\d+$)", "");
  return std::string(UnixBase(name));
}

}  // namespace

std::string UnixPath(std::string_view dir, std::string_view path) {
  const std::string full = path.starts_with("/") ? std::string(path) : Cat(dir, "/", path);
  std::vector<std::string> elements;
  re2::StringPiece rest(full);
  std::string element;
  while (RE2::Consume(&rest, "/*([^/]+)", &element)) {
    if (element == "..") {
      if (!elements.empty()) {
        elements.pop_back();
      }
    } else if (element != ".") {
      elements.push_back(element);
    }
  }
  std::string clean;
  for (const std::string& part : elements) {
    clean += Cat("/", part);
  }
  return clean.empty() ? "/" : clean;
}

std::string_view UnixBase(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

GoImage::GoImage(const Tree& tree, const GoModule& module)
    : file_(Dockerfile::Read(tree)), module_(module) {
  FindNeeded();
  for (size_t i = 0; i < file_.stages.size(); ++i) {
    ReadStage(i);
  }
}

void GoImage::FindNeeded() {
  needed_.assign(file_.stages.size(), false);
  if (file_.stages.empty()) {
    return;
  }
  std::vector<size_t> open = {file_.stages.size() - 1};
  while (!open.empty()) {
    const size_t index = open.back();
    open.pop_back();
    if (needed_[index]) {
      continue;
    }
    needed_[index] = true;
    if (file_.stages[index].base) {
      open.push_back(*file_.stages[index].base);
    }
    for (const DockerInstruction& instruction : file_.stages[index].instructions) {
      const auto from = file_.Flag(instruction.node, "from");
      if (const auto stage = from ? file_.FindStage(*from) : std::nullopt;
          stage && *stage < index) {
        open.push_back(*stage);
      }
    }
  }
}

void GoImage::ReadStage(size_t index) {
  const DockerStage& stage = file_.stages[index];
  StringMap<std::string>& variables =
      variables_.emplace_back(stage.base ? variables_[*stage.base] : StringMap<std::string>());
  for (const DockerInstruction& instruction : stage.instructions) {
    if (instruction.name == "ENV" || instruction.name == "ARG") {
      for (const Node child : instruction.node.NamedChildren()) {
        if (child.Is("pair")) {
          const Node value = child.Field("value");
          variables[std::string(child.Field("key").text())] =
              Expand(index, value.Is("word") ? file_.Word(value) : std::string(value.text()));
        } else if (const auto global = file_.args.find(child.text()); global != file_.args.end()) {
          variables[global->first] = global->second;
        }
      }
    } else if (instruction.name == "RUN" && needed_[index]) {
      ReadRun(index, instruction);
    }
  }
  if (const auto cgo = variables.find("CGO_ENABLED"); cgo != variables.end() && needed_[index]) {
    (cgo->second == "0" ? forbids_cgo_ : wants_cgo_) = true;
  }
}

void GoImage::ReadRun(size_t index, const DockerInstruction& run) {
  const std::string text = DockerCommand(run.node);
  std::string dir = WorkdirAt(index, &run);
  const auto commands = ParseShell(text);
  if (!commands) {
    static const LazyRE2 kBuild = {R"(\bgo\s+(build|install)\b|\bmake\b)"};
    if (hidden_build_.empty() && RE2::PartialMatch(text, *kBuild)) {
      hidden_build_ = "a shell script";
    }
    return;
  }
  for (const ShellCommand& command : *commands) {
    for (const auto& [name, value] : command.env) {
      if (name == "CGO_ENABLED") {
        (value.text == "0" ? forbids_cgo_ : wants_cgo_) = true;
      }
    }
    if (command.Program() == "cd" && command.words.size() == 2) {
      dir = UnixPath(dir, command.words[1].text);
    } else if (command.Program() == "go" && command.words.size() > 1 &&
               (command.words[1].text == "build" || command.words[1].text == "install")) {
      ReadGoCommand(index, dir, command);
    } else if (hidden_build_.empty() && HidesBuild(command.Program())) {
      hidden_build_ = command.Program();
    }
  }
}

void GoImage::ReadGoCommand(size_t index, std::string_view dir, const ShellCommand& command) {
  std::string output;
  std::vector<std::string> packages;
  const bool install = command.words[1].text == "install";
  for (size_t i = 2; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    if (word == "-o" && i + 1 < command.words.size()) {
      output = Expand(index, command.words[++i].text);
    } else if (word.starts_with("-o=")) {
      output = Expand(index, word.substr(3));
    } else if (TakesValue(word)) {
      ++i;
    } else if (!word.starts_with("-")) {
      packages.push_back(Expand(index, word));
    }
    wants_cgo_ |= word == "-race" || word == "-msan";
  }
  if (install && !packages.empty() && packages.back().find('@') != std::string::npos) {
    return;  // a tool
  }
  // -o of a folder, or none: each package gives its own name.
  const bool folder = output.empty() || output.ends_with("/") || output == ".";
  if (!folder) {
    outputs_.push_back({index, UnixPath(dir, output)});
    return;
  }
  const std::string where = install ? "/go/bin" : UnixPath(dir, output.empty() ? "." : output);
  if (packages.empty()) {
    packages.emplace_back(".");
  }
  for (const std::string& package : packages) {
    const std::string_view base = UnixBase(package);
    outputs_.push_back(
        {index, Cat(where, "/",
                    base == "." || base == "..." || base.ends_with(".go") ? ProgramOfModule(module_)
                                                                          : std::string(base))});
  }
}

const GoOutput* GoImage::OutputAt(size_t stage, std::string_view path) const {
  for (const GoOutput& output : outputs_) {
    size_t at = stage;
    while (true) {
      if (output.stage == at && output.path == path) {
        return &output;
      }
      if (!file_.stages[at].base) {
        break;
      }
      at = *file_.stages[at].base;
    }
  }
  return nullptr;
}

bool GoImage::HoldsOutputs(size_t stage, std::string_view path) const {
  return std::ranges::any_of(outputs_, [&](const GoOutput& output) {
    return output.stage == stage && output.path.starts_with(Cat(path == "/" ? "" : path, "/"));
  });
}

std::string GoImage::Expand(size_t stage, std::string_view text) const {
  std::string out;
  re2::StringPiece rest(text.data(), text.size());
  std::string before;
  std::string name;
  std::string bare;
  while (RE2::Consume(&rest, R"(([^$]*)\$(?:\{(\w+)\}|(\w+)))", &before, &name, &bare)) {
    const std::string& key = name.empty() ? bare : name;
    const auto known = variables_[stage].find(key);
    out += before;
    out += known == variables_[stage].end() ? Cat("${", key, "}") : known->second;
  }
  out.append(rest.data(), rest.size());
  return out;
}

std::string GoImage::WorkdirAt(size_t stage, const DockerInstruction* instruction) const {
  const DockerStage& where = file_.stages[stage];
  std::string dir = "/";
  if (where.base) {
    dir = WorkdirAt(*where.base, nullptr);
  } else if (RE2::PartialMatch(where.image, R"((^|/)golang(:|@|$))")) {
    dir = "/go";
  }
  for (const DockerInstruction& other : where.instructions) {
    if (&other == instruction) {
      break;
    }
    if (other.name == "WORKDIR" && !other.onbuild) {
      dir = UnixPath(dir, Expand(stage, file_.Word(other.node.Field("path"))));
    }
  }
  return dir;
}

}  // namespace windlass
