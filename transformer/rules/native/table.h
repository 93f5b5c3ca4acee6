#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_

#include <span>
#include <string_view>
#include <vector>

#include "transformer/rules/logic.h"

namespace windlass {

/// Every native rule, in the order of the table. FindNativeRule (logic.h) searches it by name.
std::span<const NativeRule> NativeRules();

// One declaration a rule: the function of `logic = "concat_to_join"` is ConcatToJoin, defined in
// rules/native/concat_to_join.cc.

/// eol/convert and eol/batch: converts a file whose consumer needs other line endings.
void ConvertEndings(const Rule& rule, const FileContext& context, SharedFacts& shared,
                    std::vector<Finding>* out);
/// eol/attribute: misspelt attributes, which git passes over.
void AttributeNames(const Rule& rule, const FileContext& context, SharedFacts& shared,
                    std::vector<Finding>* out);
/// eol/conflict: .gitattributes, .editorconfig and what reads a file do not agree.
void EndingConflicts(const Rule& rule, const Project& project, SharedFacts& shared,
                     std::vector<Finding>* out);
/// builds/missing-declaration: stubs, lifted and widened constraints for what targets lack.
void MissingDeclaration(const Rule& rule, const Project& project, SharedFacts& shared,
                        std::vector<Finding>* out);
/// syscalls/xsys and syscalls/new-xsys: package syscall in files for Windows becomes
/// golang.org/x/sys/windows.
void SyscallToXsys(const Rule& rule, const Project& project, SharedFacts& shared,
                   std::vector<Finding>* out);
/// builds/test-file: constraints for test files that need what Windows lacks.
void TestConstraint(const Rule& rule, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out);
/// syscalls/unix-only: names that Windows lacks, replaced, or moved to files for Unix.
void UnixOnly(const Rule& rule, const Project& project, SharedFacts& shared,
              std::vector<Finding>* out);
/// eol/gitattributes: writes or amends .gitattributes for the kinds of files that are present and
/// undecided.
void WriteGitAttributes(const Rule& rule, const Project& project, SharedFacts& shared,
                        std::vector<Finding>* out);

/// crlf/compare: text that may end lines in CRLF is compared with one in LF.
void CompareNewline(const Rule& rule, const QueryMatch& match, const FileContext& context,
                    SharedFacts& shared, std::vector<Finding>* out);
/// crlf/regexp: patterns that take the CR of CRLF for a part of the line.
void MatchNewline(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);
/// crlf/length: arithmetic that counts one byte for the end of a line; reported only.
void MeasureLine(const Rule& rule, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out);
/// crlf/split and crlf/helper: text from outside that is taken apart at LF.
void SplitLines(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out);
/// crlf/trim: the LF is taken off a line from outside, the CR of CRLF stays.
void TrimNewline(const Rule& rule, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out);

/// syscalls/errno: comparisons with errors that Windows reports under other codes.
void CompareErrno(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);
/// syscalls/last-error: GetLastError after a call that has given the error already.
void LastError(const Rule& rule, const QueryMatch& match, const FileContext& context,
               SharedFacts& shared, std::vector<Finding>* out);
/// syscalls/utf16-pointer: StringToUTF16Ptr, which panics, where an error can be returned.
void Utf16Pointer(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);
/// syscalls/signal: signals that never arrive on Windows, or cannot be sent there.
void SilentSignal(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);

/// For the rules on paths: where the flow of the module sees something to decide in the file.
std::vector<size_t> DecidingPlaces(std::string_view path, SharedFacts& shared);
/// For rules on what is opened: where values are, or become a part of, what the program opens.
std::vector<size_t> OpenedPlaces(std::string_view path, SharedFacts& shared);
/// paths/join: host paths glued with slashes become filepath.Join.
void ConcatToJoin(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);
/// paths/slash: native paths that reach names with slashes are converted.
void NativeToSlash(const Rule& rule, const QueryMatch& match, const FileContext& context,
                   SharedFacts& shared, std::vector<Finding>* out);
/// paths/list: PATH-like lists are taken apart and put together with the separator of the running
/// system.
void PathLists(const Rule& rule, const QueryMatch& match, const FileContext& context,
               SharedFacts& shared, std::vector<Finding>* out);
/// paths/package: package path on host paths becomes path/filepath.
void PathToFilepath(const Rule& rule, const QueryMatch& match, const FileContext& context,
                    SharedFacts& shared, std::vector<Finding>* out);
/// paths/separator: host paths are compared and split at the separator of the running system.
void SlashCompare(const Rule& rule, const QueryMatch& match, const FileContext& context,
                  SharedFacts& shared, std::vector<Finding>* out);
/// paths/format: host paths put together by a format become filepath.Join.
void SprintfToJoin(const Rule& rule, const QueryMatch& match, const FileContext& context,
                   SharedFacts& shared, std::vector<Finding>* out);

/// containers/account-order: privileged commands of images for Windows come before the USER that
/// gives the rights up.
void AccountOrder(const Rule& rule, const FileContext& context, SharedFacts& shared,
                  std::vector<Finding>* out);
/// containers/escape-character: Windows paths that lose their backslashes in a Dockerfile.
void EscapeCharacter(const Rule& rule, const FileContext& context, SharedFacts& shared,
                     std::vector<Finding>* out);
/// containers/exec-form: ENTRYPOINT and CMD as arrays.
void ExecForm(const Rule& rule, const FileContext& context, SharedFacts& shared,
              std::vector<Finding>* out);
/// containers/nanoserver, /unix-command, /diagnosis: programs that are missing or of no use.
void ImagePrograms(const Rule& rule, const FileContext& context, SharedFacts& shared,
                   std::vector<Finding>* out);
/// containers/linux-stage: stages of Linux images in a Dockerfile for Windows.
void LinuxStage(const Rule& rule, const FileContext& context, SharedFacts& shared,
                std::vector<Finding>* out);

/// containers/secret-folder: rights of folders that the Go code keeps secrets in.
void SecretFolders(const Rule& rule, const FileContext& context, SharedFacts& shared,
                   std::vector<Finding>* out);
/// containers/windows-partner: Dockerfile.windows beside the Dockerfile of a Go service.
void WindowsPartner(const Rule& rule, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out);

/// manifests/windows-pod: what pods and Compose services for Windows must not have.
void WindowsPod(const Rule& rule, const FileContext& context, SharedFacts& shared,
                std::vector<Finding>* out);

/// manifests/compose-partner: compose.windows.yaml beside a compose.yaml for Linux.
void ComposePartner(const Rule& rule, const FileContext& context, SharedFacts& shared,
                    std::vector<Finding>* out);
/// manifests/windows-overlay: a kustomize overlay for the project's own workloads.
void WindowsOverlay(const Rule& rule, const Project& project, SharedFacts& shared,
                    std::vector<Finding>* out);
/// settings/host-path: settings read as file paths that mean something else on Windows.
void SettingPaths(const Rule& rule, const Project& project, SharedFacts& shared,
                  std::vector<Finding>* out);
/// settings/disagreement: one variable, several paths.
void SettingDisagreement(const Rule& rule, const Project& project, SharedFacts& shared,
                         std::vector<Finding>* out);
/// permissions/chmod: Chmod that does harm on Windows is kept away from it.
void ChmodGuard(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out);
/// permissions/mode-assert: assertions of tests on permission bits.
void ModeAssert(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out);
/// permissions/mode: questions to permission bits that have one answer on Windows.
void ModeCompare(const Rule& rule, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out);
/// permissions/chown: changing the owner of a file, which always fails on Windows.
void OwnerChange(const Rule& rule, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out);
/// permissions/secret: files for one pair of eyes, which mode bits do not protect on Windows.
void SecretFile(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out);
/// permissions/account: what a service does that only an administrator may.
void AccountNeeds(const Rule& rule, const Project& project, SharedFacts& shared,
                  std::vector<Finding>* out);
/// environment/time-zone: programs that need time zones and bring no table of them.
void TimeZones(const Rule& rule, const Project& project, SharedFacts& shared,
               std::vector<Finding>* out);
/// environment/program: programs that Windows does not have.
void UnixProgram(const Rule& rule, const QueryMatch& match, const FileContext& context,
                 SharedFacts& shared, std::vector<Finding>* out);
/// environment/file-name: names of files with characters that Windows does not allow.
void FileName(const Rule& rule, const QueryMatch& match, const FileContext& context,
              SharedFacts& shared, std::vector<Finding>* out);
/// environment/open-file: files renamed or removed while this program has them open.
void OpenFile(const Rule& rule, const QueryMatch& match, const FileContext& context,
              SharedFacts& shared, std::vector<Finding>* out);
/// environment/system-path: places that only unix has, where the program opens them.
void SystemPath(const Rule& rule, const QueryMatch& match, const FileContext& context,
                SharedFacts& shared, std::vector<Finding>* out);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_TABLE_H_
