#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_JOIN_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_JOIN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/rules/native/path_domain.h"

namespace windlass {

/// One piece of a composed string, in order.
struct JoinPiece {
  Node node;            // of an operand; of a literal the literal itself (of a format the format)
  std::string literal;  // value, if `is_literal`
  bool is_literal = false;
  std::string verb;            // of a format: "%s", "%03d"
  bool breaks_before = false;  // a line ends between the piece before and this one
  bool is_separator = false;   // string(filepath.Separator) and its like
};

/// How a composed string divides into the elements of a path.
struct JoinPlan {
  std::vector<std::vector<JoinPiece>>
      elements;             // none empty; "/etc" is the first element of a rooted path
  std::string tail;         // what stands after the last separator and must stay: "/", "/.", "/..."
  bool rooted = false;      // begins with a slash
  bool dotted = false;      // begins with "./"
  bool suspicious = false;  // a literal has characters that paths hardly have
  bool spaced = false;      // a literal has a blank
  bool drive = false;       // begins with a drive, backslashes are separators
  bool parents = false;     // an element is ".."
  bool winding = false;     // ".." takes back a name, or something unknown follows it
};

JoinPlan PlanJoin(const std::vector<JoinPiece>& pieces);

/// The operands of a chain of +, in order, literals decoded.
std::vector<JoinPiece> PiecesOfChain(Node chain, const GoFile& go);
/// True for string(filepath.Separator), string(os.PathSeparator) and their like.
bool IsSeparatorExpression(Node node, const GoFile& go);

/// The string type of its own that a chain has, by its operands: "" if it is a string.
std::string OwnTypeOf(const JoinPlan& plan, const PathScene& scene);

/// Why a plan cannot be written as filepath.Join, if it cannot.
std::optional<Refusal> RefuseJoin(const JoinPlan& plan, const PathScene& scene);

/// `filepath.Join(…)`, with the tail put behind it; the bare arguments if `package` is empty.
/// `package` is the name of path/filepath. Formats need the name of package fmt where an element
/// keeps a format of its own.
std::string WriteJoin(const JoinPlan& plan, const PathScene& scene, std::string_view package,
                      std::string_view format_function, std::string_view line_end, int depth);

/// The pieces of fmt.Sprintf("%s/%s", platform, arch) and its like: no path, whatever runs it.
bool IsPlatformPair(const JoinPlan& plan, const PathScene& scene);
/// The package to write `site` with, for WriteJoin, imported by `finding`'s fix: "" where the site
/// is an argument of filepath.Join, for what is joined there needs no Join of its own.
std::string JoinPackage(Node site, const JoinPlan& plan, const PathScene& scene, Finding* finding);

/// Whether Join gives the very bytes of the concatenation on Linux, proven.
bool JoinKeepsBytes(const JoinPlan& plan, const PathScene& scene);
/// What a reader of a review edit has to check, in words.
std::string JoinPrecondition(const JoinPlan& plan, const PathScene& scene, const PathValue& whole);

/// True if a comment stands within `node`.
bool HasComment(Node node);
/// The declaration of a constant around `node`, or null.
Node EnclosingConst(Node node);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_PATH_JOIN_H_
