#ifndef WINDLASS_TRANSFORMER_FACTS_PATH_GRAPH_H_
#define WINDLASS_TRANSFORMER_FACTS_PATH_GRAPH_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transformer/facts/go_file.h"
#include "transformer/text/strings.h"

namespace windlass {

/// Index of a value within its FlowFile.
using ValueId = uint32_t;
inline constexpr ValueId kNoValue = std::numeric_limits<ValueId>::max();

/// A string value, or something that leads to one: an expression, a variable, a field.
///
/// Types are canonical texts: "string", "[]string", "map[string]import/path.Name",
/// "import/path.Name"; pointers are left out, a channel is "chan T", "func T" is a function whose
/// first result is T, "~T" a type parameter, "" is unknown. The import path has no major version at
/// its end.
struct FlowValue {
  enum class Kind : uint8_t {
    kLiteral,   // `text` is the value of the constant
    kLocal,     // `name`; its type is `type` or else that of `base`
    kEntity,    // `text` is a key that means the same in every file: see FlowFile
    kSelect,    // `base`.`name`: a field, or a method that is not called
    kIndex,     // an element of `base`
    kCall,      // result `index` of calls[`base`]
    kConcat,    // pieces put together: +, or a format
    kFunction,  // `text` is the key of a function
    kOther,
  };
  Kind kind = Kind::kOther;
  bool element_of_base = false;  // the type is that of an element of `base`
  bool address_taken = false;    // may change behind our back
  bool zero = false;             // a local that begins empty
  bool received = false;         // an element of `base` if that is a channel, else an index
  uint16_t index = 0;
  uint32_t text = 0;
  uint32_t name = 0;
  uint32_t type = 0;
  ValueId base = kNoValue;
  uint32_t begin = 0;
  uint32_t end = 0;
};

/// `from` flows into `to`.
struct FlowEdge {
  enum class Kind : uint8_t {
    kCopy,  // unchanged, or changed in a way that keeps what it is
    kHead,  // as the first piece of something longer
    kPart,  // as a later piece
    kPeer,  // the two are compared
  };
  Kind kind;
  ValueId from;
  ValueId to;
};

struct FlowCall {
  enum class Form : uint8_t {
    kFunction,  // `callee` is "import/path.Name"
    kMethod,    // `receiver`.`callee`
    kValue,     // `receiver` holds the function
  };
  Form form = Form::kFunction;
  bool spread = false;  // the last argument is followed by ...
  uint32_t callee = 0;
  ValueId receiver = kNoValue;
  uint32_t first_arg = 0;  // into FlowFile::args
  uint32_t arg_count = 0;
  ValueId result = kNoValue;  // the first of `result_count` values in a row
  uint32_t result_count = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
};

/// Something that happens to a value and tells little of what it is.
struct FlowUse {
  enum class Kind : uint8_t { kCompare, kMapKey, kText, kUrl, kOutput };
  Kind kind;
  ValueId value;
  uint32_t begin;
  uint32_t end;
};

/// What a file declares, in canonical types.
struct FlowTypeDecl {
  struct Field {
    std::string name;
    std::string type;
    bool embedded = false;
  };
  std::string key;    // "import/path.Name"
  std::string under;  // canonical underlying type of anything but a struct or an interface
  bool is_struct = false;
  bool is_interface = false;
  std::vector<Field> fields;   // of a struct
  std::vector<Field> methods;  // of an interface; the type is that of the first result
};
struct FlowFunctionDecl {
  std::string
      key;  // "import/path.Name", "import/path.Type.Method" or "file.go:offset" of a literal
  std::vector<std::string> params;
  std::vector<std::string> results;
  bool variadic = false;
};

/// All that the flow of strings needs to know of one Go file; owns what it says and needs no tree.
///
/// Entities are keyed "P<function>#<index>" (parameter), "R<function>#<index>" (result),
/// "V<import/path.Name>" (variable or constant of a package), "F<import/path.Type.Field>" (field).
struct FlowFile {
  std::string path;
  std::string package;             // import path; "…_test" for an external test package
  std::vector<std::string> texts;  // interned; texts[0] is empty
  std::vector<FlowValue> values;
  std::vector<FlowEdge> edges;
  std::vector<FlowCall> calls;
  std::vector<ValueId> args;
  std::vector<FlowUse> uses;
  std::vector<FlowTypeDecl> types;
  std::vector<FlowFunctionDecl> functions;
  StringMap<std::string> variable_types;  // package variables: key → declared type
  StringMap<ValueId> variable_values;     // package variables: key → initial value
  struct Place {
    uint32_t begin;
    uint32_t end;
    ValueId value;
  };
  std::vector<Place> places;  // of expressions; sorted, no place twice

  ValueId At(Span span) const {
    const auto key = [](const Place& place) { return std::pair(place.begin, place.end); };
    const std::pair<uint32_t, uint32_t> wanted(span.begin, span.end);
    const auto found = std::ranges::lower_bound(places, wanted, {}, key);
    return found == places.end() || key(*found) != wanted ? kNoValue : found->value;
  }
};

/// Extracts the flow of one file. `package` is its import path.
FlowFile ExtractFlow(const GoFile& go, std::string_view package);

/// The parts of a type that holds others: "[]T" → "T", "map[K]V" → "V"; "" for anything else.
std::string_view ElementType(std::string_view type);
/// True for the names that Go declares before any package ("string", "error", …).
bool IsUniverseType(std::string_view name);

/// One piece of a format: literal text, or a verb with its argument.
struct FormatPiece {
  std::string text;   // the literal, unescaped (%% is one percent sign), or the verb as written
  int argument = -1;  // -1: a literal
};
/// Splits a format of package fmt. False if it uses what cannot be followed (indexes, `*`).
bool SplitFormat(std::string_view format, std::vector<FormatPiece>* pieces);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_FACTS_PATH_GRAPH_H_
