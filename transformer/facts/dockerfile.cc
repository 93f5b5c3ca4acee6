#include "transformer/facts/dockerfile.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "re2/re2.h"

namespace windlass {
namespace {

std::string ToLower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

/// "run_instruction" → "RUN"; "" for anything else.
std::string_view InstructionName(Node node) {
  struct Row {
    std::string_view kind;
    std::string_view name;
  };
  static constexpr std::array<Row, 18> kRows = {{
      {"from_instruction", "FROM"},
      {"run_instruction", "RUN"},
      {"cmd_instruction", "CMD"},
      {"entrypoint_instruction", "ENTRYPOINT"},
      {"shell_instruction", "SHELL"},
      {"copy_instruction", "COPY"},
      {"add_instruction", "ADD"},
      {"env_instruction", "ENV"},
      {"arg_instruction", "ARG"},
      {"label_instruction", "LABEL"},
      {"expose_instruction", "EXPOSE"},
      {"volume_instruction", "VOLUME"},
      {"user_instruction", "USER"},
      {"workdir_instruction", "WORKDIR"},
      {"stopsignal_instruction", "STOPSIGNAL"},
      {"healthcheck_instruction", "HEALTHCHECK"},
      {"onbuild_instruction", "ONBUILD"},
      {"maintainer_instruction", "MAINTAINER"},
  }};
  const auto* row = std::ranges::find(kRows, node.kind(), &Row::kind);
  return row == kRows.end() ? std::string_view() : row->name;
}

DockerInstruction MakeInstruction(Node line) {
  DockerInstruction instruction{InstructionName(line), line, line, false};
  if (instruction.name == "ONBUILD") {
    for (const Node child : line.NamedChildren()) {
      if (const std::string_view name = InstructionName(child); !name.empty()) {
        instruction.name = name;
        instruction.node = child;
        instruction.onbuild = true;
      }
    }
  }
  return instruction;
}

/// `text` with the escape character taken from before what it escapes: anything, or within double
/// quotes only quotes, dollars and itself.
void AppendUnescaped(std::string_view text, char escape, bool quoted, std::string* out) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == escape && i + 1 < text.size() &&
        (!quoted || text[i + 1] == '"' || text[i + 1] == '$' || text[i + 1] == escape)) {
      ++i;
    }
    out->push_back(text[i]);
  }
}

/// $NAME, ${NAME}, ${NAME:-default}; as written if nothing is known.
std::string Expand(Node expansion, const StringMap<std::string>& args) {
  std::string_view name;
  std::string_view modifier;
  for (const Node child : expansion.NamedChildren()) {
    (child.Is("variable") ? name : modifier) = child.text();
  }
  if (const auto arg = args.find(name); arg != args.end()) {
    return arg->second;
  }
  return modifier.starts_with(":-") ? std::string(modifier.substr(2))
                                    : std::string(expansion.text());
}

void AppendPiece(Node piece, char escape, const StringMap<std::string>& args, std::string* out) {
  if (piece.Is("plain")) {
    AppendUnescaped(piece.text(), escape, piece.parent().Is("double_quoted_string"), out);
  } else if (piece.Is("expansion")) {
    *out += Expand(piece, args);
  } else if (piece.Is("single_quoted_string")) {
    out->append(piece.text().substr(1, piece.text().size() - 2));
  } else if (piece.Is("double_quoted_string")) {
    for (const Node part : piece.NamedChildren()) {
      AppendPiece(part, escape, args, out);
    }
  }
}

void ReadArgs(Node instruction, const Dockerfile& file, StringMap<std::string>* args) {
  for (const Node child : instruction.NamedChildren()) {
    if (child.Is("pair")) {
      args->insert_or_assign(std::string(child.Field("key").text()),
                             file.Word(child.Field("value")));
    }
  }
}

void ReadDirective(Node directive, Dockerfile* file) {
  if (ToLower(directive.Field("name").text()) != "escape") {
    return;
  }
  const std::string_view value = directive.Field("value").text();
  if (value == "`" || value == "\\") {
    file->escape = value[0];
    file->escape_directive = directive;
  }
}

ImageOs PlatformOs(std::string_view platform) {
  if (platform.starts_with("windows")) {
    return ImageOs::kWindows;
  }
  // The builder's own platform is Linux wherever the image of a stage may be another one's.
  return platform.starts_with("linux") || platform.find("BUILDPLATFORM") != std::string_view::npos
             ? ImageOs::kLinux
             : ImageOs::kUnknown;
}

DockerStage MakeStage(const DockerInstruction& from, const Dockerfile& file) {
  DockerStage stage;
  stage.from = from;
  stage.image = file.Word(from.node.Field("image"));
  stage.name = ToLower(from.node.Field("name").text());
  stage.platform = file.Flag(from.node, "platform").value_or("");
  stage.root_image = stage.image;
  stage.os = PlatformOs(stage.platform);
  const std::optional<size_t> base = file.FindStage(stage.image);
  if (base) {
    stage.base = base;
    stage.root_image = file.stages[*base].root_image;
    if (stage.os == ImageOs::kUnknown) {
      stage.os = file.stages[*base].os;
    }
  } else if (const ImageOs named = ImageOsOf(stage.image); named != ImageOs::kUnknown) {
    stage.os = named;
  }
  return stage;
}

char UnescapeJson(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    default:
      return c;
  }
}

}  // namespace

ImageOs ImageOsOf(std::string_view image) {
  static const LazyRE2 kWindows = {
      R"(nanoserver|servercore|/windows[/:]|windows-|-windows|ltsc20\d\d|dotnet/framework|/windows$)"};
  static const LazyRE2 kLinux = {
      R"(alpine|debian|ubuntu|bookworm|bullseye|buster|stretch|jessie|trixie|busybox|distroless|centos|fedora|)"
      R"(rockylinux|almalinux|amazonlinux|oraclelinux|/ubi\d|ubi-|opensuse|archlinux|photon|wolfi|cgr\.dev|-slim)"};
  const std::string lower = ToLower(image);
  if (RE2::PartialMatch(lower, *kWindows)) {
    return ImageOs::kWindows;
  }
  return RE2::PartialMatch(lower, *kLinux) ? ImageOs::kLinux : ImageOs::kUnknown;
}

bool IsNanoServer(std::string_view image) {
  return ToLower(image).find("nanoserver") != std::string::npos;
}

const DockerInstruction* DockerStage::Last(std::string_view instruction) const {
  const auto found =
      std::find_if(instructions.rbegin(), instructions.rend(),
                   [&](const DockerInstruction& i) { return i.name == instruction && !i.onbuild; });
  return found == instructions.rend() ? nullptr : &*found;
}

Dockerfile Dockerfile::Read(const Tree& tree) {
  Dockerfile file;
  for (const Node node : tree.root().NamedChildren()) {
    if (node.Is("directive")) {
      ReadDirective(node, &file);
      continue;
    }
    const DockerInstruction instruction = MakeInstruction(node);
    if (instruction.name.empty()) {
      continue;
    }
    if (instruction.name == "FROM" && !instruction.onbuild) {
      file.stages.push_back(MakeStage(instruction, file));
    } else if (file.stages.empty()) {
      if (instruction.name == "ARG") {
        ReadArgs(instruction.node, file, &file.args);
      }
      file.globals.push_back(instruction);
    } else {
      file.stages.back().instructions.push_back(instruction);
    }
  }
  return file;
}

std::optional<size_t> Dockerfile::FindStage(std::string_view reference) const {
  const std::string name = ToLower(reference);
  for (size_t i = stages.size(); i-- > 0;) {
    if (!name.empty() && stages[i].name == name) {
      return i;
    }
  }
  size_t number = 0;
  const char* end = reference.data() + reference.size();
  const auto [rest, error] = std::from_chars(reference.data(), end, number);
  if (error == std::errc() && rest == end && number < stages.size()) {
    return number;
  }
  return std::nullopt;
}

std::string Dockerfile::Word(Node word) const {
  std::string value;
  size_t end = word.span().begin;
  for (const Node piece : word.NamedChildren()) {
    if (piece.Is("line_continuation") || piece.Is("comment")) {
      end = piece.span().end;
      continue;
    }
    // Only WORKDIR has words with blanks.
    if (end < piece.span().begin && !value.empty()) {
      value += word.source().Text({end, piece.span().begin});
    }
    AppendPiece(piece, escape, args, &value);
    end = piece.span().end;
  }
  return value;
}

std::optional<std::string> Dockerfile::Flag(Node instruction, std::string_view flag) const {
  for (const Node child : instruction.NamedChildren()) {
    if (child.Is("flag") && child.Field("name").text().substr(2) == flag) {
      return Word(child.Field("value"));
    }
  }
  return std::nullopt;
}

std::vector<Node> DockerWords(Node instruction) {
  std::vector<Node> words;
  for (const Node child : instruction.NamedChildren()) {
    if (child.Is("json_array")) {
      for (const Node element : child.NamedChildren()) {
        if (element.Is("json_string")) {
          words.push_back(element);
        }
      }
    } else if (child.Is("word") || child.Is("heredoc_marker")) {
      words.push_back(child);
    }
  }
  return words;
}

std::vector<std::string> DockerStrings(Node json_array) {
  std::vector<std::string> strings;
  for (const Node element : json_array.NamedChildren()) {
    if (!element.Is("json_string")) {
      continue;
    }
    const std::string_view text = element.text().substr(1, element.text().size() - 2);
    std::string& value = strings.emplace_back();
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        value.push_back(UnescapeJson(text[++i]));
      } else {
        value.push_back(text[i]);
      }
    }
  }
  return strings;
}

std::string DockerShellText(Node shell_command) {
  std::string text;
  for (const Node part : shell_command.NamedChildren()) {
    if (part.Is("shell_fragment") || part.Is("heredoc_marker")) {
      text += Cat(text.empty() ? "" : " ", part.text());
    }
  }
  return text;
}

}  // namespace windlass
