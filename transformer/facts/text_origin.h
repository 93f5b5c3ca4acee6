#ifndef WINDLASS_TRANSFORMER_FACTS_TEXT_ORIGIN_H_
#define WINDLASS_TRANSFORMER_FACTS_TEXT_ORIGIN_H_

#include <set>
#include <string>
#include <string_view>

#include "transformer/facts/text_module.h"
#include "transformer/facts/text_tables.h"

namespace windlass {

/// Where a text may come from: all origins that were found, and in words the first from outside the
/// program.
struct TextOrigins {
  origin::Set set = 0;
  std::string what;  // "os.ReadFile", "standard input"

  bool Has(origin::Set any) const { return (set & any) != 0; }
  void Add(const TextOrigins& other);
};

/// Follows texts back to where they come from: through variables, parameters, fields and results,
/// within a module and within a budget. What is not found is not in the answer; it never guesses
/// beyond what the table's names say (origin::kNamed, origin::kHanded). Used by one thread at a
/// time; borrows what it is made of.
class TextOriginFinder {
 public:
  TextOriginFinder(TextModule& module, const TextTables& tables)
      : module_(module), tables_(tables) {}

  /// The origins of a string, a []byte, or a list of either.
  TextOrigins Of(const GoSpot& expression);
  /// The origins of what a reader gives.
  TextOrigins OfReader(const GoSpot& reader);

  /// The key of what a call calls: "os.ReadFile", ".Output" for a method, "name" for a function of
  /// the package; "" for a conversion or a function value.
  static std::string CalleeKey(const GoSpot& call);

 private:
  TextOrigins Text(const GoSpot& at);
  TextOrigins Reader(const GoSpot& at);

  // Variables.
  TextOrigins Identifier(const GoSpot& at, bool reader);
  TextOrigins Definitions(const GoSpot& at, const GoDecl& decl, bool reader);
  TextOrigins Definition(const GoSpot& at, const GoDecl& decl, bool reader);
  TextOrigins Filled(const GoSpot& use, bool reader);
  TextOrigins Parameter(const GoSpot& at, const GoDecl& decl, bool reader);
  TextOrigins HandedIn(const GoDecl& decl, bool reader) const;
  TextOrigins Field(const GoSpot& at, bool reader);
  TextOrigins Assigned(const GoSpot& at, Node left, Node right, Node target, bool reader);
  TextOrigins ByName(std::string_view name, bool reader) const;

  // Calls.
  TextOrigins Call(const GoSpot& call, bool reader, size_t result);
  TextOrigins AnyCall(const GoSpot& call, bool reader, size_t result);
  TextOrigins CallByTable(const GoSpot& call, const std::string& key, bool reader, bool* known);
  static TextOrigins AfterPass(const GoSpot& call, std::string_view key, TextOrigins out);
  TextOrigins FromFile(const GoSpot& call, const TextTables::Row& row, const std::string& key);
  TextOrigins Method(const GoSpot& call, bool reader, size_t result);
  TextOrigins CommandOutput(const GoSpot& call, const std::string& key);
  TextOrigins Replacement(const GoSpot& call);
  TextOrigins Results(const std::vector<GoSpot>& functions, bool reader, size_t result);
  /// True for a command whose text never has a CR: only Unix has it, or it writes LF everywhere.
  bool RunsOnUnixOnly(const GoSpot& command);
  /// True if some argument is the name of such a command.
  bool NamesUnixProgram(const GoSpot& call);
  /// True for a file of a package around git, which writes LF on every system.
  static bool WrapsGit(const GoSpot& at);
  std::string Constant(const GoSpot& expression);

  TextOrigins Any(const GoSpot& at, bool reader) { return reader ? Reader(at) : Text(at); }

  TextModule& module_;
  const TextTables& tables_;
  std::set<const void*> visiting_;
  int depth_ = 0;
  int hops_ = 0;  // between functions
  int steps_ = 0;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_TEXT_ORIGIN_H_
