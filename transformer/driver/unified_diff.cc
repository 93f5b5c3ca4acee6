#include "transformer/driver/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "re2/re2.h"
#include "transformer/text/status.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// Takes the first line off `rest`, its line end included.
std::string_view TakeLine(std::string_view* rest) {
  const size_t end = std::min(rest->find('\n'), rest->size() - 1) + 1;
  const std::string_view line = rest->substr(0, end);
  rest->remove_prefix(end);
  return line;
}

std::string_view WithoutEnd(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return line;
}

/// The inverse of git's quoting of paths.
std::string Unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
    return std::string(text);
  }
  constexpr std::string_view kLetters = "abtnvfr";
  constexpr std::string_view kBytes = "\a\b\t\n\v\f\r";
  std::string out;
  text = text.substr(1, text.size() - 2);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char c = text[++i];
    if (c >= '0' && c <= '3' && i + 2 < text.size()) {
      out += static_cast<char>((c - '0') * 64 + (text[i + 1] - '0') * 8 + (text[i + 2] - '0'));
      i += 2;
    } else {
      const size_t letter = kLetters.find(c);
      out += letter == std::string_view::npos ? c : kBytes[letter];
    }
  }
  return out;
}

/// "a/dir/file" of a `---` line without the "a/" of git and without the time of diff.
std::string PathOf(std::string_view line) {
  line = WithoutEnd(line).substr(4);
  line = line.substr(0, line.find('\t'));
  std::string path = Unquoted(line);
  if (path == "/dev/null") {
    return "";
  }
  return path.size() > 2 && path[1] == '/' &&
                 std::string_view("abciow").find(path[0]) != std::string_view::npos
             ? path.substr(2)
             : path;
}

class DiffReader {
 public:
  DiffReader(std::string_view text, std::string_view name) : rest_(text), name_(name) {}

  absl::StatusOr<std::vector<FileDiff>> Read() {
    while (!rest_.empty()) {
      const std::string_view line = Next();
      if (line.starts_with("rename from ")) {
        files_.push_back({Unquoted(WithoutEnd(line).substr(12)), "", {}});
      } else if (line.starts_with("rename to ") && !files_.empty()) {
        files_.back().new_path = Unquoted(WithoutEnd(line).substr(10));
      } else if (line.starts_with("--- ") && rest_.starts_with("+++ ")) {
        Begin(PathOf(line), PathOf(Next()));
      } else if (line.starts_with("@@ ") && !files_.empty()) {
        WINDLASS_RETURN_IF_ERROR(ReadHunk(line));
      }
    }
    return std::move(files_);
  }

 private:
  std::string_view Next() {
    ++line_;
    return TakeLine(&rest_);
  }

  /// A file that was renamed is known already.
  void Begin(std::string old_path, std::string new_path) {
    if (files_.empty() || files_.back().old_path != old_path ||
        files_.back().new_path != new_path || !files_.back().hunks.empty()) {
      files_.push_back({std::move(old_path), std::move(new_path), {}});
    }
  }

  absl::Status ReadHunk(std::string_view header) {
    DiffHunk hunk;
    uint64_t old_count = 1;
    uint64_t new_count = 1;
    std::string old_number;
    std::string new_number;
    if (!RE2::PartialMatch(re2::StringPiece(header.data(), header.size()),
                           R"(^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@)", &hunk.old_start,
                           &old_number, &hunk.new_start, &new_number)) {
      return Error("is no header of a hunk");
    }
    old_count = old_number.empty() ? 1 : std::stoull(old_number);
    new_count = new_number.empty() ? 1 : std::stoull(new_number);
    char last = ' ';
    while (old_count > 0 || new_count > 0 || rest_.starts_with("\\ ")) {
      if (rest_.empty()) {
        return Error("the hunk ends too early");
      }
      const std::string_view line = Next();
      const char kind = line.front() == '\n' || line.front() == '\r' ? ' ' : line.front();
      const std::string_view text = line.front() == kind ? line.substr(1) : line;
      if (kind == '\\') {
        DropNewline(last, &hunk);
        continue;
      }
      if ((kind != '+' && old_count == 0) || (kind != '-' && new_count == 0) ||
          (kind != '+' && kind != '-' && kind != ' ')) {
        return Error("this line does not belong to its hunk");
      }
      if (kind != '+') {
        hunk.old_text += text;
        --old_count;
      }
      if (kind != '-') {
        hunk.new_text += text;
        --new_count;
      }
      last = kind;
    }
    files_.back().hunks.push_back(std::move(hunk));
    return absl::OkStatus();
  }

  static void DropNewline(char last, DiffHunk* hunk) {
    if (last != '+' && hunk->old_text.ends_with('\n')) {
      hunk->old_text.pop_back();
    }
    if (last != '-' && hunk->new_text.ends_with('\n')) {
      hunk->new_text.pop_back();
    }
  }

  absl::Status Error(std::string_view what) const {
    return InvalidInput(
        Cat(name_, ":", std::to_string(line_), ": ", what, "; give a whole unified diff"));
  }

  std::string_view rest_;
  std::string_view name_;
  size_t line_ = 0;
  std::vector<FileDiff> files_;
};

/// Where `wanted` stands as whole lines of `text`, at or after `from`, nearest to `at`.
std::optional<size_t> FindLines(std::string_view text, std::string_view wanted, size_t from,
                                size_t at) {
  std::optional<size_t> best;
  for (size_t found = text.find(wanted, from); found != std::string_view::npos;
       found = text.find(wanted, found + 1)) {
    const size_t end = found + wanted.size();
    const bool whole = (found == 0 || text[found - 1] == '\n') &&
                       (end == text.size() || wanted.ends_with('\n') || wanted.empty());
    const auto distance = [at](size_t place) { return place > at ? place - at : at - place; };
    if (whole && (!best || distance(found) < distance(*best))) {
      best = found;
    }
    if (found > at && best) {
      break;
    }
  }
  return best;
}

size_t OffsetOfLine(std::string_view text, size_t line) {
  size_t offset = 0;
  for (; line > 1 && offset < text.size(); --line) {
    offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
  }
  return offset;
}

}  // namespace

absl::StatusOr<std::vector<FileDiff>> ParseUnifiedDiff(std::string_view text,
                                                       std::string_view name) {
  return DiffReader(text, name).Read();
}

std::optional<std::string> ApplyHunks(const FileDiff& diff, std::string_view text, bool reverse) {
  std::string out;
  size_t done = 0;
  for (const DiffHunk& hunk : diff.hunks) {
    const std::string& wanted = reverse ? hunk.new_text : hunk.old_text;
    // A hunk without lines on this side stands behind the line that it names.
    const size_t line = (reverse ? hunk.new_start : hunk.old_start) + (wanted.empty() ? 1 : 0);
    const std::optional<size_t> at = FindLines(text, wanted, done, OffsetOfLine(text, line));
    if (!at) {
      return std::nullopt;
    }
    out += text.substr(done, *at - done);
    out += reverse ? hunk.old_text : hunk.new_text;
    done = *at + wanted.size();
  }
  return Cat(out, text.substr(done));
}

}  // namespace windlass
