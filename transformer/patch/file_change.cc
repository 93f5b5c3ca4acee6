#include "transformer/patch/file_change.h"

#include <algorithm>

#include "transformer/patch/git_library.h"
#include "transformer/patch/git_path.h"
#include "transformer/patch/hunks.h"
#include "transformer/text/eol.h"
#include "transformer/text/strings.h"
#include "transformer/text/unicode.h"

namespace windlass {
namespace {

constexpr size_t kContext = 3;
constexpr std::string_view kNoBlob = "0000000000000000000000000000000000000000";

std::string_view Mode(const FileChange& change) {
  return change.executable ? "100755" : "100644";
}

const std::string& OldPath(const FileChange& change) {
  return change.renamed() ? change.old_path : change.path;
}

bool ChangesBytes(const FileChange& change) {
  return change.before != change.after;
}

/// Git's measure in spirit: how much of the larger side both share. Only people read it.
int Similarity(const FileChange& change) {
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  if (before == after) {
    return 100;
  }
  size_t head = 0;
  const size_t smaller = std::min(before.size(), after.size());
  while (head < smaller && before[head] == after[head]) {
    ++head;
  }
  size_t tail = 0;
  while (tail < smaller - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const size_t larger = std::max<size_t>(1, std::max(before.size(), after.size()));
  return static_cast<int>(std::min<size_t>(99, (head + tail) * 100 / larger));
}

/// "--- a/x" and "+++ b/x". A tab ends a name with a blank, so that nobody takes what follows the
/// blank for a date.
std::string SideLine(std::string_view mark, std::string_view prefix, std::string_view path,
                     bool present) {
  if (!present) {
    return Cat(mark, " /dev/null\n");
  }
  const bool blank = path.find(' ') != std::string_view::npos;
  return Cat(mark, " ", QuotePath(Cat(prefix, path)), blank ? "\t\n" : "\n");
}

std::string SideLines(const FileChange& change) {
  return SideLine("---", "a/", OldPath(change), !change.created()) +
         SideLine("+++", "b/", change.path, !change.deleted());
}

std::string Header(const FileChange& change) {
  std::string out = Cat("diff --git ", QuotePath(Cat("a/", OldPath(change))), " ",
                        QuotePath(Cat("b/", change.path)), "\n");
  if (change.created()) {
    out += Cat("new file mode ", Mode(change), "\n");
  } else if (change.deleted()) {
    out += Cat("deleted file mode ", Mode(change), "\n");
  } else if (change.renamed()) {
    out += Cat("similarity index ", std::to_string(Similarity(change)), "%\nrename from ",
               QuotePath(change.old_path), "\nrename to ", QuotePath(change.path), "\n");
  }
  if (ChangesBytes(change)) {
    const std::string from = change.before ? BlobId(*change.before) : std::string(kNoBlob);
    const std::string to = change.after ? BlobId(*change.after) : std::string(kNoBlob);
    const bool in_place = !change.created() && !change.deleted();
    out += Cat("index ", from, "..", to, in_place ? Cat(" ", Mode(change)) : "", "\n");
  }
  return out;
}

bool IsWide(std::string_view bytes) {
  return IsUtf16(DetectEncoding(bytes));
}

/// Neither a CR (plain `git am` drops it) nor a NUL (git takes the file for binary).
bool CanTravelAsText(const FileChange& change, std::string_view hunks) {
  constexpr std::string_view kStops("\r\0", 2);
  return hunks.find_first_of(kStops) == std::string_view::npos && !IsWide(change.BeforeBytes()) &&
         !IsWide(change.AfterBytes());
}

/// The text of one side for people: UTF-8 where the encoding is known.
std::string Readable(std::string_view bytes, Encoding encoding) {
  if (!IsUtf16(encoding)) {
    return std::string(bytes);
  }
  bytes.remove_prefix(ByteOrderMark(bytes).size());
  return Utf16ToUtf8(bytes, encoding == Encoding::kUtf16Be);
}

std::string ShowCrs(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\r') {
      out += "^M";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string GitDiff(const FileChange& change) {
  if (!ChangesBytes(change) && !change.renamed()) {
    return "";
  }
  std::string out = Header(change);
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  if (before == after) {  // an empty file comes or goes, or a mere rename
    return out;
  }
  const TextHunks hunks = MakeTextHunks(before, after, kContext);
  if (CanTravelAsText(change, hunks.text)) {
    out += SideLines(change);
    out += hunks.text;
  } else {
    out += MakeBinaryHunks(before, after);
  }
  return out;
}

bool NeedsBinaryPatch(const FileChange& change) {
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  return before != after && !CanTravelAsText(change, MakeTextHunks(before, after, kContext).text);
}

std::string TextDiff(const FileChange& change, bool show_cr, size_t context_lines) {
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  const Encoding old_encoding = DetectEncoding(before);
  const Encoding new_encoding = DetectEncoding(after);
  std::string out = SideLines(change);
  if (old_encoding == Encoding::kBinary || new_encoding == Encoding::kBinary) {
    return Cat(out, "Binary: ", std::to_string(before.size()), " -> ", std::to_string(after.size()),
               " bytes\n");
  }
  const TextHunks hunks =
      MakeTextHunks(Readable(before, old_encoding), Readable(after, new_encoding), context_lines);
  out += show_cr ? ShowCrs(hunks.text) : hunks.text;
  return out;
}

DiffStat StatOf(const FileChange& change) {
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  if (before == after) {
    return {};
  }
  return MakeTextHunks(Readable(before, DetectEncoding(before)),
                       Readable(after, DetectEncoding(after)), 0)
      .stat;
}

}  // namespace windlass
