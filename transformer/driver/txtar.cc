#include "transformer/driver/txtar.h"

#include <algorithm>

#include "transformer/text/strings.h"

namespace windlass {

namespace {

// The name in a line `-- name --`, or empty.
std::string_view MarkerName(std::string_view line) {
  constexpr std::string_view kOpen = "-- ";
  constexpr std::string_view kClose = " --";
  if (line.size() <= kOpen.size() + kClose.size() || !line.starts_with(kOpen) ||
      !line.ends_with(kClose)) {
    return {};
  }
  line.remove_prefix(kOpen.size());
  line.remove_suffix(kClose.size());
  return line;
}

std::string WithFinalNewline(std::string_view text) {
  return Cat(text, text.empty() || text.back() == '\n' ? "" : "\n");
}

}  // namespace

Txtar ParseTxtar(std::string_view text) {
  Txtar archive;
  std::string* part = &archive.comment;
  for (size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (const std::string_view name = MarkerName(line); !name.empty()) {
      archive.files.push_back({std::string(name), "", number});
      part = &archive.files.back().text;
    } else {
      *part += Cat(line, "\n");
    }
  }
  return archive;
}

std::string FormatTxtar(const Txtar& archive) {
  std::string text = WithFinalNewline(archive.comment);
  for (const TxtarFile& file : archive.files) {
    text += Cat("-- ", file.name, " --\n", WithFinalNewline(file.text));
  }
  return text;
}

}  // namespace windlass
