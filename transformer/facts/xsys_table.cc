#include "transformer/facts/xsys_table.h"

#include <algorithm>
#include <charconv>

namespace windlass {
namespace {

/// Calls `each` for every part of `text` between `separator`s that is not empty.
template <typename Each>
void Split(std::string_view text, char separator, Each each) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0) {
      each(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void TakePart(std::string_view part, XSysTable::Entry* entry) {
  if (part.starts_with('!')) {
    entry->members.emplace_back(part.substr(1));
  } else if (part == "#") {
    entry->code = true;
  } else if (part.starts_with('#')) {
    (void)std::from_chars(part.data() + 1, part.data() + part.size(), entry->loose);
  } else if (part != "=") {
    const bool library = part == "DLL" || part == "Proc" || part == "LazyProc";
    const std::string type(library ? "LazyDLL" : part);
    if (std::ranges::find(entry->types, type) == entry->types.end()) {
      entry->types.push_back(type);
    }
  }
}

}  // namespace

absl::StatusOr<XSysTable> XSysTable::Parse(std::string_view text) {
  XSysTable table;
  absl::Status status;
  size_t number = 0;
  Split(text, '\n', [&](std::string_view line) {
    ++number;
    if (line.starts_with('#')) {
      return;
    }
    std::vector<std::string_view> words;
    Split(line, ' ', [&](std::string_view word) { words.push_back(word); });
    if (words.size() < 3) {
      status = InvalidInput(Cat("tables/xsys.txt:", std::to_string(number),
                                ": no names; write `version types names...`"));
      return;
    }
    Entry entry;
    entry.since = words[0] == "-" ? "" : words[0];
    Split(words[1], ',', [&](std::string_view part) { TakePart(part, &entry); });
    for (size_t i = 2; i < words.size(); ++i) {
      table.entries_.emplace(words[i], entry);
    }
  });
  if (!status.ok()) {
    return status;
  }
  return table;
}

absl::Status XSysTable::AddPointers(std::string_view text) {
  absl::Status status;
  size_t number = 0;
  Split(text, '\n', [&](std::string_view line) {
    ++number;
    std::vector<std::string_view> words;
    Split(line, ' ', [&](std::string_view word) { words.push_back(word); });
    if (words.empty() || words[0].starts_with('#')) {
      return;
    }
    if (words.size() != 3) {
      status = InvalidInput(Cat("tables/xsys_pointers.txt:", std::to_string(number),
                                ": not three words; write `version Type.Member to`"));
      return;
    }
    pointers_[std::string(words[1])] = {std::string(words[0]), std::string(words[2])};
  });
  return status;
}

const XSysTable::Pointer* XSysTable::FindPointer(std::string_view type,
                                                 std::string_view member) const {
  const auto found = pointers_.find(Cat(type, ".", member));
  return found == pointers_.end() ? nullptr : &found->second;
}

const XSysTable::Entry* XSysTable::Find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace windlass
