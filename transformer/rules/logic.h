#ifndef WINDLASS_TRANSFORMER_RULES_LOGIC_H_
#define WINDLASS_TRANSFORMER_RULES_LOGIC_H_

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "transformer/facts/project.h"
#include "transformer/rules/finding.h"
#include "transformer/syntax/query.h"

namespace windlass {

struct Rule;

/// One file under the eyes of a rule. Everything is borrowed for the length of the call.
struct FileContext {
  const Project& project;
  const ProjectFile& file;
  const SourceFile& source;
  const Tree* tree = nullptr;        // null for languages without a grammar
  const GoFile* go = nullptr;        // null for other languages
  const GoModule* module = nullptr;  // null outside any module
};

/// What the native rules share over a whole run (flow graphs, tables); one instance a run and
/// project snapshot, built on first use, thread-safe. Owned by the driver.
class SharedFacts;

/// Native logic, by what it is asked about. Each appends to `out` whatever it finds; it fills
/// level, span, message, reason, fix or refusal (rule, family and path are filled in when it leaves
/// them empty). Must be pure: equal input, equal findings, in whatever thread.
using MatchLogic = void (*)(const Rule&, const QueryMatch&, const FileContext&, SharedFacts&,
                            std::vector<Finding>* out);
using FileLogic = void (*)(const Rule&, const FileContext&, SharedFacts&,
                           std::vector<Finding>* out);
using ProjectLogic = void (*)(const Rule&, const Project&, SharedFacts&, std::vector<Finding>* out);

/// A row of the one table of native rules (rules/native/table.cc).
struct NativeRule {
  std::string_view name;  // as `logic = "…"` in pack.toml; the file is rules/native/<name>.cc
  std::variant<MatchLogic, FileLogic, ProjectLogic> logic;
  /// Offsets in the file at `path`, in any order: in the declarations around them, and nowhere
  /// else, the logic may find something. Null: nobody knows.
  std::vector<size_t> (*places)(std::string_view path, SharedFacts& shared) = nullptr;
};
const NativeRule* FindNativeRule(std::string_view name);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_LOGIC_H_
