#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_COMMAND_TABLE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_COMMAND_TABLE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "re2/re2.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

/// What patches/containers/tables/commands.toml knows of commands.
struct CommandTable {
  struct Row {
    std::string group;             // "privileged", "nanoserver", "unix", "diagnosis"
    std::unique_ptr<RE2> pattern;  // found anywhere in a command
    std::unique_ptr<RE2> with;     // null, or what the file must hold, too
    bool anywhere = false;         // also outside Dockerfiles for Windows
    std::string what;              // what is wrong, or what the command does
    std::string instead;           // what to do
  };
  std::vector<Row> rows;

  /// The first row of `group` that matches; null if none does.
  const Row* Find(std::string_view group, std::string_view command) const;
};

/// Errors read `origin:line:col: …`.
absl::StatusOr<CommandTable> ParseCommandTable(std::string_view toml, std::string_view origin);
const CommandTable& CommandsOf(SharedFacts& shared);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_COMMAND_TABLE_H_
