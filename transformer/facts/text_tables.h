#ifndef WINDLASS_TRANSFORMER_FACTS_TEXT_TABLES_H_
#define WINDLASS_TRANSFORMER_FACTS_TEXT_TABLES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "re2/re2.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Where text comes from, as bits: a value may have several origins.
namespace origin {
using Set = uint16_t;
inline constexpr Set kFile = 1U << 0;
inline constexpr Set kStdin = 1U << 1;
inline constexpr Set kCommand = 1U << 2;
inline constexpr Set kHttp = 1U << 3;
inline constexpr Set kJson = 1U << 4;      // a field that is decoded from JSON
inline constexpr Set kHanded = 1U << 5;    // a reader or bytes from somewhere outside the module
inline constexpr Set kNamed = 1U << 6;     // only its name says so
inline constexpr Set kProtocol = 1U << 7;  // a peer or a format fixes the line endings
inline constexpr Set kInternal = 1U << 8;  // made by the program itself
inline constexpr Set kUnix = 1U << 9;      // a file or a program that only Unix has
inline constexpr Set kClean = 1U << 10;    // the CRs are gone already
inline constexpr Set kLine = 1U << 11;     // one line with its line end, as ReadString gives it
inline constexpr Set kPart = 1U << 12;     // a line of a text that was split at newlines
inline constexpr Set kMixed = 1U << 13;    // callers hand in texts of every kind
inline constexpr Set kOutside = kFile | kStdin | kCommand | kHttp | kJson | kHanded | kNamed;
}  // namespace origin

/// patches/crlf/tables/text.toml: what the standard library and names tell of text.
class TextTables {
 public:
  enum class Role : uint8_t {
    kSource,
    kOpens,
    kReads,
    kWraps,
    kHolds,
    kPasses,
    kCleans,
    kTolerates,
    kWrites,
    kHashes,
    kShows
  };
  struct Row {
    origin::Set origin = 0;
    int argument = 0;
    int path = -1;  // the argument that names a file; -1: none does
  };

  /// Errors read `origin:line:col: …`.
  static absl::StatusOr<TextTables> Parse(std::string_view toml, std::string_view origin);

  /// The row of "import/path.Name" or ".Method" in that role; null if there is none.
  const Row* Find(Role role, std::string_view key) const;
  bool Has(Role role, std::string_view key) const { return Find(role, key) != nullptr; }
  /// True for paths and programs that no Windows has.
  bool IsUnixPath(std::string_view path) const;
  bool IsUnixProgram(std::string_view program) const;
  /// True if `name` fits names.`kind` in full.
  bool NameFits(std::string_view kind, std::string_view name) const;

 private:
  StringMap<std::vector<std::pair<Role, Row>>> rows_;
  std::vector<std::string> hash_packages_;
  std::vector<std::string> unix_roots_;
  StringSet unix_programs_;
  StringMap<std::unique_ptr<RE2>> names_;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_TEXT_TABLES_H_
