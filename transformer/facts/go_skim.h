#ifndef WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_
#define WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/facts/constraint.h"

namespace windlass {

/// What a lexical pass over a Go file tells without parsing it, about a hundred times cheaper than
/// a parse. Good for deciding what to parse; never for deciding an edit.
struct GoSkim {
  struct Import {
    std::string path;
    std::string name;  // as written: "", ".", "_" or an identifier
  };
  struct Decl {
    enum class Kind : uint8_t { kFunc, kMethod, kType, kConst, kVar };
    Kind kind;
    std::string name;
    std::string receiver;  // type name of a method's receiver, without '*' and type parameters
    uint32_t offset;       // of the name
    bool has_body = true;  // false for a func declared for assembly
  };

  std::string package_name;
  FileConstraint constraint;
  std::vector<Import> imports;
  std::vector<Decl> decls;
  /// True if the header has Go's "Code generated … DO NOT EDIT." line.
  bool generated = false;
  bool imports_c = false;
  /// Sorted 64-bit-free hashes (IdentHash) of every identifier in the file outside comments and
  /// strings, for "may this file mention X?".
  std::vector<uint32_t> identifiers;

  bool Mentions(std::string_view identifier) const;
  bool Imports(std::string_view path) const;
};

uint32_t IdentHash(std::string_view identifier);

/// Skims `bytes`. Never fails: broken input gives what could be told.
GoSkim SkimGo(std::string_view path, std::string_view bytes);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_GO_SKIM_H_
