#ifndef WINDLASS_TRANSFORMER_RULES_NATIVE_CRLF_SCENE_H_
#define WINDLASS_TRANSFORMER_RULES_NATIVE_CRLF_SCENE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "transformer/facts/text_origin.h"
#include "transformer/facts/text_use.h"
#include "transformer/rules/logic.h"
#include "transformer/rules/shared_facts.h"

namespace windlass {

struct Pack;

/// One place of a Go file under the eyes of the rules on line endings in sources: where texts come
/// from, what becomes of them, and helpers to build findings and edits.
class CrlfScene {
 public:
  /// What `context` and `shared` hold is borrowed.
  CrlfScene(const FileContext& context, SharedFacts& shared);

  const GoFile& go() const { return *context_.go; }
  GoSpot Spot(Node node) const { return module_.Start(node); }
  TextModule& module() { return module_; }

  /// Where the value of `expression` comes from.
  TextOrigins OriginOf(Node expression) { return origins_.Of(Spot(expression)); }
  TextOrigins OriginOfReader(Node reader) { return origins_.OfReader(Spot(reader)); }
  /// What the name of a variable says of text whose origin is not known: a line, an answer.
  TextOrigins LineByName(Node expression) const;
  /// What becomes of it.
  text_use::Set UseOf(Node expression) { return uses_.Of(Spot(expression)); }
  /// True for text from outside whose line endings are nobody's but its own.
  static bool IsForeign(const TextOrigins& origins);
  /// True for a file of a package that speaks a protocol, which fixes the line endings.
  bool IsProtocolCode() const;
  /// True if the function around `node`, or a variable of the file, speaks of CRs: whoever wrote it
  /// has thought of them.
  bool KnowsCr(Node node) const;
  /// Either of these: nothing is to be done.
  bool IsSettled(Node node) const { return IsProtocolCode() || KnowsCr(node); }

  /// A finding for `site` in review, with the evidence of `origins` as reason.
  Finding Start(Node site, const TextOrigins& origins, std::string_view message) const;
  /// strings.ReplaceAll(…, "\r\n", "\n") around `node`, of package strings or bytes.
  void Normalize(Node node, std::string_view package, Finding* finding) const;
  /// What stands before and behind a text of `package` to make it one in LF: `strings.ReplaceAll(`
  /// and `, "\r\n", "\n")`.
  std::pair<std::string, std::string> Normalizing(std::string_view package, size_t offset,
                                                  Finding* finding) const;
  /// winport.LFString(…) or winport.LF(…) around it, with the file that declares them. Refuses
  /// outside any module.
  void NormalizeByHelper(Node node, std::string_view package, Finding* finding) const;
  /// The name of package `path` at `offset`; it is added to the finding's imports.
  std::string Import(std::string_view path, size_t offset, Finding* finding) const;
  EditSet& Edits(Finding* finding) const;

 private:
  const FileContext& context_;
  const Pack* pack_;
  const TextTables& tables_;
  TextModule module_;
  TextOriginFinder origins_;
  TextUseFinder uses_;
};

/// The text of a literal, of []byte("…"), or of a byte or rune literal; nullopt for anything else.
std::optional<std::string> NewlineText(Node literal);
/// The literal that `argument` is, also within []byte(…); null if it is none.
Node LiteralOf(Node argument);
/// The x of len(x); null for anything else.
Node MeasuredText(Node node);
/// True if the variable `name` is known to hold bytes: by its type, or as what ReadBytes gave.
bool IsGoBytes(Node name, const GoFile& go);

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_RULES_NATIVE_CRLF_SCENE_H_
