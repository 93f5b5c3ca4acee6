#include "transformer/facts/constraint.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace windlass {
namespace {

constexpr std::string_view kGoBuild = "//go:build";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kSpace = " \t\r\n\v\f";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

/// What follows `keyword` in `line`, or nullopt if `line` is about something else ("+buildx").
std::optional<std::string_view> After(std::string_view line, std::string_view keyword) {
  if (!line.starts_with(keyword)) {
    return std::nullopt;
  }
  line.remove_prefix(keyword.size());
  if (!line.empty() && kSpace.find(line.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  return Trim(line);
}

std::optional<std::string_view> PlusBuildArguments(std::string_view line) {
  return line.starts_with("//") ? After(Trim(line.substr(2)), "+build") : std::nullopt;
}

struct HeaderLine {
  std::string_view text;  // trimmed
  Span span;              // with the line end
};

/// What Go's parseFileHeader finds: //go:build lines up to the first line that is more than
/// comments, and the lines among which +build counts: they end at the last blank line of the
/// leading run of // comments.
struct Header {
  std::vector<HeaderLine> go_build;
  std::vector<HeaderLine> leading;
};

/// Goes over the comments of one trimmed line. False: there is something else on it.
bool OnlyComments(std::string_view line, bool* in_block) {
  while (!line.empty()) {
    if (*in_block) {
      const size_t end = line.find("*/");
      if (end == std::string_view::npos) {
        return true;
      }
      *in_block = false;
      line = Trim(line.substr(end + 2));
    } else if (line.starts_with("//")) {
      return true;
    } else if (line.starts_with("/*")) {
      *in_block = true;
      line = Trim(line.substr(2));
    } else {
      return false;
    }
  }
  return true;
}

Header ReadHeader(std::string_view bytes) {
  Header header;
  size_t leading_end = 0;  // how many of `leading` a blank line follows
  bool ended = false;
  bool in_block = false;
  size_t begin = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (begin < bytes.size()) {
    const size_t newline = bytes.find('\n', begin);
    const size_t end = newline == std::string_view::npos ? bytes.size() : newline + 1;
    const HeaderLine line = {Trim(bytes.substr(begin, end - begin)), {begin, end}};
    begin = end;
    if (line.text.empty() && !ended) {
      leading_end = header.leading.size();
      continue;
    }
    ended = ended || !line.text.starts_with("//");
    if (!ended) {
      header.leading.push_back(line);
    }
    if (!in_block && After(line.text, kGoBuild)) {
      header.go_build.push_back(line);
    }
    if (!OnlyComments(line.text, &in_block)) {
      break;
    }
  }
  header.leading.resize(leading_end);
  return header;
}

void TakeHeader(std::string_view bytes, FileConstraint* constraint) {
  Header header = ReadHeader(bytes);
  std::vector<HeaderLine> lines = header.go_build;
  std::vector<std::string_view> plus_build;
  for (const HeaderLine& line : header.leading) {
    if (const auto arguments = PlusBuildArguments(line.text)) {
      plus_build.push_back(*arguments);
      lines.push_back(line);
    }
  }
  constraint->has_go_build_line = !header.go_build.empty();
  constraint->has_plus_build_line = !plus_build.empty();
  if (lines.empty()) {
    return;
  }
  Span& span = constraint->header_span;
  span = lines.front().span;
  std::ranges::sort(lines, {}, &HeaderLine::span);
  for (const HeaderLine& line : lines) {
    span.end = line.span.begin == span.end ? line.span.end : span.end;
  }
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    span.begin = line->span.end == span.begin ? line->span.begin : span.begin;
  }
  if (constraint->has_go_build_line) {
    auto parsed = BuildExpr::Parse(After(header.go_build.front().text, kGoBuild).value_or(""));
    constraint->broken = header.go_build.size() > 1 || !parsed.ok();
    constraint->header = constraint->broken ? BuildExpr() : *std::move(parsed);
    return;
  }
  for (const std::string_view arguments : plus_build) {
    if (auto parsed = BuildExpr::ParsePlusBuild(arguments); parsed.ok()) {
      constraint->header = BuildExpr::And(std::move(constraint->header), *std::move(parsed));
    }
  }
}

/// Takes the last `_`-separated word off `*name` and gives it, without the `_`.
std::string_view PopWord(std::string_view* name) {
  const size_t underscore = name->rfind('_');
  if (underscore == std::string_view::npos) {
    return {};
  }
  const std::string_view word = name->substr(underscore + 1);
  *name = name->substr(0, underscore);
  return word;
}

void TakeName(std::string_view path, FileConstraint* constraint) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  constraint->ignored = name.starts_with('_') || name.starts_with('.');
  constraint->is_test = name.ends_with("_test.go");
  name = name.substr(0, name.find('.'));
  std::string_view rest = name;
  if (PopWord(&rest) == "test") {
    name = rest;
  }
  rest = name;
  std::string_view last = PopWord(&rest);
  if (IsKnownGoarch(last)) {
    constraint->name_goarch = TargetWord(last);
    last = PopWord(&rest);
  }
  constraint->name_goos = IsKnownGoos(last) ? TargetWord(last) : std::string_view();
}

}  // namespace

bool FileConstraint::Includes(const Target& target, std::span<const std::string> tags) const {
  return !ignored && (name_goos.empty() || GoosHasTag(target.goos, name_goos)) &&
         (name_goarch.empty() || name_goarch == target.goarch) &&
         (!needs_cgo || std::ranges::find(tags, "cgo") != tags.end()) && header.Eval(target, tags);
}

BuildExpr FileConstraint::Combined() const {
  BuildExpr combined;
  for (const std::string_view tag : {name_goos, name_goarch}) {
    combined = tag.empty() ? combined : BuildExpr::And(combined, BuildExpr::Tag(tag));
  }
  if (needs_cgo) {
    combined = BuildExpr::And(combined, BuildExpr::Tag("cgo"));
  }
  return BuildExpr::And(combined, header);
}

FileConstraint ReadConstraint(std::string_view path, std::string_view bytes) {
  FileConstraint constraint;
  TakeName(path, &constraint);
  TakeHeader(bytes, &constraint);
  if (!constraint.header.is_true()) {
    constraint.ignored = constraint.ignored || constraint.header.Implies(BuildExpr::Tag("ignore"));
  }
  return constraint;
}

size_t GoHeaderEnd(std::string_view bytes) {
  size_t i = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (;;) {
    i = std::min(bytes.find_first_not_of(kSpace, i), bytes.size());
    const std::string_view rest = bytes.substr(i);
    if (rest.starts_with("//")) {
      i = std::min(bytes.find('\n', i), bytes.size());
    } else if (rest.starts_with("/*")) {
      const size_t end = bytes.find("*/", i + 2);
      i = end == std::string_view::npos ? bytes.size() : end + 2;
    } else {
      return i;
    }
  }
}

}  // namespace windlass
