#ifndef WINDLASS_TRANSFORMER_FACTS_DOCKERFILE_H_
#define WINDLASS_TRANSFORMER_FACTS_DOCKERFILE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/syntax/tree.h"
#include "transformer/text/strings.h"

namespace windlass {

/// The system that an image is for, as far as its name and `--platform` tell.
enum class ImageOs : uint8_t { kUnknown, kLinux, kWindows };

/// The system of an image by its name alone: "alpine:3" is for Linux,
/// "mcr.microsoft.com/windows/nanoserver:ltsc2022" for Windows, "golang:1.22" may be for either.
ImageOs ImageOsOf(std::string_view image);
/// True for images that descend from Nano Server, which has neither PowerShell nor MSI.
bool IsNanoServer(std::string_view image);

/// One instruction, ONBUILD taken off.
struct DockerInstruction {
  std::string_view name;  // "RUN", in upper case whatever the source has
  Node node;              // run_instruction, …
  Node line;              // the same, or the onbuild_instruction around it
  bool onbuild = false;
};

/// What stands between one FROM and the next.
struct DockerStage {
  DockerInstruction from;
  std::string image;           // variables with defaults put in, others as written
  std::string name;            // of `AS`, in lower case; "" without
  std::string platform;        // of `--platform`, as written; "" without
  std::optional<size_t> base;  // the earlier stage that `image` names
  std::string root_image;      // of the first stage of that chain
  ImageOs os = ImageOs::kUnknown;
  std::vector<DockerInstruction> instructions;  // without FROM

  /// The last instruction of that name; null if there is none.
  const DockerInstruction* Last(std::string_view instruction) const;
};

/// A Dockerfile as its builder sees it. Borrows the tree.
struct Dockerfile {
  static Dockerfile Read(const Tree& tree);

  char escape = '\\';
  Node escape_directive;                   // null if there is none
  StringMap<std::string> args;             // of the ARGs before the first FROM: defaults
  std::vector<DockerInstruction> globals;  // what stands before the first FROM
  std::vector<DockerStage> stages;

  /// The stage that `--from=reference` (a name or a number) means; nullopt for an image.
  std::optional<size_t> FindStage(std::string_view reference) const;
  /// The value of a `word` node: quotes and escapes undone, variables of `args` put in, others as
  /// written.
  std::string Word(Node word) const;
  /// The value of flag `--name` of an instruction; nullopt if it is not there.
  std::optional<std::string> Flag(Node instruction, std::string_view flag) const;
};

/// The words of COPY, ADD, VOLUME and EXPOSE, in either form; the destination of COPY is the last.
std::vector<Node> DockerWords(Node instruction);
/// The strings of a `json_array`, unescaped.
std::vector<std::string> DockerStrings(Node json_array);
/// The text of a `shell_command`: its lines joined by a blank, comments left out.
std::string DockerShellText(Node shell_command);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_DOCKERFILE_H_
