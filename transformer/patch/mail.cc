#include "transformer/patch/mail.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "transformer/text/strings.h"
#include "transformer/text/unicode.h"

namespace windlass {
namespace {

constexpr size_t kHeaderWidth = 78;
constexpr size_t kEncodedWordWidth = 75;

bool IsPlain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// One character of a quoted-printable word.
std::string EncodeChar(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '.' || c == '/' || c == ',' || c == '*' || c == '+';
    if (c == ' ') {
      out += '_';
    } else if (plain) {
      out += c;
    } else {
      out += absl::StrFormat("=%02X", byte);
    }
  }
  return out;
}

/// Length of the first character of well-formed, non-empty UTF-8.
size_t CharLength(std::string_view text) {
  size_t length = 1;
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

std::string EncodedSubject(std::string_view start, std::string_view subject) {
  constexpr std::string_view kOpen = "=?UTF-8?q?";
  constexpr std::string_view kClose = "?=";
  std::string out = Cat(start, " ", kOpen);
  size_t line = out.size();
  while (!subject.empty()) {
    const size_t length = CharLength(subject);
    const std::string next = EncodeChar(subject.substr(0, length));
    subject.remove_prefix(length);
    if (line + next.size() + kClose.size() > kEncodedWordWidth) {
      out += Cat(kClose, "\n ", kOpen);
      line = 1 + kOpen.size();
    }
    out += next;
    line += next.size();
  }
  return Cat(out, kClose, "\n");
}

bool StartsWithAny(std::string_view line, std::initializer_list<std::string_view> starts) {
  return std::ranges::any_of(starts,
                             [line](std::string_view start) { return line.starts_with(start); });
}

/// "--- a" or "---" and blanks: where a mail's patch begins for git.
bool IsPatchSeparator(std::string_view line) {
  if (!line.starts_with("---")) {
    return false;
  }
  return (line.size() > 4 && line[3] == ' ' && line[4] != ' ') ||
         line.find_first_not_of(" \t", 3) == std::string_view::npos;
}

std::string SafeLine(std::string_view line) {
  std::string out(line);
  for (const std::string_view scissors : {">8", "8<", ">%", "%<"}) {
    for (size_t at = out.find(scissors); at != std::string::npos; at = out.find(scissors)) {
      out.insert(at + 1, 1, ' ');
    }
  }
  const bool misread =
      IsPatchSeparator(line) || StartsWithAny(line, {"diff -", "Index: ", "From ", ">From",
                                                     "[PATCH", "From:", "Subject:", "Date:"});
  return misread ? Cat(" ", out) : out;
}

}  // namespace

std::string MailDate(int64_t seconds) {
  constexpr std::array<const char*, 7> kDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const absl::CivilSecond at =
      absl::ToCivilSecond(absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
  const auto day = static_cast<size_t>(absl::GetWeekday(at));
  return absl::StrFormat("%s, %d %s %d %02d:%02d:%02d +0000", kDays[day], at.day(),
                         kMonths[static_cast<size_t>(at.month() - 1)], at.year(), at.hour(),
                         at.minute(), at.second());
}

std::string SubjectHeader(std::string_view prefix, std::string_view subject) {
  const std::string start = Cat("Subject: ", prefix);
  if (!IsPlain(subject) || subject.find("=?") != std::string_view::npos) {
    return EncodedSubject(start, ReplaceInvalidUtf8(subject));
  }
  std::string out = start;
  size_t line = out.size();
  while (!subject.empty()) {
    const std::string_view word = subject.substr(0, subject.find(' '));
    subject.remove_prefix(std::min(word.size() + 1, subject.size()));
    const bool fold = line + 1 + word.size() > kHeaderWidth;
    out += Cat(fold ? "\n " : " ", word);
    line = fold ? 1 + word.size() : line + 1 + word.size();
  }
  return out + "\n";
}

std::string SafeBody(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    out += Cat(SafeLine(Printable(line)), "\n");
  }
  return out;
}

std::string Printable(std::string_view text, bool multiline) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool second_of_c1 = byte >= 0x80 && byte < 0xA0 && out.ends_with('\xC2');
    if (second_of_c1) {  // U+0080 to U+009F command some terminals
      out.back() = '?';
    } else if ((byte >= 0x20 && byte != 0x7F) || c == '\t' || (multiline && c == '\n')) {
      out += c;
    } else {
      out += {'^', static_cast<char>(c ^ 0x40)};
    }
  }
  return IsUtf8(out) ? out : ReplaceInvalidUtf8(out);
}

}  // namespace windlass
