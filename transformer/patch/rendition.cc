#include "transformer/patch/rendition.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "transformer/patch/git_path.h"
#include "transformer/patch/mail.h"
#include "transformer/text/eol.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

constexpr size_t kMaxLinesOfFile = 200;
constexpr size_t kMaxLines = 2000;

std::string Lines(size_t n, std::string_view what) {
  return Cat(std::to_string(n), n == 1 ? " line " : " lines ", what);
}

std::string_view UpperName(Eol eol) {
  switch (eol) {
    case Eol::kLf:
      return "LF";
    case Eol::kCrlf:
      return "CRLF";
    case Eol::kCr:
      return "CR";
    default:
      return "mixed";
  }
}

/// The facts about a side that its lines do not show.
std::string Nature(std::string_view bytes) {
  const Encoding encoding = DetectEncoding(bytes);
  const Eol eol = CountEols(bytes, encoding).Verdict();
  return Cat(EncodingName(encoding), eol == Eol::kNone ? "" : ", ",
             eol == Eol::kNone ? "" : UpperName(eol));
}

/// The hunks alone, each line set off, at most `*budget` of them.
std::string QuoteHunks(const FileChange& change, size_t* budget) {
  const std::string diff = TextDiff(change, true);
  std::string_view rest = diff;
  std::string out;
  size_t shown = 0;
  size_t left_out = 0;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const bool header = shown == 0 && (line.starts_with("--- ") || line.starts_with("+++ "));
    if (header) {
      continue;
    }
    if (shown < kMaxLinesOfFile && shown < *budget) {
      ++shown;
      out += Cat("  | ", Printable(line), "\n");
    } else {
      ++left_out;
    }
  }
  *budget -= shown;
  return left_out == 0 ? out : Cat(out, "  ... and ", Lines(left_out, "more\n"));
}

std::string Render(const FileChange& change, size_t* budget) {
  const std::string name = Cat(" ", QuotePath(change.path));
  const std::string_view before = change.BeforeBytes();
  const std::string_view after = change.AfterBytes();
  if (const std::string eols = DescribeEolChange(before, after); !eols.empty()) {
    return Cat(name, ": ", eols, "\n");
  }
  if (DetectEncoding(before) == Encoding::kBinary || DetectEncoding(after) == Encoding::kBinary) {
    return Cat(name, ": binary, ", std::to_string(before.size()), " -> ",
               std::to_string(after.size()), " bytes\n");
  }
  return Cat(name, " (", Nature(change.deleted() ? before : after), "):\n",
             QuoteHunks(change, budget));
}

}  // namespace

std::string DescribeEolChange(std::string_view before, std::string_view after) {
  const Encoding encoding = DetectEncoding(before);
  if (before == after || encoding == Encoding::kBinary || encoding != DetectEncoding(after) ||
      ConvertEols(before, encoding, Eol::kLf, true) !=
          ConvertEols(after, encoding, Eol::kLf, true)) {
    return "";
  }
  const EolProfile old_ends = CountEols(before, encoding);
  const EolProfile new_ends = CountEols(after, encoding);
  std::string out;
  const auto add = [&](size_t n, Eol from, Eol to) {
    if (n > 0) {
      out += Cat(out.empty() ? "" : ", ", Lines(n, UpperName(from)), " -> ", UpperName(to));
    }
  };
  const Eol to = new_ends.Verdict();
  add(to == Eol::kLf || to == Eol::kCrlf ? old_ends.cr : 0, Eol::kCr, to);
  if (to == Eol::kLf) {
    add(old_ends.crlf, Eol::kCrlf, to);
  } else if (to == Eol::kCrlf) {
    add(old_ends.lf, Eol::kLf, to);
  }
  return out.empty() ? "line endings only" : out;
}

std::string FormatRendition(const std::vector<FileChange>& changes) {
  std::string out;
  size_t budget = kMaxLines;
  for (const FileChange& change : changes) {
    if (NeedsBinaryPatch(change)) {
      out += Render(change, &budget);
    }
  }
  return out.empty() ? ""
                     : Cat("Written as binary patches, since mail keeps no CRs; in words:\n", out);
}

}  // namespace windlass
