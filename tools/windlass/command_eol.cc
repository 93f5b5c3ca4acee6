#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/windlass/commands.h"
#include "transformer/driver/eol_advice.h"
#include "transformer/driver/eol_file.h"
#include "transformer/driver/walk.h"
#include "transformer/text/eol_stream.h"
#include "transformer/text/status.h"

namespace windlass {
namespace {

struct EolFlags {
  std::string to = "lf";
  bool check = false;
  bool info = false;
  bool keep_date = false;
  std::string stdin_path;
  std::vector<std::string> files;
};

const char* MarkName(const EolFileInfo& info) {
  if (!info.has_mark) {
    return "no_bom";
  }
  return info.encoding == Encoding::kUtf16Le   ? "UTF-16LE"
         : info.encoding == Encoding::kUtf16Be ? "UTF-16BE"
                                               : "UTF-8";
}

/// The columns of `dos2unix -i`: CRLF, LF and CR by number, byte-order mark, text or binary, name.
void PrintInfo(const std::string& file, const EolFileInfo& info) {
  std::printf("%6zu  %6zu  %6zu  %-8s  %-6s  %s\n", info.eols.crlf, info.eols.lf, info.eols.cr,
              MarkName(info), info.encoding == Encoding::kBinary ? "binary" : "text", file.c_str());
}

/// One run of the command over its files: what went wrong with one does not stop the others.
class EolRun {
 public:
  explicit EolRun(const EolFlags& flags) : flags_(flags) {}

  absl::StatusOr<ExitCode> Run() {
    if (flags_.to == "auto") {
      WINDLASS_ASSIGN_OR_RETURN(advice_, EolAdvice::Make());
    }
    for (const std::string& file : flags_.files) {
      std::error_code error;
      if (file == "-") {
        WINDLASS_RETURN_IF_ERROR(Filter());
      } else if (std::filesystem::is_directory(file, error)) {
        WINDLASS_ASSIGN_OR_RETURN(const WalkResult found, Walk(file));
        for (const WalkEntry& entry : found.files) {
          if (!entry.vendored) {
            Note(One(Cat(file, file.ends_with('/') ? "" : "/", entry.path), true));
          }
        }
      } else {
        Note(One(file, false));
      }
    }
    return code_;
  }

 private:
  /// Standard input to standard output.
  absl::Status Filter() {
    if (!advice_ && !flags_.info && !flags_.check) {
      return ConvertEolStream(STDIN_FILENO, STDOUT_FILENO, Target());
    }
    if (advice_ && flags_.stdin_path.empty()) {
      return InvalidInput(
          "standard input has no name to tell its kind by; give it one with --stdin-path, or use "
          "--to lf or --to crlf");
    }
    // Both need to have seen all of it first.
    const std::unique_ptr<FILE, int (*)(FILE*)> spool(std::tmpfile(), &std::fclose);
    if (spool == nullptr) {
      return absl::ErrnoToStatus(errno, "no temporary file can be made");
    }
    const int fd = fileno(spool.get());
    WINDLASS_RETURN_IF_ERROR(ConvertEolStream(STDIN_FILENO, fd, Encoding::kBinary, Eol::kLf));
    WINDLASS_ASSIGN_OR_RETURN(const EolFileInfo info, InspectFd(fd));
    const std::string name = flags_.stdin_path.empty() ? "-" : flags_.stdin_path;
    if (flags_.info) {
      PrintInfo(name, info);
      return absl::OkStatus();
    }
    WINDLASS_ASSIGN_OR_RETURN(const std::optional<Eol> to,
                              advice_ ? advice_->For(name, info) : std::optional(Target()));
    const bool changes = to && info.encoding != Encoding::kBinary && WouldChange(info.eols, *to);
    if (flags_.check) {
      if (changes) {
        std::printf("%s\n", name.c_str());
        code_ = ExitCode::kFindings;
      }
      return absl::OkStatus();
    }
    if (lseek(fd, 0, SEEK_SET) < 0) {
      return absl::ErrnoToStatus(errno, "the temporary file cannot be read again");
    }
    return ConvertEolStream(fd, STDOUT_FILENO, changes ? info.encoding : Encoding::kBinary,
                            to.value_or(Eol::kLf));
  }

  Eol Target() const { return flags_.to == "crlf" ? Eol::kCrlf : Eol::kLf; }

  void Note(const absl::Status& status) {
    if (!status.ok()) {
      code_ = Fail(status);
    }
  }

  /// The working-tree-encoding of a file that does not tell what it is.
  absl::StatusOr<std::string> Declared(const std::string& file) {
    const absl::StatusOr<EolFileInfo> seen = InspectHead(file);
    if (!seen.ok() || seen->encoding != Encoding::kBinary) {
      return std::string();
    }
    if (!attributes_) {
      WINDLASS_ASSIGN_OR_RETURN(attributes_, EolAdvice::Make());
    }
    return attributes_->EncodingFor(file);
  }

  absl::Status One(const std::string& file, bool from_walk) {
    Eol to = Target();
    WINDLASS_ASSIGN_OR_RETURN(const std::string encoding, Declared(file));
    if (advice_ || flags_.info) {
      WINDLASS_ASSIGN_OR_RETURN(const EolFileInfo info, InspectFile(file, encoding));
      if (flags_.info) {
        PrintInfo(file, info);
        return absl::OkStatus();
      }
      WINDLASS_ASSIGN_OR_RETURN(const std::optional<Eol> advised, advice_->For(file, info));
      if (!advised || info.encoding == Encoding::kBinary) {
        return absl::OkStatus();
      }
      to = *advised;
    }
    WINDLASS_ASSIGN_OR_RETURN(const EolOutcome outcome, ConvertFile(file, to,
                                                                    {.dry_run = flags_.check,
                                                                     .keep_date = flags_.keep_date,
                                                                     .encoding = encoding}));
    if (outcome == EolOutcome::kBinary && !from_walk) {
      std::fprintf(stderr, "windlass: %s: binary, left alone\n", file.c_str());
    } else if (outcome == EolOutcome::kConverted && flags_.check) {
      std::printf("%s\n", file.c_str());
      code_ = code_ == ExitCode::kDone ? ExitCode::kFindings : code_;
    }
    return absl::OkStatus();
  }

  const EolFlags& flags_;
  std::optional<EolAdvice> advice_;      // for --to auto
  std::optional<EolAdvice> attributes_;  // for what the bytes alone do not tell
  ExitCode code_ = ExitCode::kDone;
};

}  // namespace

void AddEol(CLI::App* app, ExitCode* code) {
  auto flags = std::make_shared<EolFlags>();
  CLI::App* command =
      app->add_subcommand("eol", "Convert the line endings of files, or of standard input (-)");
  command
      ->add_option("--to", flags->to,
                   "lf, crlf, or auto: what windlass.toml, .gitattributes, .editorconfig and the "
                   "reader of each file want")
      ->check(CLI::IsMember({"lf", "crlf", "auto"}))
      ->default_str("lf");
  command->add_flag("--check", flags->check,
                    "Write nothing; name the files that would change and exit with 1");
  command->add_flag("-i,--info", flags->info,
                    "Write nothing; show how many CRLF, LF and CR each file has, its byte-order "
                    "mark, and whether it is text");
  command->add_flag("--keep-date", flags->keep_date, "Converted files keep their times");
  command->add_option("--stdin-path", flags->stdin_path,
                      "The name that standard input would have as a file, for --to auto");
  command
      ->add_option("FILE", flags->files,
                   "Files, folders (without what git ignores and what others wrote), or - for "
                   "standard input to standard output")
      ->required();
  command->callback([flags, code] {
    const absl::StatusOr<ExitCode> result = EolRun(*flags).Run();
    *code = result.ok() ? *result : Fail(result.status());
  });
}

}  // namespace windlass
