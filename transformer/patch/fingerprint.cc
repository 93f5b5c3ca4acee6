#include "transformer/patch/fingerprint.h"

#include "transformer/patch/git_library.h"
#include "transformer/text/strings.h"

namespace windlass {

std::string ContentOf(const Finding& finding, const SourceLookup& sources) {
  std::string content = Cat(finding.rule, "\n");
  const SourceFile* source = sources(finding.path);
  if (source == nullptr || finding.span.begin > source->size()) {
    return content;
  }
  const Span line = source->LineSpan(source->PositionAt(finding.span.begin).line);
  bool blank = true;  // blanks at the beginning and end of a line are no content
  for (const char c : source->Text(line)) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\r';
    if (is_blank && !blank) {
      content += ' ';
    } else if (!is_blank) {
      content += c;
    }
    blank = is_blank;
  }
  if (content.ends_with(' ')) {
    content.pop_back();
  }
  return content;
}

std::vector<std::string> Fingerprints(std::span<const Finding> findings,
                                      const SourceLookup& sources) {
  constexpr size_t kDigits = 16;
  std::vector<std::string> names;
  StringMap<size_t> seen;
  for (const Finding& finding : findings) {
    const std::string hash =
        BlobId(Cat(finding.path, "\n", ContentOf(finding, sources))).substr(0, kDigits);
    names.push_back(Cat(hash, ":", std::to_string(++seen[hash])));
  }
  return names;
}

}  // namespace windlass
