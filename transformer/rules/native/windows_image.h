#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_WINDOWS_IMAGE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_WINDOWS_IMAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/dockerfile.h"
#include "transformer/rules/logic.h"

namespace windlass {

/// The program that runs the shell form of RUN, CMD and ENTRYPOINT.
enum class DockerShell : uint8_t { kCmd, kPowerShell, kOther };

/// One instruction of a stage for Windows, and what holds when it is carried out.
struct WindowsStep {
  const DockerInstruction* instruction = nullptr;
  const DockerStage* stage = nullptr;
  std::string command;  // of RUN, CMD, ENTRYPOINT and HEALTHCHECK, in one line; else ""
  bool exec_form = false;
  DockerShell shell = DockerShell::kCmd;
  std::string user;                             // "" unknown
  const DockerInstruction* user_set = nullptr;  // the USER of this stage that set it
};

/// A Dockerfile that builds an image for Windows. Borrows the tree of the context.
class WindowsImage {
 public:
  explicit WindowsImage(const FileContext& context);

  /// False for Dockerfiles of other systems, and where it cannot be told.
  bool for_windows() const { return for_windows_; }
  /// The same as for_windows(); but false also for a file in which lines are read as parts of
  /// others, so that nothing can be said of it before that is mended.
  bool active() const { return active_; }
  /// True if the file's name says windows, whatever it makes.
  bool named_for_windows() const { return named_for_windows_; }
  const Dockerfile& file() const { return file_; }
  /// Every instruction of the stages for Windows, in order.
  const std::vector<WindowsStep>& steps() const { return steps_; }

 private:
  void AddStage(size_t index);

  Dockerfile file_;
  bool for_windows_ = false;
  bool named_for_windows_ = false;
  bool active_ = false;
  std::vector<WindowsStep> steps_;
  std::vector<std::string> last_user_;  // by stage
};

/// The module that the Dockerfile at `path` builds: the one around it, or the only one; null if it
/// cannot be told.
const GoModule* ModuleBuiltBy(const Project& project, std::string_view path);

/// True if the account may do what only administrators may; false for ContainerUser and for any
/// other ordinary name.
bool IsAdministrator(std::string_view user);

/// A backslash that ends a line right behind a path, before another instruction, was meant as a
/// separator.
bool SwallowsNextLine(Node line_continuation);

/// The text of the instruction's command in one line, whatever its form; "" without one.
std::string DockerCommand(Node instruction);

/// An edit that takes out the lines of `instruction`, comments on lines of their own not included.
Span DockerLines(Node instruction);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_WINDOWS_IMAGE_H_
