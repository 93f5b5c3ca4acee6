#include "transformer/driver/known_findings.h"

#include <algorithm>
#include <cstddef>

#include "transformer/patch/fingerprint.h"
#include "transformer/text/strings.h"

namespace windlass {
namespace {

/// A finding with what it is recognised by.
struct Signed {
  std::string path;
  std::string content;
  std::string above;  // the nearest lines that say something
  std::string below;
  size_t line = 1;
  bool spent = false;
};

/// True for a line that says something: "}" stands beside everything.
bool Tells(const std::string& line) {
  return line.size() > 2;
}

std::string Squeezed(std::string_view line) {
  std::string out;
  std::ranges::copy_if(line, std::back_inserter(out),
                       [](char c) { return c != ' ' && c != '\t' && c != '\r'; });
  return out;
}

Signed Sign(const Finding& finding, const SourceLookup& sources) {
  Signed sign{finding.path, ContentOf(finding, sources), "", "", 1, false};
  const SourceFile* source = sources(finding.path);
  if (source == nullptr || finding.span.begin > source->size()) {
    return sign;
  }
  sign.line = source->PositionAt(finding.span.begin).line;
  for (size_t line = sign.line; line-- > 1 && !Tells(sign.above);) {
    sign.above = Squeezed(source->Text(source->LineSpan(line)));
  }
  for (size_t line = sign.line; line++ < source->line_count() && !Tells(sign.below);) {
    sign.below = Squeezed(source->Text(source->LineSpan(line)));
  }
  return sign;
}

bool Counts(const Finding& finding) {
  return finding.refusal != Refusal::kSuppressed;
}

bool IsMoved(const Signed& from, const Signed& to) {
  return from.content == to.content && ((Tells(from.above) && from.above == to.above) ||
                                        (Tells(from.below) && from.below == to.below));
}

}  // namespace

size_t RemoveKnown(std::span<const Finding> before, const SourceLookup& sources_before,
                   const SourceLookup& sources_after, const TouchesLine& touched,
                   std::vector<Finding>* after) {
  std::vector<Signed> old;
  for (const Finding& finding : before) {
    if (Counts(finding)) {
      old.push_back(Sign(finding, sources_before));
    }
  }
  StringMap<std::vector<size_t>> by_content;  // indexes into old
  for (size_t i = 0; i < old.size(); ++i) {
    by_content[old[i].content].push_back(i);
  }
  std::vector<Signed> now;
  for (const Finding& finding : *after) {
    now.push_back(Sign(finding, sources_after));
    now.back().spent = !Counts(finding);
  }
  std::vector<bool> known(after->size(), false);
  const auto match = [&](bool on_touched_lines, const auto& fits) {
    for (size_t i = 0; i < now.size(); ++i) {
      const auto candidates = by_content.find(now[i].content);
      if (now[i].spent || candidates == by_content.end() ||
          (touched(now[i].path, now[i].line) && !on_touched_lines)) {
        continue;
      }
      for (const size_t k : candidates->second) {
        if (!old[k].spent && fits(old[k], now[i])) {
          old[k].spent = now[i].spent = known[i] = true;
          break;
        }
      }
    }
  };
  // A file that is gone was renamed or split, wherever its parts are now.
  const auto from_gone = [&](const Signed& from, const Signed&) {
    return sources_after(from.path) == nullptr;
  };
  const auto same_file = [](const Signed& from, const Signed& to) { return from.path == to.path; };
  match(false, same_file);
  match(true, same_file);
  match(true, IsMoved);
  match(true, from_gone);
  std::vector<Finding> fresh;
  for (size_t i = 0; i < after->size(); ++i) {
    if (!known[i]) {
      fresh.push_back(std::move((*after)[i]));
    }
  }
  const size_t removed = after->size() - fresh.size();
  *after = std::move(fresh);
  return removed;
}

}  // namespace windlass
