// The last stage of a Dockerfile's Windows partner.

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "re2/re2.h"
#include "transformer/rules/native/partner.h"
#include "transformer/rules/native/secret_call.h"
#include "transformer/rules/native/shell_words.h"
#include "transformer/rules/native/windows_image.h"

namespace windlass {
namespace {

bool IsProgramFolder(std::string_view dir) {
  static constexpr std::array<std::string_view, 9> kFolders = {
      "/",       "/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin", "/usr/local/sbin",
      "/go/bin", "/root"};
  return std::ranges::find(kFolders, dir) != kFolders.end();
}

std::string_view Folder(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string_view::npos ? "/" : path.substr(0, slash);
}

/// Where a program goes: folders for programs are one on Windows, C:\app.
std::string ProgramPath(std::string_view unix_path) {
  const std::string_view dir = Folder(unix_path);
  return Cat(IsProgramFolder(dir) ? "C:\\app" : WindowsPath(dir), "\\", UnixBase(unix_path),
             ".exe");
}

std::string JsonString(std::string_view word) {
  std::string quoted = "\"";
  for (const char c : word) {
    quoted += c == '\\' || c == '"' ? "\\" : "";
    quoted += c;
  }
  return quoted + "\"";
}

/// What a stage that builds and runs the program does for building it.
bool IsForBuilding(std::string_view instruction) {
  return instruction == "COPY" || instruction == "ADD" || instruction == "RUN" ||
         instruction == "ARG";
}

class FinalStage {
 public:
  FinalStage(const GoImage& image, bool windows_build, Partner* partner)
      : image_(image),
        windows_build_(windows_build),
        partner_(*partner),
        index_(image.file().stages.size() - 1) {}

  void Run() {
    // A stage of the same file that it is made on counts as its begin.
    std::vector<size_t> chain = {index_};
    while (image_.file().stages[chain.back()].base) {
      chain.push_back(*image_.file().stages[chain.back()].base);
    }
    if (chain.size() > 1) {
      partner_.Fail("the last stage is made on another one of the file");
      return;
    }
    dir_ = "/";
    const bool alone = std::ranges::any_of(
        image_.outputs(), [&](const GoOutput& output) { return output.stage == index_; });
    if (alone) {
      TakeOwnOutputs();
    }
    for (const DockerInstruction& instruction : image_.last().instructions) {
      if (!alone || !IsForBuilding(instruction.name)) {
        Translate(instruction);
      }
    }
    Finish();
  }

 private:
  void Translate(const DockerInstruction& instruction);
  void TakeOwnOutputs();
  void Copy(const DockerInstruction& instruction);
  void RunCommands(const DockerInstruction& instruction);
  void RunCommand(const ShellCommand& command);
  void Environment(const DockerInstruction& instruction);
  void Volume(const DockerInstruction& instruction);
  void Command(const DockerInstruction& instruction);
  void HealthCheck(const DockerInstruction& instruction);
  void Finish();

  std::string Word(Node word) const {
    return word.Is("json_string") ? DockerStrings(word.parent())[WordIndex(word)]
                                  : image_.Expand(index_, image_.file().Word(word));
  }
  static size_t WordIndex(Node json_string) {
    size_t index = 0;
    for (Node n = json_string.previous_named_sibling(); n; n = n.previous_named_sibling()) {
      index += n.Is("json_string") ? 1 : 0;
    }
    return index;
  }
  void Line(std::string line) { partner_.lines.push_back(std::move(line)); }
  void Writable(std::string_view unix_path);
  bool CopyOutput(size_t stage, const std::string& source, const std::string& target);
  std::optional<std::vector<std::string>> Words(Node command);
  std::string Argument(const std::string& word) const;
  std::string Program(const std::string& word);

  const GoImage& image_;
  bool windows_build_;
  Partner& partner_;
  size_t index_;
  std::string dir_;
  std::vector<std::string> tail_;  // behind USER
};

void FinalStage::Writable(std::string_view unix_path) {
  const std::string path = PlaceFor(unix_path, partner_);
  if (unix_path != "/" && std::ranges::find(partner_.writable, path) == partner_.writable.end()) {
    partner_.writable.push_back(path);
  }
}

bool FinalStage::CopyOutput(size_t stage, const std::string& source, const std::string& target) {
  const GoOutput* output = image_.OutputAt(stage, source);
  if (output == nullptr) {
    return false;
  }
  const bool into_folder = target.ends_with("/") || UnixPath(dir_, target) == dir_;
  const std::string unix_path =
      UnixPath(dir_, into_folder ? Cat(target, "/", UnixBase(source)) : target);
  const std::string program = ProgramPath(unix_path);
  partner_.programs[unix_path] = program;
  Line(Cat("COPY --from=", StageName(image_, stage), " ",
           windows_build_ ? WindowsPath(output->path) : output->path, ".exe ", program));
  return true;
}

/// A stage that builds what it runs is split: its programs come from the part that builds.
void FinalStage::TakeOwnOutputs() {
  for (const GoOutput& output : image_.outputs()) {
    if (output.stage == index_) {
      CopyOutput(index_, output.path, output.path);
    }
  }
  partner_.Note("Only the program is copied into the image: add what it reads beside itself");
}

/// Files that Windows has of its own, or has no use for.
bool IsUnixBaggage(std::string_view path) {
  static const LazyRE2 kBaggage = {
      R"((/etc/ssl.*|/etc/pki.*|.*/ca-certificates.*|.*/ca-bundle.*|/usr/share/zoneinfo.*|.*/zoneinfo\.zip|/etc/passwd|/etc/group|/etc/nsswitch\.conf|/etc/mime\.types|.*/(tini|dumb-init)(-static)?|/usr/local/share/ca-certificates.*|/tmp))"};
  return RE2::FullMatch(re2::StringPiece(path.data(), path.size()), *kBaggage);
}

void FinalStage::Copy(const DockerInstruction& instruction) {
  std::vector<std::string> words;
  for (const Node word : DockerWords(instruction.node)) {
    if (word.Is("heredoc_marker")) {
      partner_.Fail("a file is written in the Dockerfile itself");
      return;
    }
    words.push_back(Word(word));
  }
  if (words.size() < 2) {
    return;
  }
  const std::string target = words.back();
  words.pop_back();
  const auto from = image_.file().Flag(instruction.node, "from");
  const std::optional<size_t> found = from ? image_.file().FindStage(*from) : std::nullopt;
  const bool has_stage = found.has_value();
  const size_t stage = found.value_or(0);
  for (const std::string& source : words) {
    if (IsUnixBaggage(source)) {
      if (source.find("zoneinfo") != std::string::npos) {
        partner_.Note(
            "Windows has no zoneinfo: import _ \"time/tzdata\" if the service loads time zones");
      }
      continue;
    }
    if (from && !has_stage) {
      partner_.Fail(Cat("files are copied from ", *from, ", an image for Linux"));
      return;
    }
    if (has_stage && CopyOutput(stage, source, target)) {
      continue;
    }
    if (has_stage && image_.HoldsOutputs(stage, source)) {
      partner_.Fail(Cat("a whole folder with programs is copied: ", source));
      return;
    }
    if (source.starts_with("http://") || source.starts_with("https://") ||
        source.ends_with(".sh")) {
      partner_.Fail(Cat("nothing here knows what ", source, " is on Windows"));
      return;
    }
    const std::string where =
        target.starts_with("/")
            ? PlaceFor(target, partner_) + (target.size() > 1 && target.ends_with("/") ? "\\" : "")
            : target;
    const std::string what = has_stage && windows_build_ ? WindowsPath(source) : source;
    const std::string name = !from ? "" : Cat("--from=", StageName(image_, stage), " ");
    if (Cat(what, where).find(' ') != std::string::npos) {
      Line(Cat("COPY ", name, "[", JsonString(what), ", ", JsonString(where), "]"));
    } else {
      Line(Cat("COPY ", name, what, " ", where));
    }
  }
}

void FinalStage::RunCommand(const ShellCommand& command) {
  static const LazyRE2 kNothing = {
      R"((.*/)?(apk|apt-get|apt|yum|microdnf|dnf|tdnf|set|addgroup|adduser|useradd|groupadd|usermod|rm|update-ca-certificates|true|setcap|touch|ldconfig|export|:))"};
  const std::string program(command.Program());
  if (RE2::FullMatch(program, *kNothing)) {
    static const LazyRE2 kKnown = {
        R"((-.*|add|install|update|upgrade|clean|autoremove|del|all|autoclean|ca-certificates.*|tzdata|libc6-compat|gcompat|musl.*|libc6|tini|dumb-init|bash|wget|curl|busybox.*|su-exec|gosu|libcap.*|shadow|bind-tools|iputils|net-tools|procps|netbase|openssl|mailcap|libgcc.*|libstdc\+\+.*))"};
    const bool packages =
        program.find("ap") == 0 || program.find("dnf") != std::string::npos || program == "yum";
    for (size_t i = 1; packages && i < command.words.size(); ++i) {
      const std::string& word = command.words[i].text;
      if (word == "tzdata") {
        partner_.Note(
            "Windows has no zoneinfo: import _ \"time/tzdata\" if the service loads time zones");
      } else if (!RE2::FullMatch(word, *kKnown) && command.words[i - 1].text != "-t") {
        partner_.Fail(Cat("the image needs the package ", word));
      }
    }
    return;
  }
  if (program == "mkdir" || program == "chown" || program == "chmod" || program == "install" ||
      program == "chgrp") {
    for (size_t i = 1; i < command.words.size(); ++i) {
      const std::string& word = command.words[i].text;
      const bool path = word.starts_with("/") || (program == "mkdir" && !word.starts_with("-"));
      const std::string unix_path = UnixPath(dir_, word);
      if (path && word.find('$') == std::string::npos && !partner_.programs.contains(unix_path) &&
          !IsProgramFolder(unix_path) && !IsUnixBaggage(unix_path)) {
        // A program made executable, or a file given to the account, is no folder to write to.
        const bool file =
            program != "mkdir" && UnixBase(unix_path).find('.') != std::string_view::npos;
        if (!file && program != "install" &&
            (program != "chmod" || command.words[1].text.find('x') == std::string::npos)) {
          Writable(unix_path);
        }
      }
    }
    return;
  }
  partner_.Fail(Cat("nothing here knows what `", program, "` does for Windows"));
}

void FinalStage::RunCommands(const DockerInstruction& instruction) {
  const auto commands = ParseShell(DockerCommand(instruction.node));
  if (!commands || instruction.node.NamedChild(0).Is("flag")) {
    partner_.Fail("a RUN of the last stage is more than simple commands");
    return;
  }
  for (const ShellCommand& command : *commands) {
    if (!command.words.empty()) {
      RunCommand(command);
    }
  }
}

void FinalStage::Environment(const DockerInstruction& instruction) {
  std::string line(instruction.name);
  for (const Node child : instruction.node.NamedChildren()) {
    if (!child.Is("pair")) {
      continue;
    }
    const std::string key(child.Field("key").text());
    const Node value_node = child.Field("value");
    std::string value = value_node.Is("word") ? Word(value_node) : std::string(value_node.text());
    // What builds the program, and what only unix looks at; GOGC, GOTRACEBACK and the like stay.
    static const LazyRE2 kOther = {
        R"(PATH|SSL_CERT.*|LD_LIBRARY_PATH|LC_.*|LANG|CGO_.*|GO(PATH|ROOT|BIN|OS|ARCH|FLAGS|CACHE|MODCACHE|TMPDIR|PROXY|SUMDB|NOSUMDB|PRIVATE|NOPROXY|VCS|TOOLCHAIN|LANG_VERSION|111MODULE|AMD64|ARM))"};
    if (RE2::FullMatch(key, *kOther)) {
      continue;
    }
    if (IsUnixFilePath(value)) {
      value = PlaceFor(value, partner_);
    }
    const bool quote =
        value.find_first_of(" \t;") != std::string::npos || value.find('$') != std::string::npos;
    line += Cat(" ", key, "=", quote ? Cat("\"", value, "\"") : value);
  }
  if (line.size() > instruction.name.size()) {
    Line(line);
  }
}

void FinalStage::Volume(const DockerInstruction& instruction) {
  std::string line = "VOLUME";
  for (const Node word : DockerWords(instruction.node)) {
    const std::string path = UnixPath(dir_, Word(word));
    Writable(path);
    line += Cat(" ", PlaceFor(path, partner_));
  }
  tail_.push_back(line);
}

std::optional<std::vector<std::string>> FinalStage::Words(Node command) {
  if (command.Is("json_array")) {
    return DockerStrings(command);
  }
  const auto commands = ParseShell(DockerShellText(command));
  if (!commands || commands->size() != 1 || !commands->front().env.empty()) {
    return std::nullopt;
  }
  std::vector<std::string> words;
  for (const ShellWord& word : commands->front().words) {
    if (word.computed || word.text.find('$') != std::string::npos) {
      return std::nullopt;
    }
    words.push_back(word.text);
  }
  if (!words.empty() && words.front() == "exec") {
    words.erase(words.begin());
  }
  return words;
}

std::string FinalStage::Program(const std::string& word) {
  const std::string path = UnixPath(dir_, word);
  for (const auto& [unix_path, program] : partner_.programs) {
    if (unix_path == path || (word.find('/') == std::string::npos && UnixBase(unix_path) == word)) {
      return program;
    }
  }
  return "";
}

std::string FinalStage::Argument(const std::string& word) const {
  const size_t equals = word.find('=');
  const std::string value = equals == std::string::npos ? word : word.substr(equals + 1);
  if (!IsUnixFilePath(value)) {
    return word;
  }
  return Cat(word.substr(0, equals == std::string::npos ? 0 : equals + 1),
             PlaceFor(value, partner_));
}

void FinalStage::Command(const DockerInstruction& instruction) {
  auto words = Words(instruction.node.Field("command"));
  if (!words) {
    partner_.Fail(Cat(instruction.name, " needs a shell"));
    return;
  }
  static const LazyRE2 kInit = {R"((.*/)?(tini|dumb-init|su-exec|gosu)(-static)?)"};
  while (!words->empty() && (RE2::FullMatch(words->front(), *kInit) || words->front() == "--")) {
    words->erase(words->begin());
  }
  if (words->empty()) {
    return;
  }
  const bool entrypoint = instruction.name == "ENTRYPOINT";
  const bool names_program = entrypoint || image_.last().Last("ENTRYPOINT") == nullptr;
  if (std::string program = Program(words->front()); !program.empty()) {
    words->front() = program;
  } else if (names_program) {
    partner_.Fail(
        Cat("the container starts ", words->front(), ", which is not what is built here"));
    return;
  }
  std::string line = Cat(instruction.name, " [");
  for (size_t i = 0; i < words->size(); ++i) {
    line += Cat(i > 0 ? ", " : "",
                JsonString(i == 0 && names_program ? (*words)[i] : Argument((*words)[i])));
  }
  tail_.push_back(line + "]");
}

void FinalStage::HealthCheck(const DockerInstruction& instruction) {
  const Node command = instruction.node.Field("command");
  if (!command) {
    tail_.push_back("HEALTHCHECK NONE");
    return;
  }
  std::string flags;
  for (const Node child : instruction.node.NamedChildren()) {
    flags += child.Is("flag") ? Cat(std::string(child.text()), " ") : "";
  }
  const std::string text = DockerCommand(instruction.node);
  std::string url;
  static const LazyRE2 kFetch = {R"((?:.*/)?(?:curl|wget)\s.*?(https?://[^\s"'|]+).*)"};
  if (RE2::FullMatch(text, *kFetch, &url)) {
    tail_.push_back(Cat("HEALTHCHECK ", flags, "CMD [\"curl.exe\", \"-fsS\", \"-o\", \"NUL\", ",
                        JsonString(url), "]"));
    return;
  }
  auto words = Words(command);
  const std::string program = words && !words->empty() ? Program(words->front()) : "";
  if (program.empty()) {
    partner_.Note(Cat("The health check is left out: `", text, "`"));
    return;
  }
  std::string line = Cat("HEALTHCHECK ", flags, "CMD [", JsonString(program));
  for (size_t i = 1; i < words->size(); ++i) {
    line += Cat(", ", JsonString(Argument((*words)[i])));
  }
  tail_.push_back(line + "]");
}

void FinalStage::Translate(const DockerInstruction& instruction) {
  if (instruction.onbuild) {
    partner_.Fail("ONBUILD is for images that others are made on");
  } else if (instruction.name == "COPY" || instruction.name == "ADD") {
    Copy(instruction);
  } else if (instruction.name == "RUN") {
    RunCommands(instruction);
  } else if (instruction.name == "ENV") {
    Environment(instruction);
  } else if (instruction.name == "WORKDIR") {
    dir_ =
        UnixPath(dir_, image_.Expand(index_, image_.file().Word(instruction.node.Field("path"))));
    if (dir_ != "/") {
      Line(Cat("WORKDIR ", WindowsPath(dir_)));
    }
  } else if (instruction.name == "VOLUME") {
    Volume(instruction);
  } else if (instruction.name == "ENTRYPOINT" || instruction.name == "CMD") {
    // The last one holds.
    if (image_.last().Last(instruction.name)->node == instruction.node) {
      Command(instruction);
    }
  } else if (instruction.name == "HEALTHCHECK") {
    HealthCheck(instruction);
  } else if (instruction.name == "EXPOSE") {
    tail_.push_back(std::string(instruction.node.text()));
  } else if (instruction.name == "LABEL" || instruction.name == "ARG") {
    if (instruction.node.text().find('\n') == std::string_view::npos) {
      Line(std::string(instruction.node.text()));
    }
  }
}

/// Everything that needs rights, then the account, then what is run.
void FinalStage::Finish() {
  std::vector<std::string> folders = partner_.writable;
  for (const std::string& secret : partner_.secrets) {
    if (std::ranges::find(folders, secret) == folders.end()) {
      folders.push_back(secret);
    }
  }
  if (!folders.empty()) {
    const std::string_view comment = windows_build_ ? "" : "# ";
    if (!windows_build_) {
      Line(
          "# The service writes to the folders below. Commands run only where the image is built "
          "on Windows; there, do this first:");
    }
    Line(Cat(comment, "USER ContainerAdministrator"));
    for (const std::string& path : folders) {
      // WORKDIR and COPY have made their folders by now.
      const bool there = std::ranges::any_of(partner_.lines, [&](const std::string& line) {
        return line == Cat("WORKDIR ", path) ||
               (line.starts_with("COPY ") && line.find(Cat(" ", path, "\\")) != std::string::npos);
      });
      const bool secret = std::ranges::find(partner_.secrets, path) != partner_.secrets.end();
      Line(Cat(
          comment, "RUN ", there ? "" : Cat("mkdir ", path, " && "),
          secret ? SecretRights(path) : Cat("icacls ", path, " /grant ContainerUser:(OI)(CI)M")));
    }
  }
  Line("USER ContainerUser");
  for (std::string& line : tail_) {
    Line(std::move(line));
  }
}

}  // namespace

void Partner::Note(std::string_view note) {
  if (std::ranges::find(notes, note) == notes.end()) {
    notes.emplace_back(note);
  }
}

bool IsUnixFilePath(std::string_view path) {
  static const LazyRE2 kFile = {
      R"(/(?:(?:etc|var|data|tmp|opt|usr|home|srv|run|mnt)(?:/.*)?|(?:app|config|conf|logs?|certs?|root|storage|cache)/.+))"};
  return RE2::FullMatch(re2::StringPiece(path.data(), path.size()), *kFile);
}

std::string WindowsPath(std::string_view unix_path) {
  std::string path = "C:";
  path += unix_path;
  std::ranges::replace(path, '/', '\\');
  while (path.size() > 3 && path.back() == '\\') {
    path.pop_back();
  }
  return path;
}

std::string PlaceFor(std::string_view unix_path, const Partner& partner) {
  const auto below = [](std::string_view path, std::string_view folder) {
    return path == folder || path.starts_with(Cat(folder, "/"));
  };
  std::string_view plain = unix_path;
  while (plain.size() > 1 && plain.ends_with('/')) {
    plain.remove_suffix(1);
  }
  const bool asked = std::ranges::any_of(partner.sys_paths, [&](const std::string& path) {
    return below(path, plain) || below(plain, path);
  });
  return asked ? SysPlace(plain) : WindowsPath(unix_path);
}

std::string StageName(const GoImage& image, size_t stage) {
  const std::string& name = image.file().stages[stage].name;
  if (!name.empty()) {
    return name;
  }
  return std::ranges::count(image.needed(), true) <= 2 ? "build"
                                                       : Cat("build", std::to_string(stage));
}

void WriteFinalStage(const GoImage& image, bool windows_build, Partner* partner) {
  FinalStage(image, windows_build, partner).Run();
}

}  // namespace windlass
