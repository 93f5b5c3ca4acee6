#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_TABLES_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_TABLES_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "re2/re2.h"
#include "transformer/text/strings.h"

namespace windlass {

/// What the tables (patches/paths/tables, and those of a project) know of names outside a module:
/// which arguments are file paths of the running system, which are slash names, what comes back,
/// and of which types things are.
///
/// Functions are keyed "import/path.Name", methods "import/path.Type.Name", fields
/// "import/path.Type.Field"; a major version (`/v5`) at the end of an import path is left out
/// (PathTables::Plain).
class PathTables {
 public:
  /// What happens to one argument.
  struct Sink {
    enum class Kind : uint8_t {
      kHost,     // names a file of the running system
      kPure,     // a native path is computed with, nothing is opened
      kSlash,    // a name with slashes on every system
      kText,     // a message, a log line, a format
      kProgram,  // the name of a program to run
      kDevice,   // a pipe, a key of the registry
      kOther,    // known and of no account (a DSN, an environment value, an argument of a program)
    };
    Kind kind = Kind::kHost;
    int index = 0;
    bool variadic = false;    // this argument and all after it
    bool glob = false;        // a pattern
    bool list = false;        // a PATH-like list
    bool part = false;        // a name below something else, not a path of its own
    std::string when_prefix;  // only if the constant argument `when_index` begins so
    int when_index = 0;
  };
  /// What one result, field, variable or callback parameter holds.
  struct Source {
    // kHostSlash: a path of the running system that has slashes everywhere (runtime.Caller).
    enum class Style : uint8_t { kNative, kSlash, kElement, kNativeList, kHostSlash };
    Style style = Style::kNative;
    int index = 0;
    int callback_arg = -1;  // set: `index` is a parameter of the function that is this argument
    bool nonempty = false;  // never ""
    bool clean = false;     // and equal to its own filepath.Clean
  };
  /// A function that hands an argument on, changed in a way that does not change what it is.
  struct Pass {
    int from = 0;
    int to = 0;
    bool variadic = false;
  };
  struct Function {
    std::vector<Sink> sinks;
    std::vector<Source> sources;
    std::vector<Pass> passes;
    std::vector<std::string> types;  // of the results, canonical (see FlowFile), "" unknown
  };

  /// Adds the rows of one TOML table: the document, or what it has at `key` (nothing, if that is
  /// absent). Errors read `origin:line:col: …`.
  absl::Status Add(std::string_view toml, std::string_view origin, std::string_view key = {});

  /// Null if nothing is known of the function or method.
  const Function* FindFunction(std::string_view key) const;
  const Sink* FieldSink(std::string_view key) const;
  const Source* FieldSource(std::string_view key) const;
  /// Canonical type of a field or package variable outside the module; empty if unknown.
  std::string_view TypeOf(std::string_view key) const;
  /// True if a conversion to the type makes a host path of a string (net/http.Dir).
  bool IsHostConversion(std::string_view type) const;
  bool IsSlashPackage(std::string_view import_path) const;
  /// True for packages (and all below them) that speak of other machines, of keys and routes: what
  /// no row says otherwise of is a name with slashes, in their methods and fields as well.
  bool IsForeignPackage(std::string_view import_path) const;
  /// The style of os.Getenv(`name`); null if the name tells nothing.
  const Source* Environment(std::string_view name) const;

  /// `import_path` without a major version at its end.
  static std::string_view Plain(std::string_view import_path);

 private:
  struct EnvironmentRow {
    std::unique_ptr<RE2> name;
    Source source;
  };

  StringMap<Function> functions_;
  StringMap<Sink> field_sinks_;
  StringMap<Source> field_sources_;
  StringMap<std::string> types_;
  StringSet host_conversions_;
  StringSet slash_packages_;
  StringSet foreign_packages_;
  std::vector<EnvironmentRow> environment_;

  friend class PathTablesReader;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_TABLES_H_
