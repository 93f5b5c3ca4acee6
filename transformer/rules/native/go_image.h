#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_GO_IMAGE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_GO_IMAGE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/dockerfile.h"
#include "transformer/facts/project.h"

namespace windlass {

/// A program that a stage builds with the go command.
struct GoOutput {
  size_t stage = 0;
  std::string path;  // absolute, in the stage: /out/app
};

/// A Dockerfile for Linux whose last stage runs a program that an earlier one (or itself) builds
/// from Go. Borrows the tree.
class GoImage {
 public:
  /// `module` is the one that the Dockerfile builds; it gives programs without -o their name.
  GoImage(const Tree& tree, const GoModule& module);

  const Dockerfile& file() const { return file_; }
  const DockerStage& last() const { return file_.stages.back(); }
  /// Stages that the last one is made of, in order; by index.
  const std::vector<bool>& needed() const { return needed_; }
  const std::vector<GoOutput>& outputs() const { return outputs_; }
  /// True if a stage runs `go build` or `go install`.
  bool builds() const { return !outputs_.empty(); }
  bool wants_cgo() const { return wants_cgo_; }
  bool forbids_cgo() const { return forbids_cgo_; }
  /// The first command that stands for a build that cannot be read: make, a script; "" without.
  const std::string& hidden_build() const { return hidden_build_; }

  /// The output that COPY --from=`stage` of `path` takes along; null if none.
  const GoOutput* OutputAt(size_t stage, std::string_view path) const;
  /// True if `path` of the stage is a folder with outputs in it.
  bool HoldsOutputs(size_t stage, std::string_view path) const;
  /// Variables of ENV and ARG of a stage put in, others as written.
  std::string Expand(size_t stage, std::string_view text) const;
  /// WORKDIR at the end of a stage, and at the time of `instruction` of it.
  std::string WorkdirAt(size_t stage, const DockerInstruction* instruction) const;

 private:
  void FindNeeded();
  void ReadStage(size_t index);
  void ReadRun(size_t index, const DockerInstruction& run);
  void ReadGoCommand(size_t index, std::string_view dir, const struct ShellCommand& command);

  Dockerfile file_;
  const GoModule& module_;
  std::vector<bool> needed_;
  std::vector<StringMap<std::string>> variables_;  // by stage
  std::vector<GoOutput> outputs_;
  bool wants_cgo_ = false;
  bool forbids_cgo_ = false;
  std::string hidden_build_;
};

/// `path` below `dir` as an absolute, clean unix path.
std::string UnixPath(std::string_view dir, std::string_view path);
/// The last element; of "/" nothing.
std::string_view UnixBase(std::string_view path);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_GO_IMAGE_H_
