#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PARTNER_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PARTNER_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/native/go_image.h"

namespace windlass {

/// What becomes of a Dockerfile for Linux on its way to Windows: lines, and what a reader should
/// know.
struct Partner {
  std::vector<std::string> lines;
  std::vector<std::string> notes;      // what is left out or has to be checked
  std::vector<std::string> sys_paths;  // what the code asks winport.SysPath for: /etc/app
  std::vector<std::string> secrets;    // folders that only the account may look into: C:\etc\keys
  std::string trouble;                 // why it cannot be written; "" if it can
  std::vector<std::string> writable;   // folders that the program writes to: C:\data
  /// Programs: path in the image for Linux → path in the one for Windows.
  std::map<std::string, std::string, std::less<>> programs;

  void Fail(std::string_view why) {
    if (trouble.empty()) {
      trouble = why;
    }
  }
  void Note(std::string_view note);
};

/// C:\etc\app of /etc/app: what a rooted path means on drive C.
std::string WindowsPath(std::string_view unix_path);

/// Rooted paths of files, as opposed to routes: /etc/app, /app/web.yaml, not /healthz.
bool IsUnixFilePath(std::string_view path);

/// A partner with what the Go code of a module says of its files: `sys_paths` and `secrets`.
Partner KnownOf(const Project& project, const GoModule& module);

/// Where the program looks for `unix_path`: where SysPath finds it if the code asks for something
/// of this kind, else what it means on drive C.
std::string PlaceFor(std::string_view unix_path, const Partner& partner);

/// The name of a stage in the partner: its own, or one made up.
std::string StageName(const GoImage& image, size_t stage);

/// Writes the stage that becomes the image, without its FROM: paths, accounts, programs translated.
/// Fills `programs` and `writable`, reads `sys_paths` and `secrets`. `windows_build`: the stages
/// before it are on Windows, too, so that the paths in them are Windows'.
void WriteFinalStage(const GoImage& image, bool windows_build, Partner* partner);

/// The stages that build, for a builder on Linux: as they are, but for GOOS, the names of programs
/// and the platform.
void WriteCrossStages(const GoImage& image, Partner* partner);
/// The same on Windows, in golang:…-windowsservercore-ltsc2022. Fails where a command is none of
/// cmd's.
void WriteWindowsStages(const GoImage& image, Partner* partner);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PARTNER_H_
