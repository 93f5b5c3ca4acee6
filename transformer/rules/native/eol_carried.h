#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_CARRIED_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_CARRIED_H_

#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/native/eol_kinds.h"

namespace windlass {

/// Files that something takes as they lie in the work tree, so that their bytes are those of the
/// checkout: //go:embed into a program, COPY into an image.
struct CarriedFiles {
  std::string pattern;  // of .gitattributes: "/web/static/**"
  std::vector<const ProjectFile*> files;
};
/// What the //go:embed lines of a Go file name: by pattern, or below a folder.
std::vector<CarriedFiles> EmbeddedFiles(const Project& project, const ProjectFile& go_file);
/// What COPY and ADD put into the last stage of a Dockerfile for Linux, sources of programs aside.
std::vector<CarriedFiles> CopiedFiles(const Project& project, const ProjectFile& dockerfile);

/// True for signed text and for patches: bytes that somebody compares.
bool IsMeasured(std::string_view bytes);
/// True if a signature of the file lies beside it (x.asc, x.sig).
bool HasSignature(const Project& project, std::string_view path);

/// Lines for .gitattributes that only the files of a repository tell, where it has not decided:
/// `text=auto eol=lf` for text that is carried, …
std::vector<std::string> CarriedLines(SharedFacts& shared, const EolFacts& facts);
/// … the same for golden files and test data, with `-text` for those of them that hold CRLF: under
/// `-text` alone git would take the CRLFs that it has once put into a work tree for a change, …
std::vector<std::string> ProtectedLines(const Project& project, const EolFacts& facts);
/// … as much for each signed file, …
std::vector<std::string> SignedLines(const Project& project, const EolFacts& facts);
/// … and `binary` for each extension all of whose files are binary by what they hold.
std::vector<std::string> BinaryLines(const Project& project, const EolFacts& facts);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_EOL_CARRIED_H_
