#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tools/windlass/commands.h"
#include "transformer/driver/eol_file.h"
#include "transformer/text/eol_stream.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct EolFlags {
  std::string to = "lf";
  bool check = false;
  std::vector<std::string> files;
};

absl::StatusOr<ExitCode> RunEol(const EolFlags& flags) {
  const Eol to = flags.to == "crlf" ? Eol::kCrlf : Eol::kLf;
  ExitCode code = ExitCode::kDone;
  for (const std::string& file : flags.files) {
    if (file == "-") {
      WINDLASS_RETURN_IF_ERROR(ConvertEolStream(STDIN_FILENO, STDOUT_FILENO, to));
      continue;
    }
    WINDLASS_ASSIGN_OR_RETURN(const EolOutcome outcome, ConvertFile(file, to, flags.check));
    if (outcome == EolOutcome::kBinary) {
      std::fprintf(stderr, "windlass: %s: binary, left alone\n", file.c_str());
    } else if (outcome == EolOutcome::kConverted && flags.check) {
      std::printf("%s\n", file.c_str());
      code = ExitCode::kFindings;
    }
  }
  return code;
}

}  // namespace

void AddEol(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<EolFlags>();
  CLI::App* command =
      app->add_subcommand("eol", "Convert the line endings of files, or of standard input (-)");
  command->add_option("--to", flags->to, "lf or crlf")
      ->check(CLI::IsMember({"lf", "crlf"}))
      ->default_str("lf");
  command->add_flag("--check", flags->check,
                    "Write nothing; name the files that would change and exit with 1");
  command->add_option("FILE", flags->files, "Files, or - for standard input to standard output")
      ->required();
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = RunEol(*flags);
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
