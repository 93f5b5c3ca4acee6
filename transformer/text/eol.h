#ifndef WINDLASS_TRANSFORMER_TEXT_EOL_H_
#define WINDLASS_TRANSFORMER_TEXT_EOL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace windlass {

/// How the bytes of a file spell characters. `kLatin1` stands for "text, but not UTF-8": every byte
/// is kept as it is. `kBinary` is never edited.
enum class Encoding : uint8_t { kUtf8, kUtf8Bom, kUtf16Le, kUtf16Be, kLatin1, kBinary };

/// A line ending, or the verdict over a whole file (`kNone`: no line ends; `kMixed`: more than one
/// kind).
enum class Eol : uint8_t { kNone, kLf, kCrlf, kCr, kMixed };

/// How many line ends of each kind a text has. A CR directly before an LF counts as one CRLF.
struct EolProfile {
  size_t lf = 0;
  size_t crlf = 0;
  size_t cr = 0;
  /// True if the last character ends a line (false for an empty text).
  bool final_newline = false;

  Eol Verdict() const;
  /// The most frequent kind, LF on a tie or when there is none; for inserted text.
  Eol Dominant() const;

  friend bool operator==(const EolProfile&, const EolProfile&) = default;
};

/// Names as users write them: "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "latin-1", "binary".
std::string_view EncodingName(Encoding encoding);
/// "none", "lf", "crlf", "cr", "mixed".
std::string_view EolName(Eol eol);
/// The bytes of a line end in an 8-bit encoding; "\n" for kNone and kMixed.
std::string_view EolBytes(Eol eol);
/// The same in any encoding; two bytes a character in UTF-16.
std::string_view EolBytes(Eol eol, Encoding encoding);

inline bool IsUtf16(Encoding encoding) {
  return encoding == Encoding::kUtf16Le || encoding == Encoding::kUtf16Be;
}
/// The byte-order mark that `bytes` begin with, or nothing.
std::string_view ByteOrderMark(std::string_view bytes);

/// Decides the encoding from a byte-order mark, NULs and UTF-8 validity, over all of `bytes`: a
/// script may carry a binary payload far behind its text. UTF-16 without a mark is recognised only
/// when nearly all characters of the first 64 KiB are ASCII, and in any case only when it is well
/// formed and holds no U+0000; a NUL otherwise means binary.
Encoding DetectEncoding(std::string_view bytes);

/// The same from the first bytes of a longer text: a character cut off at their end does not count.
Encoding SniffEncoding(std::string_view head);

/// Counts line ends in `bytes`, read in `encoding`. Binary input gives an empty profile.
EolProfile CountEols(std::string_view bytes, Encoding encoding);

/// `bytes` with every LF and CRLF (and lone CR, if `lone_cr`) turned into `to`, which is kLf or
/// kCrlf. On the way to LF a CRLF takes along the CRs directly before it, kMaxCrRun in all, which
/// converting twice has left there: so a second conversion changes nothing. UTF-16 stays UTF-16,
/// the byte-order mark stays; binary comes back unchanged.
std::string ConvertEols(std::string_view bytes, Encoding encoding, Eol to, bool lone_cr = false);

inline constexpr size_t kMaxCrRun = 12;

/// Counts line ends piece by piece in constant memory; pieces may split a CRLF or a character.
class EolCounter {
 public:
  explicit EolCounter(Encoding encoding) : encoding_(encoding) {}
  void Feed(std::string_view piece);
  /// The count so far; a CR at its very end counts as a lone one.
  EolProfile Profile() const;

 private:
  void Feed16(std::string_view piece);

  Encoding encoding_;
  // Every LF, every CR, and every LF right after a CR.
  size_t lf_ = 0;
  size_t cr_ = 0;
  size_t crlf_ = 0;
  char32_t last_ = 0;
  char half_ = 0;  // first byte of a UTF-16 unit
  bool has_half_ = false;
};

/// Converts line ends piece by piece in constant memory; pieces may split a CRLF or a character.
class EolConverter {
 public:
  /// `to` is kLf or kCrlf; binary passes unchanged.
  explicit EolConverter(Eol to, bool lone_cr = false, Encoding encoding = Encoding::kUtf8)
      : to_(to), lone_cr_(lone_cr), encoding_(encoding) {}
  /// Appends the conversion of `piece` to `out`.
  void Feed(std::string_view piece, std::string* out);
  /// Call once after the last piece: a CR at the very end is held back until then.
  void Finish(std::string* out);

  /// How many bytes must be free where Convert writes.
  static constexpr size_t RoomFor(size_t piece_size) { return 2 * piece_size + 32; }
  /// Feed for callers with a buffer of their own: writes from `out` on, where RoomFor(piece.size())
  /// bytes must be free, and returns the end of what was written.
  char* Convert(std::string_view piece, char* out);

 private:
  char* ConvertToLf(std::string_view piece, char* out);
  char* Convert16(std::string_view piece, char* out);
  char* PutPending(char* out);
  char* PutUnit(char unit, char* out) const;
  char* PutEol(char* out) const;

  Eol to_;
  bool lone_cr_;
  Encoding encoding_;
  size_t pending_crs_ = 0;  // read, and to be written unless an LF follows
  char half_ = 0;           // first byte of a UTF-16 unit
  bool has_half_ = false;
};

}  // namespace windlass

#endif  // WINDLASS_TRANSFORMER_TEXT_EOL_H_
