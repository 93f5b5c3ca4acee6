#include "transformer/rules/native/quoted_text.h"

#include <string>

#include "re2/re2.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// A << whose word never stands alone on a line, as in $((1 << n)), opens nothing.
std::vector<Span> Heredocs(std::string_view bytes) {
  std::vector<Span> out;
  static const RE2 kOpen(R"re((?:^|[^<])<<[-~]?[ \t]*["'\\]?([A-Za-z_]\w*)["']?([^\n]*\n))re");
  const re2::StringPiece text(bytes.data(), bytes.size());
  re2::StringPiece found[3];
  for (size_t from = 0; kOpen.Match(text, from, text.size(), RE2::UNANCHORED, found, 3);) {
    const auto begin = static_cast<size_t>(found[0].end() - text.begin());
    const RE2 close(Cat(R"((?m)^[ \t]*)", RE2::QuoteMeta(found[1]), R"([ \t]*\r?$)"));
    re2::StringPiece last;
    if (close.Match(text, begin, text.size(), RE2::UNANCHORED, &last, 1)) {
      from = static_cast<size_t>(last.begin() - text.begin());
      out.push_back({begin, from});
    } else {  // another one may open behind it on the same line
      from = static_cast<size_t>(found[2].begin() - text.begin());
    }
  }
  return out;
}

/// What stands between matches of `open`, which ends where the text begins, and of `close`.
std::vector<Span> Between(std::string_view bytes, const RE2& open, const RE2& close) {
  std::vector<Span> out;
  const re2::StringPiece text(bytes.data(), bytes.size());
  re2::StringPiece found;
  for (size_t from = 0; open.Match(text, from, text.size(), RE2::UNANCHORED, &found, 1);) {
    const auto begin = static_cast<size_t>(found.end() - text.begin());
    if (!close.Match(text, begin, text.size(), RE2::UNANCHORED, &found, 1)) {
      break;
    }
    out.push_back({begin, static_cast<size_t>(found.begin() - text.begin())});
    from = static_cast<size_t>(found.end() - text.begin());
  }
  return out;
}

}  // namespace

QuotedTexts FindQuotedTexts(std::string_view kind, std::string_view path, std::string_view bytes) {
  QuotedTexts out;
  const auto add = [&](const RE2& open, const RE2& close) {
    const std::vector<Span> spans = Between(bytes, open, close);
    out.spans.insert(out.spans.end(), spans.begin(), spans.end());
  };
  if (kind == "PowerShell script") {
    static const RE2 kOpen[2] = {RE2(R"(@"[ \t]*\r?\n)"), RE2(R"(@'[ \t]*\r?\n)")};
    static const RE2 kClose[2] = {RE2(R"((?m)^"@)"), RE2(R"((?m)^'@)")};
    out.word = "here-string";
    add(kOpen[0], kClose[0]);
    add(kOpen[1], kClose[1]);
  } else if (path.ends_with(".toml")) {
    static const RE2 kQuotes[2] = {RE2(R"(""")"), RE2("'''")};
    out.word = "string";
    add(kQuotes[0], kQuotes[0]);
    add(kQuotes[1], kQuotes[1]);
  } else if (kind == "shell script" || kind == "script" || kind == "Dockerfile") {
    out.word = "heredoc";
    out.spans = bytes.find("<<") == std::string_view::npos ? out.spans : Heredocs(bytes);
  }
  return out;
}

}  // namespace windlass
